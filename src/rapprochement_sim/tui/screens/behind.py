"""What was behind the mask, once the game is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from rapprochement_sim.tui.lines import BLANK, Line, paragraph
from rapprochement_sim.tui.screens.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator


class BehindScreen(Sheet):
    """Which history it was, who was who and what was what."""

    HEADING = "Behind the mask"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,m", "back", "Back", key_display="Esc", priority=True),
    ]

    def on_mount(self) -> None:
        """Note that it has been told: a report that is written from now on says it as well."""
        super().on_mount()
        self.desk.told_behind = self.desk.seat.behind_the_mask()

    def lines(self, width: int) -> Iterator[Line]:
        """Lay out what is told."""
        for number, told in enumerate(self.desk.seat.behind_the_mask()):
            yield from paragraph(told, width, "title" if number == 0 else "plain")
            if number == 0:
                yield BLANK
