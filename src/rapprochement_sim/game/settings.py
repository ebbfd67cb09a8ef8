"""What a player has set, on either face. Kept in one small file; losing it loses nothing."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

THEME_NAMES = ("dark", "light", "projector")
ROLLOUTS = {"quick": 128, "usual": 1000, "thorough": 4000}
"""After how many rollouts the advisers rest, by the name of the choice."""


class Choice(NamedTuple):
    """Something to set: its title, and what each of its values means; the first is usual."""

    title: str
    values: dict[str, str]


CHOICES = {
    "theme": Choice(
        "Colours",
        {
            "dark": "light letters on a dark ground",
            "light": "dark letters on a light ground",
            "projector": "black on white, for a bright room",
        },
    ),
    "advisers": Choice(
        "Advisers",
        {
            "thorough": f"work on, to {ROLLOUTS['thorough']:,} rollouts while you read",
            "usual": f"rest after {ROLLOUTS['usual']:,}",
            "quick": f"rest after {ROLLOUTS['quick']:,}: a small machine, a battery",
        },
    ),
    "news": Choice(
        "A turn's end",
        {
            "paced": "one piece of news at each Enter",
            "together": "all news at once",
        },
    ),
    "movement": Choice(
        "Movement",
        {"on": "cursors blink, lists glide", "off": "nothing moves by itself"},
    ),
    "signs": Choice(
        "Signs",
        {
            "fine": "charts in dots, frames in lines",
            "plain": "charts and frames in plain characters",
        },
    ),
}
"""Everything that can be set, as both faces list it."""

HEEDED_IN_PLAIN = ("advisers",)
"""What makes a difference line by line; the others are kept for the screens."""


def settings_file() -> Path:
    """Return where a player's settings are kept."""
    from platformdirs import user_config_path  # noqa: PLC0415 - needed once

    return user_config_path("rapprochement-sim", appauthor=False) / "settings.json"


@dataclass
class Settings:
    """A player's settings and the file they are kept in; None keeps them in memory."""

    path: Path | None = field(default=None, compare=False)
    theme: str = "dark"
    advisers: str = "thorough"
    news: str = "paced"
    movement: str = "on"
    signs: str = "fine"

    @classmethod
    def read(cls, path: Path) -> Settings:
        """Read settings; what is missing, unknown or damaged stays as usual."""
        settings = cls(path)
        with suppress(OSError, ValueError):
            kept = json.loads(path.read_text("utf-8"))
            if isinstance(kept, dict):
                for name, choice in CHOICES.items():
                    value = kept.get(name)
                    if isinstance(value, str) and value in choice.values:
                        setattr(settings, name, value)
        return settings

    def choose(self, name: str, value: str) -> None:
        """Set something, and keep it.

        Raises
        ------
        KeyError
            If there is no such thing to set, or it has no such value.
        """
        if value not in CHOICES[name].values:
            raise KeyError(value)
        setattr(self, name, value)
        if self.path is not None:
            kept = asdict(self)
            del kept["path"]
            with suppress(OSError):
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self.path.write_text(json.dumps(kept) + "\n", "utf-8")
