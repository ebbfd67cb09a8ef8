"""What a face may ask about the past of a game, once it is over or turn by turn before.

A face knows :class:`Past` and nothing behind it. Before the last turn has been resolved it
tells what its seat may know; after that everything is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from rapprochement_sim.game.account import Account
    from rapprochement_sim.game.analysis import Analysis
    from rapprochement_sim.game.briefing import Briefing
    from rapprochement_sim.game.published_record import PublishedRecord
    from rapprochement_sim.game.side_by_side import OtherGame, SideBySide


@dataclass(frozen=True)
class LookBack:
    """How far an analysis of many worlds is: the share done, and what it says so far."""

    share: float
    analysis: Analysis | None

    @property
    def is_done(self) -> bool:
        """Whether nothing follows."""
        return self.analysis is not None and self.analysis.is_final


@dataclass(frozen=True)
class PastTurn:
    """A resolved turn opened again.

    Attributes
    ----------
    briefing
        The page of the seat as the turn opened, before it decided anything.
    decided
        What the seat then decided, in words.
    record
        What was published of the scenario's months in the real world.
    """

    briefing: Briefing
    decided: tuple[str, ...]
    record: PublishedRecord


class Past(Protocol):
    """The past of a game as one seat may look at it."""

    def turn(self, turn: int) -> PastTurn:
        """Open a resolved turn again, counted from 1."""

    def looks(self, keep_on: Callable[[], bool]) -> Generator[LookBack]:
        """Play worlds beside a game that is over, as long as it is asked to keep on."""

    def account(self) -> Account:
        """Give the whole account of a game that is over."""

    def others(self) -> tuple[OtherGame, ...]:
        """List saves of the same scenario that this game can be set beside."""

    def beside(self, save: str) -> SideBySide:
        """Set this game beside a save of the same scenario, turn by turn."""

    def branch(self, turn: int) -> str:
        """Start a game that shares the turns before one; return where it is saved."""

    def copy(self, place: str) -> None:
        """Copy the save to another file, which must not be there yet."""
