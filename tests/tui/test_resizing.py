"""A window drawn larger and smaller: screens stand as before, nothing is cut meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.tui.widgets.board import Board
from tests.tui import hand
from tests.tui.playing import SMALL, play
from tests.tui.tour import STOPS, Tour

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rapprochement_sim.game.seat import Seat
    from tests.tui.playing import Player

DRAWN = ((200, 60), SMALL, (40, 10), (120, 40), SMALL)
"""Sizes one after the other: from the largest to the smallest at once, and back."""
FEW = DRAWN[:3] + DRAWN[-1:]


async def faults(
    player: Player, words: tuple[str, ...], sizes: Iterable[tuple[int, int]] = DRAWN
) -> list[str]:
    """Draw the window through all sizes; return what is cut or gone on the way."""
    where, head, found = player.where, player.read().splitlines()[0], []
    for width, height in sizes:
        await player.pilot.resize_terminal(width, height)
        await hand.settle(player.app)
        shown = player.read()
        if (width, height) < SMALL:
            words_then: tuple[str, ...] = ("80 columns and 24 lines",)
            shown = " ".join(shown.split())
        else:
            words_then = words
            boards = player.app.screen.query(Board)
            found += [f"cut: {line}" for board in boards for line in board.cut_lines]
        found += [f"gone at {width}x{height}: {word}" for word in words_then if word not in shown]
    if (player.where, player.read().splitlines()[0]) != (where, head):
        found.append(f"came back otherwise:\n{player.read()}")
    return found


def test_the_room_stands_whatever_its_window_is_drawn_to(midgame: Seat, tmp_path: Path) -> None:
    async def doing(player: Player) -> None:
        for page, words in (("1", "How things stand"), ("3", "turn 12"), ("5", "on the mind")):
            await player.press(page)
            assert await faults(player, (words,)) == [], page

    play(doing, tmp_path, seat=midgame)


@pytest.mark.slow
def test_every_screen_stands_whatever_its_window_is_drawn_to(tmp_path: Path) -> None:
    tour, found = Tour(tmp_path), {}

    async def doing(player: Player) -> None:
        for stop in STOPS:
            await tour.go(player, stop)
            found[stop.name] = await faults(player, stop.words, FEW)

    play(doing, tour.library.folder)
    assert {name: told for name, told in found.items() if told} == {}
