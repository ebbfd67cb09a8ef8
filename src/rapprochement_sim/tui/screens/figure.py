"""One figure in detail: what it is, how sure it is, how it has moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from rapprochement_sim.tui.boards.changes import why_lines
from rapprochement_sim.tui.boards.codex import explanation_lines, link_lines
from rapprochement_sim.tui.boards.figures import figure_lines
from rapprochement_sim.tui.lines import BLANK, Line, Span, paragraph
from rapprochement_sim.tui.screens.base import BACK
from rapprochement_sim.tui.screens.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.tui.messages import SpotChosen


class FigureScreen(Sheet):
    """A figure, opened by Enter."""

    HEADING = "A figure"
    BESIDE = "Why, and source"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "why", "Why it changed", key_display="?"),
        Binding("s", "source", "Source"),
        Binding("c", "place('codex')", "Codex"),
        BACK,
    ]

    def __init__(self, figure: str) -> None:
        super().__init__()
        self._figure = figure

    def lines(self, width: int) -> Iterator[Line]:
        """Lay the figure out."""
        reading = self.desk.figures.get(self._figure)
        if reading is None:
            text = "You have no figure of it: acts move it within the model. s explains it."
            yield from paragraph(text, width)
            return
        page = self.desk.seat.codex.page(self._figure, width)
        n_turns = self.desk.briefing.n_turns
        yield from figure_lines(
            reading, width, n_turns=n_turns, about=page.summary, height=self.chart_height
        )
        yield from link_lines(page.links, width)

    def aside(self, width: int) -> Iterator[Line]:
        """Lay out, where there is room, why it changed and what stands behind it."""
        reading = self.desk.figures.get(self._figure)
        if reading is None:
            return
        if self.desk.seat.turn:
            yield (Span(f"Why it changed in turn {self.desk.seat.turn}", "key"),)
            yield from why_lines(self.desk.seat.why(self._figure), width)
            yield BLANK
        yield (Span("What stands behind it, and who says so", "key"),)
        yield from explanation_lines(self.desk.seat.codex.page(self._figure, width))

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Go on to an entry of the codex."""
        self.host.did("codex_used")
        self.host.go("source", message.spot.key)

    def action_why(self) -> None:
        """Ask why it changed."""
        self.host.go("why", self._figure)

    def action_source(self) -> None:
        """Tell what stands behind it, and who says so."""
        self.host.go("source", self._figure)
