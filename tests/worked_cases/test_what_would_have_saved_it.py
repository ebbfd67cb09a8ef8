"""What the essay says would have saved the pact of 2012 does so, each by itself."""

import numpy as np
import pytest

from rapprochement_sim.agents.starting import start_state
from rapprochement_sim.decision.beliefs import true_view
from rapprochement_sim.decision.case import Case
from rapprochement_sim.effects.rows import Row
from rapprochement_sim.game.odds import ratification_odds
from rapprochement_sim.model import RapprochementModel, load_case
from rapprochement_sim.vocabulary import Capital
from tests.laws.worlds import NOTHING

SCENARIO, PACT = "gsomia_2012", "institution_gsomia_seoul_tokyo"
RUNS, IN_FORCE = 400, 0.3
SIGNING = "sign_gsomia:seoul>tokyo"
REMEDIES = ("narrow_scope", "no_collective_defence", "visible_benefit", "frame_of_three")


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case(SCENARIO)


@pytest.fixture(scope="module")
def signing(case: Case) -> Row:
    return next(row for row in case.effects.rows if row.key == SIGNING)


@pytest.fixture(scope="module")
def carried(case: Case, signing: Row) -> dict[str, float]:
    """Sign the pact in the same worlds, bare and with each remedy; return the shares in force."""
    variants = ("", *REMEDIES)
    model = RapprochementModel(
        case, root_seed=2012, runs=[run for _ in variants for run in range(RUNS)], collect=False
    )
    seat = Capital.SEOUL
    model.proposal_override[:] = NOTHING
    model.proposal_override[seat] = signing.index
    model.consent_override[Capital.TOKYO, seat] = True
    for number, name in enumerate(variants):
        bits = 1 << signing.modifiers.index(name) if name else 0
        lanes = slice(number * RUNS, (number + 1) * RUNS)
        model.proposal_modifiers_override[seat, lanes] = bits
    model.step()
    level = model.indicators[case.indicators.by_name[PACT].index]
    shares = (np.asarray(level) > IN_FORCE).reshape(len(variants), RUNS).mean(axis=1)
    return dict(zip(variants, shares.tolist(), strict=True))


def test_the_signing_of_2012_was_more_likely_to_fail_than_a_narrow_one(
    carried: dict[str, float],
) -> None:
    assert 0.1 < carried[""] < 0.9


@pytest.mark.parametrize("remedy", REMEDIES)
def test_each_remedy_carries_the_pact_more_often_in_the_same_worlds(
    remedy: str, carried: dict[str, float]
) -> None:
    assert carried[remedy] > carried[""] + 0.02


@pytest.mark.parametrize("remedy", REMEDIES)
def test_a_player_is_shown_better_odds_before_signing(
    remedy: str, case: Case, signing: Row
) -> None:
    view = true_view(start_state(case, 1))
    (bare,) = ratification_odds(case, signing, 0, view)
    (eased,) = ratification_odds(case, signing, 1 << signing.modifiers.index(remedy), view)
    assert eased.probability > bare.probability
