"""The debrief: everything opened once the game is over."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container

from rapprochement_sim.tui.boards.ending import ledger_lines, score_lines, seats_lines
from rapprochement_sim.tui.lines import Line, paragraph
from rapprochement_sim.tui.screens.base import LOOKING, GameScreen
from rapprochement_sim.tui.widgets.banner import Banner, page_lines
from rapprochement_sim.tui.widgets.board import Board
from rapprochement_sim.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from rapprochement_sim.game.debrief import Debrief
    from rapprochement_sim.tui.messages import SpotChosen

_PAGES = {"Scores": score_lines, "All seats": seats_lines, "Exact causes": ledger_lines}


class DebriefScreen(GameScreen):
    """Scores with reasons, all goals and orders, the exact ledger."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"page({number - 1})", title)
            for number, title in enumerate(_PAGES, start=1)
        ),
        *LOOKING,
        Binding("escape", "back", "Situation room"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._page = 0

    def compose(self) -> ComposeResult:
        """Compose the pages' bar and the open page."""
        yield Banner(self._titles, id="pages")
        with Container(classes="sheet"):
            yield Board(self._lines, title="Debrief", id="sheet")
        yield KeyLine()

    @cached_property
    def _debrief(self) -> Debrief:
        return self.desk.seat.debrief()

    def _titles(self, width: int) -> Iterator[Line]:
        return page_lines(tuple(_PAGES), self._page, width)

    def _lines(self, width: int) -> Iterator[Line]:
        lay_out = list(_PAGES.values())[self._page]
        yield from lay_out(self._debrief, width)
        yield ()
        where = self.desk.seat.save()
        if where:
            yield from paragraph(f"The game is saved in {where}", width, "dim")

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Turn a page, or ask about a figure."""
        if message.spot.kind == "choice":
            self.action_page(int(message.spot.key.removeprefix("page:")))
        else:
            self.action_why()

    def action_page(self, page: int) -> None:
        """Turn to a page."""
        self._page = page
        self.host.did("debrief_read")
        self.show()
        self.query_one("#sheet", Board).scroll_home(animate=False)
