"""What comes late does no harm: keys before a list is drawn, answers after a screen was left."""

from __future__ import annotations

import asyncio
import gc
import threading
from typing import TYPE_CHECKING

from textual.command import CommandList, CommandPalette

from rapprochement_sim.game.library import Library, NewGame
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.tui.messages import PastOpened
from rapprochement_sim.tui.screens.start import StartScreen
from rapprochement_sim.vocabulary import Capital
from tests.game.games import new_game, play_busily
from tests.tui import hand
from tests.tui.playing import LESSON, Player, play

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from rapprochement_sim.game.seat import Seat

SEOUL = Capital.SEOUL
_PLANE = 0xFFFF


def test_the_palette_bears_a_page_key_between_two_lists_of_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill = CommandPalette._refresh_command_list  # noqa: SLF001 - the moment to press a key at
    moved = []

    def fill_and_press(self: CommandPalette, *given: object) -> None:
        fill(self, *given)  # type: ignore[arg-type]
        self._action_command_list("page_down")
        moved.append(self.app)

    monkeypatch.setattr(CommandPalette, "_refresh_command_list", fill_and_press)

    async def doing(player: Player) -> None:
        await player.press(":")
        shown = await player.until_it_says("Choose a scenario")
        assert not any(ord(char) > _PLANE for char in shown), "no pictures"
        assert moved

    assert play(doing, tmp_path).failure is None


def test_a_palette_that_was_closed_may_begin_to_search(tmp_path: Path) -> None:
    async def doing(player: Player) -> None:
        await player.press("enter", ":")
        palette = player.app.screen
        assert isinstance(palette, CommandPalette)
        await player.press("escape")
        await player.until("RoomScreen")
        while palette.query(CommandList):
            await player.pilot.pause(0.01)
        palette._gather_commands("an")  # noqa: SLF001 - what its timer may do that late
        await player.press("down")
        assert player.where == "RoomScreen"

    seat = LocalSeat(new_game(SEOUL), SEOUL)
    assert play(doing, tmp_path, seat=seat).failure is None


def test_a_screen_that_was_left_for_another_game_still_reads_its_own(tmp_path: Path) -> None:
    session = new_game(SEOUL)
    play_busily(session, 2)
    other = new_game(SEOUL)
    play_busily(other, 1)

    async def doing(player: Player) -> None:
        await player.press("t")
        timeline = player.app.screen
        assert "Turn 2 of" in player.read()
        timeline.post_message(PastOpened(others=()))
        player.app.play(LocalSeat(other, SEOUL))
        await hand.settle(player.app)
        assert player.where == "RoomScreen"

    assert play(doing, tmp_path, seat=LocalSeat(session, SEOUL)).failure is None


def test_a_game_that_opens_late_does_not_push_another_off_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(tmp_path)
    slow, quick = (library.start(NewGame(LESSON, SEOUL, seed)).save() for seed in (1, 2))
    gc.collect()  # lets go of the saves
    is_opening, may_open = threading.Event(), threading.Event()
    plain_open = Library.open

    def open_one(self: Library, path: Path) -> tuple[Seat, object]:
        if str(path) == slow:
            is_opening.set()
            may_open.wait()
        return plain_open(self, path)

    monkeypatch.setattr(Library, "open", open_one)

    async def doing(player: Player) -> None:
        start = player.app.screen
        assert isinstance(start, StartScreen)
        saved = {str(game.path): game for game in library.saves()}
        start._open(saved[slow])  # noqa: SLF001 - as by Enter on its line
        while not is_opening.is_set():
            await player.pilot.pause(0.01)
        start._open(saved[quick])  # noqa: SLF001
        while not player.app.is_playing:
            await player.pilot.pause(0.01)
        may_open.set()
        await asyncio.get_running_loop().shutdown_default_executor()  # until the thread is done
        await hand.settle(player.app)
        assert player.app.desk.seat.save() == quick

    assert play(doing, tmp_path).failure is None
