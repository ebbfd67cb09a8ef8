"""A whole game on the screens, as a player plays it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.library import Library
from rapprochement_sim.game.session import Phase
from tests.tui.playing import LESSON, Player, new_seat, play

if TYPE_CHECKING:
    from pathlib import Path


async def play_turn(player: Player) -> None:
    """Accept what is offered, give the second staff paper, end the talks and the turn."""
    desk = player.app.desk
    turn = desk.seat.turn
    if desk.briefing.offers:
        await player.press("p", "y", "escape")
        assert any(item.kind == "answer" for item in desk.briefing.desk)
    await player.press("e", "enter")
    assert player.where == "ProposalsScreen", "the answers of the talks are shown"
    await player.press("o")
    assert player.where == "OrdersScreen"
    allowed = [p.number for p in desk.briefing.papers if not p.reason]
    await player.press(str(allowed[0]), "g", "e", "enter")
    assert player.where == "ResolutionScreen"
    assert desk.seat.turn == turn + 1
    assert f"Turn {turn + 1} is over" in player.read()
    await player.press("space", "escape")
    assert "What moved, and why" in player.read()
    await player.press("enter")


def test_a_whole_game_is_played_by_keyboard_alone(tmp_path: Path) -> None:
    seat = new_seat(tmp_path, scenario=LESSON)

    async def doing(player: Player) -> None:
        assert player.where == "InstructionsScreen"
        await player.press("enter")
        while seat.phase is not Phase.OVER:
            assert player.where == "RoomScreen"
            await play_turn(player)
        assert player.where == "DebriefScreen"
        assert "of 100" in player.read()
        assert "Judged by" in await player.press("2")
        assert "sum of all causes = the change" in await player.press("3")
        await player.press("escape")
        assert "d opens the debrief" in player.read()

    play(doing, tmp_path, seat=seat)
    [saved] = Library(tmp_path).saves()
    assert saved.is_over
    again, _ = Library(tmp_path).open(saved.path)
    assert again.turn == seat.turn


def test_a_game_is_chosen_begun_left_and_gone_on_with(tmp_path: Path) -> None:
    async def begins(player: Player) -> None:
        assert "New game" in player.read()
        await player.press("n")
        await player.until_it_says("[ Begin ]")
        await player.press("b")
        await player.until("InstructionsScreen")
        await player.press("enter", "o", "1", "g", "q")

    app = play(begins, tmp_path)
    [given] = app.desk.briefing.desk
    assert app.return_code == 0

    async def goes_on(player: Player) -> None:
        await player.until_it_says("Continue   ")
        await player.press("c")
        await player.until("RoomScreen")
        assert player.app.desk.briefing.desk == (given,)

    play(goes_on, tmp_path)


def test_the_first_lesson_begins_at_once_and_notes_are_kept(tmp_path: Path) -> None:
    async def doing(player: Player) -> None:
        await player.press("f")
        await player.until("InstructionsScreen")
        await player.press("enter", "w", *"wait", "enter", "q")

    play(doing, tmp_path)
    [saved] = Library(tmp_path).saves()
    assert saved.n_turns == 5
    _, [note] = Library(tmp_path).open(saved.path)
    assert note.text == "wait"


def test_what_is_decided_can_be_taken_back_until_it_is_final(tmp_path: Path) -> None:
    seat = new_seat(tmp_path, scenario=LESSON)

    async def doing(player: Player) -> None:
        desk = player.app.desk
        before = desk.briefing.attention
        await player.press("enter", "o", "2", "g")
        assert desk.briefing.attention < before
        await player.press("u")
        assert desk.briefing.attention == before
        assert not desk.briefing.desk

    play(doing, tmp_path, seat=seat)
