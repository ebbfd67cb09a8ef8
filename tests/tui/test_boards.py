"""What boards say, and that nothing is wider than its board. No terminal is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.game.figure_text import shown_value
from rapprochement_sim.tui.boards import matters, previews, programmes, relations, standing
from rapprochement_sim.tui.boards.changes import why_lines
from rapprochement_sim.tui.boards.chart import Series, chart_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rapprochement_sim.game.briefing import Briefing
    from rapprochement_sim.game.seat import Seat
    from rapprochement_sim.tui.lines import Line

WIDTHS = (48, 56, 75, 100)
NARROWEST = 18
"""What a board is laid out for at least, while a window is drawn smaller."""
BOARDS: dict[str, Callable[[Briefing, int], Iterable[Line]]] = {
    "standing": standing.standing_lines,
    "goals": standing.goals_lines,
    "publics": standing.publics_lines,
    "relations": relations.relation_lines,
    "region": relations.region_lines,
    "disputes": matters.dispute_lines,
    "dispute summary": matters.dispute_summary_lines,
    "ladders": matters.ladder_lines,
    "news": matters.news_lines,
    "ahead": matters.ahead_lines,
    "desk": matters.desk_lines,
    "papers": previews.paper_lines,
    "offers": previews.offers_lines,
}


def text_of(lines: Iterable[Line]) -> str:
    return "\n".join("".join(span.text for span in line) for line in lines)


@pytest.mark.parametrize(
    ("board", "width"),
    [
        (board, width)
        for board in BOARDS
        for width in WIDTHS
        # The full list of disputes has a page of its own.
        if (board, width) not in {("disputes", 48), ("disputes", 56)}
    ],
)
def test_no_line_is_wider_than_its_board(board: str, width: int, briefing: Briefing) -> None:
    shown = text_of(BOARDS[board](briefing, width)).split("\n")
    assert [line for line in shown if len(line.rstrip()) > width] == []
    assert any(line.strip() for line in shown)


@pytest.mark.parametrize("board", BOARDS)
def test_a_board_is_drawn_however_narrow_it_is_for_a_moment(board: str, briefing: Briefing) -> None:
    for width in range(NARROWEST, WIDTHS[0]):
        assert any(BOARDS[board](briefing, width))


@pytest.mark.parametrize("width", WIDTHS)
def test_no_programme_is_wider_than_its_board(width: int, midgame: Seat) -> None:
    pages = midgame.programmes()
    drawn = [programmes.programme_list_lines(pages, width)]
    drawn += [programmes.programme_lines(page, width) for page in pages]
    for lines in drawn:
        assert [line for line in text_of(lines).split("\n") if len(line.rstrip()) > width] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_no_preview_is_wider_than_its_board(width: int, midgame: Seat) -> None:
    for paper in midgame.brief().papers:
        shown = text_of(previews.preview_lines(paper.preview, width)).split("\n")
        assert [line for line in shown if len(line.rstrip()) > width] == []
    options = text_of(previews.option_lines(midgame.options(), width)).split("\n")
    assert [line for line in options if len(line.rstrip()) > width] == []


def test_every_poll_stands_with_its_value_and_margin(briefing: Briefing) -> None:
    shown = text_of(standing.publics_lines(briefing, 75))
    for reading in briefing.polls:
        assert shown_value(reading.name, reading.value, reading.unit) in shown
    assert shown.count("+-") > len(briefing.polls)


def test_every_refused_order_stands_with_its_reason(midgame: Seat) -> None:
    shown = text_of(previews.option_lines(midgame.options(), 400))
    refused = [option for option in midgame.options() if option.reason]
    assert refused
    for option in refused:
        assert option.title in shown
        assert option.reason.rstrip(".").casefold() in shown.casefold()


def test_a_search_keeps_what_holds_the_word(midgame: Seat) -> None:
    shown = text_of(previews.option_lines(midgame.options(), 75, word="summit"))
    assert "Summit" in shown
    assert "Visit Dokdo/Takeshima" not in shown


def test_the_causes_of_a_change_sum_to_it_as_shown(midgame: Seat) -> None:
    why = midgame.why("rapprochement")
    shown = text_of(why_lines(why, 75))
    assert sum(part.amount for part in why.parts) == pytest.approx(why.change)
    assert "Rapprochement" in shown
    some = text_of(why_lines(why, 75, most=1))
    assert "more" in some or len(why.parts) == 1


def test_a_line_of_a_chart_ends_in_its_letter() -> None:
    series = [Series("K", (50.0, 55.0, 52.0)), Series("J", (40.0, 38.0, 41.0), "chart2")]
    shown = list(chart_lines(series, 60, 10, n_turns=12, smallest=20.0))
    text = text_of(shown)
    assert text.count("K") == text.count("J") == 1
    assert text.index("K") < text.index("J"), "the higher line stands above"
    assert "turn 12" in text
    assert all(len(line) <= 60 for line in text.split("\n"))


def test_a_flat_line_is_drawn_in_the_middle_of_a_band() -> None:
    text = text_of(chart_lines([Series("o", (0.3, 0.3))], 40, 8, n_turns=4, smallest=0.2))
    assert "0.2" in text
    assert "0.4" in text
