"""What the screens cost: the first one, a key, a turn; bytes and memory.

Each figure stands beside what it is to be measured by, from the same sitting: a bare Textual
application and the model's own import, the model's own time for a turn, a key while no
adviser works.
"""

import asyncio
import resource
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import cast

from benchmarks.measuring import print_table
from benchmarks.terminal import Terminal

from rapprochement_sim.game.library import Library, NewGame
from rapprochement_sim.tui.app import RapprochementApp
from rapprochement_sim.tui.launching import collect_seldom
from rapprochement_sim.tui.screens.advisers import AdvisersScreen
from rapprochement_sim.vocabulary import Capital
from tests.tui import hand

SIZES = ((80, 24), (120, 40), (160, 50), (200, 60))
GAME = NewGame("rekindled_2023", Capital.SEOUL, 7)
PLAY = (sys.executable, "-m", "rapprochement_sim", "play")
BARE = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("New game")

Bare().run()
"""
MODEL = "import rapprochement_sim.game.library"
_KEYS = ("down", "up")
_PACE_SECONDS = 0.02
_QUIET_KEYS, _MOST_KEYS = 200, 2000
_FIRST_SCREEN_AIM, _TURN_AIM, _CURSOR_AIM = 1.2, 80.0, 20.0


def measure(repeats: int) -> None:
    """Print the first screen, keys and turns at each size, keys beside advisers."""
    _first_screen(max(repeats // 2, 3))
    collect_seldom()
    rows = []
    for size in SIZES:
        cursor, page, model, turn = _played(_at_size, size, max(repeats, 9))
        shown = f"{size[0]}x{size[1]}"
        rows.append([shown, *(f"{_p95(each):.1f}" for each in (cursor, page, model, turn))])
    print_table(
        "Screens: CPU milliseconds, 95 per cent points",
        ["", f"cursor (aim {_CURSOR_AIM:.0f})", "page", "model", f"turn (aim {_TURN_AIM:.0f})"],
        rows,
    )
    print("cursor: one move; page: another page of the room; model: resolving a turn and")
    print("reading its briefing; turn: drawing the room anew for it, beyond the model's time.")
    _beside_advisers(max(repeats, 9))


def _first_screen(repeats: int) -> None:
    spent: dict[str, list[float]] = {"bare": [], "ours": [], "model": []}
    n_bytes, memory, turn = [0, 0], [0, 0], (0, 0)
    for number in range(1 + repeats):
        with tempfile.TemporaryDirectory() as folder:
            bare, n_bytes[0], memory[0] = _started((sys.executable, "-c", BARE), folder)
            ours, n_bytes[1], memory[1] = _started(PLAY, folder)
            model = _cpu_of(MODEL, folder) - _cpu_of("pass", folder)
            if number == 0:
                turn = _size_of_a_turn(folder)
                continue
        for name, seconds in zip(spent, (bare, ours, model), strict=True):
            spent[name].append(seconds)
    ratios = [
        ours / (bare + model)
        for bare, ours, model in zip(spent["bare"], spent["ours"], spent["model"], strict=True)
    ]
    print_table(
        f"First screen: CPU seconds from the command on, medians of {repeats}",
        ["", "seconds", "bytes", "MB"],
        [
            [
                "a bare Textual application",
                f"{median(spent['bare']):.2f}",
                *_size(n_bytes, memory, 0),
            ],
            ["the model's own import", f"{median(spent['model']):.2f}", "", ""],
            ["the start screen", f"{median(spent['ours']):.2f}", *_size(n_bytes, memory, 1)],
        ],
    )
    print(
        f"The start screen takes {median(ratios):.2f} of both together (aim {_FIRST_SCREEN_AIM})."
    )
    print(
        f"A turn at 80x24, from its end to the next room: {turn[0]:,} bytes; a game then holds "
        f"{turn[1] / 1e6:.0f} MB at most, its advisers not counted."
    )


def _size(n_bytes: Sequence[int], memory: Sequence[int], which: int) -> tuple[str, str]:
    return f"{n_bytes[which]:,}", f"{memory[which] / 1e6:.0f}"


def _started(command: Sequence[str], folder: str) -> tuple[float, int, int]:
    terminal = _terminal(command, folder)
    terminal.until("New game")
    terminal.until_quiet()
    n_bytes, memory = terminal.n_bytes, terminal.memory()
    return terminal.end(), n_bytes, memory


def _terminal(command: Sequence[str], folder: str) -> Terminal:
    homes = {f"XDG_{kind}_HOME": folder for kind in ("DATA", "CONFIG", "STATE", "CACHE")}
    return Terminal(command, {**homes, "TERM": "xterm-256color"})


def _cpu_of(program: str, folder: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], check=True, cwd=folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def _size_of_a_turn(folder: str) -> tuple[int, int]:
    save = str(Path(folder) / "game.jsonl")
    terminal = _terminal((*PLAY, "--seed", "7", "--save", save), folder)
    try:
        terminal.until("your instructions")
        for keys, words in (
            ("\r", "How things stand"),
            ("e", "Close the talks"),
            ("\r", "talks of this turn ended"),
            ("o", "Staff papers"),
            ("e", "End the turn"),
        ):
            terminal.press(keys)
            terminal.until(words)
        terminal.until_quiet()
        before = terminal.n_bytes
        for keys, words in (("\r", "is over"), ("\x1b", "What moved"), ("\r", "turn 2 of")):
            terminal.press(keys)
            terminal.until(words)
            terminal.until_quiet()
        return terminal.n_bytes - before, terminal.memory()
    finally:
        terminal.end()


async def _at_size(app: RapprochementApp, repeats: int) -> tuple[list[float], ...]:
    await hand.press(app, "enter")
    cursor = [await _timed(app, key) for _ in range(repeats) for key in _KEYS]
    page = [await _timed(app, key) for _ in range(repeats) for key in "31"]
    model, turn = [], []
    for _ in range(min(repeats, 10)):
        start = process_time()
        app.desk.commit()
        app.desk.commit()
        _ = app.desk.briefing, app.desk.figures
        model.append(1e3 * (process_time() - start))
        start = process_time()
        app.screen.show()  # type: ignore[attr-defined]
        await hand.settle(app)
        turn.append(1e3 * (process_time() - start))
    return cursor, page, model, turn


def _beside_advisers(repeats: int) -> None:
    quiet, busy = _played(_keys_beside_advisers, (120, 40), repeats)
    print_table(
        "Keys on the advisers' page: milliseconds from the moment that each was due",
        ["", "keys", "median", "95%", "longest"],
        [
            [name, str(len(keys)), f"{median(keys):.1f}", f"{_p95(keys):.1f}", f"{max(keys):.1f}"]
            for name, keys in (("advice is done", quiet), ("advisers work", busy))
        ],
    )
    print(f"Beside advisers a key takes {_p95(busy) / _p95(quiet):.2f} of its time (95% points).")


async def _keys_beside_advisers(app: RapprochementApp, repeats: int) -> tuple[list[float], ...]:
    quiet: list[float] = []
    busy: list[float] = []
    await hand.press(app, "enter")
    for _ in range(max(repeats // 3, 3)):
        await hand.press(app, "a")
        page = cast("AdvisersScreen", app.screen)
        busy += await _steady_keys(app, partial(_advisers_work, page))
        await hand.settle(app)
        quiet += await _steady_keys(app, lambda: True, _QUIET_KEYS)
        await hand.press(app, "escape")
        app.desk.commit()
        app.desk.commit()
    return quiet, busy


def _advisers_work(page: AdvisersScreen) -> bool:
    """Whether the page waits for more, as it last looked: its looks are part of the measure."""
    state = page._state  # noqa: SLF001 - asking the seat would take a look in the page's place
    return state is not None and state.is_working


async def _steady_keys(
    app: RapprochementApp, goes_on: Callable[[], bool], n_keys: int = _MOST_KEYS
) -> list[float]:
    """Press keys at a steady pace; return how long after it was due each was drawn.

    So whatever holds the screens up counts, also where it began before the key.
    """
    spent: list[float] = []
    due = perf_counter()
    while len(spent) < n_keys and goes_on():
        due = max(due + _PACE_SECONDS, perf_counter())
        await asyncio.sleep(due - perf_counter())
        await hand.press(app, _KEYS[len(spent) % len(_KEYS)])
        spent.append(1e3 * (perf_counter() - due))
    return spent


def _played(
    doing: Callable[[RapprochementApp, int], Awaitable[tuple[list[float], ...]]],
    size: tuple[int, int],
    repeats: int,
) -> tuple[list[float], ...]:
    async def session(folder: str) -> tuple[list[float], ...]:
        library = Library(Path(folder))
        app = RapprochementApp(library, seat=library.start(GAME))
        async with app.run_test(size=size):
            await hand.settle(app)
            return await doing(app, repeats)

    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(session(folder))


async def _timed(app: RapprochementApp, key: str) -> float:
    start = process_time()
    await hand.press(app, key)
    return 1e3 * (process_time() - start)


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]
