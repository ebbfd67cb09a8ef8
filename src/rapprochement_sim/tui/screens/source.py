"""What a name of the rule book means, with numbers, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from rapprochement_sim.errors import RapprochementError
from rapprochement_sim.tui.boards.codex import entry_lines
from rapprochement_sim.tui.lines import Line, paragraph
from rapprochement_sim.tui.screens.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.tui.messages import SpotChosen


class SourceScreen(Sheet):
    """An explanation, to be read and scrolled."""

    HEADING = "Source: what stands behind it, and who says so"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "place('codex')", "Codex"),
        Binding("escape,s", "back", "Back", key_display="Esc", priority=True),
    ]

    def __init__(self, name: str) -> None:
        super().__init__()
        self._asked = name

    def lines(self, width: int) -> Iterator[Line]:
        """Lay the explanation out, and what to read next."""
        try:
            page = self.desk.seat.codex.page(self._asked, width)
        except RapprochementError as error:
            yield from paragraph(str(error), width, "alert")
            return
        yield from entry_lines(page, width)

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Go on to another entry."""
        self.host.did("codex_used")
        self.host.go("source", message.spot.key)
