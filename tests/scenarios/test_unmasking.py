"""At the end of a masked game a person can learn what was behind the mask, on every face."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.naming import REAL, wear, wearing
from rapprochement_sim.plain.game import PlainGame
from rapprochement_sim.report.exporting import export_game
from rapprochement_sim.scenario.name_table import masked_skin
from rapprochement_sim.vocabulary import Capital
from tests.scenarios.real_names import real_names
from tests.tui.playing import Player, play, with_few_worlds

if TYPE_CHECKING:
    from pathlib import Path

TOLD = ("State B was Tokyo.", '"The disputed islets" was: Dokdo/Takeshima.')


@pytest.fixture(scope="module")
def over() -> LocalSeat:
    """Sit at the end of a masked game."""
    with wearing(masked_skin()):
        session = start_game("sandbox", seats=[Capital.SEOUL], seed=7)
        while not session.is_over:
            session.play_turn()
        return with_few_worlds(LocalSeat(session, Capital.SEOUL))


@pytest.fixture(autouse=True)
def _masked() -> None:
    wear(masked_skin())


def test_nothing_is_told_before_the_end_or_without_a_mask() -> None:
    session = start_game("sandbox", seats=[Capital.SEOUL], seed=7)
    assert LocalSeat(session, Capital.SEOUL).behind_the_mask() == ()
    told: list[str] = []
    PlainGame(LocalSeat(session, Capital.SEOUL), lambda _: None, told.append).obey("unmask")
    assert "not to be told yet" in told[-1]
    assert not real_names(told[-1])


def test_a_game_without_a_mask_has_nothing_behind_it(over: LocalSeat) -> None:
    wear(REAL)
    assert over.behind_the_mask() == ()


def test_the_plain_game_tells_it_and_a_report_written_afterwards_too(
    over: LocalSeat, tmp_path: Path
) -> None:
    told: list[str] = []
    game = PlainGame(over, lambda _: None, told.append)
    game.obey("unmask")
    assert all(words in " ".join(told[-1].split()) for words in TOLD)
    before, after = tmp_path / "before.html", tmp_path / "after.html"
    export_game(over.past, str(before), None)
    export_game(over.past, str(after), None, over.behind_the_mask())
    assert "State B was Tokyo." not in before.read_text("utf-8")
    html = after.read_text("utf-8")
    assert "<details><summary>Open it to read who was who</summary>" in html
    assert "State B was Tokyo." in html


def test_the_debrief_leads_to_it_on_the_screens(over: LocalSeat, tmp_path: Path) -> None:
    async def doing(player: Player) -> None:
        masked = player.read()
        assert "Unmask" in masked
        assert not real_names(masked)
        told = await player.press("m")
        assert all(words in told for words in TOLD)
        assert player.app.desk.told_behind == over.behind_the_mask()

    play(doing, tmp_path, seat=over, size=(120, 40))


def test_the_debrief_of_an_open_game_has_no_such_key(over: LocalSeat, tmp_path: Path) -> None:
    wear(REAL)

    async def doing(player: Player) -> None:
        assert "Unmask" not in player.read()

    play(doing, tmp_path, seat=over, size=(120, 40))
