"""With and without a mechanism: the same chance, other coefficients, nothing else."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import numpy as np
import pytest

from rapprochement_sim.agents.starting import start_state
from rapprochement_sim.decision.beliefs import true_view
from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.experiments.ablation import Ablation, ablate
from rapprochement_sim.experiments.ablation_text import (
    ablation_csv,
    ablation_data,
    ablation_text,
)
from rapprochement_sim.game.odds import ratification_odds
from rapprochement_sim.model import RapprochementModel, compile_case
from rapprochement_sim.scenario.loading import load_scenario
from rapprochement_sim.scenario.mechanisms import shipped_mechanisms
from rapprochement_sim.scenario.schema_mechanisms import Without
from rapprochement_sim.scenario.switching_off import switched_off

if TYPE_CHECKING:
    from rapprochement_sim.experiments.runs import Progress

RUNS = 6
CHOSEN = ("no_panacea", "missile_campaigns")


@pytest.fixture(scope="module")
def found() -> Ablation:
    chosen = {name: shipped_mechanisms()[name] for name in CHOSEN}
    return ablate(load_scenario("sandbox"), chosen, runs=RUNS, seed=3)


def test_with_is_the_scenario_as_it_is(found: Ablation) -> None:
    model = RapprochementModel("sandbox", root_seed=3, runs=range(RUNS), collect=False)
    index = model.case.indicators.by_name["rapprochement"].index
    turns = []
    while not model.is_over:
        model.step()
        turns.append(model.indicators[index])
    expected = float(np.mean(turns))
    for ablated in found.ablated:
        (told,) = [c for c in ablated.contributions if c.name == "rapprochement"]
        assert told.found.mean_a == pytest.approx(expected, abs=1e-9)


def test_what_is_told_comes_first_and_sums_up(found: Ablation) -> None:
    for ablated in found.ablated:
        marks = [each.is_told for each in ablated.contributions]
        assert marks == sorted(marks, reverse=True)
        for each in ablated.contributions:
            assert each.found.low <= each.found.difference <= each.found.high
            apart = each.found.mean_a - each.found.mean_b
            assert each.found.difference == pytest.approx(apart, abs=1e-9)


def test_a_mechanism_whose_coefficients_are_neutral_already_is_inert() -> None:
    loaded = load_scenario("sandbox")
    entry = shipped_mechanisms()["no_panacea"]
    twin = ablate(switched_off(loaded, entry.without), {"no_panacea": entry}, runs=2, seed=1)
    assert twin.ablated[0].is_inert
    assert "Inert here" in ablation_text(twin)


def test_texts_stay_inside_a_terminal_and_tables_hold_every_figure(found: Ablation) -> None:
    one = Ablation(found.scenario, found.n_runs, found.n_turns, found.seed, found.ablated[:1])
    for text in (ablation_text(found), ablation_text(one)):
        assert max(len(line) for line in text.splitlines()) <= 80
    rows = list(csv.DictReader(io.StringIO(ablation_csv(found))))
    assert len(rows) == sum(len(each.contributions) for each in found.ablated)
    assert {row["mechanism"] for row in rows} == set(CHOSEN)
    assert [each["number"] for each in ablation_data(found)["mechanisms"]] == [7, 36]


def test_progress_is_told_to_the_end() -> None:
    seen: list[Progress] = []
    entry = shipped_mechanisms()["no_panacea"]
    ablate(load_scenario("sandbox"), {"a": entry}, runs=2, seed=1, on_progress=seen.append)
    assert (seen[0].runs_done, seen[-1].runs_done, seen[-1].runs_asked) == (0, 4, 4)


def test_too_few_runs_are_refused() -> None:
    with pytest.raises(MalformedInput, match="1 runs"):
        ablate(load_scenario("sandbox"), {}, runs=1, seed=1)


def test_switching_off_changes_those_coefficients_and_no_others() -> None:
    loaded = load_scenario("rekindled_2023")
    entry = shipped_mechanisms()["mitigations_and_their_price"]
    off = switched_off(loaded, entry.without)
    drill, other = loaded.rules.actions["trilateral_drill"], off.rules.actions["trilateral_drill"]
    assert other.effects == drill.effects
    assert {e.size for e in other.modifiers["publish_aims"].effects} == {0.0}
    assert off.rules.actions["summit"] == loaded.rules.actions["summit"]
    assert off.rules.parameters == loaded.rules.parameters
    assert off.rules_hash != loaded.rules_hash
    assert off.content_hash == loaded.content_hash


def test_lenses_alike_and_parameters_reach_the_case() -> None:
    loaded = load_scenario("sandbox")
    off = Without(parameters={"trust_open_wounds": 0.0}, lenses_alike=True)
    case = compile_case(switched_off(loaded, off))
    assert case.lens_weights == pytest.approx(np.full_like(case.lens_weights, 1.0 / 3.0))
    assert case.world.parameters["trust_open_wounds"] == 0.0


def test_a_pact_without_a_vote_passes_where_opposition_would_have_stopped_it() -> None:
    loaded = load_scenario("gsomia_2012")
    off = switched_off(loaded, Without(carried_without_a_vote=["sign_gsomia"]))
    bars = {name: each.ratification for name, each in loaded.rules.actions.items()}
    for name, each in off.rules.actions.items():
        if name != "sign_gsomia":
            assert each.ratification == bars[name]
    case = compile_case(off)
    (row,) = (row for row in case.effects.rows if row.key == "sign_gsomia:seoul>tokyo")
    (odds,) = ratification_odds(case, row, 0, true_view(start_state(case, 1)))
    assert odds.probability == pytest.approx(1.0)
