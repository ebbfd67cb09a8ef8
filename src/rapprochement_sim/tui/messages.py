"""What happened on a screen, as facts. Widgets post them, screens act on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from rapprochement_sim.tui.lines import Spot


class SpotChosen(Message):
    """Someone pressed Enter on a spot of a board, or clicked it twice."""

    def __init__(self, board: str, spot: Spot) -> None:
        super().__init__()
        self.board = board
        self.spot = spot


class SpotReached(Message):
    """The cursor of a board came to stand on another spot."""

    def __init__(self, board: str, spot: Spot) -> None:
        super().__init__()
        self.board = board
        self.spot = spot
