"""What people of a class may wish for. A command is asked; a fact has happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rapprochement_sim.classroom.facts import FigureChange, SeatDecision


@dataclass(frozen=True)
class Command:
    """A wish; every kind of command derives from it."""


@dataclass(frozen=True)
class OpenClass(Command):
    """Open the class with so many worlds.

    ``rehearsers`` are hashes of tokens that nobody holds, one for each seat of each world:
    with them the class is a rehearsal, in which the teacher acts for every seat.
    """

    scenario: str
    content_hash: str
    rules_hash: str
    program: str
    seed: int
    n_turns: int
    seats: tuple[str, ...]
    code: str
    signing_key: str
    teacher_hash: str
    submit_rule: str
    minutes: float
    is_automatic: bool
    roster: tuple[str, ...]
    n_worlds: int
    rehearsers: tuple[str, ...] = ()
    is_masked: bool = False


# ---------------------------------------------------------------- people


@dataclass(frozen=True)
class Join(Command):
    """Come in under a name."""

    name: str
    token: str
    return_hash: str


@dataclass(frozen=True)
class Return(Command):
    """Come back by one's word."""

    name: str
    return_hash: str
    token: str


@dataclass(frozen=True)
class TakeSeat(Command):
    """Sit down; an empty seat is an observer's place."""

    world: int
    seat: str


@dataclass(frozen=True)
class LeaveSeat(Command):
    """Stand up."""


@dataclass(frozen=True)
class ReclaimSeat(Command):
    """Play one's seat again instead of the model."""


@dataclass(frozen=True)
class HandOnCaptaincy(Command):
    """Let another of the seat speak for it."""

    person: int


# ---------------------------------------------------------------- playing


@dataclass(frozen=True)
class Decide(Command):
    """Put a decision forward; it counts at once if the seat's rule says so.

    Attributes
    ----------
    turn, phase
        What was open when the person looked.
    decision
        What is put forward.
    told
        The same in words.
    revision
        The world's revision when the rules allowed it.
    result, reopened
        What would stand in the open turn with it, and who must then look again.
    draft
        A draft that is backed, 0 for a new one.
    """

    turn: int
    phase: str
    decision: SeatDecision
    told: str
    revision: int
    result: tuple[SeatDecision, ...]
    reopened: tuple[str, ...]
    draft: int = 0


@dataclass(frozen=True)
class DropDraft(Command):
    """Take a draft off the seat's table."""

    draft: int


@dataclass(frozen=True)
class TakeBack(Command):
    """Take the seat's last decision back."""

    turn: int
    phase: str
    told: str
    revision: int
    result: tuple[SeatDecision, ...]
    reopened: tuple[str, ...] = ()


@dataclass(frozen=True)
class SayDone(Command):
    """Say that the seat is done with the phase, or not."""

    turn: int
    phase: str
    is_done: bool


@dataclass(frozen=True)
class ClosePhase(Command):
    """End a world's phase; ``digest`` and ``is_over`` tell how the turn ended, if it did."""

    world: int
    turn: int
    phase: str
    revision: int
    seats: tuple[str, ...]
    digest: str = ""
    is_over: bool = False


# ---------------------------------------------------------------- words


@dataclass(frozen=True)
class Say(Command):
    """Say something to some seats, or to all; a teacher names the world (0: every one)."""

    text: str
    to: tuple[str, ...]
    world: int = 0


@dataclass(frozen=True)
class Foretell(Command):
    """Say how likely a figure is to pass a bound when a turn is over."""

    figure: str
    above: float
    turn: int
    probability: float
    told: str


# ---------------------------------------------------------------- the teacher's


@dataclass(frozen=True)
class AddWorld(Command):
    """Open one more parallel world; ``rehearsers`` as in :class:`OpenClass`, in a rehearsal."""

    rehearsers: tuple[str, ...] = ()


@dataclass(frozen=True)
class IssueReturnWord(Command):
    """Give somebody a new word to come back with."""

    person: int
    return_hash: str


@dataclass(frozen=True)
class Remove(Command):
    """Remove somebody."""

    person: int
    reason: str


@dataclass(frozen=True)
class Withdraw(Command):
    """Withdraw a message."""

    message: int
    reason: str


@dataclass(frozen=True)
class GiveToModel(Command):
    """Let the model play a seat whose people are away."""

    world: int
    seat: str
    reason: str


@dataclass(frozen=True)
class Inject(Command):
    """Let an event, changes of one's own, a government's act, or news befall in the open turn."""

    world: int
    turn: int
    event: str
    headline: str
    changes: tuple[FigureChange, ...] = ()
    orders: tuple[SeatDecision, ...] = ()


@dataclass(frozen=True)
class NameCaptain(Command):
    """Let somebody speak for their seat in place of who does."""

    world: int
    seat: str
    person: int


@dataclass(frozen=True)
class WithdrawInject(Command):
    """Take back what has not been played out yet."""

    world: int
    inject: int


@dataclass(frozen=True)
class Rewind(Command):
    """Go back to where a turn opened."""

    world: int
    turn: int
    reason: str


@dataclass(frozen=True)
class SetClock(Command):
    """Let a phase end at a time, 0 for no end."""

    world: int
    closes_at: float


@dataclass(frozen=True)
class SetTime(Command):
    """Change the minutes of a phase, and whether phases end by themselves."""

    minutes: float
    is_automatic: bool


@dataclass(frozen=True)
class Pause(Command):
    """Hold the class."""

    reason: str


@dataclass(frozen=True)
class Resume(Command):
    """Let the class go on."""


@dataclass(frozen=True)
class End(Command):
    """End the class."""

    reason: str


@dataclass(frozen=True)
class LiftMask(Command):
    """Tell everyone what was behind the mask."""
