"""The player's own forecasts, before a turn is resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Input

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.game.figure_text import typed_value
from rapprochement_sim.game.forecast_text import parse_answer
from rapprochement_sim.tui.boards.forecasting import forecast_lines
from rapprochement_sim.tui.screens.base import BACK, LOOKING, GameScreen
from rapprochement_sim.tui.widgets.board import Board
from rapprochement_sim.tui.widgets.entry import Entry
from rapprochement_sim.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from rapprochement_sim.game.forecast_page import ForecastQuestion
    from rapprochement_sim.tui.lines import Line
    from rapprochement_sim.tui.messages import SpotChosen


class ForecastsScreen(GameScreen):
    """A few named questions; a probability by Enter or click, any number or band by typing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "type", "Type a number or band"),
        *LOOKING,
        BACK,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._typing = 0

    def compose(self) -> ComposeResult:
        """Compose the questions and the line to type on."""
        with Container(classes="sheet"):
            yield Board(self._lines, title="Your forecasts: say it before it happens", id="sheet")
            yield Entry(id="answer")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin without the line to type on."""
        self.query_one("#answer").display = False

    def _lines(self, width: int) -> Iterator[Line]:
        return forecast_lines(self.desk.seat.forecasts(), self.desk.figures, width)

    def _question(self, number: int) -> ForecastQuestion:
        return self.desk.seat.forecasts().questions[number - 1]

    def _under_cursor(self) -> int:
        """Return the number of the question under the cursor; 0 for none."""
        spot = self.query_one("#sheet", Board).spot
        parts = spot.key.split(":") if spot is not None else []
        return int(parts[1]) if len(parts) > 1 and parts[0] in ("question", "say") else 0

    # -------------------------------------------------------------- keys

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Say a probability, or type one."""
        kind, number, percent = f"{message.spot.key}::".split(":")[:3]
        if kind == "say":
            question = self._question(int(number))
            self.attempt(lambda: self._said(question, int(percent) / 100.0))
        elif kind == "question":
            self.action_type()

    def action_type(self) -> None:
        """Open the line to type on, for the question under the cursor."""
        number = self._under_cursor()
        if not number:
            self.app.notify("Put the cursor on a question first.")
            return
        self._typing = number
        line = self.query_one("#answer", Input)
        band = ", or a band: 44 to 51" if self._question(number).has_band else ""
        line.placeholder = f"question {number}: a per cent from 0 to 100{band}"
        line.value = ""
        line.display = True
        line.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep what was typed."""
        question = self._question(self._typing)
        if self.attempt(lambda: self._answered(question, event.value)):
            self._close_line()

    def action_back(self) -> None:
        """Close the line first, then the screen."""
        if self.query_one("#answer").display:
            self._close_line()
        else:
            super().action_back()

    def action_why(self) -> None:
        """Ask why the figure of the question changed."""
        self._open("why")

    def action_source(self) -> None:
        """Ask who says so, of the figure of the question."""
        self._open("source")

    def _open(self, place: str) -> None:
        number = self._under_cursor()
        if number and self._question(number).has_band:
            self.host.go(place, self._question(number).figure)
        else:
            self.app.notify("Put the cursor on a question about a figure first.")

    def _answered(self, question: ForecastQuestion, text: str) -> str:
        probability, band = parse_answer(text)
        if band is None:
            return self._said(question, probability)
        if not question.has_band:
            what = "this question is answered by a per cent alone"
            raise MalformedInput(what, allowed="0 to 100")
        low, high = (typed_value(question.figure, end) for end in band)
        return f"Noted: {self.desk.seat.forecast_band(question.figure, low, high, question.at)}"

    def _said(self, question: ForecastQuestion, probability: float) -> str:
        seat = self.desk.seat
        told = seat.forecast(question.figure, question.above, question.at, probability)
        return f"Noted: {told}"

    def _close_line(self) -> None:
        self.query_one("#answer").display = False
        self.query_one("#sheet").focus()
