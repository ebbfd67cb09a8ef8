"""The timeline: each resolved turn opened again, beside the record, beside another game."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.worker import get_current_worker

from rapprochement_sim.errors import RapprochementError
from rapprochement_sim.game.figure_text import shown_value
from rapprochement_sim.tui.boards.changes import why_lines
from rapprochement_sim.tui.boards.figures import short_title
from rapprochement_sim.tui.boards.matters import MARKS, told_lines
from rapprochement_sim.tui.boards.turns import (
    desk_then_lines,
    other_lines,
    record_lines,
    side_lines,
)
from rapprochement_sim.tui.lines import BLANK, Line, Span, clipped, figure_spot, paragraph
from rapprochement_sim.tui.messages import PastOpened
from rapprochement_sim.tui.screens.base import BACK, LOOKING, GameScreen
from rapprochement_sim.tui.widgets.banner import Banner, page_lines
from rapprochement_sim.tui.widgets.board import Board
from rapprochement_sim.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from rapprochement_sim.game.briefing import Reading
    from rapprochement_sim.game.past import PastTurn
    from rapprochement_sim.game.side_by_side import OtherGame, SideBySide
    from rapprochement_sim.tui.messages import SpotChosen

_PAIR_POLLS = 4
_CAUSES_SHOWN = 3
_TITLE = 40
_PAGES = ("What happened", "The desk then", "The record", "Side by side")
_HAPPENED, _DESK, _RECORD, _SIDES = range(4)
_OPENING: Line = (Span("Opening the turn again ..", "dim"),)


class TimelineScreen(GameScreen):
    """One past turn at a time; left and right turn the pages, digits choose the view."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "Turn", key_display="Left/right", priority=True),
        Binding("right", "turn(1)", "Turn after", show=False, priority=True),
        Binding("1", "page(0)", "View", key_display="1-4"),
        Binding("2", "page(1)", _PAGES[1], show=False),
        Binding("3", "page(2)", _PAGES[2], show=False),
        Binding("4", "page(3)", _PAGES[3], show=False),
        Binding("b", "branch", "Branch"),
        Binding("o", "other", "Other save", show=False),
        *LOOKING,
        BACK,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._turn = 0
        self._page = _HAPPENED
        self._past: dict[int, PastTurn] = {}
        self._others: tuple[OtherGame, ...] | None = None
        self._sides: SideBySide | None = None
        self._drawn = ""

    def compose(self) -> ComposeResult:
        """Compose the views' bar and the open view."""
        yield Banner(lambda width: page_lines(_PAGES, self._page, width), id="pages")
        with Container(classes="pair"):
            yield Board(self._lines, title="Timeline", id="sheet")
            yield Board(self._aside, title="The same turn", id="aside")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin with the last resolved turn."""
        self._turn = self.desk.seat.turn
        self.show()
        self.call_after_refresh(self._open)

    # -------------------------------------------------------------- views

    def _lines(self, width: int) -> Iterator[Line]:
        if not self.desk.seat.turn:
            yield from paragraph("No turn has been resolved yet. Esc, then e.", width)
            return
        if not self._turn:
            return
        yield self._head()
        yield BLANK
        if self._page == _HAPPENED:
            yield from self._happened(width)
        elif self._page == _SIDES:
            yield from self._beside(width)
        elif self._turn not in self._past:
            yield _OPENING
        elif self._page == _DESK:
            yield from desk_then_lines(self._past[self._turn], width)
        else:
            record = self._past[self._turn].record
            yield from record_lines(self._turn, record, self.desk.figures, width)

    def _head(self) -> Line:
        """Name the turn and its months."""
        briefing = self.desk.briefing
        months = briefing.calendar[self._turn - 1]
        title = f"Turn {self._turn} of {briefing.n_turns}, {months}"
        return (Span(title, "title"), Span(f"   {MARKS}" if self._page == _HAPPENED else "", "dim"))

    def _aside(self, width: int) -> Iterator[Line]:
        """Lay out, where there is room, what happened; beside that the desk then."""
        if not self._turn:
            return
        if self._page != _HAPPENED:
            yield from self._happened(width)
        elif self._turn in self._past:
            yield from desk_then_lines(self._past[self._turn], width)
        else:
            yield _OPENING

    def _happened(self, width: int) -> Iterator[Line]:
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

    def _beside(self, width: int) -> Iterator[Line]:
        if self._sides is not None:
            yield from side_lines(self._sides, self._turn, self._drawn, width)
        elif self._others is None:
            yield (Span("Reading the saves ..", "dim"),)
        else:
            yield from other_lines(self._others, width)

    # -------------------------------------------------------------- reading

    def _open(self) -> None:
        """Read what the view needs, beside drawing."""
        is_shown = self._page in (_DESK, _RECORD)
        is_beside = self._page == _HAPPENED and self.query_one("#aside").display
        if (is_shown or is_beside) and self._turn and self._turn not in self._past:
            self._read_turn(self._turn)
        elif self._page == _SIDES and self._others is None:
            self._read_others()

    @work(thread=True, exclusive=True, group="turn")
    def _read_turn(self, turn: int) -> None:
        try:
            past = self.desk.seat.past.turn(turn)
        except RapprochementError as error:
            self.post_message(PastOpened(problem=str(error)))
            return
        self.post_message(PastOpened(turn=(turn, past)))

    @work(thread=True, exclusive=True, group="saves")
    def _read_others(self) -> None:
        self.post_message(PastOpened(others=self.desk.seat.past.others()))

    @work(thread=True, exclusive=True, group="sides")
    def _read_sides(self, save: str) -> None:
        try:
            sides = self.desk.seat.past.beside(save)
        except RapprochementError as error:
            self.post_message(PastOpened(problem=str(error)))
            return
        if not get_current_worker().is_cancelled:  # another save was chosen meanwhile
            self.post_message(PastOpened(sides=sides))

    def on_past_opened(self, message: PastOpened) -> None:
        """Take in what has been read."""
        if message.turn is not None:
            self._past[message.turn[0]] = message.turn[1]
        if message.others is not None:
            self._others = message.others
        if message.sides is not None:
            self._sides = message.sides
        if message.problem:
            self.app.notify(message.problem, severity="warning", markup=False)
        self.show()

    # -------------------------------------------------------------- keys

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Open what stands behind a figure or an act, another view, or another save."""
        spot = message.spot
        if spot.kind != "choice":
            self.host.go("why" if spot.kind == "figure" else "source", spot.key)
            return
        kind, _, key = spot.key.partition(":")
        if kind == "page":
            self.action_page(int(key))
        elif kind == "other":
            self._read_sides(key)
        elif kind == "draw":
            self._drawn = key
            self.show()

    def action_page(self, page: int) -> None:
        """Choose a view."""
        self._page = page
        self._open()
        self.show()
        self.query_one("#sheet", Board).scroll_home(animate=False)

    def action_turn(self, step: int) -> None:
        """Show another turn."""
        last = self.desk.seat.turn
        self._turn = min(max(self._turn + step, 1), last)
        self._open()
        self.show()
        self.query_one("#sheet", Board).scroll_home(animate=False)

    def action_other(self) -> None:
        """Choose another save to set this game beside."""
        if self._page == _SIDES:
            self._others = self._sides = None
            self._open()
            self.show()

    def action_branch(self) -> None:
        """Begin a game of its own from this turn."""
        if self._turn:
            self.host.go("branch", self._turn)
