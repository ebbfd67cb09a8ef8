"""Governments that know a plan: between following it and heeding it not at all."""

import numpy as np
import pytest

from rapprochement_sim.agents.capital import CapitalAgent
from rapprochement_sim.agents.goal_minded import GoalMindedCapital, goal_lenses, goal_minded
from rapprochement_sim.agents.planned import FixedPlan, planned
from rapprochement_sim.agents.rehearsed import Reliance, rehearsed
from rapprochement_sim.decision.case import Case
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.vocabulary import Capital
from tests.tiny import shipped_rules_few_citizens

SEOUL, TOKYO = Capital.SEOUL, Capital.TOKYO
RUNS = list(range(32))
ORDERS_OF_SEOUL = 5 + 2 * SEOUL


@pytest.fixture(scope="module")
def case() -> Case:
    return shipped_rules_few_citizens()


@pytest.fixture(scope="module")
def minded(case: Case) -> type[GoalMindedCapital]:
    return goal_minded(goal_lenses(case, SEOUL))


def plan_of(case: Case, *names: str, bits: int = 0) -> FixedPlan:
    """Return a plan of some of Seoul's acts towards Tokyo, alike in all turns and runs."""
    shape = (case.world.n_turns, len(case.effects.rows), len(RUNS))
    preference, modifiers = np.full(shape, -np.inf), np.zeros(shape, dtype=np.int64)
    for place, name in enumerate(names):
        row = case.effects.find_row(name, SEOUL, TOKYO)
        preference[:, row], modifiers[:, row] = -place, bits
    return FixedPlan(SEOUL, preference, modifiers, np.zeros(len(RUNS), dtype=bool))


def reliance(
    bonus: float, caution: float = 0.0, *, answers: bool = False, keeps: bool = False
) -> Reliance:
    return Reliance(*(np.array([value]) for value in (bonus, caution, answers, keeps)))


def played(case: Case, agent: type[CapitalAgent], turns: int = 1) -> RapprochementModel:
    model = RapprochementModel(case, runs=RUNS, collect=False, capital_agent=agent)
    for _ in range(turns):
        model.step()
    return model


def test_a_plan_that_counts_for_nothing_changes_nothing(
    case: Case, minded: type[GoalMindedCapital]
) -> None:
    heedless = rehearsed(minded, plan_of(case, "hostile_statement"), reliance(0.0))
    plain, same = played(case, minded, 3), played(case, heedless, 3)
    assert plain.state.digest(5) == same.state.digest(5)


def test_a_plan_that_counts_for_all_is_followed(
    case: Case, minded: type[GoalMindedCapital]
) -> None:
    plan = plan_of(case, "critical_statement", "friendly_statement")
    slavish = rehearsed(minded, plan, reliance(1.0, 0.5, answers=True, keeps=True))
    bound, free = played(case, planned(plan), 4), played(case, slavish, 4)
    assert bound.state.digest(0) == free.state.digest(0)
    assert (free.acts.row[ORDERS_OF_SEOUL] >= 0).any()


def test_a_hint_is_taken_up_where_the_state_speaks_for_it(
    case: Case, minded: type[GoalMindedCapital]
) -> None:
    """Worlds differ after a turn: a summit that is hinted at is offered in some of them."""
    row = case.effects.find_row("summit", SEOUL, TOKYO)
    shares = []
    for bonus in (0.0, 0.005):
        model = played(case, rehearsed(minded, plan_of(case, "summit"), reliance(bonus)))
        shares.append((model.proposal_row[SEOUL] == row).mean())
    assert shares[0] < shares[1] < model.legal[row].mean()


def test_the_plan_s_acts_carry_its_modifiers_if_asked_to(
    case: Case, minded: type[GoalMindedCapital]
) -> None:
    row = case.effects.find_row("summit", SEOUL, TOKYO)
    found = []
    for keeps in (True, False):
        agent = rehearsed(minded, plan_of(case, "summit", bits=2), reliance(1.0, keeps=keeps))
        model = played(case, agent)
        own = list(list(model.capitals)[SEOUL].own_rows).index(row)
        found.append(set(list(model.capitals)[SEOUL].modifiers[own].tolist()))
    assert found[0] == {2}
    assert found[1] != {2}


def test_caution_holds_back_and_lanes_may_differ(
    case: Case, minded: type[GoalMindedCapital]
) -> None:
    caution = np.where(np.arange(len(RUNS)) < 16, 0.0, 1.0)
    nobody, nothing = np.zeros(1, dtype=bool), np.zeros(1)
    how = Reliance(nothing, caution, nobody, nobody)
    model = played(case, rehearsed(minded, plan_of(case), how))
    offers = model.acts.row[SEOUL]
    assert (offers[:16] >= 0).any()
    assert (offers[16:] < 0).all()


def test_no_one_else_is_bound(case: Case, minded: type[GoalMindedCapital]) -> None:
    agent = rehearsed(minded, plan_of(case, "hostile_statement"), reliance(1.0))
    ours, free = (
        RapprochementModel(case, runs=RUNS, collect=False, capital_agent=each)
        for each in (agent, CapitalAgent)
    )
    assert np.array_equal(ours.proposal_row[TOKYO:], free.proposal_row[TOKYO:])
