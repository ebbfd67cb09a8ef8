"""Governments that seek their scenario's goals, or follow a plan, beside those that do neither."""

import numpy as np
import pytest

from rapprochement_sim.agents.capital import CapitalAgent
from rapprochement_sim.agents.goal_minded import goal_lenses, goal_minded
from rapprochement_sim.agents.planned import FixedPlan, planned
from rapprochement_sim.agents.responding import impulse_response
from rapprochement_sim.decision.beliefs import belief_view
from rapprochement_sim.decision.case import Case
from rapprochement_sim.decision.goals import Outlook
from rapprochement_sim.ensemble.block import final_scores
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.axes import Array
from tests.tiny import shipped_rules_few_citizens

SEOUL, TOKYO = Capital.SEOUL, Capital.TOKYO
RUNS = list(range(32))


@pytest.fixture(scope="module")
def case() -> Case:
    return shipped_rules_few_citizens()


def played(case: Case, agent: type[CapitalAgent], turns: int = 2) -> RapprochementModel:
    model = RapprochementModel(case, runs=RUNS, collect=False, capital_agent=agent)
    for _ in range(turns):
        model.step()
    return model


def scores(case: Case, agent: type[CapitalAgent]) -> Array:
    model = played(case, agent, case.world.n_turns)
    return final_scores(case, model.indicators)


def slope(case: Case, cell: tuple[str, str], indicator: str) -> Array:
    """Return how an indicator answers to a step in a named cell, turn by turn."""
    variable, names = cell
    place = case.effects.offsets[variable] + case.world.axes.cell(variable, tuple(names.split()))
    at = case.indicators.by_name[indicator].index
    return impulse_response(case, np.array([place]), np.array([at]))[:, 0, 0]


def test_a_push_fades_as_its_cell_relaxes(case: Case) -> None:
    found = slope(case, ("channel", "seoul tokyo"), "channel_seoul_tokyo")
    per_turn = float(case.world.kept["channel"]) ** case.world.turn_months
    assert found == pytest.approx(per_turn ** np.arange(case.world.n_turns + 1))


def test_a_push_is_followed_into_what_it_causes(case: Case) -> None:
    """Remedies lower hurt with a lag, pacts raise trust; neither does so at once."""
    relieved = slope(case, ("relief", "forced_labour seoul"), "hurt_forced_labour_seoul")
    trusted = slope(case, ("institution", "gsomia seoul tokyo"), "trust_seoul_tokyo")
    assert relieved[0] == trusted[0] == 0.0
    assert relieved[1] < 0.0
    assert trusted[1] > 0.0


def test_those_without_goals_decide_as_ever(case: Case) -> None:
    plain, same = played(case, CapitalAgent), played(case, goal_minded({}))
    assert plain.state.digest(3) == same.state.digest(3)


def test_only_those_named_decide_otherwise(case: Case) -> None:
    minded = goal_minded(goal_lenses(case, SEOUL))
    models = [
        RapprochementModel(case, runs=RUNS, collect=False, capital_agent=agent)
        for agent in (CapitalAgent, minded)
    ]
    differs = (models[0].proposal_row != models[1].proposal_row).any(axis=1)
    assert differs.tolist() == [True, False, False, False, False]


@pytest.mark.parametrize("seat", [SEOUL, Capital.BEIJING])
def test_who_seeks_its_goals_comes_nearer_to_them(case: Case, seat: Capital) -> None:
    gain = (
        scores(case, goal_minded(goal_lenses(case, seat)))[seat] - scores(case, CapitalAgent)[seat]
    )
    assert gain.mean() > 3.0 * gain.std() / np.sqrt(gain.size)


def test_goals_are_judged_on_beliefs_alone(case: Case) -> None:
    """Another's trust, hidden from Seoul, changes nothing that Seoul weighs."""
    state = played(case, CapitalAgent).state
    trust = state.values["trust"].copy()
    trust[TOKYO] += 1.0
    lens = goal_lenses(case, SEOUL)[SEOUL]
    found = []
    for world in (state, state.with_values(trust=trust)):
        view = belief_view(world, SEOUL)
        progress = lens.progress(world, view)
        found.append((progress, lens.score(view, np.ones_like(progress), world.turn)))
    assert np.array_equal(found[0][0], found[1][0])
    assert np.array_equal(found[0][1], found[1][1])


def test_nothing_is_gained_by_what_no_longer_counts(case: Case) -> None:
    state = played(case, CapitalAgent).state
    lens = goal_lenses(case, SEOUL)[SEOUL]
    view = belief_view(state, SEOUL)
    nothing = np.zeros((len(lens.goals), state.n_lanes))
    assert not lens.score(view, nothing, state.turn).any()


def test_a_goal_counts_while_it_is_open() -> None:
    outlook = Outlook(level=np.zeros((1, 3)), slope=np.ones((1, 3)), spread=np.full((1, 3), 0.1))
    won, open_, lost = outlook.credit(np.array([[2.0], [0.5], [-1.0]]), 0, floor=0.1)[:, 0]
    assert open_ == pytest.approx(1.0, abs=1e-5)
    assert won == pytest.approx(0.1)
    assert lost == pytest.approx(0.1)


def test_least_gain_keeps_orders_back(case: Case) -> None:
    lenses = goal_lenses(case, SEOUL)
    keen, idle = (played(case, goal_minded(lenses, least_gain=gain), 1) for gain in (0.0, 1.0))
    assert (keen.acts.row[SEOUL] >= 0).any()
    assert (idle.acts.row[SEOUL] < 0).all()


def test_a_plan_is_followed_where_it_is_allowed(case: Case) -> None:
    row = case.effects.find_row("hostile_statement", SEOUL, TOKYO)
    other = case.effects.find_row("critical_statement", SEOUL, TOKYO)
    shape = (case.world.n_turns, len(case.effects.rows), len(RUNS))
    preference = np.full(shape, -np.inf)
    preference[0, row], preference[1:, other] = 1.0, 1.0
    nobody = np.zeros(len(RUNS), dtype=bool)
    plan = FixedPlan(SEOUL, preference, np.zeros(shape, dtype=np.int64), nobody)
    model = RapprochementModel(case, runs=RUNS, collect=False, capital_agent=planned(plan))
    for expected in (row, other):
        model.step()
        given = model.acts.row[5 + 2 * SEOUL]
        assert set(given) <= {expected, -1}
        assert (given == expected).any()
        assert (model.acts.row[SEOUL] == -1).all()
        assert not model.consent_given[SEOUL].any()


def test_plans_bind_no_one_else(case: Case) -> None:
    shape = (case.world.n_turns, len(case.effects.rows), len(RUNS))
    idle = FixedPlan(
        SEOUL,
        np.full(shape, -np.inf),
        np.zeros(shape, dtype=np.int64),
        np.zeros(len(RUNS), dtype=bool),
    )
    bound = RapprochementModel(case, runs=RUNS, collect=False, capital_agent=planned(idle))
    free = RapprochementModel(case, runs=RUNS, collect=False)
    assert np.array_equal(bound.proposal_row[TOKYO:], free.proposal_row[TOKYO:])
    assert (bound.proposal_row[SEOUL] == -1).all()
