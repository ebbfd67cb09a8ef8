"""The report of a game: whole, readable by itself, and for nobody's eyes before the end."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from rapprochement_sim.errors import NotAllowedNow
from rapprochement_sim.game.account import Account, account_of
from rapprochement_sim.game.analysis import Analysis, Effort, analyse
from rapprochement_sim.game.beside import standing
from rapprochement_sim.game.figure_text import shown_value
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.game.published_record import published_record
from rapprochement_sim.game.session import Session
from rapprochement_sim.report.charts import nice_scale
from rapprochement_sim.report.page import report_page
from rapprochement_sim.scenario.loading import load_scenario
from rapprochement_sim.vocabulary import CAPITALS, Capital
from tests.game.commands import Commands
from tests.game.games import play_busily

LEAST = Effort(worlds=24, pairs=4, luck_runs=2, rounds=(2,))
WICKED = "<script>alert('x')</script> & \"quoted\" \x07\ud800"


@pytest.fixture(scope="module")
def game() -> Session:
    session = start_game("sandbox", seats=[Capital.SEOUL], seed=7)
    play_busily(session, session.case.world.n_turns)
    session.note(Capital.SEOUL, WICKED)
    return session


@pytest.fixture(scope="module")
def account(game: Session) -> Account:
    return account_of(game)


@pytest.fixture(scope="module")
def analysis(game: Session) -> Analysis:
    return next(analyse(game, effort=LEAST))


@pytest.fixture(scope="module")
def page(account: Account, analysis: Analysis) -> str:
    return report_page(account, analysis)


@pytest.fixture(scope="module")
def tree(page: str) -> ET.Element:
    doctype, _, rest = page.partition("\n")
    assert doctype == "<!DOCTYPE html>"
    return ET.fromstring(rest)  # noqa: S314 - it was written by us a moment ago


def text_of(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_the_page_stands_by_itself(tree: ET.Element) -> None:
    assert not {"script", "link", "iframe", "img", "object"} & {each.tag for each in tree.iter()}
    (style,) = (each.text or "" for each in tree.iter("style"))
    assert not any(word in style for word in ("url(", "@import", "http"))
    assert all(each.attrib["href"].startswith("#") for each in tree.iter("a"))
    assert not any(name.startswith("on") for each in tree.iter() for name in each.attrib)


def test_every_link_leads_somewhere_and_every_chart_tells_itself_in_words(
    tree: ET.Element,
) -> None:
    keys = Counter(each.attrib["id"] for each in tree.iter() if "id" in each.attrib)
    assert set(keys.values()) == {1}
    links = [each.attrib["href"] for each in tree.iter("a")]
    assert len(links) == len(list(tree.iter("section")))
    assert {link.removeprefix("#") for link in links} <= set(keys)
    charts = list(tree.iter("svg"))
    assert len(charts) > 8
    for chart in charts:
        assert chart.attrib["role"] == "img"
        assert re.search(r"\d", chart.attrib["aria-label"])
    for each in tree.iter("table"):
        assert each.find("caption") is not None
        widths = {len(list(row)) for row in each.iter("tr")}
        assert len(widths) == 1, text_of(each)


def test_nothing_a_person_wrote_becomes_markup(page: str, tree: ET.Element) -> None:
    assert "<script>" not in page
    assert "alert('x')</script> & \"quoted\"" in text_of(tree)


def test_it_tells_all_that_was_wanted_decided_and_caused(
    account: Account, analysis: Analysis, tree: ET.Element
) -> None:
    told = text_of(tree)
    for seat in account.debrief.seats:
        assert f"{seat.score:.1f}" in told
        for goal in seat.goals:
            assert goal.text in told
        for deed in seat.deeds:
            assert " ".join(deed.text.split()) in told
    for page in account.debrief.ledger:
        assert page.title in told
        shown = shown_value(page.figure, page.end, page.unit)
        assert f": {shown_value(page.figure, page.start, page.unit)} to {shown}" in told
    for course in account.polls:
        assert course.title in told
        assert len(course.values) == account.debrief.turns + 1
    for source in account.sources:
        assert source.title in told
    (seoul,) = analysis.seats
    assert seoul.turning_points[0].text in told
    assert f"{analysis.beside.n_worlds} automated worlds beside this one" in told


def test_without_worlds_it_says_what_is_missing(account: Account) -> None:
    page = report_page(account, None)
    assert "made without playing worlds" in page
    assert "Luck against choice of" not in page


def test_the_account_of_a_game_that_goes_on_is_only_for_who_leads_it() -> None:
    session = start_game("sandbox", seats=[Capital.SEOUL], seed=7)
    play_busily(session, 2)
    with pytest.raises(NotAllowedNow, match="opens when its last turn"):
        account_of(session)
    assert len(account_of(session, is_open=True).turns) == 2


def test_the_command_writes_a_report_and_nothing_over_anything_else(
    rapprochement: Commands, tmp_path: Path
) -> None:
    save = tmp_path / "game.jsonl"
    session = start_game("sandbox", seats=[Capital.SEOUL], seed=7, path=save)
    play_busily(session, 1)
    report = tmp_path / "report.html"
    refused = rapprochement("debrief", str(save), "--html", str(report))
    assert refused.code == 2
    assert not report.exists()
    play_busily(session, session.case.world.n_turns - 1)
    before = save.read_bytes()
    refused = rapprochement("debrief", str(save), "--html", str(save))
    assert refused.code == 2
    assert "ends in .html" in refused.err
    assert save.read_bytes() == before
    ended = rapprochement("debrief", str(save), "--runs", "16", "--html", str(report))
    assert (ended.code, "report.html" in ended.out) == (0, True)
    written = report.read_text("utf-8")
    assert ET.fromstring(written.partition("\n")[2]) is not None  # noqa: S314 - our own
    assert str(tmp_path) not in written, "a report tells no place on its maker's disk"


# ------------------------------------------------------------------ what it draws


def test_a_scale_holds_what_it_shows() -> None:
    for low, high, smallest in ((0.0, 0.0, 0.2), (31.7, 72.4, 20.0), (-0.13, 0.02, 1.0)):
        bottom, top, step = nice_scale(low, high, smallest)
        assert bottom <= low <= high <= top
        assert top - bottom >= smallest
        assert (top - bottom) / step <= 9


def test_worlds_are_counted_in_bins_that_hold_this_game() -> None:
    worlds = np.linspace(20.0, 71.3, 40)
    for value in (3.0, 50.0, 99.0):
        found = standing(value, worlds)
        assert sum(found.counts) == worlds.size
        assert found.low <= min(value, worlds.min()) < max(value, worlds.max()) <= found.high
        assert len(found.counts) <= 21
    alone = standing(40.0, np.full(8, 40.0))
    assert (sum(alone.counts), alone.low, alone.high) == (8, 40.0, 41.0)


def test_the_record_falls_in_the_turns_of_its_months() -> None:
    loaded = load_scenario("spiral_2018")
    record = published_record(loaded)
    dates = {poll.date: poll.turn for poll in record.polls if poll.survey.endswith("of_japan")}
    year, month = (int(part) for part in loaded.schema.start.split("-"))
    for date, turn in dates.items():
        months = 12 * (int(date[:4]) - year) + int(date[5:7]) - month
        assert turn == months // loaded.schema.turn_months + 1
    assert dates, "surveys of these years were published"
    told = [event for turn in range(1, 13) for event in record.of_turn(turn).events]
    assert tuple(told) == record.events
    assert any(event.text.startswith(f"{CAPITALS[0].title}: ") for event in told)


def test_a_scenario_of_no_known_months_has_no_record() -> None:
    loaded = load_scenario("spiral_2018")
    later = replace(loaded, schema=loaded.schema.model_copy(update={"start": "2040-01"}))
    assert not published_record(later)
