"""Exports: the report of a game that is over as HTML, or a copy of its save."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.containers import Container
from textual.widgets import Input

from rapprochement_sim.errors import RapprochementError
from rapprochement_sim.report.exporting import REPORT, SAVE, export_game
from rapprochement_sim.tui.lines import BLANK, Line, Span, choice, paragraph
from rapprochement_sim.tui.screens.base import BACK, GameScreen
from rapprochement_sim.tui.widgets.board import Board
from rapprochement_sim.tui.widgets.entry import Entry
from rapprochement_sim.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from rapprochement_sim.tui.messages import SpotChosen

_STEM = "rapprochement-report"


class ExportScreen(GameScreen):
    """A line for the file's name; its ending says what is written."""

    BINDINGS: ClassVar[list[BindingType]] = [BACK]
    AUTO_FOCUS = "Input"

    def __init__(self) -> None:
        super().__init__()
        self._told = ""
        self._is_problem = False

    def compose(self) -> ComposeResult:
        """Compose the line to write on, and what can be written."""
        with Container(classes="sheet"):
            yield Entry(value=str(self._place(REPORT)), id="place")
            yield Board(self._lines, title="Export", id="sheet")
        yield KeyLine()

    def _place(self, ending: str) -> Path:
        saved = self.desk.seat.save()
        return Path.cwd() / f"{Path(saved).stem if saved else _STEM}-export{ending}"

    def _lines(self, width: int) -> Iterator[Line]:
        yield from paragraph(
            "Name a file above; Enter writes it. Its ending says what it will be:", width
        )
        yield BLANK
        yield (Span("[ Report: .html ]", "own", choice(REPORT)),)
        yield from paragraph(
            "The whole game on one page, to read in a browser and to print: objectives and "
            "scores, polls over time, turning points, luck and choice, the worlds beside this "
            "one, every turn, the exact ledger, the sources. It needs no network.",
            width,
            indent=2,
            first="  ",
        )
        yield from paragraph(self._worlds(), width, "dim", indent=2, first="  ")
        yield BLANK
        yield (Span("[ Save: .jsonl ]", "own", choice(SAVE)),)
        yield from paragraph(
            "A copy of the save, to hand on: it can be replayed, branched and debriefed.",
            width,
            indent=2,
            first="  ",
        )
        if self._told:
            yield BLANK
            yield from paragraph(self._told, width, "alert" if self._is_problem else "up")

    def _worlds(self) -> str:
        look = self.desk.look_back
        if look is None or look.analysis is None:
            return "No worlds have been played yet: the report would tell without them."
        if not look.is_done:
            return "The worlds are not finished: the report would tell a first look of them."
        return f"With {look.analysis.beside.n_worlds:,} worlds beside this one."

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Choose what is written by its ending."""
        line = self.query_one(Input)
        named = Path(line.value)
        line.value = str(named.with_suffix(message.spot.key) if named.name else "")
        line.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write the file."""
        self._write(event.value.strip())

    @work(thread=True, exclusive=True, group="export")
    def _write(self, place: str) -> None:
        look = self.desk.look_back
        analysis = None if look is None else look.analysis
        try:
            told = export_game(self.desk.seat.past, place, analysis, self.desk.told_behind)
        except RapprochementError as error:
            self.app.call_from_thread(self._tell, str(error), is_problem=True)
            return
        self.app.call_from_thread(self._tell, told, is_problem=False)

    def _tell(self, told: str, *, is_problem: bool) -> None:
        self._told, self._is_problem = told, is_problem
        self.show()
