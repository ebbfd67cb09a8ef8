"""Whom a fact concerns: whose page may have changed. Nobody else hears that anything happened.

A stream that stirred at every fact would tell each seat when the others decide in secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapprochement_sim.classroom import facts

if TYPE_CHECKING:
    from rapprochement_sim.classroom.reducing import Recorded
    from rapprochement_sim.classroom.state import ClassState, Message, Person

_WHOLE_CLASS = (
    facts.ClassOpened,
    facts.WorldOpened,
    facts.RulesOfTimeChanged,
    facts.ClassPaused,
    facts.ClassResumed,
    facts.ClassEnded,
    facts.MaskLifted,
    facts.SeatTaken,
    facts.SeatLeft,
    facts.PersonRemoved,
)
_WHOLE_WORLD = (
    facts.SeatGivenToModel,
    facts.SeatReclaimed,
    facts.TalksClosed,
    facts.TurnResolved,
    facts.WorldRewound,
    facts.ClockSet,
    facts.InjectSet,
    facts.InjectWithdrawn,
)
_ONE_SEAT = (
    facts.CaptainNamed,
    facts.DraftMade,
    facts.DraftBacked,
    facts.DraftDropped,
)


@dataclass(frozen=True)
class Concern:
    """Whose pages a fact may change: of every world (0) or one, of all its seats or some."""

    world: int
    seats: tuple[str, ...] | None
    person: int = 0


def concern_of(state: ClassState, recorded: Recorded) -> Concern | None:
    """Return whom a fact concerns beside the teacher; None for nobody.

    ``state`` is the class after the fact.
    """
    fact = recorded.fact
    match fact:
        case facts.DecisionsChanged():
            return Concern(fact.world, (fact.seat, *fact.reopened))
        case facts.SeatDone() | facts.SeatNotDone():
            is_shown = not isinstance(fact, facts.SeatDone) or fact.is_whole
            return Concern(fact.world, None if is_shown else (fact.seat,))
        case facts.MessageSent():
            return _of_message(fact)
        case facts.MessageWithdrawn():
            message = next(m for m in state.messages if m.id == fact.message)
            return _of_message(message)
        case facts.ForecastMade():
            return Concern(fact.world, (), fact.person)
    if isinstance(fact, _WHOLE_CLASS):
        return Concern(0, None)
    if isinstance(fact, _WHOLE_WORLD):
        return Concern(fact.world, None)
    if isinstance(fact, _ONE_SEAT):
        return Concern(fact.world, (fact.seat,))
    return None


def _of_message(said: Message | facts.MessageSent) -> Concern:
    return Concern(said.world, (said.seat, *said.to) if said.to else None)


def hears(concern: Concern, person: Person) -> bool:
    """Whether somebody's page may have changed."""
    if concern.person:
        return concern.person == person.id
    if concern.world == 0 or not person.world:
        return concern.world == 0
    if concern.world != person.world:
        return False
    return concern.seats is None or (bool(person.seat) and person.seat in concern.seats)
