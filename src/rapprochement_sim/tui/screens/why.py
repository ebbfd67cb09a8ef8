"""Why a figure changed, turn by turn, as far as this seat can know."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from rapprochement_sim.errors import RapprochementError
from rapprochement_sim.tui.boards.changes import why_lines
from rapprochement_sim.tui.boards.codex import entry_lines
from rapprochement_sim.tui.boards.figures import course_lines, reading_line
from rapprochement_sim.tui.lines import BLANK, Line, Span, paragraph
from rapprochement_sim.tui.screens.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator


class WhyScreen(Sheet):
    """A figure, its course, and the waterfall of causes of one turn."""

    BESIDE = "Source: what stands behind it, and who says so"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "Turn", key_display="Left/right", priority=True),
        Binding("right", "turn(1)", "Turn after", show=False, priority=True),
        Binding("s", "source", "Source", priority=True),
        Binding("escape,question_mark,enter", "back", "Back", key_display="Esc", priority=True),
    ]

    def __init__(self, figure: str) -> None:
        super().__init__()
        self._figure = figure
        self._turn = 0

    def on_mount(self) -> None:
        """Begin with the last resolved turn."""
        self._turn = self.desk.seat.turn
        self.board.redraw()

    def heading(self) -> str:
        """Ask the question."""
        return "Why it changed"

    def lines(self, width: int) -> Iterator[Line]:
        """Lay out the figure, its course, and the causes of one turn's change."""
        reading = self.desk.figures.get(self._figure)
        if reading is None:
            text = "You have no figure of it: acts move it within the model. s explains it."
            yield from paragraph(text, width)
            return
        if not self.desk.seat.turn:
            yield from paragraph(reading.title, width, "title")
            yield reading_line(reading, min(width, 60), title="now")
            yield BLANK
            text = (
                "Nothing has changed yet: no turn has been resolved. s tells what stands behind it."
            )
            yield from paragraph(text, width)
            return
        if not self._turn:
            return
        yield (
            Span(f"In turn {self._turn}", "key"),
            Span("   (left and right: other turns)", "dim"),
        )
        try:
            why = self.desk.seat.why(self._figure, self._turn)
        except RapprochementError as error:
            yield from paragraph(str(error), width, "alert")
            return
        yield from why_lines(why, width)
        yield BLANK
        text = f"Parts are rounded to {why.grain:g} and sum to the change as published."
        yield from paragraph(text, width, "dim")
        yield BLANK
        yield from course_lines(reading, width, self.desk.briefing.n_turns, self.chart_height)

    def aside(self, width: int) -> Iterator[Line]:
        """Lay out, where there is room, what stands behind the figure."""
        return entry_lines(self.desk.seat.codex.page(self._figure, width), width)

    def action_turn(self, step: int) -> None:
        """Show another turn."""
        self._turn = min(max(self._turn + step, 1), max(self.desk.seat.turn, 1))
        self.board.redraw()

    def action_source(self) -> None:
        """Tell what stands behind the figure, and who says so."""
        self.host.go("source", self._figure)
