"""The player's desk: what a seat tells, read once until something is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.errors import OutputProblem
from rapprochement_sim.game.line import Heard

if TYPE_CHECKING:
    from rapprochement_sim.game.briefing import Briefing, Reading
    from rapprochement_sim.game.past import LookBack
    from rapprochement_sim.game.programmes import ProgrammePage
    from rapprochement_sim.game.seat import Option, Seat
    from rapprochement_sim.game.session import Phase
    from rapprochement_sim.vocabulary import Capital, Order


class Desk:
    """A seat with its pages kept while nothing changes.

    Looking goes through the kept pages, deciding goes to the seat and forgets them.
    ``look_back`` is what worlds beside a game that is over have told so far; ``told_behind``
    what was told of what was behind the mask; ``heard`` is
    what came down the line of a class last, and ``told`` where the screens last said that
    the game stands.
    """

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.look_back: LookBack | None = None
        self.told_behind: tuple[str, ...] = ()
        self.told = seat.turn, seat.phase
        self.heard = Heard(0)
        self._briefing: Briefing | None = None
        self._figures: dict[str, Reading] | None = None
        self._options: tuple[Option, ...] | None = None
        self._programmes: tuple[ProgrammePage, ...] | None = None

    # -------------------------------------------------------------- looking

    @property
    def briefing(self) -> Briefing:
        """The page of the open turn."""
        if self._briefing is None:
            self._briefing = self.seat.brief()
        return self._briefing

    @property
    def figures(self) -> dict[str, Reading]:
        """Every figure that the seat knows, by name."""
        if self._figures is None:
            self._figures = {reading.name: reading for reading in self.seat.figures()}
        return self._figures

    @property
    def options(self) -> tuple[Option, ...]:
        """Every order and offer of the seat."""
        if self._options is None:
            self._options = self.seat.options()
        return self._options

    @property
    def programmes(self) -> tuple[ProgrammePage, ...]:
        """What the articles recommend, as the seat can play it now."""
        if self._programmes is None:
            self._programmes = self.seat.programmes()
        return self._programmes

    def option(self, key: str) -> Option:
        """Return one order or offer."""
        return next(option for option in self.options if option.key == key)

    def key_of(self, action: str, target: Capital) -> str:
        """Return the key of an action towards a target; empty if the seat has none."""
        for option in self.options:
            if (option.action, option.target) == (action, target):
                return option.key
        return ""

    def stands(self) -> tuple[int, Phase]:
        """Return turns resolved so far, and where the open one stands."""
        return self.seat.turn, self.seat.phase

    # -------------------------------------------------------------- deciding

    def submit(self, order: Order) -> str:
        """Give an order or offer; return what was understood."""
        try:
            return self.seat.submit(order)
        finally:
            self.forget()

    def answer(self, proposer: Capital, *, accepts: bool) -> str:
        """Answer an offer; return what was understood."""
        try:
            return self.seat.answer(proposer, accepts=accepts)
        finally:
            self.forget()

    def undo(self) -> str:
        """Take back the last decision; return what was taken back."""
        try:
            return self.seat.undo()
        finally:
            self.forget()

    def commit(self) -> str:
        """End this phase of the turn; return what went wrong in saving, usually nothing.

        The phase has ended even if it could not be saved.
        """
        try:
            self.seat.commit()
        except OutputProblem as problem:
            return str(problem)
        finally:
            self.forget()
        return ""

    def forget(self) -> None:
        """Let go of kept pages; the next look reads them anew."""
        self._briefing = None
        self._figures = None
        self._options = None
        self._programmes = None
