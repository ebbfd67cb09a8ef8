"""The command palette: every command of the game stands there, and each does something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.tui.menu import commands
from rapprochement_sim.tui.screens.room import RoomScreen
from rapprochement_sim.vocabulary import Capital
from tests.game.games import new_game, order_of, play_busily
from tests.tui import hand
from tests.tui.playing import Player, play

if TYPE_CHECKING:
    from pathlib import Path

    from rapprochement_sim.game.seat import Seat

SEOUL = Capital.SEOUL
ENDS = {"Leave"}
"""Commands after which there is nothing left to look at."""


def in_talks() -> Seat:
    session = new_game(SEOUL)
    play_busily(session, 1)
    seat = LocalSeat(session, SEOUL)
    paper = seat.brief().papers[0]
    seat.submit(order_of(SEOUL, paper.action, paper.target, paper.modifiers))
    return seat


def in_orders() -> Seat:
    session = new_game(SEOUL)
    play_busily(session, 1)
    seat = LocalSeat(session, SEOUL)
    seat.commit()
    return seat


def standing(player: Player) -> tuple[object, ...]:
    screen = player.app.screen
    page = screen.page if isinstance(screen, RoomScreen) else None
    decided = len(player.app.desk.briefing.desk) if player.app.is_playing else 0
    return player.where, page, decided, player.app.theme


@pytest.mark.parametrize(
    "seated",
    [None, *(pytest.param(each, marks=pytest.mark.slow) for each in (in_talks, in_orders))],
)
def test_no_command_is_dead(seated: object, tmp_path: Path) -> None:
    seat = seated() if callable(seated) else None

    async def doing(player: Player) -> None:
        titles = [command.title for command in commands(player.app)]
        assert len(set(titles)) == len(titles)
        assert set(titles) >= ENDS
        for title in (title for title in titles if title not in ENDS):
            player.app.stand_up()
            player.app.choose_setting("theme", "light" if title == "Colours: dark" else "dark")
            if seat is not None:
                player.app.play(seat)
                player.app.go("room")
                await player.press("4" if title != "Page: Relations" else "5")
            await hand.settle(player.app)
            before = standing(player)
            found = [command for command in commands(player.app) if command.title == title]
            if title == "Undo" and not found:
                continue
            found[0].run()
            await hand.settle(player.app)
            if title == "Colours: dark" or standing(player) != before:
                continue
            pytest.fail(f"{title} does nothing")

    play(doing, tmp_path, seat=seat)


@pytest.mark.parametrize("key", [":", "ctrl+p"])
def test_the_menu_lists_commands_with_what_they_do_and_their_keys(
    key: str, midgame: Seat, tmp_path: Path
) -> None:
    async def doing(player: Player) -> None:
        assert ": Menu" in player.read()
        await player.press(key)
        shown = await player.until_it_says("Proposals")
        assert "What others offer, and your own offer (p)" in shown
        await player.press(*"polls")
        shown = await player.until_it_says("Page: Publics")
        assert "All polls, with their courses (3 in the situation room)" in shown
        await player.press("down", "enter")
        await player.until("RoomScreen")
        assert "[3 Publics]" in player.read()

    play(doing, tmp_path, seat=midgame)
