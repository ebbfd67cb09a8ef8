"""Two games of one scenario side by side, turn by turn: branches of one past, or strangers.

Figures are those that the seats know, never more: two games that the same seat plays are
compared by all its headline figures, others by what was published.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, RapprochementError
from rapprochement_sim.game.debrief import deed_text
from rapprochement_sim.game.figure_text import shown_change, shown_value
from rapprochement_sim.game.journal_files import read_journal
from rapprochement_sim.game.replaying import replay_to_go_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rapprochement_sim.game.journal import Journal
    from rapprochement_sim.game.session import Session
    from rapprochement_sim.vocabulary import Capital

_PAIR_POLLS = 4
_MOST_SAVES = 60
_PAIR_TRUST = ("trust_seoul_tokyo", "trust_tokyo_seoul")


@dataclass(frozen=True)
class OtherGame:
    """A save that a game can be set beside.

    Attributes
    ----------
    path, name
        Where it is, and the file's name.
    seats
        Who is played in it.
    turns
        Turns resolved.
    shared
        Turns from the first that are the same in both games, bit for bit.
    """

    path: str
    name: str
    seats: tuple[Capital, ...]
    turns: int
    shared: int


@dataclass(frozen=True)
class FigureBoth:
    """A figure in both games: before the first turn, then after each."""

    name: str
    title: str
    unit: str
    here: tuple[float, ...]
    there: tuple[float, ...]


@dataclass(frozen=True)
class TurnBoth:
    """What the players decided and what everyone learnt in one turn of both games.

    ``is_shared`` tells that the turn is the same in both, bit for bit.
    """

    turn: int
    is_shared: bool
    decided_here: tuple[str, ...]
    decided_there: tuple[str, ...]
    news_here: tuple[str, ...]
    news_there: tuple[str, ...]


@dataclass(frozen=True)
class SideBySide:
    """Two games side by side; ``seat_there`` is whose eyes the other one is seen with."""

    other: OtherGame
    seat_here: Capital
    seat_there: Capital
    figures: tuple[FigureBoth, ...]
    turns: tuple[TurnBoth, ...]


def other_games(session: Session, folder: Path) -> tuple[OtherGame, ...]:
    """List the saves of a folder that a game can be set beside, the most alike first."""
    found = []
    for path in folder.glob("*.jsonl"):
        try:
            changed, journal = path.stat().st_mtime, read_journal(path)
        except (OSError, RapprochementError):
            continue
        if _is_alike(session, journal) and not _is_same_file(path, session.path):
            other = _other(session, path, journal)
            found.append(((-other.shared, -changed, other.name), other))
    found.sort(key=lambda entry: entry[0])
    return tuple(other for _, other in found[:_MOST_SAVES])


def side_by_side(session: Session, seat: Capital, path: Path) -> SideBySide:
    """Set a game, as a seat knows it, beside a save.

    Raises
    ------
    MalformedInput
        If the save is of another scenario or of other rules, or damaged.
    """
    journal = read_journal(path)
    if not _is_alike(session, journal):
        what = "this save is of another scenario, or of other rules"
        raise MalformedInput(what, where=str(path), todo="Choose one of the same scenario.")
    there = replay_to_go_on(journal, path)
    seats = journal.header.seats
    seat_there = seat if seat in seats or not seats else seats[0]
    other = _other(session, path, journal)
    return SideBySide(
        other=other,
        seat_here=seat,
        seat_there=seat_there,
        figures=tuple(_figures(session, there, seat, seat_there)),
        turns=tuple(_turns(session, there, seat, seat_there, other.shared)),
    )


def _is_alike(session: Session, journal: Journal) -> bool:
    loaded, header = session.case.loaded, journal.header
    return (header.content_hash, header.rules_hash) == (loaded.content_hash, loaded.rules_hash)


def _is_same_file(path: Path, own: Path | None) -> bool:
    return own is not None and path.resolve() == own.resolve()


def _other(session: Session, path: Path, journal: Journal) -> OtherGame:
    shared = 0
    for here, there in zip(session.turns, journal.turns, strict=False):
        if here.digest != there.digest:
            break
        shared += 1
    return OtherGame(str(path), path.name, journal.header.seats, len(journal.turns), shared)


def _figures(
    here: Session, there: Session, seat_here: Capital, seat_there: Capital
) -> Iterator[FigureBoth]:
    rules = here.case.loaded.rules
    polls = tuple(rules.surveys)[:_PAIR_POLLS]
    approvals = dict.fromkeys(f"approval_{seat.key}" for seat in (seat_here, seat_there))
    names = (*polls, *approvals)
    if seat_here == seat_there:
        names = (*rules.composites, *polls, *_PAIR_TRUST, *approvals)
    for name in names:
        courses = [
            tuple(session.known(seat, turn)[name].value for turn in range(session.turn + 1))
            for session, seat in ((here, seat_here), (there, seat_there))
            if name in session.known(seat, 0)
        ]
        if len(courses) == 2:
            unit = here.case.indicators.by_name[name].unit
            yield FigureBoth(name, here.titles[name], unit, *courses)


def _turns(
    here: Session, there: Session, seat_here: Capital, seat_there: Capital, shared: int
) -> Iterator[TurnBoth]:
    for turn in range(1, max(here.turn, there.turn) + 1):
        yield TurnBoth(
            turn=turn,
            is_shared=turn <= shared,
            decided_here=decided_by(here, seat_here, turn),
            decided_there=decided_by(there, seat_there, turn),
            news_here=_news(here, turn),
            news_there=_news(there, turn),
        )


def decided_by(session: Session, seat: Capital, turn: int) -> tuple[str, ...]:
    """Tell what a seat decided in a resolved turn, if a person sat there then."""
    if turn > session.turn or seat not in session.header.seats_in(turn):
        return ()
    decisions = session.turns[turn - 1].decisions
    return tuple(
        deed_text(session.case, decision, decisions)
        for decision in decisions
        if decision.seat == seat
    )


def _news(session: Session, turn: int) -> tuple[str, ...]:
    if turn > session.turn:
        return ()
    return tuple(act.told for act in session.turns[turn - 1].acts)


def value_in_pair(figure: FigureBoth, series: tuple[float, ...], turn: int) -> str:
    """Show one cell of two games side by side, without its unit; empty where there is none."""
    if turn >= len(series):
        return ""
    return shown_value(figure.name, series[turn], figure.unit).rstrip("%").removeprefix("0")


def change_in_pair(figure: FigureBoth, turn: int) -> str:
    """Show by how much this game stands higher than the other; ``=`` where they agree."""
    if turn >= min(len(figure.here), len(figure.there)):
        return ""
    change = figure.here[turn] - figure.there[turn]
    shown = shown_change(figure.name, change, figure.unit, grain=1.0)
    if not any(digit in shown for digit in "123456789"):
        return "="
    return shown.replace("0.", ".")
