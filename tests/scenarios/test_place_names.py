"""A place with two names is called by both, in every text that comes along."""

from pathlib import Path

import pytest

from rapprochement_sim.scenario.loading import rules_folder, scenarios_folder
from rapprochement_sim.scenario.name_table import NAMES_FILE, Place, name_table

PACKAGE = rules_folder().parent
ROOT = PACKAGE.parents[1]
PLACES = name_table().places


def texts() -> dict[Path, str]:
    """Read every text of rules, scenarios, data, faces and documents, lines joined."""
    places = (
        *rules_folder().rglob("*.yaml"),
        *scenarios_folder().rglob("*.yaml"),
        *scenarios_folder().rglob("*.md"),
        *PACKAGE.rglob("*.py"),
        *PACKAGE.rglob("*.html"),
        *PACKAGE.rglob("*.js"),
        *PACKAGE.glob("data/**/*.csv"),
        *PACKAGE.glob("data/**/*.yaml"),
        *(ROOT / "docs").rglob("*.md"),
        *ROOT.glob("*.md"),
    )
    read = {path: path.read_text(encoding="utf-8") for path in places if path != NAMES_FILE}
    return {path: " ".join(text.split()) for path, text in read.items()}


@pytest.fixture(scope="module")
def all_texts() -> dict[Path, str]:
    return texts()


@pytest.mark.parametrize("place", PLACES.values(), ids=list(PLACES))
def test_no_name_of_a_place_stands_alone(place: Place, all_texts: dict[Path, str]) -> None:
    assert place.shown.count("/") == 1
    alone = {
        path.name: form
        for path, text in all_texts.items()
        for form in place.forms
        if form in text.replace(place.shown, "")
    }
    assert alone == {}


def test_every_dispute_about_a_place_is_titled_by_both_names(all_texts: dict[Path, str]) -> None:
    disputes = all_texts[rules_folder() / "disputes.yaml"]
    assert f'title: "{PLACES["islets"].shown}"' in disputes
    assert f'title: "{PLACES["southern_islets"].shown}"' in disputes
