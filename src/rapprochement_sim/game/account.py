"""The whole account of a game that is over: everything a report of it tells, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapprochement_sim.errors import NotAllowedNow
from rapprochement_sim.game.debrief import Debrief, debrief, deed_text
from rapprochement_sim.game.published_record import RecordedPoll, published_record
from rapprochement_sim.game.table import LANE
from rapprochement_sim.game.wording import turn_title
from rapprochement_sim.scenario.citing import resolved_source
from rapprochement_sim.vocabulary import CAPITALS
from rapprochement_sim.world.ledger import PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rapprochement_sim.game.journal import Header, Note
    from rapprochement_sim.game.session import Session
    from rapprochement_sim.vocabulary import Capital

_Z_95 = 1.96
_PER_CENT = "percent"


@dataclass(frozen=True)
class Course:
    """A figure over the game: ``values`` before the first turn, then after each.

    Attributes
    ----------
    name, title, unit
        What it is; shares that people read in percent are in percent here.
    values
        As published where a figure is published, else true.
    margin
        Half the 95 per cent interval of a published value; 0 for what is exact.
    recorded
        What the record says of the same months.
    """

    name: str
    title: str
    unit: str
    values: tuple[float, ...]
    margin: float
    recorded: tuple[RecordedPoll, ...] = ()


@dataclass(frozen=True)
class Happening:
    """Something that happened in a turn, as everyone learnt it; ``kind`` as in the chronicle."""

    kind: str
    text: str


@dataclass(frozen=True)
class Deciding:
    """Something a seat decided, in full; ``is_played`` tells whether a person did."""

    seat: Capital
    is_played: bool
    text: str


@dataclass(frozen=True)
class TurnAccount:
    """One turn: what was decided, secret or not, and what happened."""

    turn: int
    months: str
    decisions: tuple[Deciding, ...]
    happenings: tuple[Happening, ...]


@dataclass(frozen=True)
class SourceUsed:
    """An entry of the bibliography, how sure it is, and what of this game rests on it."""

    title: str
    published: str
    grade: str
    rests: tuple[str, ...]


@dataclass(frozen=True)
class Account:
    """Everything of a game that is over.

    Attributes
    ----------
    header, save
        What it was started with, and the name of its save (empty if it has none).
    debrief
        Scores, goals, deeds, outcomes, ledger and forecasts.
    polls, headlines, trust, approval
        Figures over the game.
    months
        What each turn is called.
    turns, notes, sources
        Turn by turn, what players wrote down, and who says so.
    behind
        What was behind the mask, if that is to be told; else nothing.
    """

    header: Header
    save: str
    debrief: Debrief
    polls: tuple[Course, ...]
    headlines: tuple[Course, ...]
    trust: tuple[Course, ...]
    approval: tuple[Course, ...]
    months: tuple[str, ...]
    turns: tuple[TurnAccount, ...]
    notes: tuple[Note, ...]
    sources: tuple[SourceUsed, ...]
    behind: tuple[str, ...] = ()


def account_of(session: Session, *, is_open: bool = False) -> Account:
    """Give the whole account of a game.

    Parameters
    ----------
    session
        The game, over.
    is_open
        Whether secrets of a game that is still going on may be told: only to who leads it.

    Raises
    ------
    NotAllowedNow
        If the game is not over and not open.
    """
    if not (session.is_over or is_open):
        what = "the account of a game opens when its last turn has been resolved"
        raise NotAllowedNow(what)
    scenario = session.case.loaded.schema
    return Account(
        header=session.header,
        save=session.path.name if session.path is not None else "",
        debrief=debrief(session),
        polls=tuple(_poll_courses(session)),
        headlines=tuple(_true_courses(session, session.case.loaded.rules.composites)),
        trust=tuple(_true_courses(session, ("trust_seoul_tokyo", "trust_tokyo_seoul"))),
        approval=tuple(_approval_courses(session)),
        months=tuple(turn_title(scenario, turn) for turn in range(session.turn)),
        turns=tuple(_turn_accounts(session)),
        notes=tuple(session.notes),
        sources=tuple(_sources(session)),
    )


def _poll_courses(session: Session) -> Iterator[Course]:
    recorded = published_record(session.case.loaded).polls
    errors = session.known(CAPITALS[0], session.turn)
    for name in session.case.loaded.rules.surveys:
        yield Course(
            name=name,
            title=session.titles[name],
            unit=_PER_CENT,
            values=_published(session, PUBLISHED + name),
            margin=_Z_95 * errors[name].error,
            recorded=tuple(poll for poll in recorded if poll.survey == name),
        )


def _approval_courses(session: Session) -> Iterator[Course]:
    errors = session.known(CAPITALS[0], session.turn)
    for capital in CAPITALS:
        name = f"approval_{capital.key}"
        yield Course(
            name=name,
            title=session.titles[name],
            unit=_PER_CENT,
            values=tuple(100.0 * value for value in _published(session, PUBLISHED + name)),
            margin=100.0 * _Z_95 * errors[name].error,
        )


def _published(session: Session, name: str) -> tuple[float, ...]:
    after = (turn.published[name] for turn in session.turns)
    return (session.start.published[name], *after)


def _true_courses(session: Session, names: Iterable[str]) -> Iterator[Course]:
    table = session.case.indicators
    series = [table.read(state)[:, LANE] for state in session.states]
    for name in names:
        entry = table.by_name[name]
        values = tuple(float(read[entry.index]) for read in series)
        yield Course(name, session.titles[name], entry.unit, values, 0.0)


def _turn_accounts(session: Session) -> Iterator[TurnAccount]:
    case = session.case
    for turn in session.turns:
        played = session.header.seats_in(turn.turn)
        yield TurnAccount(
            turn=turn.turn,
            months=turn_title(case.loaded.schema, turn.turn - 1),
            decisions=tuple(
                Deciding(
                    decision.seat,
                    decision.seat in played,
                    deed_text(case, decision, turn.decisions),
                )
                for decision in sorted(turn.decisions, key=lambda each: each.seat)
            ),
            happenings=tuple(
                Happening(
                    act.kind,
                    f"{act.told} ({'; '.join(act.modifiers)})" if act.modifiers else act.told,
                )
                for act in turn.acts
            ),
        )


def _sources(session: Session) -> Iterator[SourceUsed]:
    """List who says so, for what happened and for what publics were asked."""
    rules = session.case.loaded.rules
    rests: dict[str, dict[str, None]] = {}
    for turn in session.turns:
        for act in turn.acts:
            row = session.case.row(session.case.effects.row_by_key[act.key])
            entry = rules.events[row.name] if row.kind == "event" else rules.actions[row.name]
            _note_sources(rests, entry.sources, entry.title)
    for survey in rules.surveys.values():
        _note_sources(rests, survey.sources, survey.title)
    for head, titles in sorted(rests.items()):
        source = rules.sources.get(head)
        resolved = resolved_source(head, rules, {})
        yield SourceUsed(
            title=str(resolved["title"]),
            published=str(resolved["published"]),
            grade=source.grade if source is not None else "",
            rests=tuple(titles),
        )


def _note_sources(rests: dict[str, dict[str, None]], references: Iterable[str], title: str) -> None:
    for reference in references:
        rests.setdefault(reference.partition(":")[0], {})[title] = None
