"""A scenario that borrows the frame calls its chairs what they stand for, on every face."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from rapprochement_sim.commands import run
from rapprochement_sim.game.library import Library
from rapprochement_sim.naming import REAL, wear, worn
from rapprochement_sim.scenario.loading import load_scenario
from rapprochement_sim.scenario.name_table import masked_skin
from rapprochement_sim.scenario.wearing import wear_labels
from rapprochement_sim.vocabulary import CAPITALS, Capital
from tests.scenarios.faces import class_pages, plain_game, report_of
from tests.tui.playing import Player, new_seat
from tests.tui.playing import play as play_on_screens

ANALOGUE = "analogue_us_vietnam_1995"
CHAIRS = ["Vietnam", "America", "ASEAN", "China", "Armed movement"]
FRAME = re.compile(
    r"Seoul|Tokyo|Washington|Beijing|Pyongyang|Korea|Japan|Dokdo|Takeshima|Senkaku|Diaoyu"
    r"|SEOUL|TOKYO|WASHINGTON|BEIJING|PYONGYANG|(?<!\w)(?:SEO|TOK|WAS|BEI|PYO)(?!\w)"
    r"|Yasukuni|GSOMIA|THAAD|Genron|(?<![a-z])(?:seoul|tokyo|pyongyang|korea|japan)(?![a-z])"
)
SOURCES = re.compile(r'<section[^>]*id="sources".*?</section>', re.DOTALL)


def frame_names(text: str) -> set[str]:
    """Find names of the frame that the labels replace."""
    return set(FRAME.findall(text))


def test_chairs_are_called_what_they_stand_for_and_ids_stay() -> None:
    wear_labels(ANALOGUE)
    assert [capital.title for capital in CAPITALS] == CHAIRS
    assert [capital.key for capital in CAPITALS][:2] == ["seoul", "tokyo"]
    wear_labels("rekindled_2023")
    assert Capital.SEOUL.title == "Seoul"
    assert worn() is REAL


def test_labels_change_what_is_read_and_not_what_is_computed() -> None:
    loaded = load_scenario(ANALOGUE)
    assert not frame_names(loaded.rules.actions["summit"].summary)
    assert loaded.rules.disputes["islands"].title.endswith("(no part in this case)")
    assert "Korea" in loaded.rules.sources["jesmin"].title
    assert not frame_names(loaded.schema.summary + loaded.schema.title)
    with_mask = masked_skin()
    wear(with_mask)
    assert load_scenario(ANALOGUE).content_hash == loaded.content_hash


def test_a_game_and_its_report_show_no_name_of_the_frame(tmp_path: Path) -> None:
    told = plain_game(tmp_path, ANALOGUE, "vietnam")
    assert "VIETNAM" in told
    assert "Armed movement" in told
    assert not frame_names("\n".join(_without_sources(told)))
    assert not frame_names(SOURCES.sub("", report_of(tmp_path)))


def _without_sources(told: str) -> list[str]:
    """Leave out what is said of sources: works are called what they are called."""
    return [line for line in told.splitlines() if not re.search(r"source|\[\w+:", line.lower())]


def test_a_class_is_shown_no_name_of_the_frame() -> None:
    assert not frame_names(class_pages(ANALOGUE))


def test_a_study_shows_no_name_of_the_frame() -> None:
    said = CliRunner().invoke(run.command, [ANALOGUE, "--runs", "2"], catch_exceptions=False)
    assert said.exit_code == 0
    assert not frame_names(said.output)


def test_a_card_names_the_chairs_of_its_own_scenario(tmp_path: Path) -> None:
    cards = {card.id: card for card in Library(tmp_path).cards()}
    assert list(cards[ANALOGUE].titles.values()) == CHAIRS
    assert cards["rekindled_2023"].titles[Capital.SEOUL] == "Seoul"


@pytest.mark.slow
def test_no_screen_shows_a_name_of_the_frame(tmp_path: Path) -> None:
    wear_labels(ANALOGUE)
    seen: list[str] = []

    async def look_around(player: Player) -> None:
        keys = ("1", "2", "3", "4", "5", "6", "o", "escape", "p", "escape")
        seen.extend([await player.press(key) for key in keys])

    seat = new_seat(tmp_path, scenario=ANALOGUE)
    play_on_screens(look_around, tmp_path, seat=seat, size=(120, 40))
    assert any("Vietnam" in page for page in seen)
    assert not {name for page in seen for name in frame_names(page)}
