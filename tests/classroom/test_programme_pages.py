"""Programmes in the browser: the same that the screens tell, each step a link to its order."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.classroom.programme_sheets import programme_sheets
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.vocabulary import Capital
from tests.classroom.browser import Browser
from tests.classroom.served import served

if TYPE_CHECKING:
    from collections.abc import Iterator

SCENARIO = "rekindled_2023"


@pytest.fixture(scope="module")
def student(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Sit down at Tokyo's seat of a class in its first turn."""
    path = tmp_path_factory.mktemp("class") / "c.class"
    with served(path, "--seed", "3", SCENARIO) as at:
        found = Browser(at.link, "Ann")
        found.join(at.code)
        found.sit("tokyo")
        yield found
        found.close()


def seat_of(capital: Capital) -> LocalSeat:
    """Open the same world for one seat at this computer."""
    return LocalSeat(start_game(SCENARIO, seats=[capital], seed=3), capital)


def test_a_sheet_tells_all_that_the_seat_tells() -> None:
    seat = seat_of(Capital.TOKYO)
    pages, sheets = seat.programmes(), programme_sheets(seat)
    assert [sheet.title for sheet in sheets] == [page.title for page in pages]
    for page, sheet in zip(pages, sheets, strict=True):
        assert (sheet.about, sheet.standing) == (page.about, page.standing)
        assert (sheet.source, sheet.passage) == (page.source, page.passage)
        assert (sheet.asks == "") == page.is_own
        for step, line in zip(page.steps, sheet.steps, strict=True):
            assert step.title in line.title
            assert step.told.rstrip(".")[1:] in line.told
            assert line.is_open == (step.standing == "open")
            assert bool(line.action) == (step.order is not None)
        assert page.figure is None or sheet.look_at.startswith(page.figure.title)


def test_the_pages_are_reached_from_the_orders_and_a_step_is_given(student: Browser) -> None:
    student.look("/seat/orders")
    assert "/seat/programmes" in student.page.links
    student.look("/seat/programmes")
    own = student.text.partition("That ask others first")[0]
    assert "That ask you first" in own
    opened = [link for link in student.page.links if "/seat/programme?" in link]
    assert len(opened) == len(seat_of(Capital.TOKYO).programmes())
    pages = seat_of(Capital.TOKYO).programmes()
    page, step = next((p, s) for p in pages for s in p.steps if s.standing == "open")
    place = next(link for link in opened if link.endswith(f"={page.number}"))
    student.look(place)
    assert "Who says so" in student.text
    assert f"{page.n_open} open to you" in student.text
    links = [unescape(link) for link in student.page.links if "/seat/order?" in link]
    mine = [each for each in page.steps if each.order is not None]
    student.look(links[mine.index(step)])
    assert student.send("/seat/decide").status_code == 200
    student.look(place)
    assert "by you in this turn" in student.text


@pytest.mark.parametrize("number", ["0", "99", "-1", "x", ""])
def test_a_programme_that_is_none_is_refused_in_words(student: Browser, number: str) -> None:
    answer = student.look(f"/seat/programme?number={number}")
    assert answer.status_code == 400
    assert re.search("programme|whole number|missing", student.text)


def test_whoever_has_no_seat_is_sent_away(student: Browser) -> None:
    stranger = Browser(str(student.client.base_url), "Eve")
    assert stranger.look("/seat/programmes").status_code == 403
    assert stranger.look("/seat/programme?number=1").status_code == 403
    stranger.close()
