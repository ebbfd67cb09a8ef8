"""What a player has set: the theme. Kept in one small file; losing it loses nothing."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

THEME_NAMES = ("dark", "light", "projector")


@dataclass
class Settings:
    """A player's settings and the file they are kept in; None keeps them in memory."""

    path: Path | None = None
    theme: str = THEME_NAMES[0]

    @classmethod
    def read(cls, path: Path) -> Settings:
        """Read settings; a missing or damaged file gives the usual ones."""
        settings = cls(path)
        with suppress(OSError, ValueError, AttributeError):
            theme = json.loads(path.read_text("utf-8")).get("theme")
            if theme in THEME_NAMES:
                settings.theme = theme
        return settings

    def choose_theme(self, theme: str) -> None:
        """Keep another theme."""
        self.theme = theme
        if self.path is not None:
            with suppress(OSError):
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self.path.write_text(json.dumps({"theme": theme}) + "\n", "utf-8")
