"""What holds in any world: of scalers, legality, acts and months."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rapprochement_sim.agents.months import Shocks, advance_month
from rapprochement_sim.decision.legality import conditions_hold, legal_rows, refusal_reason
from rapprochement_sim.effects.acting import Acts, impulses_of
from rapprochement_sim.effects.scalers import ScalerKey, ScalerTable, View
from rapprochement_sim.model import RapprochementModel, compile_case
from rapprochement_sim.scenario.loading import load_rules, load_scenario
from rapprochement_sim.scenario.names import SCALER_ARGUMENTS
from rapprochement_sim.world.axes import VARIABLES, Array
from rapprochement_sim.world.records import Impulses
from rapprochement_sim.world.state import WorldState
from tests.properties.generators import (
    LANES,
    happenings,
    impulses,
    parameter_sets,
    shocks,
    views,
    worlds,
)
from tests.tiny import SHIPPED, quantity, shipped_rules_few_citizens

CASE = shipped_rules_few_citizens()
WORLD = CASE.world
NAMES = {
    "dispute": WORLD.axes.disputes,
    "institution": WORLD.axes.institutions,
    "capital": ("seoul", "tokyo", "washington", "beijing", "pyongyang"),
}


def every_scaler() -> list[ScalerKey]:
    """One of each kind, about two different capitals."""
    keys: list[ScalerKey] = []
    for name, kinds in SCALER_ARGUMENTS.items():
        at = [NAMES[kind][place % 5] for place, kind in enumerate(kinds, start=len(kinds))]
        keys.append((name, tuple(at)))
    return keys


KEYS = every_scaler()
TABLE = ScalerTable(KEYS, WORLD.axes)
COMPLEMENTS = {
    "trust": "distrust",
    "bandwidth": "us_elsewhere",
    "approval": "weakness",
    "reciprocity": "unreciprocated",
    "channel": "no_channel",
    "openness": "hardness",
}


@given(views(WORLD))
def test_scalers_are_shares(view: View) -> None:
    read = TABLE.read(view)
    assert (read >= 0.0).all()
    assert (read <= 1.0).all()


@given(views(WORLD))
def test_what_is_there_and_what_is_missing_make_one(view: View) -> None:
    read = TABLE.read(view)
    for name, complement in COMPLEMENTS.items():
        a, b = (next(n for n, key in enumerate(KEYS) if key[0] == x) for x in (name, complement))
        assert KEYS[a][1] == KEYS[b][1]
        assert np.allclose(read[a] + read[b], 1.0, rtol=0, atol=1e-15), name


@given(worlds(CASE))
def test_an_order_is_refused_if_and_only_if_there_is_a_reason(state: WorldState) -> None:
    allowed = legal_rows(CASE.rows, state, conditions_hold(CASE.effects, state))
    for row in CASE.effects.rows:
        for lane in range(LANES):
            reason = refusal_reason(CASE.effects, state, row, lane)
            assert (reason == "") == bool(allowed[row.index, lane]), (row.key, lane, reason)


@given(happenings(CASE), views(WORLD), st.integers(0, 2), st.floats(0.0, 3.0))
def test_acts_of_one_world_leave_the_others_alone(
    acts: Acts, view: View, month: int, strength: float
) -> None:
    together = impulses_of(acts, CASE.effects, month, view, strength=strength)
    assert together is not None
    for lane in range(LANES):
        row = np.where(np.arange(LANES) == lane, acts.row, -1)
        alone = impulses_of(replace(acts, row=row), CASE.effects, month, view, strength=strength)
        found = np.zeros_like(together.total) if alone is None else alone.total
        assert found[:, lane].tobytes() == together.total[:, lane].tobytes()


@given(worlds(CASE), impulses(WORLD), shocks())
def test_no_month_leads_out_of_any_range(state: WorldState, push: Impulses, chance: Shocks) -> None:
    """Whatever happens, however often: no bound is passed, and nothing is clipped."""
    for _ in range(3):
        state, _ = advance_month(CASE, state, push, chance)
        for name, variable in VARIABLES.items():
            values = state.values[name]
            assert np.isfinite(values).all(), name
            if variable.link == "stock":
                assert (values >= variable.low).all(), name
                assert (values <= variable.high).all(), name
            if variable.link == "level":
                assert (values >= 0.0).all(), name


@given(worlds(CASE), shocks(), st.integers(0, LANES - 2))
def test_a_month_has_the_same_bits_in_any_block(
    state: WorldState, chance: Shocks, first: int
) -> None:
    part = np.arange(first, first + 2)
    whole, _ = advance_month(CASE, state, None, chance)
    picked = Shocks(chance.approval[:, part].copy(), chance.bandwidth[part].copy())
    alone, _ = advance_month(CASE, state.lane(part), None, picked)
    for name in VARIABLES:
        found: Array = np.ascontiguousarray(whole.values[name][..., part])
        assert found.tobytes() == np.ascontiguousarray(alone.values[name]).tobytes(), name


@settings(max_examples=8)
@given(parameter_sets())
def test_every_declared_parameter_value_can_be_played(parameters: dict[str, float]) -> None:
    """A range that a rule file states is a promise: no number leaves its own range in it."""
    loaded = load_scenario(SHIPPED)
    fields = {
        "citizens": 12,
        "parameters": {name: quantity(value) for name, value in parameters.items()},
    }
    case = compile_case(replace(loaded, schema=loaded.schema.model_copy(update=fields)))
    model = RapprochementModel(case, runs=list(range(LANES)), collect=False)
    for _ in range(4):
        model.step()
        for entry in case.indicators.entries:
            values = model.indicators[entry.index]
            assert (values >= entry.low).all(), entry.name
            assert (values <= entry.high).all(), entry.name


def test_every_parameter_is_tried() -> None:
    assert set(WORLD.parameters) == set(load_rules().parameters)
