"""Each screen at 80 columns and 24 lines: what must stand on it, and nothing cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.tui.lines import choice
from rapprochement_sim.tui.widgets.board import Board
from tests.tui.playing import Player, new_seat, play

if TYPE_CHECKING:
    from pathlib import Path

    from rapprochement_sim.game.seat import Seat

PAGES = {
    "1": ("How things stand", "Rapprochement", "Ahead", "Last turn"),
    "2": ("Political capital of Seoul's government", "counts "),
    "3": ("Korea unfavourable of Japan", "turn 12", "K", "J"),
    "4": ("TRUST of row in column", "THREAT that row sees in column", "Your own row is exact"),
    "5": ("hurt", "on the mind", "settled", "injured"),
    "6": ("regular", "treaty", "Seoul and Tokyo"),
    "7": ("BEIJING", "PYONGYANG", "SEOUL", "TOKYO", "WASHINGTON", "Threat that Seoul sees in"),
}

PANELS = (
    "How things stand",
    "Ahead",
    "Your government and goals",
    "Last turn",
    "TRUST of row in column",
    "THREAT that row sees in column",
    "What publics say",
    "Disputes",
    "Region",
    "Institutions",
    "Threats",
)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_every_page_of_the_situation_room_shows_its_matter(
    size: tuple[int, int], midgame: Seat, tmp_path: Path
) -> None:
    async def doing(player: Player) -> None:
        for key, words in PAGES.items():
            shown = await player.press(key)
            assert [word for word in words if word not in shown] == [], f"page {key}"
            assert "SEOUL | turn 4 of 12" in shown
            assert shown.splitlines()[-1].endswith("q Leave"), "the footer is not cut"

    play(doing, tmp_path, seat=midgame, size=size)


def test_a_large_screen_shows_everything_at_once(midgame: Seat, tmp_path: Path) -> None:
    async def doing(player: Player) -> None:
        shown = player.read()
        assert [title for title in PANELS if title not in shown] == []

    play(doing, tmp_path, seat=midgame, size=(200, 60))


def test_a_figure_tells_why_it_changed_and_what_stands_behind(
    midgame: Seat, tmp_path: Path
) -> None:
    async def doing(player: Player) -> None:
        shown = await player.press("down", "down", "question_mark")
        assert player.where == "WhyScreen"
        assert "Rapprochement" in shown
        assert "In turn 3" in shown
        assert "sum to the change as published" in shown
        assert "In turn 2" in await player.press("left")
        shown = await player.press("s")
        assert "Trust, publics, disputes and institutions" in shown
        await player.press("escape", "escape")
        assert player.where == "RoomScreen"

    play(doing, tmp_path, seat=midgame)


def test_an_order_shows_its_price_band_and_modifiers_before_it_is_given(tmp_path: Path) -> None:
    seat = new_seat(tmp_path)

    joint = {option.action for option in seat.options() if option.is_joint}
    paper = next(p for p in seat.brief().papers if p.modifiers and p.action not in joint)

    async def doing(player: Player) -> None:
        await player.press("enter", "o")
        shown = await player.press(str(paper.number))
        assert "[ Give this order ]" in shown
        assert "political capital" in shown
        assert "each pulls two ways" in shown
        assert "[x]" in shown
        shown = await player.press("down", "space")
        assert "[ ]" in shown
        desk = player.app.desk
        await player.press("g")
        [given] = desk.briefing.desk
        assert given.kind == "order"
        given_paper = desk.briefing.papers[paper.number - 1]
        assert given_paper.reason, "what was given cannot be given twice"

    play(doing, tmp_path, seat=seat)


def test_a_refused_order_says_why_and_is_not_given(tmp_path: Path) -> None:
    seat = new_seat(tmp_path)

    async def doing(player: Player) -> None:
        refused = next(o for o in player.app.desk.options if o.reason)
        word = refused.title.split(" (")[0]
        await player.press("enter", "o", "slash", *word.split()[0].lower())
        await player.press("enter")
        board = player.app.screen.query_one("#list", Board)
        board.move_to(choice(f"option:{refused.key}"))
        shown = await player.press("enter")
        assert "Not now:" in shown
        await player.press("g")
        assert not player.app.desk.briefing.desk

    play(doing, tmp_path, seat=seat)


def test_past_turns_and_names_can_be_opened(midgame: Seat, tmp_path: Path) -> None:
    async def doing(player: Player) -> None:
        shown = await player.press("t")
        assert player.where == "TimelineScreen"
        assert "Turn 3 of 12" in shown
        assert "Turn 2 of 12" in await player.press("left")
        await player.press("escape", "c")
        assert player.where == "CodexScreen"
        shown = await player.press("slash", *"labour", "enter")
        assert "Wartime forced labour" in shown
        assert "Trilateral summit" not in shown
        shown = await player.press("end", "enter")
        assert player.where == "SourceScreen"

    play(doing, tmp_path, seat=midgame)


def test_a_window_too_small_says_so_and_comes_back(midgame: Seat, tmp_path: Path) -> None:
    async def doing(player: Player) -> None:
        await player.pilot.resize_terminal(60, 20)
        await player.pilot.pause()
        assert "80 columns and 24 lines" in " ".join(player.read().split())
        await player.pilot.resize_terminal(100, 30)
        await player.pilot.pause()
        assert "How things stand" in player.read()

    play(doing, tmp_path, seat=midgame)


@pytest.mark.parametrize(
    "theme", ["dark", *(pytest.param(t, marks=pytest.mark.slow) for t in ("light", "projector"))]
)
def test_no_colour_is_needed(
    theme: str, midgame: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def doing(player: Player) -> None:
        await player.press(*"1234567")
        await player.press("3", "question_mark", "escape", "o", "escape", "p", "escape")
        assert player.where == "RoomScreen"

    play(doing, tmp_path, seat=midgame, theme=theme)


def test_the_mouse_turns_pages_and_opens_figures(midgame: Seat, tmp_path: Path) -> None:
    async def doing(player: Player) -> None:
        await player.pilot.click("#pages", offset=(20, 0))
        await player.pilot.pause()
        assert "[3 Publics]" in player.read()
        row = next(
            n for n, line in enumerate(player.read().splitlines()) if "affinity for Korea" in line
        )
        column = player.read().splitlines()[row].index("%")
        await player.pilot.click(offset=(column, row))
        await player.pilot.click(offset=(column, row))
        await player.pilot.pause()
        assert player.where == "FigureScreen"
        assert "Japanese who feel affinity for Korea" in player.read()

    play(doing, tmp_path, seat=midgame)
