"""A whole game on the screens, as a player plays it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.game.library import Library
from rapprochement_sim.game.session import Phase
from rapprochement_sim.tui.screens import new_game
from rapprochement_sim.vocabulary import CAPITALS, Capital
from tests.tui.playing import LESSON, Player, new_seat, play

if TYPE_CHECKING:
    from pathlib import Path

    from rapprochement_sim.game.briefing import Briefing, StaffPaper


SEATS = [
    Capital.SEOUL,
    *(
        pytest.param(capital, marks=pytest.mark.slow)
        for capital in CAPITALS
        if capital != Capital.SEOUL
    ),
]


def first_allowed(briefing: Briefing) -> StaffPaper | None:
    """Return the first staff paper that can be given now."""
    return next((paper for paper in briefing.papers if not paper.reason), None)


async def play_turn_by_keys(player: Player) -> None:
    """Accept what is offered, give a staff paper, end the talks and the turn."""
    desk = player.app.desk
    turn = desk.seat.turn
    if desk.briefing.offers:
        await player.press("p", "y", "escape")
        assert any(item.kind == "answer" for item in desk.briefing.desk)
    await player.press("e", "enter")
    assert player.where == "ProposalsScreen", "the answers of the talks are shown"
    await player.press("o")
    assert player.where == "OrdersScreen"
    # A seat may have joint acts alone on its papers: then the turn ends without an order.
    if paper := first_allowed(desk.briefing):
        await player.press(str(paper.number), "g")
        assert any(item.kind == "order" for item in desk.briefing.desk)
    await player.press("e", "enter")
    assert player.where == "ResolutionScreen"
    assert desk.seat.turn == turn + 1
    assert f"Turn {turn + 1} is over" in player.read()
    await player.press("space", "escape")
    assert "What moved, and why" in player.read()
    await player.press("enter")


async def play_turn_by_mouse(player: Player) -> None:
    """Do the same with clicks alone."""
    desk = player.app.desk
    turn = desk.seat.turn
    if desk.briefing.offers:
        await player.click("p Proposals")
        await player.choose(f"{desk.briefing.offers[0].proposer.title} offers:")
        await player.choose("[ Accept ]")
        assert any(item.kind == "answer" for item in desk.briefing.desk)
        await player.click("Esc Back")
    await player.click("e Go on")
    await player.choose("[ Close the talks ]")
    assert player.where == "ProposalsScreen", "the answers of the talks are shown"
    await player.click("o Orders")
    if paper := first_allowed(desk.briefing):
        await player.choose(f"{paper.number}. {paper.preview.title}")
        await player.choose("[ Give this order ]")
        assert any(item.kind == "order" for item in desk.briefing.desk)
    await player.click("e Go on")
    await player.choose("[ End the turn ]")
    assert desk.seat.turn == turn + 1
    await player.click("Esc Skip ahead")
    assert "What moved, and why" in player.read()
    await player.click("Enter Next")


@pytest.mark.parametrize("capital", SEATS, ids=lambda capital: capital.key)
def test_a_whole_game_is_played_by_keyboard_alone(capital: Capital, tmp_path: Path) -> None:
    seat = new_seat(tmp_path, capital, scenario=LESSON)

    async def doing(player: Player) -> None:
        assert player.where == "InstructionsScreen"
        await player.press("enter")
        while seat.phase is not Phase.OVER:
            assert player.where == "RoomScreen"
            await play_turn_by_keys(player)
        assert player.where == "DebriefScreen"
        assert "of 100" in player.read()
        assert "judges as" in await player.press("7")
        assert "Sum of all causes = the change" in await player.press("8")
        await player.press("escape")
        assert "d opens the debrief" in player.read()

    play(doing, tmp_path, seat=seat)
    expect_a_finished_game(tmp_path, capital)


@pytest.mark.parametrize("capital", SEATS, ids=lambda capital: capital.key)
def test_a_whole_game_is_played_by_mouse_alone(
    capital: Capital, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new_game, "drawn_seed", lambda: 7)

    async def doing(player: Player) -> None:
        await player.choose("New game")
        await player.until_it_says("[ Begin ]")
        await player.choose("First lesson")
        if capital != Capital.SEOUL:
            await player.choose(f"( ) {capital.title}")
        await player.choose("[ Begin ]")
        await player.until("InstructionsScreen")
        await player.click("Enter Begin")
        while player.app.desk.seat.phase is not Phase.OVER:
            assert player.where == "RoomScreen"
            await play_turn_by_mouse(player)
        assert player.where == "DebriefScreen"
        assert "judges as" in await player.click("7 Seats")
        assert "Sum of all causes = the change" in await player.click("8 Causes")
        await player.click("q Leave")

    app = play(doing, tmp_path)
    assert app.return_code == 0
    expect_a_finished_game(tmp_path, capital)


def expect_a_finished_game(folder: Path, capital: Capital) -> None:
    """Open the save again."""
    [saved] = Library(folder).saves()
    assert saved.is_over
    assert saved.seat == capital
    again, _ = Library(folder).open(saved.path)
    assert again.turn == saved.n_turns


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
    assert saved.n_turns == 8
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
