"""The command palette: Textual's own, steady while its list is being filled."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from textual.command import CommandPalette, SearchIcon

if TYPE_CHECKING:
    from textual.app import App

NAME = "--command-palette"


class Palette(CommandPalette):
    """Every command by its name."""

    @classmethod
    def open_on(cls, app: App[None]) -> None:
        """Open the palette, unless it is open."""
        if not isinstance(app.screen, cls):
            app.push_screen(cls(id=NAME))

    def on_mount(self) -> None:
        """Put a plain sign in place of a picture that terminals draw one or two cells wide."""
        self.query_one(SearchIcon).icon = ":"

    def _action_command_list(self, action: str) -> None:
        # Textual 8.2 looks for the line of the first command to move by a page, and a list
        # that was filled since it was last drawn has no lines yet: KeyError 0.
        with suppress(KeyError):
            super()._action_command_list(action)
