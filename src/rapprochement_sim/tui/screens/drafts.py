"""Drafts of a seat of a class: what its people have put forward, to be for or to drop."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from rapprochement_sim.game.line import draft_told
from rapprochement_sim.tui.lines import BLANK, Line, Span, capitalised, choice, paragraph
from rapprochement_sim.tui.screens.base import BACK
from rapprochement_sim.tui.screens.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.line import Draft


class DraftsScreen(Sheet):
    """Choose a draft with Enter to be for it; x takes one off the table."""

    HEADING = "Put forward by your seat"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "back_draft", "For it", key_display="Enter", priority=True),
        Binding("x", "drop", "Drop"),
        BACK,
    ]

    def lines(self, width: int) -> Iterator[Line]:
        """Lay out who decides, and each draft with who is for it."""
        line = self.desk.seat.line
        if line is None:
            return
        decides = line.who_decides()
        if decides:
            yield from paragraph(f"{capitalised(decides)}.", width)
            yield BLANK
        drafts = line.drafts()
        for draft in drafts:
            spot = choice(str(draft.number))
            yield from paragraph(draft.told, width, "own", indent=2, first="> ", spot=spot)
            yield from paragraph(draft_told(draft), width, "dim", indent=2, first="  ")
            yield BLANK
        if not drafts:
            told = "Nothing is put forward. What somebody of your seat orders without being able "
            yield from paragraph(f"{told}to decide alone is put forward here.", width, "dim")
        elif not decides:
            yield (Span("You alone decide for this seat.", "dim"),)

    def on_spot_chosen(self) -> None:
        """Be for the draft that was clicked."""
        self.action_back_draft()

    def action_back_draft(self) -> None:
        """Be for the draft under the cursor."""
        line, draft = self.desk.seat.line, self._chosen()
        if line is not None and draft is not None:
            self.attempt(lambda: line.back(draft.number))

    def action_drop(self) -> None:
        """Take the draft under the cursor off the table."""
        line, draft = self.desk.seat.line, self._chosen()
        if line is not None and draft is not None:
            self.attempt(lambda: line.drop(draft.number))

    def _chosen(self) -> Draft | None:
        line, spot = self.desk.seat.line, self.spot
        if line is None or spot is None or spot.kind != "choice":
            return None
        return next((d for d in line.drafts() if str(d.number) == spot.key), None)
