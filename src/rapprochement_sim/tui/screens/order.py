"""One order before it is given: what it may do, its modifiers as toggles, its price."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from rapprochement_sim.tui.boards.previews import preview_lines
from rapprochement_sim.tui.lines import BLANK, Line, Span, choice, paragraph, sentence
from rapprochement_sim.tui.screens.base import BACK, LOOKING
from rapprochement_sim.tui.screens.sheet import Sheet
from rapprochement_sim.vocabulary import MODIFIERS_PER_ORDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.seat import Option
    from rapprochement_sim.tui.messages import SpotChosen
    from rapprochement_sim.vocabulary import Order

_MODIFIER = "modifier:"


class OrderScreen(Sheet):
    """Look at an order, change its modifiers, give it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "give", "Give it"),
        Binding("space", "take", "Modifier", key_display="Space"),
        *LOOKING,
        BACK,
    ]

    def __init__(self, order: Order) -> None:
        super().__init__()
        self._order = order

    @property
    def _option(self) -> Option:
        return self.desk.option(self.desk.key_of(self._order.action, self._order.target))

    def heading(self) -> str:
        """Name the order."""
        return self._option.title

    def lines(self, width: int) -> Iterator[Line]:
        """Lay out the choice to give it, or why it is refused, and the preview."""
        option = self._option
        if option.is_allowed:
            what = "Offer it" if option.is_joint else "Give this order"
            yield (Span(f"[ {what} ]", "own", choice("give")), Span("  Enter or g", "dim"))
        else:
            yield from paragraph(f"Not now: {sentence(option.reason)}", width, "alert")
        yield BLANK
        yield from preview_lines(self.desk.seat.preview(self._order), width)

    # -------------------------------------------------------------- keys

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Give the order, toggle a modifier, or look at a figure."""
        key = message.spot.key
        if key == "give":
            self.action_give()
        elif message.spot.kind == "choice":
            self.action_take()
        else:
            self.action_why()

    def action_give(self) -> None:
        """Give the order, or offer it."""
        if self.attempt(lambda: f"Noted: {self.desk.submit(self._order)}"):
            self.dismiss()

    def action_take(self) -> None:
        """Take or leave the modifier under the cursor."""
        spot = self.spot
        if spot is None or not spot.key.startswith(_MODIFIER):
            self.app.notify("Put the cursor on a modifier first.")
            return
        name = spot.key.removeprefix(_MODIFIER)
        chosen = self._order.modifiers
        if name in chosen:
            kept = tuple(each for each in chosen if each != name)
        elif len(chosen) < MODIFIERS_PER_ORDER:
            kept = (*chosen, name)
        else:
            told = f"An order takes at most {MODIFIERS_PER_ORDER} modifiers: leave one out."
            self.app.notify(told, severity="warning")
            return
        self._order = replace(self._order, modifiers=kept)
        self.board.redraw()

    def action_source(self) -> None:
        """Tell who says so: of the figure under the cursor's effect, or of the whole act."""
        self.host.go("source", self._order.action)
