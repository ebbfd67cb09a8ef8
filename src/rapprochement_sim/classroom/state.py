"""A class as it stands: what its facts add up to. Frozen; a new fact makes a new state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rapprochement_sim.classroom.facts import FigureChange, SeatDecision

TALKS, ORDERS, OVER = "talks", "orders", "over"
CAPTAIN, MAJORITY = "captain", "majority"


@dataclass(frozen=True)
class Person:
    """Somebody of the class; ``tokens`` are hashes of what their devices hold."""

    id: int
    name: str
    tokens: tuple[str, ...]
    return_hash: str
    world: int = 0
    seat: str = ""
    is_removed: bool = False
    removal: str = ""

    @property
    def is_observer(self) -> bool:
        """Whether they look on in a world."""
        return self.world > 0 and not self.seat


@dataclass(frozen=True)
class Draft:
    """A decision put forward within a seat, and who is for it."""

    id: int
    author: int
    decision: SeatDecision
    told: str
    backers: tuple[int, ...]


@dataclass(frozen=True)
class SeatPlace:
    """A seat of a world: who sits there, what they think of, whether they are done."""

    members: tuple[int, ...] = ()
    captain: int = 0
    drafts: tuple[Draft, ...] = ()
    done_by: tuple[int, ...] = ()
    is_done: bool = False
    is_with_model: bool = False
    model_reason: str = ""

    @property
    def is_played(self) -> bool:
        """Whether people decide for it."""
        return bool(self.members) and not self.is_with_model


@dataclass(frozen=True)
class PlayedTurn:
    """A resolved turn: with the seed, these decisions give its world again."""

    turn: int
    talk_seats: tuple[str, ...]
    order_seats: tuple[str, ...]
    decisions: tuple[SeatDecision, ...]
    digest: str


@dataclass(frozen=True)
class Inject:
    """Something the teacher lets befall in a turn."""

    id: int
    turn: int
    event: str
    headline: str
    changes: tuple[FigureChange, ...] = ()
    orders: tuple[SeatDecision, ...] = ()


@dataclass(frozen=True)
class Branch:
    """What a world had played before it was taken back."""

    turns: tuple[PlayedTurn, ...]
    turns_kept: int
    reason: str
    injects: tuple[Inject, ...]


@dataclass(frozen=True)
class ClassWorld:
    """One of the parallel worlds.

    ``talk_seats`` is None while the talks of the open turn go on; ``revision`` counts what
    may change the game itself, so that nobody decides on a table they have not seen.
    ``shared`` counts what may change everybody's page, ``own`` what may change a seat's alone.
    """

    number: int
    seats: Mapping[str, SeatPlace]
    turns: tuple[PlayedTurn, ...] = ()
    decisions: tuple[SeatDecision, ...] = ()
    talk_seats: tuple[str, ...] | None = None
    is_over: bool = False
    injects: tuple[Inject, ...] = ()
    branches: tuple[Branch, ...] = ()
    closes_at: float = 0.0
    revision: int = 0
    shared: int = 0
    own: Mapping[str, int] = field(default_factory=dict)

    def seen_by(self, seat: str) -> tuple[int, int]:
        """Return what changes whenever the page of a seat may; empty for the whole room."""
        return self.shared, self.own.get(seat, 0)

    @property
    def phase(self) -> str:
        """Where the open turn stands."""
        if self.is_over:
            return OVER
        return TALKS if self.talk_seats is None else ORDERS

    @property
    def open_turn(self) -> int:
        """Number of the open turn, from 1."""
        return len(self.turns) + 1

    @property
    def played_seats(self) -> tuple[str, ...]:
        """Seats that people play now."""
        return tuple(key for key, place in self.seats.items() if place.is_played)

    @property
    def waits_for(self) -> tuple[str, ...]:
        """Seats of people that have not said that they are done."""
        return tuple(
            key for key, place in self.seats.items() if place.is_played and not place.is_done
        )


@dataclass(frozen=True)
class Message:
    """Something said; ``to`` nobody is to everyone, ``withdrawn`` the teacher's reason."""

    id: int
    world: int
    seat: str
    person: int
    to: tuple[str, ...]
    text: str
    turn: int
    at: float
    withdrawn: str = ""

    @property
    def is_public(self) -> bool:
        """Whether everyone of the world may read it."""
        return not self.to

    def is_for(self, seat: str) -> bool:
        """Whether a seat may read it."""
        return self.is_public or seat in self.to or (self.seat == seat and bool(seat))


@dataclass(frozen=True)
class Forecast:
    """How likely somebody thought a figure to pass a bound when a turn is over."""

    world: int
    seat: str
    person: int
    made_in: int
    figure: str
    above: float
    turn: int
    probability: float
    told: str


@dataclass(frozen=True)
class ClassState:
    """A whole class after ``seq`` facts."""

    seq: int = 0
    scenario: str = ""
    content_hash: str = ""
    rules_hash: str = ""
    seed: int = 0
    n_turns: int = 0
    seat_keys: tuple[str, ...] = ()
    code: str = ""
    signing_key: str = ""
    teacher_hash: str = ""
    submit_rule: str = CAPTAIN
    minutes: float = 0.0
    is_automatic: bool = True
    roster: tuple[str, ...] = ()
    is_rehearsal: bool = False
    is_masked: bool = False
    persons: Mapping[int, Person] = field(default_factory=dict)
    tokens: Mapping[str, int] = field(default_factory=dict)
    worlds: Mapping[int, ClassWorld] = field(default_factory=dict)
    messages: tuple[Message, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    paused_at: float = 0.0
    pause_reason: str = ""
    is_ended: bool = False
    end_reason: str = ""
    is_mask_lifted: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the class has been opened at all."""
        return self.seq > 0

    @property
    def is_played_out(self) -> bool:
        """Whether nothing is left to play: the class has ended, or every world is over."""
        return self.is_ended or all(world.is_over for world in self.worlds.values())

    @property
    def is_paused(self) -> bool:
        """Whether the teacher holds the class."""
        return self.paused_at > 0.0
