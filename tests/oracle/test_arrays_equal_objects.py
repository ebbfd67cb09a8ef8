"""The arrays do to publics what one object a citizen does, to 1e-12, turn after turn."""

import numpy as np
import pytest

from rapprochement_sim.agents.capital import NOTHING
from rapprochement_sim.decision.case import Case
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.axes import Array
from tests.oracle.citizens import Citizen, CitizensModel, soft_step
from tests.oracle.twins import Listening, attitudes_of, objects_of, participation_of, play_twins
from tests.tiny import shipped_rules_few_citizens

LANES, TURNS, TOLERANCE = 3, 5, 1e-12
SEOUL, TOKYO = Capital.SEOUL, Capital.TOKYO


@pytest.fixture(scope="module")
def case() -> Case:
    return shipped_rules_few_citizens()


def quarrel(model: RapprochementModel) -> None:
    """Let lane 0 be; force a hostile turn on lane 1 and a friendly one on lane 2."""
    rows = model.case.effects.row_by_key
    seats = {SEOUL: ("tokyo", TOKYO), TOKYO: ("seoul", SEOUL)}
    model.order_override[:, :, 1:] = NOTHING
    model.proposal_override[:, 1:] = NOTHING
    for actor, (target, _) in seats.items():
        hostile = [
            rows[key]
            for key in rows
            if key.endswith(f":{actor.key}>{target}") and not model.case.row(rows[key]).is_joint
        ]
        place = model.turn % len(hostile)
        model.order_override[actor, 0, 1] = hostile[place]
        model.order_month[actor, 0, 1] = model.turn % 3
    model.proposal_override[SEOUL, 2] = rows["summit:seoul>tokyo"]
    model.consent_override[TOKYO, SEOUL, 2] = 1


def largest_gap(found: Array, expected: Array) -> float:
    return float(np.abs(found - expected).max())


def test_attitudes_and_protest_are_equal_turn_after_turn(case: Case) -> None:
    gaps: list[float] = []
    spreads: list[float] = []

    def compare(arrays: Listening, objects: list[CitizensModel]) -> None:
        state = arrays.state
        for lane, twin in enumerate(objects):
            gaps.append(largest_gap(state.attitude[..., lane], attitudes_of(twin)))
            gaps.append(largest_gap(state.participation[..., lane], participation_of(twin)))
            protest = participation_of(twin).mean(axis=1)
            gaps.append(largest_gap(state.protest[:, lane], protest))
            crowd = np.array([citizen.crowd for citizen in twin.citizens])
            gaps.append(largest_gap(state.crowd[..., lane].ravel(), crowd))
        spreads.append(float(np.ptp(state.attitude, axis=-1).max()))

    play_twins(case, LANES, TURNS, quarrel, compare)
    assert max(gaps) < TOLERANCE
    assert len(gaps) == 4 * LANES * TURNS
    assert spreads[-1] > 0.01, "the three worlds must differ, or equality shows little"


def test_polls_are_equal_turn_after_turn(case: Case) -> None:
    surveys = case.world.surveys

    def compare(arrays: Listening, objects: list[CitizensModel]) -> None:
        for lane, twin in enumerate(objects):
            for s in range(len(surveys.names)):
                share = twin.share_answering(
                    int(surveys.respondents[s]),
                    int(surveys.targets[s]),
                    threshold=float(surveys.threshold[s, 0]),
                    width=float(surveys.width[s, 0]),
                    sign=float(surveys.sign[s, 0]),
                )
                assert arrays.state.shares[s, lane] == pytest.approx(share, abs=TOLERANCE)

    play_twins(case, LANES, 2, quarrel, compare)


def test_the_oracle_is_a_mesa_model_of_citizens(case: Case) -> None:
    twin = objects_of(case)
    n = 5 * case.world.population.n_citizens
    assert len(twin.agents) == len(twin.agents_by_type[Citizen]) == n
    assert {type(agent) for agent in twin.agents} == {Citizen}
    assert all(len(citizen.neighbours) > 0 for citizen in twin.citizens)


def test_the_oracle_rests_where_nothing_happens(case: Case) -> None:
    """Its own check on the resting attitudes that the package solves for."""
    arrays = Listening(case, runs=[0, 0], chance=False, collect=False)
    arrays.step()
    twin = objects_of(case)
    before = attitudes_of(twin)
    still = [
        type(public)(public.displaced_before, public.displaced_before, public.grievances)
        for public in arrays.news(0)
    ]
    twin.news = still
    twin.step()
    assert largest_gap(attitudes_of(twin), before) < TOLERANCE


def test_the_oracles_step_is_fair_at_the_threshold() -> None:
    assert soft_step(0.0) == 0.5
    assert soft_step(0.75) == pytest.approx(0.8)
