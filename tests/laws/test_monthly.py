"""The same scenario by months and by quarters: governments act about as often."""

from dataclasses import replace

import numpy as np
import pytest

from rapprochement_sim.decision.case import Case
from rapprochement_sim.decision.choice import paced
from rapprochement_sim.model import RapprochementModel, compile_case
from rapprochement_sim.scenario.loading import load_scenario
from rapprochement_sim.vocabulary import CAPITALS, ORDERS_PER_TURN

RUNS = list(range(32))


@pytest.fixture(scope="module")
def cases() -> dict[int, Case]:
    loaded = load_scenario("spiral_2018")
    few = {"citizens": 40}
    monthly = loaded.schema.model_copy(update={**few, "turn_months": 1, "turns": 36})
    quarterly = loaded.schema.model_copy(update=few)
    return {
        schema.turn_months: compile_case(replace(loaded, schema=schema))
        for schema in (monthly, quarterly)
    }


def test_a_draw_is_paced_to_the_same_chance_a_quarter() -> None:
    uniforms = (np.arange(10_000) + 0.5) / 10_000
    assert paced(uniforms, 3) is uniforms
    for chance in (0.1, 0.5, 0.9):
        by_month = float((paced(uniforms, 1) < chance).mean())
        assert 1.0 - (1.0 - by_month) ** 3 == pytest.approx(chance, abs=1e-3)


def test_pauses_last_as_long_by_months(cases: dict[int, Case]) -> None:
    assert np.array_equal(cases[1].rows.pause, 3 * cases[3].rows.pause)


def test_governments_act_about_as_often_by_months_and_end_about_there(
    cases: dict[int, Case],
) -> None:
    """Without pacing they would act three times as often, and nearly every run would rupture."""
    acts, ends = {}, {}
    slots = len(CAPITALS) * (1 + ORDERS_PER_TURN)
    for months, case in cases.items():
        model = RapprochementModel(case, runs=RUNS, collect=False)
        place = case.indicators.by_name["rapprochement"].index
        acts[months] = 0.0
        while not model.is_over:
            model.step()
            acts[months] += float((model.acts.row[:slots] >= 0).sum()) / len(RUNS)
        ends[months] = model.indicators[place]
    assert 0.8 < acts[1] / acts[3] < 1.6
    spread = np.sqrt((ends[1].var() + ends[3].var()) / len(RUNS))
    assert abs(ends[1].mean() - ends[3].mean()) < 3.0 * spread
