"""The timeline: every resolved turn opened again, with what happened, what moved and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from rapprochement_sim.game.figure_text import shown_value
from rapprochement_sim.tui.boards.changes import why_lines
from rapprochement_sim.tui.boards.figures import short_title
from rapprochement_sim.tui.boards.matters import told_lines
from rapprochement_sim.tui.lines import BLANK, Line, Span, clipped, figure_spot, paragraph
from rapprochement_sim.tui.screens.base import BACK, LOOKING
from rapprochement_sim.tui.screens.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.briefing import Reading
    from rapprochement_sim.tui.messages import SpotChosen

_PAIR_POLLS = 4
_CAUSES_SHOWN = 3
_TITLE = 40


class TimelineScreen(Sheet):
    """One past turn at a time; left and right turn the pages."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "Turn before", key_display="Left", priority=True),
        Binding("right", "turn(1)", "Turn after", key_display="Right", priority=True),
        *LOOKING,
        BACK,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._turn = 0

    def on_mount(self) -> None:
        """Begin with the last resolved turn."""
        self._turn = self.desk.seat.turn
        self.board.redraw()

    def heading(self) -> str:
        """Name the screen."""
        return "Timeline"

    def lines(self, width: int) -> Iterator[Line]:
        """Lay out one turn: what happened, the figures after it, the causes of what moved."""
        if not self.desk.seat.turn:
            yield from paragraph("No turn has been resolved yet. Esc, then e.", width)
            return
        if not self._turn:
            return
        n_turns = self.desk.briefing.n_turns
        yield (Span(f"Turn {self._turn} of {n_turns}", "title"),)
        yield BLANK
        yield from told_lines(self.desk.seat.chronicle(self._turn), width)
        yield BLANK
        yield (Span("How things stood after it (before > after)", "title"),)
        for reading in self._main():
            yield self._moved(reading, width)
        for reading in self._main():
            why = self.desk.seat.why(reading.name, self._turn)
            if abs(why.change) > why.error and why.parts:
                yield BLANK
                yield from why_lines(why, width, most=_CAUSES_SHOWN)

    def _main(self) -> tuple[Reading, ...]:
        briefing = self.desk.briefing
        return (*briefing.headlines, *briefing.polls[:_PAIR_POLLS], briefing.approval)

    def _moved(self, reading: Reading, width: int) -> Line:
        before, after = (
            shown_value(reading.name, reading.trend[n], reading.unit)
            for n in (self._turn - 1, self._turn)
        )
        room = min(width - 2 * 8, _TITLE)
        return (
            Span(f"{clipped(short_title(reading), room):<{room}}"),
            Span(f"{before:>5} > ", "dim"),
            Span(f"{after:>5}", "title", figure_spot(reading.name)),
        )

    # -------------------------------------------------------------- keys

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Open what stands behind a figure or an act."""
        self.host.go("why" if message.spot.kind == "figure" else "source", message.spot.key)

    def action_turn(self, step: int) -> None:
        """Show another turn."""
        self._turn = min(max(self._turn + step, 1), max(self.desk.seat.turn, 1))
        self.board.redraw()
        self.board.scroll_home(animate=False)
