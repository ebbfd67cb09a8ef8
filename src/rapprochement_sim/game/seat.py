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
    from rapprochement_sim.game.lesson import LessonDesk
    from rapprochement_sim.game.past import Past
    from rapprochement_sim.game.preview import Preview
    from rapprochement_sim.game.session import Phase
    from rapprochement_sim.game.why import Why
    from rapprochement_sim.scenario.codex import Codex
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


class Seat(Protocol):
    """What a face of the game may ask of a seat, and tell it."""

    @property
    def capital(self) -> Capital:
        """Who sits here."""

    @property
    def lesson(self) -> LessonDesk:
        """The lesson of the game, if it has one."""

    @property
    def codex(self) -> Codex:
        """Everything that has a name, explained."""

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

    def note(self, text: str) -> None:
        """Keep a note with the save."""

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

    @property
    def past(self) -> Past:
        """The past of the game: turns opened again, branches, worlds beside it."""
