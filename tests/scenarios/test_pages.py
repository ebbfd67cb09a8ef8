"""What is asked of every shipped scenario's files, and of the page that a class reads."""

import importlib.util
import re
from types import ModuleType

import pytest

from rapprochement_sim.model import load_case
from rapprochement_sim.scenario.loading import list_scenarios, load_scenario, scenarios_folder
from rapprochement_sim.scenario.wearing import wear_labels
from rapprochement_sim.vocabulary import CAPITALS

SHIPPED = [
    "agreement_2015",
    "analogue_us_vietnam_1995",
    "crossroads_2026",
    "declaration_2023",
    "gsomia_2012",
    "partnership_1998",
    "rekindled_2023",
    "sandbox",
    "spiral_2018",
]
HEADINGS = (
    "## The situation",
    "## Seats",
    "## Questions for discussion",
    "## For the teacher",
    "## How far to trust it",
    "## How automated games end",
)
TEACHING = ("**It teaches.**", "**In 45 minutes.**", "**In 90 minutes.**", "**What to look for")
RUNS_TOLD = 200
SLACK = 2.0
"""Percentage points and points of score: another processor may tell a run or two otherwise."""


def page_of(name: str) -> str:
    return (scenarios_folder() / name / "README.md").read_text(encoding="utf-8")


def rows_of(name: str) -> dict[str, list[str]]:
    """Return the measured rows of a page, by their first cell."""
    told = page_of(name).partition("<!-- measured -->")[2].partition("<!-- end of measured -->")[0]
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in told.splitlines()
        if "|" in line
    ]
    return {cells[0].strip("*"): cells[1:] for cells in rows}


@pytest.fixture(scope="module")
def shares() -> ModuleType:
    """Load the script that measures the shares."""
    path = scenarios_folder().parent / "scripts" / "outcome_shares.py"
    spec = importlib.util.spec_from_file_location("outcome_shares", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_these_nine_are_shipped() -> None:
    assert list_scenarios() == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_a_page_teaches(name: str) -> None:
    page = page_of(name)
    for heading in HEADINGS:
        assert page.count(f"\n{heading}\n") == 1, heading
    teacher = page.partition("## For the teacher")[2].partition("## How far to trust it")[0]
    assert all(part in teacher for part in TEACHING)
    questions = page.partition("## Questions for discussion")[2].partition("\n## ")[0]
    n_questions = len(re.findall(r"^\d+\. ", questions, re.MULTILINE))
    assert n_questions >= 3
    answered = [int(number) for number in re.findall(r"^- (\d+): ", teacher, re.MULTILINE)]
    assert len(answered) >= 3
    assert set(answered) <= set(range(1, n_questions + 1))
    assert "Sources: " in page.partition("## How far to trust it")[2]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_page_tells_every_outcome_and_every_score_with_its_runs(name: str) -> None:
    wear_labels(name)
    rows = rows_of(name)
    assert f"Shares of {RUNS_TOLD} automated games, seed " in page_of(name)
    titles = [outcome.title for outcome in load_scenario(name).schema.outcomes.values()]
    scores = [f"{capital.title}'s score" for capital in CAPITALS]
    assert list(rows)[2:] == [*titles, *scores]
    for title in titles:
        own, interval, *others = rows[title]
        low, high = (float(bound.strip(" %")) for bound in interval.split(" to "))
        assert low <= float(own.strip("%")) <= high
        assert len(others) == 4


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_what_a_page_tells_is_what_its_script_measures(name: str, shares: ModuleType) -> None:
    wear_labels(name)
    case, rows = load_case(name), rows_of(name)
    found, scores = shares.measured(case, None, RUNS_TOLD)
    for outcome, share in zip(case.loaded.schema.outcomes.values(), found, strict=True):
        told = float(rows[outcome.title][0].strip("%"))
        assert abs(100.0 * share - told) <= SLACK, outcome.title
    for capital in CAPITALS:
        told = float(rows[f"{capital.title}'s score"][0])
        assert abs(scores[capital] - told) <= SLACK, capital.title
