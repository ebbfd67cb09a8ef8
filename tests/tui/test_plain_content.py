"""Screens with arguments and their plain pages say the same words and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.plain import (
    briefing_page,
    figure_page,
    order_page,
    programme_page,
    why_page,
)
from rapprochement_sim.tui.boards import changes, figures, previews, programmes, standing
from tests.tui.test_plain_twin import shown
from tests.tui.test_plain_twin import words as raw_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rapprochement_sim.game.briefing import Briefing
    from rapprochement_sim.game.seat import Seat
    from rapprochement_sim.tui.lines import Line

WIDE = 120
OF_THE_HEADING = {"95"}
"""A plain preview's heading says `5-95 per cent`, a board's `5-95%`."""


def words(text: str) -> set[str]:
    """Return the words and numbers of a text without the stops behind them."""
    return {word.rstrip(".") for word in raw_words(text)} - {""}


def numbers(lines: Iterable[str]) -> set[str]:
    """Return the numbers that stand in lines of text."""
    return {word for word in words(" ".join(lines)) if any(each.isdigit() for each in word)}


def expect_all(plain: Iterable[str], board: Iterable[Line]) -> None:
    """Expect every number of a plain page on its board."""
    told = numbers(plain)
    assert told
    assert told - words(shown(board)) <= OF_THE_HEADING


def test_an_order_costs_and_may_do_the_same_on_both(briefing: Briefing) -> None:
    for paper in briefing.papers:
        plain = [
            line
            for line in order_page.preview_lines(paper.preview)
            if "smaller effects" not in line
        ]
        if paper.preview.modifiers:
            assert "two" in words(" ".join(plain))
        expect_all(plain, previews.preview_lines(paper.preview, WIDE))
        told = words(shown(previews.preview_lines(paper.preview, WIDE)))
        assert words(paper.preview.summary) | words(paper.preview.dissent) <= told


def test_all_orders_stand_in_both_lists_with_their_prices_and_reasons(midgame: Seat) -> None:
    options = midgame.options()
    board = words(shown(previews.option_lines(options, WIDE)))
    for option in options:
        assert words(option.title) <= board
        assert words(option.reason) <= board
        price = f"a{option.attention:g} c{100 * option.cost:.0f}"
        assert option.reason or words(price) <= board
    plain = words(" ".join(order_page.option_lines(options)))
    for option in options:
        assert words(option.title) <= plain
        assert words(option.reason) <= plain


@pytest.mark.parametrize("place", range(8))
def test_a_figure_and_why_it_changed_are_told_alike(
    place: int, midgame: Seat, briefing: Briefing
) -> None:
    reading = (*briefing.headlines, *briefing.polls[:4], briefing.approval)[place]
    name = reading.name
    page = midgame.codex.page(name, WIDE)
    expect_all(
        figure_page.figure_lines(reading, page),
        figures.figure_lines(reading, WIDE, n_turns=12, about=page.summary),
    )
    why = midgame.why(name)
    expect_all(why_page.why_lines(why), changes.why_lines(why, WIDE))
    causes = words(shown(changes.why_lines(why, WIDE)))
    for part in why.parts:
        assert words(part.text) <= causes


def test_instructions_name_the_same_goals_and_the_same_bar(briefing: Briefing) -> None:
    board = words(shown(standing.goal_texts(briefing, WIDE)))
    for goal in briefing.goals:
        assert words(goal.text) <= board
        assert words(goal.text) <= words(" ".join(briefing_page.goal_lines(briefing)))
    rule = numbers(briefing_page.win_lines(briefing))
    assert rule == numbers([shown(standing.win_lines(briefing, WIDE))])


def test_programmes_are_told_alike(midgame: Seat) -> None:
    pages = midgame.programmes()
    own_commands = words("`programmes N` opens one, `programmes N order STEP` gives a step")
    plain = words(" ".join(programme_page.list_lines(pages)))
    assert plain - own_commands <= words(shown(programmes.programme_list_lines(pages, WIDE)))
    for page in pages:
        told = words(" ".join(programme_page.programme_lines(page)))
        board = words(shown(programmes.programme_lines(page, WIDE)))
        assert told - board <= words(f"programme: {page.title}")
        assert board <= told
