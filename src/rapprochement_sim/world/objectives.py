"""What wins: goals on indicators, public and secret, and outcomes of a run."""

from collections.abc import Sequence

import numpy as np

from rapprochement_sim.scenario.schema import Goal, Outcome
from rapprochement_sim.world.axes import Array, Booleans
from rapprochement_sim.world.indicators import IndicatorTable


def goal_progress(goal: Goal, indicators: Array, table: IndicatorTable) -> Array:
    """Return how far a goal is met (run), 0 at ``from_value`` to 1 at ``to_value``."""
    value = indicators[table.by_name[goal.indicator].index]
    progress: Array = np.clip(
        (value - goal.from_value) / (goal.to_value - goal.from_value), 0.0, 1.0
    )
    return progress + 0.0  # a figure at the nought of a falling scale would read as -0


def score_goals(goals: Sequence[Goal], indicators: Array, table: IndicatorTable) -> Array:
    """Return the weighted progress of a seat's goals (run), 0..100."""
    total = sum(goal.weight for goal in goals)
    score = np.zeros(indicators.shape[-1])
    for goal in goals:
        score += goal.weight / total * goal_progress(goal, indicators, table)
    return 100.0 * score


def outcome_met(outcome: Outcome, series: Array) -> Booleans:
    """Return whether an outcome came true (run).

    ``series`` holds the outcome's indicator by turn, the start included (turn, run).
    """
    looked_at = series[-1:] if outcome.when == "at_end" else series[1:]
    above = -np.inf if outcome.above is None else outcome.above
    below = np.inf if outcome.below is None else outcome.below
    met: Booleans = np.any((looked_at > above) & (looked_at < below), axis=0)
    return met
