"""Make the documentation's screenshots from a real game: ``python scripts/screenshots.py``.

Each is an SVG as the terminal would show it, written to ``docs/images``. No font is
fetched: the viewer's own monospaced font is used, and every line is held to its width.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rapprochement_sim.game.library import Library, NewGame
from rapprochement_sim.game.settings import Settings
from rapprochement_sim.tui.app import RapprochementApp
from rapprochement_sim.vocabulary import Capital

if TYPE_CHECKING:
    from collections.abc import Sequence

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
GAME = NewGame("rekindled_2023", Capital.SEOUL, 7)
TURN = ("e", "enter", "escape", "e", "enter", "escape", "enter")
SHOTS: dict[str, tuple[tuple[int, int], str, Sequence[str]]] = {
    "room": ((120, 40), "dark", ("enter", *TURN, *TURN)),
    "room-large": ((200, 60), "light", ("enter", *TURN, *TURN)),
    "room-small": ((80, 24), "dark", ("enter", *TURN, *TURN)),
    "order": ((80, 24), "dark", ("enter", "o", "2")),
    "why": ((80, 24), "light", ("enter", *TURN, *TURN, "3", "down", "down", "question_mark")),
}
_FONT_FACE = re.compile(r"@font-face\s*\{.*?\}\s*", re.DOTALL)
_FONT = '"DejaVu Sans Mono", Menlo, Consolas, monospace'


def main() -> None:
    """Make every screenshot."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, (size, theme, keys) in SHOTS.items():
        path = IMAGES / f"{name}.svg"
        path.write_text(asyncio.run(_shot(size, theme, keys)), "utf-8")
        print(f"docs/images/{path.name}")


async def _shot(size: tuple[int, int], theme: str, keys: Sequence[str]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder))
        app = RapprochementApp(library, Settings(theme=theme), library.start(GAME))
        async with app.run_test(size=size) as pilot:
            for key in keys:
                await pilot.press(key)
            await pilot.pause()
            return _without_fonts(app.export_screenshot())


def _without_fonts(svg: str) -> str:
    """Take the fonts from the network out of an SVG."""
    return (
        _FONT_FACE.sub("", svg)
        .replace("Fira Code, monospace", _FONT)
        .replace("Fira Code", "DejaVu Sans Mono")
    )


if __name__ == "__main__":
    main()
