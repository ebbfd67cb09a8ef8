"""Open a run of a study: to read it, or to take a seat in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.containers import Container
from textual.widgets import Input
from textual.worker import get_current_worker

from rapprochement_sim.errors import MalformedInput, RapprochementError
from rapprochement_sim.tui.boards.runs import folder_lines, run_lines, study_lines
from rapprochement_sim.tui.lines import Line, Span, choice
from rapprochement_sim.tui.screens.base import BACK, GameScreen
from rapprochement_sim.tui.widgets.board import Board
from rapprochement_sim.tui.widgets.entry import Entry
from rapprochement_sim.tui.widgets.key_line import KeyLine
from rapprochement_sim.vocabulary import CAPITALS, Capital

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from rapprochement_sim.experiments.opening import Reopened, StoredRun, StoredStudy
    from rapprochement_sim.tui.messages import SpotChosen

_ASKED = {"folder": "folder of the runs; Enter opens it", "run": "number of a run, from 0; Enter"}


class OpenRunScreen(GameScreen):
    """First the folder, then the run, then what to do with it; Esc goes a step back."""

    BINDINGS: ClassVar[list[BindingType]] = [BACK]

    def __init__(self) -> None:
        super().__init__()
        self._folders: tuple[Path, ...] = ()
        self._study: StoredStudy | None = None
        self._run: tuple[StoredRun, Reopened] | None = None
        self._seat = Capital.SEOUL
        self._turn = 1
        self._doing = ""

    def compose(self) -> ComposeResult:
        """Compose the choices and the line to type on."""
        with Container(classes="sheet"):
            yield Board(self._lines, title="Open a run", id="sheet")
            yield Entry(placeholder=_ASKED["folder"], id="typed")
        yield KeyLine()

    def on_mount(self) -> None:
        """Look for run folders beside drawing."""
        self._look()

    @work(thread=True, exclusive=True)
    def _look(self) -> None:
        found = self.host.library.run_folders()
        self.app.call_from_thread(self._know, found)

    def _know(self, folders: tuple[Path, ...]) -> None:
        self._folders = folders
        self._show_step()

    def _lines(self, width: int) -> Iterator[Line]:
        if self._doing:
            yield (Span(self._doing, "alert"),)
        elif self._study is None:
            yield from folder_lines(self._folders, width)
        elif self._run is None:
            yield from study_lines(self._study, width)
        else:
            row, reopened = self._run
            yield from run_lines(
                self._study, row, self._seat, self._turn, is_exact=reopened.is_exact, width=width
            )

    def _show_step(self) -> None:
        line = self.query_one("#typed", Input)
        line.display = self._run is None
        line.placeholder = _ASKED["folder" if self._study is None else "run"]
        line.value = ""
        board = self.query_one("#sheet", Board)
        board.redraw()
        board.move_to(choice("read"))
        board.focus()

    # -------------------------------------------------------------- keys

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Take a choice."""
        kind, _, key = message.spot.key.partition(":")
        capital = next((c for c in CAPITALS if c.key == key), self._seat)
        if kind == "in":
            self._open_study(Path(key))
        elif kind in ("worst", "best") and self._study is not None:
            study = self._study
            self._open_run(lambda: study.extreme(capital, best=kind == "best"))
        elif kind == "seat":
            self._seat = capital
        elif kind == "turn":
            self._turn = int(key)
        elif kind == "read" and self._run is not None:
            self.host.play(self.host.library.sit(self._run[1].session, self._seat))
            return
        elif kind == "take":
            self._take()
        self.query_one("#sheet", Board).redraw()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the folder or the run that was typed."""
        text = event.value.strip()
        if not text:
            return
        if self._study is None:
            self._open_study(Path(text).expanduser())
        else:
            self._open_run(lambda: _number(text))

    def action_back(self) -> None:
        """Go a step back; from the first, close the screen."""
        if self._run is not None:
            self._run = None
        elif self._study is not None:
            self._study = None
        else:
            super().action_back()
            return
        self._show_step()

    # -------------------------------------------------------------- opening

    @work(thread=True, exclusive=True, group="opening")
    def _open_study(self, folder: Path) -> None:
        from rapprochement_sim.experiments.opening import (  # noqa: PLC0415 - a second, here only
            open_study,
        )

        def opening() -> None:
            self._study = open_study(folder)

        self._do("Opening the folder ..", opening)

    @work(thread=True, exclusive=True, group="opening")
    def _open_run(self, number: Callable[[], int]) -> None:
        def opening() -> None:
            if self._study is not None:
                row = self._study.row(number())
                self._run = (row, self._study.reopen(row))

        self._do("Playing the run again and comparing it with its stored row ..", opening)

    @work(thread=True, exclusive=True, group="opening")
    def _take(self) -> None:
        def taking() -> None:
            if self._study is not None and self._run is not None:
                study, run = self._study, self._run[0].run
                opened = study.opened_at(run)(self._turn)
                library = self.host.library
                seat = library.take_over(opened, self._seat, study.name, run)
                seat.brief()
                if not get_current_worker().is_cancelled:  # the page was left meanwhile
                    self.app.call_from_thread(self.host.play, seat)

        self._do("Going on from there ..", taking)

    def _do(self, told: str, doing: Callable[[], None]) -> None:
        """Do something long beside the screen, saying so."""
        self._doing = told
        self.app.call_from_thread(self.show)
        try:
            doing()
        except RapprochementError as error:
            self.app.call_from_thread(
                self.app.notify, str(error), title="Not opened", severity="error", markup=False
            )
        finally:
            self._doing = ""
            if self.is_attached:
                self.app.call_from_thread(self._show_step)


def _number(text: str) -> int:
    if not text.isdecimal():
        what = f"'{text}' is no number of a run"
        raise MalformedInput(what, allowed="a whole number from 0")
    return int(text)
