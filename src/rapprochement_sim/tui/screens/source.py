"""What a name of the rule book means, with numbers, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from rapprochement_sim.errors import RapprochementError
from rapprochement_sim.tui.lines import Line, Span, paragraph
from rapprochement_sim.tui.screens.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.tui.lines import Role


class SourceScreen(Sheet):
    """An explanation, to be read and scrolled."""

    HEADING = "Source: what stands behind it, and who says so"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,s,enter", "back", "Back", key_display="Esc", priority=True),
    ]

    def __init__(self, name: str) -> None:
        super().__init__()
        self._asked = name

    def lines(self, width: int) -> Iterator[Line]:
        """Lay the explanation out as it is written."""
        try:
            text = self.desk.seat.explain(self._asked)
        except RapprochementError as error:
            yield from paragraph(str(error), width, "alert")
            return
        for number, part in enumerate(text.rstrip().split("\n")):
            role: Role = (
                "title" if number == 0 or part in ("Numbers", "Sources", "Effects") else "plain"
            )
            if len(part) <= width:
                yield (Span(part, role),)
            else:
                indent = len(part) - len(part.lstrip())
                yield from paragraph(part.strip(), width, role, indent=indent)
