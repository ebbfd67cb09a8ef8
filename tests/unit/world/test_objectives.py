import numpy as np
import pytest

from rapprochement_sim.model import load_case
from rapprochement_sim.scenario.schema import Goal, Outcome
from rapprochement_sim.world.axes import Array
from rapprochement_sim.world.indicators import IndicatorTable
from rapprochement_sim.world.objectives import goal_progress, outcome_met, score_goals
from tests.tiny import SHIPPED


def goal(indicator: str, low: float, high: float, weight: float = 1.0) -> Goal:
    return Goal(
        indicator=indicator,
        from_value=low,
        to_value=high,
        weight=weight,
        text="For a test.",
        source="assumption",
    )


@pytest.fixture(scope="module")
def table() -> IndicatorTable:
    return load_case(SHIPPED).indicators


def indicators(table: IndicatorTable, **values: list[float]) -> Array:
    found = np.zeros((table.size, 3))
    for name, row in values.items():
        found[table.by_name[name].index] = row
    return found


def test_progress_runs_from_start_to_target_and_no_further(table: IndicatorTable) -> None:
    seen = indicators(table, bandwidth=[0.3, 0.5, 0.9])
    assert goal_progress(goal("bandwidth", 0.4, 0.6), seen, table) == pytest.approx([0, 0.5, 1])


def test_a_goal_may_be_to_bring_a_number_down(table: IndicatorTable) -> None:
    seen = indicators(table, bandwidth=[0.65, 0.5, 0.1])
    assert goal_progress(goal("bandwidth", 0.6, 0.4), seen, table) == pytest.approx([0, 0.5, 1])


def test_a_score_weighs_goals_and_is_out_of_a_hundred(table: IndicatorTable) -> None:
    goals = [goal("bandwidth", 0, 1, weight=3.0), goal("protest_seoul", 0, 1, weight=1.0)]
    seen = indicators(table, bandwidth=[0, 1, 1], protest_seoul=[1, 0, 1])
    assert score_goals(goals, seen, table) == pytest.approx([25.0, 75.0, 100.0])


def outcome(when: str, *, above: float | None = None, below: float | None = None) -> Outcome:
    fields = {"title": "Outcome", "indicator": "bandwidth", "above": above, "below": below}
    return Outcome.model_validate({**fields, "when": when})


SERIES = np.array([[0.9, 0.1, 0.5], [0.2, 0.8, 0.5], [0.2, 0.2, 0.5]])


def test_what_counts_at_the_end_is_the_last_turn() -> None:
    assert outcome_met(outcome("at_end", below=0.3), SERIES).tolist() == [True, True, False]


def test_what_ever_came_true_counts_from_the_first_turn_on() -> None:
    """The start is nobody's doing."""
    assert outcome_met(outcome("ever", above=0.7), SERIES).tolist() == [False, True, False]


def test_a_bound_must_be_passed() -> None:
    assert not outcome_met(outcome("at_end", above=0.5), SERIES)[2]
    assert not outcome_met(outcome("at_end", below=0.5), SERIES)[2]
