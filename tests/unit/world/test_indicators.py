import numpy as np
import pytest

from rapprochement_sim.model import RapprochementModel, load_case
from rapprochement_sim.scenario.schema import Composite, CompositeTerm
from rapprochement_sim.vocabulary import CAPITAL_KEYS
from rapprochement_sim.world.axes import VARIABLES, Array
from rapprochement_sim.world.forms import logistic
from rapprochement_sim.world.indicators import IndicatorTable
from tests.tiny import SHIPPED, shipped_rules_few_citizens


@pytest.fixture(scope="module")
def played() -> RapprochementModel:
    model = RapprochementModel(shipped_rules_few_citizens(), lanes=4, collect=False)
    for _ in range(3):
        model.step()
    return model


def composite(offset: float, **terms: float) -> Composite:
    return Composite(
        title="Composite",
        summary="For a test.",
        offset=offset,
        terms=[CompositeTerm(of=name, weight=weight) for name, weight in terms.items()],
        source="assumption",
    )


def test_names_are_unique_and_lead_to_their_place() -> None:
    table = load_case(SHIPPED).indicators
    names = [entry.name for entry in table.entries]
    assert len(set(names)) == len(names)
    assert all(table.by_name[entry.name] is entry for entry in table.entries)
    places = [entry.index for entry in table.entries]
    assert places == sorted(set(places))
    assert places[-1] == table.size - 1


def test_a_capital_is_never_paired_with_itself() -> None:
    names = load_case(SHIPPED).indicators.by_name
    for capital in CAPITAL_KEYS:
        assert not [name for name in names if name.endswith(f"{capital}_{capital}")]


def read(model: RapprochementModel, name: str) -> Array:
    table = model.case.indicators
    values: Array = table.read(model.state)[table.by_name[name].index]
    return values


def test_values_are_on_the_scale_that_people_see(played: RapprochementModel) -> None:
    state, axes = played.state, played.case.world.axes
    assert np.array_equal(read(played, "trust_seoul_tokyo"), logistic(state.values["trust"][0, 1]))
    assert np.array_equal(read(played, "threat_tokyo_pyongyang"), logistic(state.threat[1, 4]))
    d = axes.disputes.index("forced_labour")
    assert np.array_equal(read(played, "hurt_forced_labour_seoul"), state.values["hurt"][d, 0])
    assert np.array_equal(read(played, "protest_seoul"), state.protest[0])
    assert np.array_equal(read(played, "bandwidth"), state.values["bandwidth"])
    survey = axes.surveys[0]
    assert np.array_equal(read(played, survey), 100.0 * state.shares[0])


def test_the_indicators_of_the_model_are_read_after_the_turn(played: RapprochementModel) -> None:
    assert np.array_equal(played.indicators, played.case.indicators.read(played.state))


def test_values_keep_to_their_ranges(played: RapprochementModel) -> None:
    for entry in played.case.indicators.entries:
        values = played.indicators[entry.index]
        assert (values >= entry.low).all(), entry.name
        assert (values <= entry.high).all(), entry.name


def test_a_composite_is_its_offset_and_its_weighted_terms(played: RapprochementModel) -> None:
    mix = composite(10.0, trust_seoul_tokyo=40.0, trust_tokyo_seoul=-20.0)
    table = IndicatorTable(played.case.world, {"mix": mix})
    trust = logistic(played.state.values["trust"])
    expected = 10.0 + 40.0 * trust[0, 1] - 20.0 * trust[1, 0]
    found = table.read(played.state)[table.by_name["mix"].index]
    assert np.allclose(found, expected, rtol=0, atol=1e-12)


def test_a_composite_of_something_unknown_is_refused() -> None:
    with pytest.raises(KeyError, match="'mix' names an unknown indicator 'trust_in_paris'"):
        IndicatorTable(load_case(SHIPPED).world, {"mix": composite(0.0, trust_in_paris=1.0)})


def test_every_cell_of_every_variable_is_read(played: RapprochementModel) -> None:
    """A number that moves and is nowhere shown would be hidden from the ledger as well."""
    world = played.case.world
    n_variables = sum(world.axes.n_cells(name) for name in VARIABLES)
    assert played.case.indicators.n_base == n_variables + 25 + 5 + len(world.axes.surveys)
