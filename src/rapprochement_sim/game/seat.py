"""A seat at the table: the one door through which a face of the game plays.

A face knows :class:`Seat` and nothing behind it: a game in this process answers it
(:class:`~rapprochement_sim.game.local_seat.LocalSeat`), or a class over a network.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rapprochement_sim.game.advice import AdviceState
    from rapprochement_sim.game.briefing import Briefing, NewsItem, Reading
    from rapprochement_sim.game.debrief import Debrief
    from rapprochement_sim.game.forecast_page import ForecastPage
    from rapprochement_sim.game.lesson import LessonPage
    from rapprochement_sim.game.line import Line
    from rapprochement_sim.game.past import Past
    from rapprochement_sim.game.preview import Preview
    from rapprochement_sim.game.programmes import ProgrammePage
    from rapprochement_sim.game.session import Phase
    from rapprochement_sim.game.why import Why
    from rapprochement_sim.scenario.codex import CodexPage, CodexSection
    from rapprochement_sim.scenario.lessons import Deed
    from rapprochement_sim.vocabulary import Capital, Order


@dataclass(frozen=True)
class Option:
    """An order or offer of the seat, and why it is not allowed now (empty if it is)."""

    key: str
    action: str
    target: Capital
    title: str
    summary: str
    is_joint: bool
    cost: float
    attention: float
    modifiers: tuple[tuple[str, str], ...]
    reason: str

    @property
    def is_allowed(self) -> bool:
        """Whether it can be given now."""
        return not self.reason


class Lesson(Protocol):
    """The lesson of a game, or that it has none."""

    @property
    def is_open(self) -> bool:
        """Whether there is a lesson and the player has not left it."""

    def page(self) -> LessonPage | None:
        """Return what to do now; None without a lesson."""

    def did(self, deed: Deed) -> bool:
        """Take note of a deed; return whether it put a step behind."""

    def skip(self) -> None:
        """Put the step that is shown behind without doing it."""

    def leave(self) -> None:
        """End the lesson; the game goes on."""


class Lookup(Protocol):
    """Everything that has a name, by sections and entry by entry."""

    @property
    def sections(self) -> tuple[CodexSection, ...]:
        """Everything that can be looked up."""

    def page(self, name: str, width: int = ...) -> CodexPage:
        """Explain a name, at most ``width`` columns wide, and say what to read next."""


class Seat(Protocol):
    """What a face of the game may ask of a seat, and tell it."""

    @property
    def capital(self) -> Capital:
        """Who sits here."""

    @property
    def lesson(self) -> Lesson:
        """The lesson of the game, if it has one."""

    @property
    def codex(self) -> Lookup:
        """Everything that has a name, explained."""

    @property
    def line(self) -> Line | None:
        """The line to a class elsewhere; None for a game in this process."""

    @property
    def phase(self) -> Phase:
        """Where the open turn stands."""

    @property
    def turn(self) -> int:
        """Turns resolved so far."""

    def brief(self) -> Briefing:
        """Return the page of the open turn."""

    def options(self) -> tuple[Option, ...]:
        """Return every order and offer of the seat, with reasons against those refused."""

    def preview(self, order: Order) -> Preview:
        """Say what an order would cost and may do."""

    def why(self, figure: str, turn: int | None = None) -> Why:
        """Split a figure's change over a turn (the last by default), as far as is known."""

    def chronicle(self, turn: int) -> tuple[NewsItem, ...]:
        """Return what everyone learnt of a resolved turn, counted from 1."""

    def figures(self) -> tuple[Reading, ...]:
        """Return every figure that the seat knows."""

    def explain(self, name: str) -> str:
        """Explain a name of the rule book, with numbers and sources."""

    def submit(self, order: Order) -> str:
        """Give an order or offer; return what was understood."""

    def answer(self, proposer: Capital, *, accepts: bool) -> str:
        """Answer an offer; return what was understood."""

    def undo(self) -> str:
        """Take back the last decision; return what was taken back."""

    def commit(self) -> None:
        """Say that the seat is done with this phase of the turn."""

    def note(self, text: str) -> str:
        """Keep a note of the player's own; return where it is kept, in words."""

    def save(self) -> str:
        """Make sure that the game is saved; return where."""

    def prepare_advice(self) -> None:
        """Let the advisers get warm, so that the first question is answered sooner."""

    def ask_advice(self, orders: Sequence[Order] = ()) -> None:
        """Ask the advisers anew: staff papers, offers that wait, and these orders."""

    def advice(self, *, wait: bool = False) -> AdviceState:
        """Return how far the advisers are; ask first if nothing was asked on this desk."""

    def cancel_advice(self) -> None:
        """Let the question to the advisers go."""

    def forecast(self, figure: str, above: float, turn: int, probability: float) -> str:
        """Keep a forecast of the player's own; return what was understood."""

    def forecast_band(self, figure: str, low: float, high: float, turn: int) -> str:
        """Keep a 5 to 95 per cent band of the player's own; return what was understood."""

    def forecasts(self) -> ForecastPage:
        """Return the questions of the turn, the player's forecasts, and all scores so far."""

    def debrief(self) -> Debrief:
        """Open everything, once the game is over."""

    def programmes(self) -> tuple[ProgrammePage, ...]:
        """Return what the articles recommend, as this seat can play it now."""

    def behind_the_mask(self) -> tuple[str, ...]:
        """Say what was behind the mask, once that may be told; nothing without a mask."""

    @property
    def past(self) -> Past:
        """The past of the game: turns opened again, branches, worlds beside it."""
