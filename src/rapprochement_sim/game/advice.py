"""Advice as a face shows it: courses compared by rollouts, and three voices. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rapprochement_sim.game.knowledge import NORMAL_95

if TYPE_CHECKING:
    from rapprochement_sim.game.forecasts import ForecasterScore
    from rapprochement_sim.vocabulary import Capital, Order

Status = Literal["idle", "working", "done", "cancelled"]


@dataclass(frozen=True)
class Prospect:
    """What may become of a figure by a turn, over all rollouts of a course.

    Attributes
    ----------
    figure, title, unit
        The figure; polls and approval are meant as published.
    at
        Turns resolved by then.
    mean
        Over the rollouts.
    points
        5, 25, 50, 75 and 95 per cent points.
    difference, error
        How much more it is than if the desk is left as it is, in the same worlds under the
        same chance, and the standard error of that.
    """

    figure: str
    title: str
    unit: str
    at: int
    mean: float
    points: tuple[float, float, float, float, float]
    difference: float
    error: float

    @property
    def low(self) -> float:
        """The 5 per cent point."""
        return self.points[0]

    @property
    def high(self) -> float:
        """The 95 per cent point."""
        return self.points[-1]

    @property
    def is_clear(self) -> bool:
        """Whether the difference is more than its 95 per cent margin."""
        return abs(self.difference) > NORMAL_95 * self.error


@dataclass(frozen=True)
class OutcomeProspect:
    """How likely an outcome of the scenario is by the horizon; fields as in a prospect."""

    name: str
    title: str
    at: int
    probability: float
    difference: float
    error: float


@dataclass(frozen=True)
class Gain:
    """What a school values in a course beyond leaving the desk as it is, and its error.

    1 is as much as the scenario's acts promised that school at the start, by their own
    declared effects.
    """

    lens: str
    value: float
    error: float

    @property
    def is_clear(self) -> bool:
        """Whether it is more than its 95 per cent margin."""
        return abs(self.value) > NORMAL_95 * self.error


@dataclass(frozen=True)
class Outlook:
    """A course and what may become of it.

    Attributes
    ----------
    title
        The course in words.
    orders, accepts
        What it adds to the desk; neither for leaving the desk as it is.
    paper
        Number of the staff paper that argues for it, if one does.
    score
        The seat's score at the horizon.
    next_turn, horizon
        The told figures after the open turn and at the horizon.
    outcomes
        The scenario's outcomes.
    gains
        What each school sees in it.
    """

    title: str
    orders: tuple[Order, ...]
    accepts: tuple[Capital, ...]
    paper: int | None
    score: Prospect
    next_turn: tuple[Prospect, ...]
    horizon: tuple[Prospect, ...]
    outcomes: tuple[OutcomeProspect, ...]
    gains: tuple[Gain, ...]

    @property
    def is_nothing_more(self) -> bool:
        """Whether it leaves the desk as it is."""
        return not self.orders and not self.accepts


@dataclass(frozen=True)
class Ground:
    """A figure that moves a voice: its average change over the horizon, and for which side.

    ``speaks_for`` tells whether the voice likes that change.
    """

    figure: str
    title: str
    change: float
    speaks_for: bool


@dataclass(frozen=True)
class Voice:
    """One school's counsel.

    Attributes
    ----------
    lens
        The school.
    choice
        Place of the course that it advises, among the outlooks.
    gain
        What it sees in that course.
    grounds
        What moves it most, for and against.
    objects_to
        Place of the course that it warns of: of those that the other voices advise, else of
        all, the one it likes least; None if it likes none less than its own.
    objection, objection_grounds
        What it sees in that course, and why.
    record
        How good its forecasts were so far in this game, by what has been published.
    """

    lens: str
    choice: int
    gain: Gain
    grounds: tuple[Ground, ...]
    objects_to: int | None
    objection: Gain | None
    objection_grounds: tuple[Ground, ...]
    record: ForecasterScore | None


@dataclass(frozen=True)
class Advice:
    """What the advisers say in a turn.

    Attributes
    ----------
    seat, turn
        To whom, and the open turn, from 1.
    until
        Turns resolved at the horizon.
    n_rollouts, n_worlds
        Rollouts over all courses, and worlds for each.
    outlooks
        The courses; the first leaves the desk as it is.
    voices
        Realist, liberal, constructivist.
    """

    seat: Capital
    turn: int
    until: int
    n_rollouts: int
    n_worlds: int
    outlooks: tuple[Outlook, ...]
    voices: tuple[Voice, ...]


@dataclass(frozen=True)
class AdviceState:
    """How far the advisers are.

    ``done`` and ``wanted`` count rollouts; ``advice`` is the latest that there is, from as
    many rollouts as it says. ``problem`` says why there is none and none is to come.
    """

    status: Status
    done: int
    wanted: int
    advice: Advice | None
    problem: str = ""

    @property
    def is_working(self) -> bool:
        """Whether more is to come."""
        return self.status == "working"
