"""A sheet: one page of text or choices in the middle of the screen, with its keys below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Container

from rapprochement_sim.tui.screens.base import GameScreen
from rapprochement_sim.tui.widgets.board import Board
from rapprochement_sim.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult

    from rapprochement_sim.tui.lines import Line


class Sheet(GameScreen):
    """A screen of one board. Subclasses give :meth:`lines` and a title."""

    HEADING = ""
    IS_CARD = False
    """Whether so little stands on it that it keeps small on the largest screens."""

    def compose(self) -> ComposeResult:
        """Compose the sheet."""
        with Container(classes="sheet card" if self.IS_CARD else "sheet"):
            yield Board(self.lines, title=self.heading(), id="sheet")
        yield KeyLine()

    def heading(self) -> str:
        """Say what the sheet is about."""
        return self.HEADING

    def lines(self, width: int) -> Iterable[Line]:
        """Lay the sheet out."""
        raise NotImplementedError

    @property
    def board(self) -> Board:
        """The sheet's board."""
        return self.query_one("#sheet", Board)
