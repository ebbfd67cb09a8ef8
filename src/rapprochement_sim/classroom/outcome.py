"""What deciding works with: who asks and when, what comes of it, and when to look again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapprochement_sim.errors import NotAllowedNow, RapprochementError

if TYPE_CHECKING:
    from rapprochement_sim.classroom.facts import Fact
    from rapprochement_sim.classroom.state import ClassState, ClassWorld, Person


@dataclass(frozen=True)
class Asked:
    """Who asks (a person's number, the teacher or the clock) and when, in epoch seconds."""

    by: int
    at: float


@dataclass(frozen=True)
class Outcome:
    """Facts that a command brings about, and what its sender is told."""

    facts: tuple[Fact, ...]
    answer: str


class Stale(RapprochementError):  # noqa: N818 - as its siblings
    """The table changed between the look and the decision: look again and decide anew."""


def seated(state: ClassState, asked: Asked) -> tuple[Person, ClassWorld]:
    """Return a student with a seat, and its world.

    Raises
    ------
    NotAllowedNow
        If they have none.
    """
    person = state.persons[asked.by]
    if not person.world or not person.seat:
        what = "you have no seat"
        raise NotAllowedNow(what, todo="Take one first.")
    return person, state.worlds[person.world]


def check_going(state: ClassState) -> None:
    """Refuse what changes the game while the class is held.

    Raises
    ------
    NotAllowedNow
        If it is.
    """
    if state.is_paused:
        what = f"the class is paused: {state.pause_reason}"
        raise NotAllowedNow(what, todo="Wait until it goes on; nothing is lost.")


def check_open(world: ClassWorld, turn: int, phase: str) -> None:
    """Refuse what is meant for a phase that is over.

    Raises
    ------
    NotAllowedNow
        If it is.
    """
    if world.is_over:
        what = "the game is over"
        raise NotAllowedNow(what)
    if (turn, phase) != (world.open_turn, world.phase):
        what = f"the {phase} of turn {turn} are closed"
        todo = f"Turn {world.open_turn} stands at its {world.phase}: look again, then decide."
        raise NotAllowedNow(what, todo=todo)


def check_fresh(world: ClassWorld, revision: int) -> None:
    """Refuse what was judged on another table.

    Raises
    ------
    Stale
        If it was.
    """
    if revision != world.revision:
        what = "the table has changed meanwhile"
        raise Stale(what, todo="Look again, then decide.")
