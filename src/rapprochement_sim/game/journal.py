"""A save: who decided what, what was published, and a digest of every turn. As data.

A journal holds no state. With the scenario and the rules it names, it rebuilds a game to
the bit; without them its published figures can still be read.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rapprochement_sim.game.decisions import Decision
    from rapprochement_sim.game.forecasts import ForecastSheet
    from rapprochement_sim.vocabulary import Capital

FORMAT = "rapprochement-sim save"
VERSION = 1


@dataclass(frozen=True)
class Parent:
    """What a game goes on from.

    Attributes
    ----------
    name
        File name of the save that it branches off, or a run folder's name and run.
    turn
        The first turn of its own.
    digest
        Of the state in which that turn opened, as in the parent.
    """

    name: str
    turn: int
    digest: str


@dataclass(frozen=True)
class Header:
    """What a game was started with.

    Attributes
    ----------
    scenario
        Name or path by which the scenario was opened.
    content_hash, rules_hash
        Hashes of what the scenario and the rule book said.
    program
        Version of the program that wrote the save.
    seed, run
        With them all chance is fixed.
    seats
        Capitals that people play.
    lenses
        Capital to lens weights that differ from the scenario's.
    parent
        Where it branched off, if it did.
    earlier_seats
        Who played before these seats were taken: last turns, rising, and who played up to
        them.
    """

    scenario: str
    content_hash: str
    rules_hash: str
    program: str
    seed: int
    run: int
    seats: tuple[Capital, ...]
    lenses: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    parent: Parent | None = None
    earlier_seats: tuple[tuple[int, tuple[Capital, ...]], ...] = ()

    def seats_in(self, turn: int) -> tuple[Capital, ...]:
        """Return the capitals that people play in a turn (from 1)."""
        for last_turn, seats in self.earlier_seats:
            if turn <= last_turn:
                return seats
        return self.seats


@dataclass(frozen=True)
class TurnEntry:
    """One resolved turn; ``turn`` counts from 1, 0 is the start of the game.

    ``decisions`` are those of all seats, ``published`` and ``digest`` what stood when the
    turn was over.
    """

    turn: int
    decisions: tuple[Decision, ...]
    published: Mapping[str, float]
    digest: str


@dataclass(frozen=True)
class Note:
    """Something a player wrote down, in the turn that was then open."""

    turn: int
    seat: Capital
    text: str


@dataclass(frozen=True)
class LessonMark:
    """How far a seat is in a lesson: the steps behind it, and whether it left the lesson."""

    name: str
    seat: Capital
    behind: tuple[str, ...] = ()
    is_left: bool = False


@dataclass(frozen=True)
class Journal:
    """A whole save.

    Attributes
    ----------
    header
        What the game was started with.
    start
        The start, as a turn without decisions.
    turns
        Resolved turns in sequence.
    pending
        Decisions of the open turn, as far as people have taken them.
    are_talks_closed
        Whether the offers of the open turn have been answered.
    notes
        What players wrote down.
    forecasts
        What advisers and players forecast.
    lesson
        How far a lesson is, if the game is one.
    """

    header: Header
    start: TurnEntry
    turns: tuple[TurnEntry, ...] = ()
    pending: tuple[Decision, ...] = ()
    are_talks_closed: bool = False
    notes: tuple[Note, ...] = ()
    forecasts: tuple[ForecastSheet, ...] = ()
    lesson: LessonMark | None = None

    def with_turn(self, entry: TurnEntry) -> Journal:
        """Return the journal with one more resolved turn and nothing pending."""
        turns = (*self.turns, entry)
        return replace(self, turns=turns, pending=(), are_talks_closed=False)
