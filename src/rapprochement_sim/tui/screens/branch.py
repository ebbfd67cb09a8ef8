"""Before a branch: what it shares with this game, and that this one stays as it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.worker import get_current_worker

from rapprochement_sim.errors import RapprochementError
from rapprochement_sim.tui.lines import BLANK, Line, Span, choice, paragraph
from rapprochement_sim.tui.screens.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator


class BranchScreen(Sheet):
    """Confirm that a game of its own begins from an earlier turn."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "Begin", key_display="Enter", priority=True),
        Binding("escape", "back", "Not now", key_display="Esc"),
    ]

    def __init__(self, turn: int) -> None:
        super().__init__()
        self._turn = turn
        self._is_beginning = False

    def heading(self) -> str:
        """Name the turn."""
        return f"A branch from turn {self._turn}"

    def lines(self, width: int) -> Iterator[Line]:
        """Say what is shared and what is new."""
        shared = "Its past is this game's: "
        shared += "the same start." if self._turn == 1 else f"turns 1 to {self._turn - 1}."
        yield from paragraph(
            f"A game of its own begins as turn {self._turn} opens. {shared} From there on all is "
            "open again: decide otherwise, and the chance that hangs on no decision stays the "
            "same.",
            width,
        )
        yield BLANK
        yield from paragraph(
            "This game stays as it is, in its own file. View 4 of the timeline sets the two side "
            "by side.",
            width,
        )
        yield BLANK
        if self._is_beginning:
            yield (Span("Beginning ..", "dim"),)
            return
        yield (
            Span(f"[ Begin in turn {self._turn} ]", "own", choice("begin")),
            Span("  Enter", "dim"),
            Span("    Esc: not now", "dim"),
        )

    def on_spot_chosen(self) -> None:
        """Begin, by mouse."""
        self.action_begin()

    def action_begin(self) -> None:
        """Begin the branch and sit down at it."""
        if not self._is_beginning:
            self._is_beginning = True
            self.show()
            self._begin()

    @work(thread=True, exclusive=True, group="branch")
    def _begin(self) -> None:
        worker = get_current_worker()
        try:
            place = self.desk.seat.past.branch(self._turn)
            seat, _ = self.host.library.open(Path(place))
            seat.brief()
        except RapprochementError as error:
            self.app.call_from_thread(self._refused, str(error))
            return
        if worker.is_cancelled:  # the page was left meanwhile; the branch is on the list of saves
            return
        self.app.call_from_thread(self.host.play, seat)
        told = f"A branch of its own, saved in {place}"
        self.app.call_from_thread(self.app.notify, told, markup=False)

    def _refused(self, problem: str) -> None:
        self._is_beginning = False
        self.app.notify(problem, title="Not now", severity="warning", markup=False)
        self.show()
