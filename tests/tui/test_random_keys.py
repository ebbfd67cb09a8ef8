"""Whatever keys are pressed, the screens stand, and the game can be left and opened again."""

from __future__ import annotations

import asyncio
import hashlib
from string import ascii_lowercase
from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.game.library import Library
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.tui import routes
from rapprochement_sim.tui.app import RapprochementApp
from rapprochement_sim.vocabulary import Order
from tests.soak.shares import share_of
from tests.tui import hand
from tests.tui.playing import LESSON, SMALL, new_seat, with_few_worlds

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rapprochement_sim.game.seat import Seat

KEYS: tuple[str, ...] = (
    *("up", "down", "left", "right", "pageup", "pagedown", "home", "end", "tab", "shift+tab"),
    *("enter", "enter", "enter", "space", "escape", "escape", "backspace", "delete"),
    *"1234567890",
    *(letter for letter in ascii_lowercase if letter != "q"),
    *("question_mark", "slash", "colon", "f1", "ctrl+t"),
)
KEYS_A_CLICK = 5
KEYS_A_VISIT = 30
OTHERWISE = {"too_small", "letters", "drafts"}
"""Screens that no key leads to in a game of one's own."""
DETAILS: dict[str, Callable[[Seat], tuple[object, ...]]] = {
    "order": lambda seat: (_order_of(seat),),
    "offer": lambda seat: (seat.brief().offers[0].proposer,),
    "figure": lambda _: ("rapprochement",),
    "why": lambda _: ("rapprochement",),
    "source": lambda _: ("rapprochement",),
    "branch": lambda _: (1,),
    "programme": lambda seat: (seat.programmes()[0].name,),
}
"""What a screen is about, where it must be told."""
AT_THE_END = {"debrief", "export", "behind"}
SHEETS = {"order", "offer", "figure", "why", "source", "behind", "branch", "programme"}
"""Pages to read, which most keys leave: a few visits tell."""
PLACES = tuple(place for place in routes.PLACES if place not in OTHERWISE)


def _order_of(seat: Seat) -> Order:
    paper = seat.brief().papers[0]
    return Order(seat.capital, paper.action, paper.target, paper.modifiers)


def seat_for(place: str, folder: Path) -> Seat:
    """Play as far as a screen has something to show."""
    seat = new_seat(folder, scenario=LESSON)
    assert isinstance(seat, LocalSeat)
    if place == "branch":
        seat.session.play_turn()
    while place == "offer" and not seat.brief().offers:
        seat.session.play_turn()
    while place in AT_THE_END and not seat.session.is_over:
        seat.session.play_turn()
    return with_few_worlds(seat) if place in AT_THE_END else seat


def key(word: str, number: int) -> str:
    """Draw a key that depends on a word and a number; q and its like would end the test early."""
    digest = hashlib.sha256(f"{word} {number}".encode()).digest()
    place = int.from_bytes(digest[:4], "big") % len(KEYS)
    return KEYS[place]


def cells(word: str, size: tuple[int, int]) -> tuple[int, int]:
    """Draw a cell of the window from a word."""
    digest = hashlib.sha256(word.encode()).digest()
    return digest[0] % size[0], digest[1] % size[1]


async def press_all(app: RapprochementApp, place: str, numbers: range) -> int:
    """Press keys, with a click or a turn of the wheel somewhere after every few of them.

    The screen is opened again now and then. Returns how many keys were pressed before the
    last of them, or a click, left the program.
    """
    async with app.run_test(size=SMALL):
        await hand.settle(app)
        seat = app.desk.seat
        about = DETAILS[place](seat) if place in DETAILS else ()
        for number in numbers:
            is_due = number % KEYS_A_VISIT == 0 or number == numbers.start
            if is_due and app.is_playing and app.desk.seat is seat:
                await _visit(app, place, about)
            await hand.press(app, key(place, number))
            if number % KEYS_A_CLICK == 0 and app.is_running:
                x, y = cells(f"{place} {number}", (SMALL[0], SMALL[1] - 1))
                await hand.click(app, x, y)
                await hand.turn_wheel(app, x, y, down=number % 2 == 0)
            if not app.is_running:
                return number + 1 - numbers.start
        await app.workers.wait_for_complete()
        await hand.settle(app)
    return len(numbers)


async def _visit(app: RapprochementApp, place: str, about: tuple[object, ...]) -> None:
    """Open a screen from the room."""
    app.go("room")
    await hand.settle(app)
    app.go(place, *about)
    await hand.settle(app)


@pytest.mark.parametrize(
    ("place", "n_keys"),
    [
        ("room", 12),
        *(
            pytest.param(place, 60 if place in SHEETS else 300, marks=pytest.mark.slow)
            for place in PLACES
        ),
        *(pytest.param(place, share_of(5000), marks=pytest.mark.soak) for place in PLACES),
    ],
)
def test_the_screens_stand_whatever_is_pressed(
    place: str, n_keys: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # where a report goes that is typed a name for
    n_pressed = n_sittings = 0
    while n_pressed < n_keys:
        folder = tmp_path / str(n_sittings)
        app = RapprochementApp(Library(folder), seat=seat_for(place, folder))
        n_pressed += asyncio.run(press_all(app, place, range(n_pressed, n_keys)))
        n_sittings += 1
        assert app.failure is None, n_pressed
        for saved in Library(folder).saves():
            assert not saved.problem
            again, _ = Library(folder).open(saved.path)
            assert again.turn == saved.turns
