"""The advisers' page: the plain page's words and numbers, while no key waits for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.plain import advice_page
from rapprochement_sim.tui.boards.advice import advice_lines
from rapprochement_sim.vocabulary import Capital
from tests.game.games import new_game
from tests.tui.playing import Player, play

if TYPE_CHECKING:
    from pathlib import Path

    from rapprochement_sim.game.advice import AdviceState

VOICES = ("REALIST", "LIBERAL", "CONSTRUCTIVIST")


@pytest.fixture(scope="module")
def first_advice() -> AdviceState:
    """Return the first advice of a game, from few rollouts."""
    seat = LocalSeat(new_game(Capital.SEOUL), Capital.SEOUL)
    state = seat.advice()
    while state.advice is None:
        state = seat.advice()
    seat.cancel_advice()
    return state


def text_at(state: AdviceState, width: int) -> str:
    lines = ["".join(span.text for span in line) for line in advice_lines(state, width)]
    assert max(map(len, lines)) <= width
    return "\n".join(lines)


@pytest.mark.parametrize("width", [75, 100])
def test_the_board_says_what_the_plain_page_says(first_advice: AdviceState, width: int) -> None:
    def words(text: str) -> set[str]:
        return set(re.findall(r"[\w.%+-]*\d[\w.%+-]*|[A-Z]{4,}", text))

    plain = words("\n".join(advice_page.advice_lines(first_advice)))
    assert set(VOICES) < plain
    assert plain <= words(text_at(first_advice, width))


def test_the_page_fills_while_keys_work_and_a_course_leads_to_its_order(tmp_path: Path) -> None:
    seat = LocalSeat(new_game(Capital.SEOUL), Capital.SEOUL)

    async def doing(player: Player) -> None:
        shown = await player.press("enter", "a")
        assert player.where == "AdvisersScreen"
        assert shown.splitlines()[-1].endswith("q Leave"), "the footer is not cut"
        while seat.advice().advice is None:
            await player.press("down")
        while "REALIST" not in shown:
            shown = await player.press("up")
        assert "rollouts" in shown
        await player.press("escape")
        assert player.where == "RoomScreen"
        assert not seat.advice().is_working, "the question went with the page"

    play(doing, tmp_path, seat=seat)
