import pytest

from rapprochement_sim.scenario.indicator_names import Cell, indicator_cells, indicator_names
from rapprochement_sim.scenario.loading import list_scenarios, load_rules, load_scenario
from rapprochement_sim.scenario.schema import RuleBook
from rapprochement_sim.world.building import build_world
from rapprochement_sim.world.indicators import IndicatorTable


@pytest.mark.parametrize("scenario", list_scenarios())
def test_names_are_those_that_the_model_shows(scenario: str) -> None:
    loaded = load_scenario(scenario)
    table = IndicatorTable(build_world(loaded), loaded.rules.composites)
    assert indicator_names(loaded.rules) == [entry.name for entry in table.entries]


def test_no_two_cells_share_a_name() -> None:
    rules = load_rules()
    names = indicator_names(rules)
    assert len(set(names)) == len(names)


def test_cells_of_a_small_rule_book(small_rules: RuleBook) -> None:
    cells = indicator_cells(small_rules)
    assert cells["trust_tokyo_seoul"] == Cell("trust", ("tokyo", "seoul"))
    assert cells["interoperability_seoul_tokyo"] == Cell("interoperability", ("seoul", "tokyo"))
    assert cells["bandwidth"] == Cell("bandwidth", ())
    assert "trust_seoul_seoul" not in cells
    assert "interoperability_tokyo_seoul" not in cells
