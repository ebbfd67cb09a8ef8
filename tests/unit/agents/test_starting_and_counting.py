import gc
import weakref

import numpy as np
import pytest

from rapprochement_sim.agents.counting import CountedAgent
from rapprochement_sim.agents.starting import open_ledger, poll_shares, snapshot, start_state
from rapprochement_sim.decision.case import Case
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.vocabulary import CauseKind
from rapprochement_sim.world.state import WorldState
from tests.tiny import shipped_rules_few_citizens


@pytest.fixture(scope="module")
def case() -> Case:
    return shipped_rules_few_citizens()


@pytest.fixture(scope="module")
def state(case: Case) -> WorldState:
    return start_state(case, 3)


def test_every_lane_starts_from_the_same_world(state: WorldState) -> None:
    assert state.turn == 0
    assert len({state.digest(lane) for lane in range(3)}) == 1


def test_a_start_is_what_the_scenario_says(case: Case, state: WorldState) -> None:
    for name, start in case.world.start.items():
        assert np.array_equal(state.values[name], start + np.zeros(3)), name
    assert not state.pauses.any()
    assert not state.years_in_office.any()
    assert (state.attention == 2.0).all()


def test_seats_begin_with_the_truth(state: WorldState) -> None:
    """The first turn's intelligence and polls then add their errors."""
    assert np.array_equal(state.beliefs.polls, state.shares)
    assert np.ptp(state.beliefs.secret, axis=0).max() == 0.0


def test_protest_is_the_mean_of_those_who_take_part(state: WorldState) -> None:
    assert np.array_equal(state.protest, state.participation.mean(axis=1))


def test_poll_shares_by_hand(case: Case) -> None:
    """All citizens at three quarters of a width beyond the threshold: 0.8 or 0.2."""
    surveys = case.world.surveys
    attitude = np.zeros((5, 4, 5, 2))
    for s in range(len(surveys.names)):
        held = surveys.threshold[s] + 0.75 * surveys.width[s]
        attitude[surveys.respondents[s], :, surveys.targets[s]] = held
        share = 0.8 if surveys.sign[s, 0] > 0 else 0.2
        assert poll_shares(surveys, attitude)[s] == pytest.approx([share, share])


def test_a_snapshot_holds_what_changes_are_measured_by(state: WorldState) -> None:
    taken = snapshot(state)
    assert taken.values is state.values
    assert taken.threat is state.threat
    assert taken.polls is state.beliefs.polls


def test_the_ledger_names_every_row_by_its_kind_of_cause(case: Case, state: WorldState) -> None:
    labels = open_ledger(case, state).labels
    assert [label.key for label in labels] == [row.key for row in case.effects.rows]
    for row, label in zip(case.effects.rows, labels, strict=True):
        expected = {"act": CauseKind.ORDER, "event": CauseKind.EVENT}
        assert label.kind is expected.get(row.kind, CauseKind.CONSENT)


def test_agents_are_numbered_from_one_in_every_model(case: Case) -> None:
    models = [RapprochementModel(case, collect=False) for _ in range(2)]
    for model in models:
        assert sorted(agent.unique_id for agent in model.agents) == list(range(1, 11))
        assert all(isinstance(agent, CountedAgent) for agent in model.agents)


def test_a_model_that_nobody_holds_is_freed(case: Case) -> None:
    """A worker runs a thousand models in turn."""
    model = RapprochementModel(case, collect=False)
    model.step()
    watched = weakref.ref(model)
    del model
    gc.collect()
    assert watched() is None
