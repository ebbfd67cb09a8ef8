"""Whatever keys are pressed, the screens stand, and the game can be left and opened again."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.game.library import Library
from rapprochement_sim.tui.app import RapprochementApp
from tests.soak.shares import share_of
from tests.tui import hand
from tests.tui.playing import LESSON, SMALL, new_seat

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEYS = (
    *("up", "down", "left", "right", "pageup", "pagedown", "home", "end", "tab", "shift+tab"),
    *("enter", "enter", "enter", "space", "escape", "escape", "backspace", "delete"),
    *("1", "2", "3", "4", "5", "6", "7", "8", "9", "0"),
    *(
        "o",
        "p",
        "e",
        "s",
        "u",
        "g",
        "y",
        "n",
        "b",
        "d",
        "h",
        "t",
        "c",
        "l",
        "k",
        "j",
        "a",
        "w",
        "x",
    ),
    *("question_mark", "slash", "colon", "f1", "ctrl+t"),
)
KEYS_A_CLICK = 5
PLACES = (
    "start",
    "new_game",
    "load",
    "settings",
    "instructions",
    "room",
    "orders",
    "offers",
    "proposals",
    "closing",
    "resolution",
    "timeline",
    "codex",
    "note",
    "keys",
)


def keys(word: str, n_keys: int) -> Iterator[str]:
    """Draw keys that depend on a word alone; q and its like would end the test early."""
    for number in range(n_keys):
        digest = hashlib.sha256(f"{word} {number}".encode()).digest()
        yield KEYS[int.from_bytes(digest[:4], "big") % len(KEYS)]


def cells(word: str, size: tuple[int, int]) -> tuple[int, int]:
    """Draw a cell of the window from a word."""
    digest = hashlib.sha256(word.encode()).digest()
    return digest[0] % size[0], digest[1] % size[1]


async def press_all(app: RapprochementApp, place: str, n_keys: int) -> None:
    """Press keys, with a click or a turn of the wheel somewhere after every few of them."""
    async with app.run_test(size=SMALL):
        await hand.settle(app)
        app.go(place)
        await hand.settle(app)
        for number, key in enumerate(keys(place, n_keys)):
            await hand.press(app, key)
            if number % KEYS_A_CLICK == 0 and app.is_running:
                x, y = cells(f"{place} {number}", (SMALL[0], SMALL[1] - 1))
                await hand.click(app, x, y)
                await hand.turn_wheel(app, x, y, down=number % 2 == 0)
            if not app.is_running:
                return
        await app.workers.wait_for_complete()
        await hand.settle(app)


@pytest.mark.parametrize(
    ("place", "n_keys"),
    [
        ("room", 12),
        *(pytest.param(place, 300, marks=pytest.mark.slow) for place in PLACES),
        *(pytest.param(place, share_of(5000), marks=pytest.mark.soak) for place in PLACES),
    ],
)
def test_the_screens_stand_whatever_is_pressed(place: str, n_keys: int, tmp_path: Path) -> None:
    seat = new_seat(tmp_path, scenario=LESSON)
    app = RapprochementApp(Library(tmp_path), seat=seat)
    asyncio.run(press_all(app, place, n_keys))
    assert app.failure is None
    for saved in Library(tmp_path).saves():
        assert not saved.problem
        again, _ = Library(tmp_path).open(saved.path)
        assert again.turn == saved.turns
