"""Orders: staff papers first, the full list with a search behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Input

from rapprochement_sim.tui.boards.matters import desk_lines
from rapprochement_sim.tui.boards.previews import option_lines, paper_lines, preview_lines
from rapprochement_sim.tui.lines import BLANK, Line, Span, paragraph
from rapprochement_sim.tui.screens.base import BACK, GameScreen
from rapprochement_sim.tui.widgets.banner import Banner, status_lines
from rapprochement_sim.tui.widgets.board import Board
from rapprochement_sim.tui.widgets.entry import Entry
from rapprochement_sim.tui.widgets.key_line import KeyLine
from rapprochement_sim.vocabulary import Order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from rapprochement_sim.tui.lines import Spot
    from rapprochement_sim.tui.messages import SpotChosen


class OrdersScreen(GameScreen):
    """Choose an order or an offer; Enter opens what it may do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search", key_display="/"),
        Binding("u", "undo", "Undo"),
        Binding("s", "source", "Source"),
        Binding("e", "end", "Go on"),
        *(Binding(str(n), f"paper({n})", show=False) for n in range(1, 10)),
        BACK,
    ]

    HEADING: ClassVar[str] = "Orders: Enter looks closer, 1-7 a paper"
    JOINT_ONLY: ClassVar[bool] = False

    def __init__(self) -> None:
        super().__init__()
        self._word = ""

    def compose(self) -> ComposeResult:
        """Compose list, preview and what is decided."""
        yield Banner(lambda width: status_lines(self.desk.briefing, width), id="status")
        with Container(id="choosing"):
            yield Board(self._list, title=self.HEADING, id="list")
            yield Board(self._aside, title="What it may do", id="aside")
            yield Board(
                self._decided, title="Decided in this turn (u takes back the last)", id="decided"
            )
        yield Entry(placeholder="a word of an order's name; Enter to the list", id="search")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin without the search line."""
        self.query_one("#search").display = False

    # -------------------------------------------------------------- boards

    def _list(self, width: int) -> Iterator[Line]:
        if not self._word and not self.JOINT_ONLY:
            yield from paper_lines(self.desk.briefing, width)
            yield BLANK
        yield from option_lines(
            self.desk.options, width, word=self._word, joint_only=self.JOINT_ONLY
        )

    def _aside(self, width: int) -> Iterator[Line]:
        order = self._order_of(self.query_one("#list", Board).spot)
        if order is None:
            yield (Span("Choose an order on the left.", "dim"),)
            return
        preview = self.desk.seat.preview(order)
        yield from paragraph(preview.title, width, "title")
        yield from preview_lines(preview, width)

    def _decided(self, width: int) -> Iterator[Line]:
        return desk_lines(self.desk.briefing, width)

    def _order_of(self, spot: Spot | None) -> Order | None:
        kind, _, key = (spot.key if spot is not None else "").partition(":")
        seat = self.desk.seat.capital
        if kind == "paper":
            for paper in self.desk.briefing.papers:
                if str(paper.number) == key:
                    return Order(seat, paper.action, paper.target, paper.modifiers)
        if kind == "option":
            option = self.desk.option(key)
            return Order(seat, option.action, option.target)
        return None

    # -------------------------------------------------------------- keys

    def on_spot_reached(self) -> None:
        """Show beside the list what the order under the cursor may do."""
        aside = self.query_one("#aside", Board)
        if aside.display and aside.size.width:
            aside.redraw()

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Open an order."""
        order = self._order_of(message.spot)
        if order is not None:
            self.host.go("order", order)

    def action_paper(self, number: int) -> None:
        """Open a staff paper by its number."""
        for paper in self.desk.briefing.papers:
            if paper.number == number:
                seat = self.desk.seat.capital
                self.host.go("order", Order(seat, paper.action, paper.target, paper.modifiers))

    def action_search(self) -> None:
        """Search the full list."""
        search = self.query_one("#search", Input)
        search.display = True
        search.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list down while one types."""
        self._word = event.value.strip()
        self.query_one("#list", Board).redraw()

    def on_input_submitted(self) -> None:
        """Go from the search line to what it found."""
        self.query_one("#list").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Search where one is not typing already: there a slash is a sign like any other."""
        del parameters
        return action != "search" or not isinstance(self.focused, Input)

    def action_back(self) -> None:
        """Close the search first, then the screen."""
        search = self.query_one("#search", Input)
        if search.display:
            search.value = ""
            search.display = False
            self.query_one("#list").focus()
        else:
            super().action_back()

    def action_undo(self) -> None:
        """Take back the last decision."""
        self.attempt(lambda: f"Taken back: {self.desk.undo()}")

    def action_end(self) -> None:
        """End the talks, or the turn."""
        self.host.go("closing")

    def action_source(self) -> None:
        """Tell who says so, of the order under the cursor."""
        order = self._order_of(self.query_one("#list", Board).spot)
        if order is not None:
            self.host.go("source", order.action)


class OffersScreen(OrdersScreen):
    """Choose something to offer: the joint acts alone."""

    HEADING = "Joint acts to offer: Enter looks closer"
    JOINT_ONLY = True
