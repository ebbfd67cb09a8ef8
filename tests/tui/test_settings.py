"""What a player sets works at once, and is kept for the next time."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.settings import CHOICES, ROLLOUTS, Settings
from rapprochement_sim.vocabulary import Capital
from tests.game.games import new_game, play_busily
from tests.tui.playing import Player, play

if TYPE_CHECKING:
    from pathlib import Path

    from rapprochement_sim.game.seat import Seat

BRAILLE = re.compile("[\u2801-\u28ff]")


def test_everything_that_is_set_is_kept_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.json"
    settings = Settings.read(path)
    chosen = {name: list(choice.values)[-1] for name, choice in CHOICES.items()}
    for name, value in chosen.items():
        settings.choose(name, value)
    assert json.loads(path.read_text("utf-8")) == chosen
    assert Settings.read(path) == settings != Settings()


@pytest.mark.parametrize(
    "kept", ["", "[]", "{", '{"theme": 3}', '{"theme": "pink", "pace": 1}', '{"signs": ["fine"]}']
)
def test_a_damaged_file_gives_the_usual_settings(kept: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(kept, "utf-8")
    assert Settings.read(path) == Settings()


def test_what_does_not_exist_cannot_be_set() -> None:
    with pytest.raises(KeyError):
        Settings().choose("theme", "pink")
    with pytest.raises(KeyError):
        Settings().choose("size", "large")


def test_each_setting_is_chosen_on_its_screen(tmp_path: Path) -> None:
    async def doing(player: Player) -> None:
        player.app.go("settings")
        await player.press("home")
        for name, choice in CHOICES.items():
            value = list(choice.values)[-1]
            await player.choose(f"( ) {value}")
            assert getattr(player.app.settings, name) == value
            assert f"(o) {value}" in player.read()

    play(doing, tmp_path)


def test_plain_signs_draw_charts_and_frames_without_dots(midgame: Seat, tmp_path: Path) -> None:
    async def doing(player: Player) -> None:
        assert BRAILLE.search(await player.press("3"))
        player.app.choose_setting("signs", "plain")
        shown = await player.press("4", "3")
        assert not BRAILLE.search(shown)
        assert "+- What publics say" in shown
        assert "'" in shown

    play(doing, tmp_path, seat=midgame)


def test_nothing_moves_by_itself_once_movement_is_off(midgame: Seat, tmp_path: Path) -> None:
    async def doing(player: Player) -> None:
        await player.press("o")
        assert all(line.cursor_blink for line in player.app.screen.query(Input))
        player.app.choose_setting("movement", "off")
        assert not any(line.cursor_blink for line in player.app.screen.query(Input))
        assert player.app.animation_level == "none"

    play(doing, tmp_path, seat=midgame)


def test_news_are_told_together_where_that_is_set(midgame: Seat, tmp_path: Path) -> None:
    async def doing(player: Player) -> None:
        n_news = len(player.app.desk.briefing.news)
        player.app.choose_setting("news", "together")
        player.app.go("resolution")
        await player.press("shift")
        assert f"({n_news} of {n_news})" in player.read()

    play(doing, tmp_path, seat=midgame)


def test_advisers_rest_after_as_many_rollouts_as_are_set(tmp_path: Path) -> None:
    session = new_game(Capital.SEOUL)
    play_busily(session, 1)
    seat = LocalSeat(session, Capital.SEOUL)

    async def doing(player: Player) -> None:
        player.app.choose_setting("advisers", "quick")
        await player.press("a")
        shown = await player.until_it_says("rollouts.")
        [told] = re.findall(r"From (\d+) rollouts\.", shown)
        assert ROLLOUTS["quick"] <= int(told) < ROLLOUTS["usual"]
        assert not seat.advice().is_working

    play(doing, tmp_path, seat=seat)
