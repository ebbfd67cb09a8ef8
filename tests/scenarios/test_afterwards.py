"""What happened in history is told when a game is over, and never before or under a mask."""

from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

import rapprochement_sim.classroom.web
from rapprochement_sim.classroom.scenario_sheets import scenario_sheet
from rapprochement_sim.classroom.sheets import ScoreLine
from rapprochement_sim.game.debrief import Debrief, debrief
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.naming import wearing
from rapprochement_sim.plain.debrief_page import debrief_lines, opened_page
from rapprochement_sim.scenario.afterwards import AFTER_FILE, HAPPENED, what_happened
from rapprochement_sim.scenario.loading import list_scenarios, load_scenario
from rapprochement_sim.scenario.name_table import masked_skin
from rapprochement_sim.tui.boards.ending import score_lines

TEMPLATES = Path(rapprochement_sim.classroom.web.__file__).parent / "templates"


@pytest.fixture(scope="module")
def opened() -> tuple[Debrief, Debrief]:
    """Open a game that goes on, and the same game at its end."""
    session = start_game("sandbox", seed=5)
    session.play_turn()
    early = debrief(session)
    while not session.is_over:
        session.play_turn()
    return early, debrief(session)


@pytest.mark.parametrize("name", list_scenarios())
def test_every_shipped_scenario_tells_what_happened_and_its_page_says_where(name: str) -> None:
    loaded = load_scenario(name)
    parts = what_happened(loaded)
    assert parts
    assert not any(mark in part for part in parts for mark in "#*")
    readme = (loaded.path.parent / "README.md").read_text(encoding="utf-8")
    assert AFTER_FILE in readme


def test_a_mask_hides_what_happened() -> None:
    with wearing(masked_skin()):
        assert what_happened(load_scenario("spiral_2018")) == ()


def test_a_scenario_without_the_page_tells_nothing_and_a_broken_page_is_said(
    tmp_path: Path,
) -> None:
    own = replace(load_scenario("sandbox"), path=tmp_path / "scenario.yaml")
    assert what_happened(own) == ()
    (tmp_path / AFTER_FILE).write_bytes(b"\xff\xfe\x00 no text")
    (said,) = what_happened(own)
    assert "after.md" in said


def test_a_game_tells_it_once_it_is_over(opened: tuple[Debrief, Debrief]) -> None:
    early, late = opened
    assert early.happened == ()
    assert late.happened == what_happened(load_scenario("sandbox"))


def test_plain_pages_and_screens_tell_it(opened: tuple[Debrief, Debrief]) -> None:
    def told(one: Debrief) -> list[str]:
        screen = ("".join(span.text for span in line) for line in score_lines(one, 60))
        return [
            "\n".join(each) for each in (debrief_lines(one), opened_page("scores", one), screen)
        ]

    early, late = opened
    assert not any(HAPPENED in page for page in told(early))
    for page in told(late):
        assert HAPPENED in page
        assert "On 6 March 2023" in " ".join(page.split())


def test_a_class_is_shown_it_with_the_scores_and_not_under_a_mask() -> None:
    loaded = load_scenario("sandbox")
    happened = scenario_sheet(loaded).happened
    assert happened == what_happened(loaded)
    with wearing(masked_skin()):
        assert scenario_sheet(load_scenario("sandbox")).happened == ()
    pages = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    pages.filters |= {"sealed": str, "title_of": str.title}
    ended = pages.get_template("parts.html").module.ended  # type: ignore[attr-defined]
    score = ScoreLine(seat="seoul", score="50.0", won="", goals=(), deeds=())
    assert "On 6 March 2023" in ended((score,), "seoul", happened)
    assert HAPPENED in ended((score,), "seoul", happened)
    assert HAPPENED not in ended((), "seoul", happened)
    assert HAPPENED not in ended((score,), "seoul", ())
