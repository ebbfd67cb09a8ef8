"""The codex on the screens: searched, opened, followed from entry to entry and from figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.tui.boards.codex import link_lines
from rapprochement_sim.tui.widgets.board import Board
from tests.tui.playing import Player, play
from tests.tui.test_boards import WIDTHS, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from rapprochement_sim.game.seat import Seat


def test_every_entry_stands_in_the_list_and_a_word_finds_it(midgame: Seat, tmp_path: Path) -> None:
    async def doing(player: Player) -> None:
        await player.press("c")
        board = player.app.screen.query_one("#sheet", Board)
        named = {spot.key for spot, *_ in board._places}  # noqa: SLF001 - what a cursor can reach
        for section in midgame.codex.sections:
            assert {entry.name for entry in section.entries} <= named
        assert {reading.name for reading in midgame.figures()} <= named
        shown = await player.press("slash", *"audience")
        assert "Audience cost" in shown
        assert "Trilateral summit" not in shown
        shown = await player.press("enter", "enter")
        assert player.where == "SourceScreen"
        assert "fearon1994" in shown
        links = midgame.codex.page("glossary:audience_cost").links
        assert links[0].title in shown
        await player.press("enter")
        assert links[0].title in player.read().splitlines()[1]

    play(doing, tmp_path, seat=midgame)


@pytest.mark.slow
def test_a_figure_leads_to_the_codex(midgame: Seat, tmp_path: Path) -> None:
    async def doing(player: Player) -> None:
        shown = await player.press("4", "enter")
        assert player.where == "FigureScreen"
        assert "See also" in shown
        assert "Trust" in shown
        await player.press("enter")
        assert player.where == "SourceScreen"

    play(doing, tmp_path, seat=midgame)


@pytest.mark.slow
def test_a_long_text_can_be_read_line_by_line(midgame: Seat, tmp_path: Path) -> None:
    async def doing(player: Player) -> None:
        await player.press("c", "slash", *"actions:summit", "enter", "enter")
        board = player.app.screen.query_one("#sheet", Board)
        assert board.max_scroll_y > 20
        await player.press("down", "down")
        assert board.scroll_offset.y <= 2
        await player.press("pagedown", "down")
        assert board.size.height - 4 <= board.scroll_offset.y <= board.size.height + 2
        await player.press("up", "up", "up")
        assert board.scroll_offset.y < board.size.height
        await player.press("end")
        assert board.scroll_offset.y == board.max_scroll_y

    play(doing, tmp_path, seat=midgame)


def test_links_are_no_wider_than_their_board(midgame: Seat) -> None:
    links = midgame.codex.page("rapprochement").links
    assert links
    for width in WIDTHS:
        shown = text_of(link_lines(links, width)).split("\n")
        assert [line for line in shown if len(line.rstrip()) > width] == []
