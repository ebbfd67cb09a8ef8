"""The advisers: what may become of each course, in worlds that fit what this seat knows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container

from rapprochement_sim.game.settings import ROLLOUTS
from rapprochement_sim.tui.boards.advice import advice_lines, course_lines
from rapprochement_sim.tui.screens.base import BACK, LOOKING
from rapprochement_sim.tui.screens.sheet import Sheet
from rapprochement_sim.tui.widgets.board import Board
from rapprochement_sim.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult

    from rapprochement_sim.game.advice import AdviceState
    from rapprochement_sim.tui.lines import Line
    from rapprochement_sim.tui.messages import SpotChosen

_LOOK_SECONDS = 0.1


class AdvisersScreen(Sheet):
    """Three voices, refined while one reads.

    The rollouts are made elsewhere; a look at how far they are takes no longer than a
    blink, so no key ever waits for them.
    """

    HEADING = "Advisers"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "place('orders')", "Orders"),
        *LOOKING,
        BACK,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._state: AdviceState | None = None

    def on_mount(self) -> None:
        """Look from time to time."""
        self.set_interval(_LOOK_SECONDS, self._look)

    def on_screen_resume(self) -> None:
        """Ask, also anew if something was decided meanwhile."""
        self._state = None
        self._look()

    def on_unmount(self) -> None:
        """Let the question go with the page."""
        self.desk.seat.cancel_advice()

    def compose(self) -> ComposeResult:
        """Compose what is advised, and the courses beside it where there is room."""
        with Container(classes="pair"):
            yield Board(self.lines, title=self.heading(), id="sheet")
            yield Board(self._courses, title="Every course played on", id="aside")
        yield KeyLine()

    def lines(self, width: int) -> Iterable[Line]:
        """Lay out the latest advice."""
        if self._state is None:
            return ()
        return advice_lines(self._state, width, with_courses=not self.has_class("-wide"))

    def _courses(self, width: int) -> Iterable[Line]:
        return course_lines(self._state, width) if self._state is not None else ()

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Open the order of a course, or why a figure changed."""
        if message.spot.kind == "figure":
            self.host.go("why", message.spot.key)
        elif message.spot.kind == "choice" and self._state and self._state.advice:
            outlook = self._state.advice.outlooks[int(message.spot.key)]
            if outlook.orders:
                self.host.go("order", outlook.orders[0])
            elif outlook.accepts:
                self.host.go("proposals")

    def _rested(self, state: AdviceState) -> AdviceState:
        """Let the advisers rest once they have worked as much as is set."""
        most = ROLLOUTS[self.host.settings.advisers]
        if not state.is_working or state.advice is None or state.advice.n_rollouts < most:
            return state
        self.desk.seat.cancel_advice()
        return replace(state, status="done", wanted=state.advice.n_rollouts)

    def _look(self) -> None:
        """Take in what is new; a finished answer is not asked for again."""
        before = self._state
        if before is not None and not before.is_working:
            return
        state = self._rested(self.desk.seat.advice())
        self._state = state
        if state.advice is not None:
            self.host.did("advice_read")
        if before is None or (before.advice, before.status) != (state.advice, state.status):
            self.show()
