"""What the screens cost: CPU time of keys, pages and turns, without a terminal."""

import asyncio
import tempfile
from pathlib import Path
from statistics import median
from time import process_time

from textual.pilot import Pilot

from rapprochement_sim.game.library import Library, NewGame
from rapprochement_sim.tui.app import RapprochementApp
from rapprochement_sim.vocabulary import Capital

SIZES = ((80, 24), (120, 40), (200, 60))
GAME = NewGame("rekindled_2023", Capital.SEOUL, 7)


def measure(repeats: int) -> None:
    """Print CPU milliseconds, medians over repeats, at each size."""
    print(f"\nScreens: CPU milliseconds, medians of {repeats}")
    print(f"{'size':>8}{'cursor':>9}{'page':>9}{'model':>9}{'turn':>9}")
    for size in SIZES:
        cursor, page, model, turn = asyncio.run(_at(size, repeats))
        shown = f"{size[0]}x{size[1]}"
        print(f"{shown:>8}{cursor:>9.1f}{page:>9.1f}{model:>9.1f}{turn:>9.1f}")
    print("cursor: one move; page: another page of the room; model: resolving a turn and")
    print("reading its briefing; turn: drawing the room anew for it.")


async def _at(size: tuple[int, int], repeats: int) -> tuple[float, float, float, float]:
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder))
        app = RapprochementApp(library, seat=library.start(GAME))
        async with app.run_test(size=size) as pilot:
            await pilot.press("enter")
            cursor = [await _timed(pilot, "down") for _ in range(repeats)]
            page = [await _timed(pilot, key) for _ in range(repeats) for key in "31"]
            model, turn = [], []
            for _ in range(min(repeats, 10)):
                start = process_time()
                app.desk.commit()
                app.desk.commit()
                _ = app.desk.briefing, app.desk.figures
                model.append(1e3 * (process_time() - start))
                start = process_time()
                app.screen.show()  # type: ignore[attr-defined]
                await pilot.pause()
                turn.append(1e3 * (process_time() - start))
    return median(cursor), median(page), median(model), median(turn)


async def _timed(pilot: Pilot[None], key: str) -> float:
    start = process_time()
    await pilot.press(key)
    return 1e3 * (process_time() - start)
