"""What a name of the rule book means, with numbers, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from rapprochement_sim.errors import RapprochementError
from rapprochement_sim.tui.boards.codex import link_lines
from rapprochement_sim.tui.lines import Line, Span, paragraph
from rapprochement_sim.tui.screens.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.tui.messages import SpotChosen


_HEADS = frozenset(
    ("Numbers", "Sources", "Effects", "Conditions", "Contested", "Dissent", "Used by", "Refusal")
)


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
        for number, part in enumerate(page.text.rstrip().split("\n")):
            is_head = number == 0 or (part[:1].isupper() and part in _HEADS)
            yield (Span(part, "title" if is_head else "plain"),)
        yield from link_lines(page.links, width)

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Go on to another entry."""
        self.host.did("codex_used")
        self.host.go("source", message.spot.key)
