"""The scenario without a record: no two runs start alike, and its futures lie further apart."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from rapprochement_sim.agents.starting import drawn_start, start_state
from rapprochement_sim.model import RapprochementModel, compile_case, load_case
from rapprochement_sim.randomness import Chance
from rapprochement_sim.scenario.loading import list_scenarios, load_scenario
from rapprochement_sim.world.axes import Array
from rapprochement_sim.world.forms import logistic

OPEN = "crossroads_2026"
FIGURES = (
    "rapprochement",
    "security_cooperation",
    "korea_unfavourable_of_japan",
    "trust_seoul_tokyo",
    "trust_tokyo_seoul",
    "trust_seoul_beijing",
    "trust_seoul_washington",
    "programme_pyongyang",
    "approval_seoul",
    "approval_tokyo",
    "abandonment_seoul",
    "hurt_forced_labour_seoul",
)


def chance(*runs: int, is_on: bool = True) -> Chance:
    return Chance(5, np.array(runs), is_on=is_on)


def test_only_the_open_scenario_draws_where_a_run_starts() -> None:
    asking = [n for n in list_scenarios() if "start_spread" in load_scenario(n).schema.parameters]
    assert asking == [OPEN]
    alike = drawn_start(load_case("sandbox"), chance(0, 1))
    assert alike.digest(0) == alike.digest(1)
    apart = drawn_start(load_case(OPEN), chance(0, 1))
    assert apart.digest(0) != apart.digest(1)


def test_first_values_stay_in_their_stated_ranges_on_both_sides_of_the_stated_value() -> None:
    case = load_case(OPEN)
    trust = logistic(drawn_start(case, chance(*range(200))).values["trust"][0, 1])
    entry = next(
        e for e in reversed(case.loaded.schema.initial["trust"]) if list(e.at) == ["seoul", "tokyo"]
    )
    low, high = entry.range
    assert low <= trust.min() < low + 0.02
    assert high - 0.02 < trust.max() <= high
    assert 0.4 < np.mean(trust < entry.value) < 0.6


def test_a_run_starts_alike_alone_and_in_a_block_and_as_stated_without_chance() -> None:
    case = load_case(OPEN)
    alone, block = drawn_start(case, chance(7, 7)), drawn_start(case, chance(*range(40)))
    assert alone.digest() == block.digest(7)
    unmoved = drawn_start(case, chance(3, is_on=False))
    assert unmoved.digest() == start_state(case, 1).digest()


def test_a_seat_has_heard_of_others_what_the_scenario_states() -> None:
    case = load_case(OPEN)
    heard = drawn_start(case, chance(0, 1)).beliefs.secret
    assert (heard[..., 0] == heard[..., 1]).all()


def test_the_parts_of_every_change_still_sum_to_it() -> None:
    model = RapprochementModel(load_case(OPEN), root_seed=3, runs=[4, 9], ledger=True)
    before = model.indicators
    model.step()
    assert model.ledger is not None
    for entry in model.case.indicators.entries:
        for lane in (0, 1):
            parts = sum(term.amount for term in model.ledger.explain(entry.name, 0, lane))
            change = model.indicators[entry.index, lane] - before[entry.index, lane]
            assert abs(parts - change) < 1e-9, entry.name


def spread_after(parameters: Mapping[str, object], turns: int) -> Array:
    """Return how far apart nine and one in ten runs stand, figure by figure."""
    loaded = load_scenario(OPEN)
    schema = loaded.schema.model_copy(update={"parameters": parameters})
    case = compile_case(replace(loaded, schema=schema))
    model = RapprochementModel(case, root_seed=21, runs=range(96), collect=False)
    while model.turn < turns:
        model.step()
    places = [case.indicators.by_name[name].index for name in FIGURES]
    low, high = np.quantile(model.indicators[places], [0.1, 0.9], axis=-1)
    return np.asarray(high - low)


def test_its_futures_lie_further_apart_than_under_the_chance_of_other_scenarios() -> None:
    """Of these twelve the middle one twice as far after a year, and more."""
    own = dict(load_scenario(OPEN).schema.parameters)
    assert set(own) == {
        "start_spread",
        "opinion_common_noise",
        "approval_noise",
        "bandwidth_noise",
        "new_leader_stance_spread",
    }
    wider = spread_after(own, 4) / spread_after({}, 4)
    assert np.median(wider) > 1.6
    assert (wider > 1.0).mean() > 0.9
