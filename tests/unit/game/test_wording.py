"""Names for people: every figure, act and turn has one."""

import pytest

from rapprochement_sim.decision.case import Case
from rapprochement_sim.game.wording import (
    capital_named,
    narrated,
    row_title,
    rung_of,
    turn_title,
)
from rapprochement_sim.model import load_case
from rapprochement_sim.scenario.cell_words import figure_titles
from rapprochement_sim.vocabulary import CAPITALS, Capital


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case("rekindled_2023")


def test_every_indicator_has_a_title_of_its_own(case: Case) -> None:
    titles = figure_titles(case.loaded.rules)
    assert {entry.name for entry in case.indicators.entries} <= set(titles)
    assert len(set(titles.values())) == len(titles)
    assert not any("_" in title for title in titles.values())


def test_every_row_is_told_in_whole_sentences(case: Case) -> None:
    for row in case.effects.rows:
        told = narrated(case, row)
        assert told.endswith(".")
        assert "{" not in told
        assert row_title(case, row)


def test_the_third_party_of_an_act_is_told_by_its_own_name(case: Case) -> None:
    rules = case.loaded.rules
    rows = [
        row
        for row in case.effects.rows
        if row.third is not None
        and row.kind == "act"
        and "{third}" in rules.actions[row.name].narration
    ]
    assert any(row.third is Capital.SEOUL for row in rows)
    for row in rows:
        assert row.third is not None
        assert row.third.title in narrated(case, row)


def test_turns_are_named_by_their_months(case: Case) -> None:
    scenario = case.loaded.schema
    assert turn_title(scenario, 0) == "Jan-Mar 2023"
    assert turn_title(scenario, 11) == "Oct-Dec 2025"
    monthly = scenario.model_copy(update={"turn_months": 1, "start": "2023-12"})
    assert turn_title(monthly, 0) == "Dec 2023"
    assert turn_title(monthly, 1) == "Jan 2024"
    across = scenario.model_copy(update={"start": "2023-12"})
    assert turn_title(across, 0) == "Dec 2023-Feb 2024"


@pytest.mark.parametrize(
    ("level", "rung"),
    [(0.0, "none"), (0.3, "ad hoc"), (0.6, "regular"), (0.9, "treaty"), (1.0, "treaty")],
)
def test_institutions_stand_on_four_rungs(level: float, rung: str) -> None:
    assert rung_of(level) == rung


def test_capitals_are_found_by_their_keys() -> None:
    assert [capital_named(capital.key) for capital in CAPITALS] == list(CAPITALS)
