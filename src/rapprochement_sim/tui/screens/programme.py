"""One programme, step by step; a step can be put into the orders from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from rapprochement_sim.tui.boards.programmes import programme_lines
from rapprochement_sim.tui.screens.base import BACK, LOOKING
from rapprochement_sim.tui.screens.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.programmes import ProgrammePage, ProgrammeStep
    from rapprochement_sim.tui.lines import Line
    from rapprochement_sim.tui.messages import SpotChosen

_STEP = "step:"


class ProgrammeScreen(Sheet):
    """Read a programme, look closer at a step, give it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "give", "Give the step"),
        Binding("u", "undo", "Undo"),
        *LOOKING,
        BACK,
    ]

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    @property
    def _page(self) -> ProgrammePage:
        return next(page for page in self.desk.programmes if page.name == self._name)

    def heading(self) -> str:
        """Name the programme."""
        return f"Programme: {self._page.title}"

    def lines(self, width: int) -> Iterator[Line]:
        """Lay the programme out."""
        return programme_lines(self._page, width)

    def _step(self, key: str) -> ProgrammeStep | None:
        if not key.startswith(_STEP):
            return None
        return self._page.steps[int(key.removeprefix(_STEP)) - 1]

    # -------------------------------------------------------------- keys

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Look closer at a step, a figure or the source."""
        step = self._step(message.spot.key)
        if step is not None and step.order is not None:
            self.host.go("order", step.order)
        elif message.spot.kind == "figure":
            self.host.go("figure", message.spot.key)
        else:
            self.action_source()

    def action_give(self) -> None:
        """Put the step under the cursor into the orders, or offer it."""
        step = self._step(self.spot.key) if self.spot is not None else None
        order = step.order if step is not None else None
        if order is None:
            self.app.notify("Put the cursor on a step of yours first.", title="Give")
            return
        self.attempt(lambda: f"Noted: {self.desk.submit(order)}")

    def action_undo(self) -> None:
        """Take back the last decision."""
        self.attempt(lambda: f"Taken back: {self.desk.undo()}")
