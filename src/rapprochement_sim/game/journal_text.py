"""A journal as text: one JSON object a line, so that two saves can be compared line by line.

The last line counts and hashes those before it: a save that was cut short or changed
says so before it is trusted.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rapprochement_sim.errors import MalformedInput, WrongVersion
from rapprochement_sim.game.decisions import Decision
from rapprochement_sim.game.forecasts import BandForecast, ChanceForecast, ForecastSheet
from rapprochement_sim.game.journal import (
    FORMAT,
    VERSION,
    Header,
    Journal,
    LessonMark,
    Note,
    Parent,
    TurnEntry,
)
from rapprochement_sim.game.wording import capital_named
from rapprochement_sim.scenario.schema import CapitalKey

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Number = Annotated[float, Field(allow_inf_nan=False)]

_KEPT = "The file was left as it is."


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


_AnyLine = TypeVar("_AnyLine", bound=_Line)


class _ParentPart(_Line):
    name: str
    turn: int = Field(ge=1)
    digest: str = Field(pattern="^[0-9a-f]{64}$")


class _SeatsPart(_Line):
    until_turn: int = Field(ge=1)
    seats: list[CapitalKey]


class _HeaderLine(_Line):
    save: Literal["rapprochement-sim save"]
    version: Literal[1]
    scenario: str
    content_hash: str
    rules_hash: str
    program: str
    seed: int = Field(ge=0, lt=2**63)
    run: int = Field(ge=0, lt=2**62)
    seats: list[CapitalKey]
    lenses: dict[CapitalKey, dict[Literal["realist", "liberal", "constructivist"], Number]]
    parent: _ParentPart | None = None
    earlier_seats: list[_SeatsPart] = []


class _DecisionLine(_Line):
    turn: int = Field(ge=1)
    seat: CapitalKey
    kind: Literal["offer", "answer", "order"]
    partner: CapitalKey
    action: str = ""
    modifiers: list[str] = []
    accepts: bool = False


class _PublishedLine(_Line):
    turn: int = Field(ge=0)
    published: dict[str, Number]


class _DigestLine(_Line):
    turn: int = Field(ge=0)
    digest: str = Field(pattern="^[0-9a-f]{64}$")


class _TalksLine(_Line):
    turn: int = Field(ge=1)
    talks: Literal["closed"]


class _NoteLine(_Line):
    turn: int = Field(ge=1)
    seat: CapitalKey
    note: str


_Probability = Annotated[float, Field(ge=0.0, le=1.0)]
_Lax = Field(strict=False)
_Points = (
    Annotated[tuple[Number, Number, Number, Number, Number], _Lax]
    | Annotated[tuple[Number, Number], _Lax]
)


class _ForecastLine(_Line):
    turn: int = Field(ge=1)
    seat: CapitalKey
    forecast: Literal["realist", "liberal", "constructivist", "staff", "player"]
    given: list[str] | None
    # Tuples come as JSON arrays, which strict models only take where they are told to.
    chances: list[Annotated[tuple[str, Number, int, _Probability], Field(strict=False)]]
    bands: list[Annotated[tuple[str, int, _Points], Field(strict=False)]]


class _LessonLine(_Line):
    turn: int = Field(ge=1)
    seat: CapitalKey
    lesson: str
    behind: list[str]
    left: bool


_KINDS: dict[str, type[_Line]] = {
    "kind": _DecisionLine,
    "published": _PublishedLine,
    "digest": _DigestLine,
    "talks": _TalksLine,
    "note": _NoteLine,
    "forecast": _ForecastLine,
    "lesson": _LessonLine,
}


# ------------------------------------------------------------------ to text


def journal_text(journal: Journal) -> str:
    """Lay a journal out as text, its closing line included."""
    lines = [json.dumps(line, ensure_ascii=False) for line in _objects(journal)]
    closing = {"lines": len(lines), "sha256": checksum(lines)}
    return "".join(f"{line}\n" for line in [*lines, json.dumps(closing)])


def _objects(journal: Journal) -> Iterator[dict[str, Any]]:
    header = journal.header
    told: dict[str, Any] = {
        "save": FORMAT,
        "version": VERSION,
        "scenario": header.scenario,
        "content_hash": header.content_hash,
        "rules_hash": header.rules_hash,
        "program": header.program,
        "seed": header.seed,
        "run": header.run,
        "seats": [seat.key for seat in header.seats],
        "lenses": {key: dict(weights) for key, weights in header.lenses.items()},
    }
    if header.parent is not None:
        told["parent"] = asdict(header.parent)
    if header.earlier_seats:
        told["earlier_seats"] = [
            {"until_turn": last_turn, "seats": [seat.key for seat in seats]}
            for last_turn, seats in header.earlier_seats
        ]
    yield told
    for entry in (journal.start, *journal.turns):
        yield from (_decision_object(entry.turn, decision) for decision in entry.decisions)
        for group in _groups(entry.published):
            yield {"turn": entry.turn, "published": group}
        yield {"turn": entry.turn, "digest": entry.digest}
    turn = len(journal.turns) + 1
    yield from (_decision_object(turn, decision) for decision in journal.pending)
    if journal.are_talks_closed:
        yield {"turn": turn, "talks": "closed"}
    for note in journal.notes:
        yield {"turn": note.turn, "seat": note.seat.key, "note": note.text}
    yield from (_forecast_object(sheet) for sheet in journal.forecasts)
    if journal.lesson is not None:
        mark = journal.lesson
        told = {"turn": turn, "seat": mark.seat.key, "lesson": mark.name}
        yield {**told, "behind": list(mark.behind), "left": mark.is_left}


def _groups(published: Mapping[str, float]) -> Iterator[dict[str, float]]:
    """Part figures by the first words of their names, so that a changed line is a short one."""
    for _, names in groupby(published, key=lambda name: "_".join(name.split("_")[:2])):
        yield {name: published[name] for name in names}


def _decision_object(turn: int, decision: Decision) -> dict[str, Any]:
    told: dict[str, Any] = {"turn": turn, "seat": decision.seat.key, "kind": decision.kind}
    if decision.kind == "answer":
        return {**told, "partner": decision.partner.key, "accepts": decision.accepts}
    told |= {"action": decision.action, "partner": decision.partner.key}
    return {**told, "modifiers": list(decision.modifiers)}


def _forecast_object(sheet: ForecastSheet) -> dict[str, Any]:
    return {
        "turn": sheet.turn,
        "seat": sheet.seat.key,
        "forecast": sheet.by,
        "given": None if sheet.given is None else list(sheet.given),
        "chances": [[c.figure, c.above, c.at, c.probability] for c in sheet.chances],
        "bands": [[b.figure, b.at, list(b.points)] for b in sheet.bands],
    }


def checksum(lines: Sequence[str]) -> str:
    """Return the SHA-256 of a save's lines, which its closing line repeats."""
    # Half a character, which no file can hold, is a fault of the text and none of ours.
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


