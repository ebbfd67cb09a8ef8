"""Which adaptive play is taken: chosen on training runs, among ways that differ."""

import numpy as np
import pytest

from rapprochement_sim.agents.goal_minded import goal_lenses, goal_minded
from rapprochement_sim.decision.case import Case
from rapprochement_sim.experiments.adaptive_play import (
    BONUSES,
    Manner,
    Rehearsal,
    manners,
    rehearsal,
)
from rapprochement_sim.experiments.fixed_plans import PARTS, Script, Search, best_of, score_scripts
from rapprochement_sim.vocabulary import Capital
from tests.tiny import shipped_rules_few_citizens

SEAT = Capital.PYONGYANG


@pytest.fixture(scope="module")
def case() -> Case:
    return shipped_rules_few_citizens()


@pytest.fixture(scope="module")
def script(case: Case) -> Script:
    test = case.effects.find_row("missile_test", SEAT, Capital.SEOUL)
    return Script((((test, 1),),) * PARTS, accepts=False)


def test_no_two_ways_of_play_are_the_same() -> None:
    found = list(manners())
    assert len(set(found)) == len(found)


def test_a_way_of_play_scores_the_same_in_any_company(case: Case, script: Script) -> None:
    some = list(manners())[20:23]
    known = Rehearsal(case, SEAT, goal_minded(goal_lenses(case, SEAT)), script)
    together = known.scores(some, seed=4, n_runs=3)
    alone = known.scores(some[1:2], seed=4, n_runs=3)
    assert np.array_equal(together[1], alone[0])


def test_the_highest_bonus_is_the_plan_act_by_act(case: Case) -> None:
    """Of two acts in a plan the first is taken, whatever the second promises."""
    acts = ("hostile_statement", Capital.TOKYO), ("missile_test", Capital.SEOUL)
    rows = [case.effects.find_row(name, SEAT, target) for name, target in acts]
    known = goal_minded(goal_lenses(case, SEAT))
    for first, second in (rows, rows[::-1]):
        script = Script((((first, 0), (second, 0)),) * PARTS, accepts=False)
        nothing_else = Manner(max(BONUSES), 0.9, answers_by_plan=True, keeps_modifiers=True)
        played = Rehearsal(case, SEAT, known, script).scores([nothing_else], seed=4, n_runs=3)
        assert np.array_equal(played, score_scripts(case, SEAT, [script], seed=4, n_runs=3))


def test_what_is_chosen_did_best_in_the_final(case: Case, script: Script) -> None:
    effort = Search(n_runs=1, n_finalists=2, final_runs=2, rehearsal_runs=2)
    known = rehearsal(case, SEAT, script, effort)
    chosen = known.best_in_final(known.finalists(effort), effort)
    first = known.scores(list(manners()), seed=effort.seed, n_runs=effort.n_runs).mean(axis=1)
    finalists = best_of(dict(zip(manners(), first.tolist(), strict=True)), effort.n_finalists)
    final = known.scores(finalists, seed=effort.final_seed, n_runs=effort.final_runs).mean(axis=1)
    best = finalists[int(final.argmax())]
    how = chosen.reliance
    assert [how.bonus, how.caution, how.answers_by_plan, how.keeps_modifiers] == [
        best.bonus,
        best.caution,
        best.answers_by_plan,
        best.keeps_modifiers,
    ]


def test_the_best_come_to_the_final_the_first_tried_before_its_equals() -> None:
    tried = {"a": 1.0, "b": 3.0, "c": 3.0, "d": 2.0}
    assert best_of(tried, 3) == ["b", "c", "d"]
