"""What the server asks of the process that holds the worlds. Names and numbers only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rapprochement_sim.classroom.facts import FigureChange, SeatDecision
    from rapprochement_sim.classroom.recipe import Recipe
    from rapprochement_sim.classroom.state import Forecast
    from rapprochement_sim.errors import RapprochementError


@dataclass(frozen=True)
class Request:
    """Something asked of a world; ``world`` tells which table it is laid on."""

    world: int
    recipe: Recipe


@dataclass(frozen=True)
class LookAtSeat(Request):
    """What a seat may see of its open turn."""

    seat: str


@dataclass(frozen=True)
class AskSeat(Request):
    """What a joined seat reads, packed to be sent as it is.

    ``what`` names the page, ``words`` and ``number`` say which; ``forecasts`` are those of
    the person who asks, ``is_ended`` whether the class is over for good.
    """

    seat: str
    what: str
    words: tuple[str, ...] = ()
    number: int = 0
    forecasts: tuple[Forecast, ...] = ()
    is_ended: bool = False


@dataclass(frozen=True)
class LookAtProgrammes(Request):
    """What the articles recommend, as a seat can play it now."""

    seat: str


@dataclass(frozen=True)
class LookAtRoom(Request):
    """What anybody may see."""


@dataclass(frozen=True)
class LookAsTeacher(Request):
    """A world at a glance."""


@dataclass(frozen=True)
class LookBack(Request):
    """How every seat fared, when the game is over."""


@dataclass(frozen=True)
class ScoreForecasts(Request):
    """How forecasts came out against what has been published since."""

    forecasts: tuple[Forecast, ...]


@dataclass(frozen=True)
class LookAtOrder(Request):
    """What an order would cost and may do, as a seat judges it."""

    seat: str
    action: str
    target: str
    modifiers: tuple[str, ...]


@dataclass(frozen=True)
class Judge(Request):
    """Whether the rules allow a decision on the open table, and what then stands there."""

    decision: SeatDecision


@dataclass(frozen=True)
class JudgeTakingBack(Request):
    """What a seat would take back, and what then stands on the table."""

    seat: str


@dataclass(frozen=True)
class PlayTurn(Request):
    """Play the open turn out, its talks being closed."""


@dataclass(frozen=True)
class LookAtInject(Request):
    """What an event, changes of the teacher's own, or an act may do over some turns."""

    event: str
    turns: int
    changes: tuple[FigureChange, ...] = ()
    orders: tuple[SeatDecision, ...] = ()


@dataclass(frozen=True)
class LookAtActs(Request):
    """Which acts each government could be given now: those that need nobody's consent."""


@dataclass(frozen=True)
class LookAtMovable(Request):
    """Which figures an inject may move, and what they are called."""


@dataclass(frozen=True)
class CheckReplay(Request):
    """Whether a world replays to the digests that its log holds."""


@dataclass(frozen=True)
class LookAtScenario:
    """What a scenario offers a class."""

    scenario: str


# ---------------------------------------------------------------- replies


@dataclass(frozen=True)
class Answered:
    """What was asked for."""

    found: Any


@dataclass(frozen=True)
class Refused:
    """Why the rules refuse it."""

    error: RapprochementError


@dataclass(frozen=True)
class Failed:
    """A fault of the program, with its trace."""

    trace: str