# ------------------------------------------------------------------ from text


def parse_journal(text: str, where: str) -> Journal:
    """Read a journal from its text.

    Raises
    ------
    MalformedInput
        If it is no save, was cut short or changed, or does not hang together.
    WrongVersion
        If a program of another version wrote it.
    """
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n") if text else []
    _check_version(lines, where)
    _check_closing(lines, where)
    header = _validated(_HeaderLine, _object(lines[0]) or {}, f"{where}:1")
    parsed = [_parsed(line, f"{where}:{number}") for number, line in enumerate(lines[1:-1], 2)]
    return _assembled(header, parsed, where)


def _object(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _check_version(lines: list[str], where: str) -> None:
    first = _object(lines[0]) if lines else None
    if first is None or first.get("save") != FORMAT:
        what = "the file is empty" if not lines else "this is no saved game"
        raise MalformedInput(what, where=where, todo=f"Name a save of this program. {_KEPT}")
    version = first.get("version")
    if version != VERSION:
        is_newer = isinstance(version, int) and version > VERSION
        what = f"the save has format version {version!r}, this program reads {VERSION}"
        todo = "Update the program." if is_newer else "Open it with the program that wrote it."
        raise WrongVersion(what, where=where, todo=f"{todo} {_KEPT}")


def _check_closing(lines: list[str], where: str) -> None:
    closing = _object(lines[-1]) or {}
    n_whole = sum('"digest"' in line for line in lines[:-1])
    if set(closing) != {"lines", "sha256"}:
        what = f"the save is cut short: its closing line is missing after {len(lines)} lines"
        todo = f"It holds {max(n_whole - 1, 0)} whole turns. Take a copy of it that is whole."
        raise MalformedInput(what, where=where, todo=f"{todo} {_KEPT}")
    if closing["lines"] != len(lines) - 1:
        what = f"the save has {len(lines) - 1} lines, its closing line says {closing['lines']}"
        raise MalformedInput(what, where=where, todo=f"Take a copy that is whole. {_KEPT}")
    if closing["sha256"] != checksum(lines[:-1]):
        what = "the save was changed after it was written: its checksum does not fit"
        raise MalformedInput(what, where=where, todo=f"Take an unchanged copy. {_KEPT}")


def _parsed(line: str, where: str) -> _Line:
    found = _object(line)
    if found is None:
        what = "this line is no JSON object"
        raise MalformedInput(what, where=where, todo=_KEPT)
    for key, kind in _KINDS.items():
        if key in found:
            return _validated(kind, found, where)
    what = "this line is of no known kind"
    allowed = ", ".join(_KINDS)
    raise MalformedInput(what, where=where, allowed=f"a line with one of {allowed}", todo=_KEPT)


def _validated(kind: type[_AnyLine], found: dict[str, Any], where: str) -> _AnyLine:
    try:
        return kind.model_validate(found)
    except ValidationError as error:
        first = error.errors()[0]
        key_path = ".".join(str(part) for part in first["loc"])
        what = f"'{key_path}': {first['msg']}"
        raise MalformedInput(what, where=where, todo=_KEPT) from None


def _assembled(header: _HeaderLine, parsed: list[_Line], where: str) -> Journal:
    entries: list[TurnEntry] = []
    decisions: list[Decision] = []
    published: dict[str, float] = {}
    is_closed = False
    for number, line in enumerate(parsed, 2):
        turn = getattr(line, "turn", None)
        if turn != len(entries) and not isinstance(line, _NoteLine | _ForecastLine | _LessonLine):
            what = f"turn {turn} stands where turn {len(entries)} belongs"
            raise MalformedInput(what, where=f"{where}:{number}", todo=_KEPT)
        if isinstance(line, _DecisionLine):
            decisions.append(_decision(line))
        elif isinstance(line, _PublishedLine):
            published |= line.published
        elif isinstance(line, _DigestLine):
            entries.append(TurnEntry(line.turn, tuple(decisions), published, line.digest))
            decisions, published = [], {}
        elif isinstance(line, _TalksLine):
            is_closed = True
    if not entries:
        what = "the save has no start"
        raise MalformedInput(what, where=where, todo=_KEPT)
    return Journal(
        header=_header(header),
        start=entries[0],
        turns=tuple(entries[1:]),
        pending=tuple(decisions),
        are_talks_closed=is_closed,
        notes=tuple(
            Note(line.turn, capital_named(line.seat), line.note)
            for line in parsed
            if isinstance(line, _NoteLine)
        ),
        forecasts=tuple(_forecast(line) for line in parsed if isinstance(line, _ForecastLine)),
        lesson=next((_lesson(line) for line in parsed if isinstance(line, _LessonLine)), None),
    )


def _header(line: _HeaderLine) -> Header:
    return Header(
        scenario=line.scenario,
        content_hash=line.content_hash,
        rules_hash=line.rules_hash,
        program=line.program,
        seed=line.seed,
        run=line.run,
        seats=tuple(capital_named(key) for key in line.seats),
        lenses={
            key: {str(k): w for k, w in weights.items()} for key, weights in line.lenses.items()
        },
        parent=None if line.parent is None else Parent(**line.parent.model_dump()),
        earlier_seats=tuple(
            (part.until_turn, tuple(capital_named(key) for key in part.seats))
            for part in line.earlier_seats
        ),
    )


def _lesson(line: _LessonLine) -> LessonMark:
    return LessonMark(line.lesson, capital_named(line.seat), tuple(line.behind), line.left)


def _forecast(line: _ForecastLine) -> ForecastSheet:
    return ForecastSheet(
        turn=line.turn,
        seat=capital_named(line.seat),
        by=line.forecast,
        given=None if line.given is None else tuple(line.given),
        chances=tuple(ChanceForecast(*chance) for chance in line.chances),
        bands=tuple(BandForecast(*band) for band in line.bands),
    )


def _decision(line: _DecisionLine) -> Decision:
    return Decision(
        kind=line.kind,
        seat=capital_named(line.seat),
        partner=capital_named(line.partner),
        action=line.action,
        modifiers=tuple(line.modifiers),
        accepts=line.accepts,
    )
