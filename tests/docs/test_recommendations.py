"""Every programme that the articles recommend can be played as its page says."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from rapprochement_sim.decision.case import Case
from rapprochement_sim.model import load_case
from rapprochement_sim.scenario.loading import load_passages
from rapprochement_sim.scenario.programmes import shipped_programmes

PAGE = Path(__file__).resolve().parents[2] / "docs" / "concepts" / "recommendations.md"
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| `")
]
PROGRAMMES = [pytest.param(row, id=row[1].lower().replace(" ", "-")) for row in ROWS]
SCENARIO = "rekindled_2023"


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case(SCENARIO)


@pytest.mark.parametrize("row", PROGRAMMES)
def test_a_programme_rests_on_its_passage_and_its_orders_are_in_the_rules(
    row: list[str], case: Case
) -> None:
    passage, _, seat, orders, figure = row
    assert passage.strip("`") in load_passages()
    assert figure.strip("`") in case.indicators.by_name
    named = re.findall(r"`([^`]+)`", orders)
    keys = [name for name in named if ":" in name]
    assert any(f":{seat.lower()}>" in key or f">{seat.lower()}" in key for key in keys)
    for key in keys:
        row_of_key = case.effects.row_by_key[key]
        assert not case.row(row_of_key).closed_reason, key
    for before, name in pairwise(named):
        if ":" not in name:
            order = before if ":" in before else keys[-1]
            assert name in case.row(case.effects.row_by_key[order]).modifiers, (order, name)


def test_the_game_plays_what_the_page_says() -> None:
    acts = re.compile(r"`([a-z0-9_]+:[a-z>]+)`")
    told = {(row[0].strip("`"), row[2].lower(), row[4].strip("`")): row[3] for row in ROWS}
    played = shipped_programmes().values()
    assert {(each.source, each.seat, each.look_at) for each in played} == set(told)
    for each in played:
        orders = told[each.source, each.seat, each.look_at]
        named = re.findall(r"`([^`]+)`", orders)
        keys = list(dict.fromkeys(act.key for act in each.acts))
        assert acts.findall(orders) == keys
        terms = [name for act in each.acts for name in act.modifiers]
        assert [name for name in named if ":" not in name] == terms


def test_every_recommendation_of_the_reading_list_has_its_programme() -> None:
    said = {row[0].strip("`") for row in ROWS}
    assert {f"jesmin:conclusion-and-recommendations#{n}" for n in (2, 3, 4, 5)} <= said
    avenues = "kootneeti:joint-military-exercises-opportunities-for-rapprochement"
    assert {f"{avenues}#{n}" for n in range(5, 10)} <= said
    assert {f"singh:body#{n}" for n in (12, 13, 14, 15)} <= said
    assert {"essay:body#28", "proma:body#3", "proma:body#4"} <= said
