"""No mechanism is inert where its registry entry says that it matters."""

import pytest

from rapprochement_sim.experiments.ablation import Ablated, ablate
from rapprochement_sim.scenario.loading import load_scenario
from rapprochement_sim.scenario.mechanisms import shipped_mechanisms

RUNS, SEED = 64, 7
FAR_FROM_NOUGHT = 4.0
"""Standard errors: with some forty indicators looked at, chance alone reaches it once in 400."""

FIRST = sorted({each.scenarios[0] for each in shipped_mechanisms().values()})


def furthest(ablated: Ablated) -> float:
    errors = [
        abs(each.found.difference) / (each.found.spread / RUNS**0.5)
        for each in ablated.contributions
        if each.found.spread > 0.0
    ]
    return max(errors, default=0.0)


@pytest.mark.slow
@pytest.mark.parametrize("scenario", FIRST)
def test_a_mechanism_moves_the_scenario_that_it_names_first(scenario: str) -> None:
    chosen = {k: e for k, e in shipped_mechanisms().items() if e.scenarios[0] == scenario}
    found = ablate(load_scenario(scenario), chosen, runs=RUNS, seed=SEED)
    still = {each.key: furthest(each) for each in found.ablated}
    assert {key: z for key, z in still.items() if z < FAR_FROM_NOUGHT} == {}
