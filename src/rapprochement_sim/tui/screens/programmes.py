"""Programmes: what the articles recommend, as this seat can play it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from rapprochement_sim.game.session import Phase
from rapprochement_sim.tui.boards.programmes import programme_list_lines
from rapprochement_sim.tui.screens.base import BACK
from rapprochement_sim.tui.screens.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.tui.lines import Line
    from rapprochement_sim.tui.messages import SpotChosen


class ProgrammesScreen(Sheet):
    """Every programme in a line; Enter opens one."""

    HEADING = "Programmes: what the articles recommend; Enter opens one"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "source", "Source"),
        Binding("o", "place('orders')", "Orders"),
        BACK,
    ]

    def lines(self, width: int) -> Iterator[Line]:
        """Lay the list out."""
        return programme_list_lines(self.desk.programmes, width)

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Open a programme."""
        self.host.go("programme", message.spot.key.partition(":")[2])

    def action_source(self) -> None:
        """Tell who says so, of the programme under the cursor."""
        if self.spot is not None:
            self.host.go("source", f"programmes:{self.spot.key.partition(':')[2]}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer orders only while some can be given."""
        del parameters
        return action != "place" or self.desk.seat.phase is not Phase.OVER
