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
    HUGS = True
    """Whether its frame is as high as what it holds, where there is room for more."""
    BESIDE = ""
    """Title of what stands beside it on wide screens, laid out by :meth:`aside`; empty: none."""

    def compose(self) -> ComposeResult:
        """Compose the sheet."""
        kinds = {"card": self.IS_CARD, "hug": self.HUGS}
        kept = " ".join(kind for kind, is_kept in kinds.items() if is_kept)
        with Container(classes=f"{'pair' if self.BESIDE else 'sheet'} {kept}"):
            yield Board(self.lines, title=self.heading(), id="sheet")
            if self.BESIDE:
                yield Board(self.aside, title=self.BESIDE, id="aside")
        yield KeyLine()

    def heading(self) -> str:
        """Say what the sheet is about."""
        return self.HEADING

    def lines(self, width: int) -> Iterable[Line]:
        """Lay the sheet out."""
        raise NotImplementedError

    def aside(self, width: int) -> Iterable[Line]:
        """Lay out what stands beside it."""
        del width
        return ()

    @property
    def board(self) -> Board:
        """The sheet's board."""
        return self.query_one("#sheet", Board)
