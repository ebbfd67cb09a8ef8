"""What happened on a screen, as facts. Widgets post them, screens act on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from rapprochement_sim.game.past import LookBack, PastTurn
    from rapprochement_sim.game.side_by_side import OtherGame, SideBySide
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


class LookedBack(Message):
    """Worlds beside a game have been played so far; without a look, no more come."""

    def __init__(self, look: LookBack | None, problem: str = "") -> None:
        super().__init__()
        self.look = look
        self.problem = problem


class PastOpened(Message):
    """Something of the past has been read: a turn, the other saves, two games, or a problem."""

    def __init__(
        self,
        *,
        turn: tuple[int, PastTurn] | None = None,
        others: tuple[OtherGame, ...] | None = None,
        sides: SideBySide | None = None,
        problem: str = "",
    ) -> None:
        super().__init__()
        self.turn = turn
        self.others = others
        self.sides = sides
        self.problem = problem
