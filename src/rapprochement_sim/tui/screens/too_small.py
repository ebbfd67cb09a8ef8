"""What stands on a window that is too small to play in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult


class TooSmallScreen(Screen[None]):
    """Say so, and wait: the screen closes by itself when the window grows."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "app.leave", "Leave")]

    def __init__(self) -> None:
        super().__init__(classes="too-small")

    def compose(self) -> ComposeResult:
        """Compose the message."""
        yield Static(
            "Make this window larger: the game needs 80 columns and 24 lines. "
            "Nothing is lost. q leaves.",
            markup=False,
        )
