"""A run of a study on the screens: chosen, read to its end, and taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from rapprochement_sim.experiments.runs import Study, run_study
from rapprochement_sim.game.session import Phase
from rapprochement_sim.tui.lines import choice
from rapprochement_sim.tui.widgets.board import Board
from rapprochement_sim.vocabulary import Capital
from tests.tui.playing import LESSON, Player, play

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

RUNS = 4


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run a small study."""
    folder = tmp_path_factory.mktemp("studies") / "one"
    run_study(Study(LESSON, runs=RUNS, seed=5, explained_runs=0), folder, workers=1)
    return folder


async def until(player: Player, words: str) -> None:
    """Wait for words that a worker brings."""
    while words not in player.read():
        await player.pilot.pause(0.01)


async def typed(player: Player, text: str) -> None:
    """Type a text on the line below, and Enter."""
    line = player.app.screen.query_one("#typed", Input)
    line.focus()
    line.value = text
    await player.pilot.pause()
    await player.press("enter")


async def chosen(player: Player, key: str) -> None:
    """Choose a spot by Enter."""
    player.app.screen.query_one("#sheet", Board).move_to(choice(key))
    await player.press("enter")


def opening(
    study: Path, then: Callable[[Player], Awaitable[None]]
) -> Callable[[Player], Awaitable[None]]:
    """Open the study and the worst run for Tokyo, then do something."""

    async def doing(player: Player) -> None:
        player.app.go("open_run")
        await until(player, "Run folders here")
        await typed(player, str(study))
        await until(player, "Which run?")
        await chosen(player, "worst:tokyo")
        await until(player, "[ Read it ]")
        await chosen(player, "seat:tokyo")
        await then(player)

    return doing


def test_the_worst_run_for_a_seat_is_read_to_its_end(study: Path, tmp_path: Path) -> None:
    async def reads(player: Player) -> None:
        await chosen(player, "read")
        await player.until("DebriefScreen")
        seat = player.app.desk.seat
        assert (seat.capital, seat.phase) == (Capital.TOKYO, Phase.OVER)
        await player.press("escape", "t")
        assert "Turn 8 of 8" in player.read()

    play(opening(study, reads), tmp_path)
    assert not list(tmp_path.glob("*.jsonl"))


@pytest.mark.slow
def test_a_seat_is_taken_over_from_a_turn(study: Path, tmp_path: Path) -> None:
    async def takes(player: Player) -> None:
        await chosen(player, "turn:3")
        await chosen(player, "take")
        await player.until("RoomScreen")
        assert "TOKYO | turn 3 of 8" in player.read()

    play(opening(study, takes), tmp_path)
    [saved] = tmp_path.glob("*.jsonl")
    assert saved.name.startswith("one-run")
    assert saved.name.endswith("tokyo-turn3.jsonl")


def test_what_is_no_run_folder_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    async def doing(player: Player) -> None:
        monkeypatch.setattr(player.app, "notify", lambda text, **_: told.append(text))
        player.app.go("open_run")
        await until(player, "Run folders here")
        await typed(player, "nowhere")
        await player.app.workers.wait_for_complete()
        assert player.where == "OpenRunScreen"

    play(doing, tmp_path)
    assert "there is no such folder" in " ".join(told)
