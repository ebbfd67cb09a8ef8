"""Playing to win, rehearsed: a seat learns from trial runs what to expect of its goals.

The policy stays adaptive: trial runs teach no order, only how far goals tend to come from
where they stand, so that a seat stops pushing what will be reached anyway.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.agents.goal_minded import GoalMindedCapital, goal_lenses, goal_minded
from rapprochement_sim.decision.goals import GoalLens, Outlook
from rapprochement_sim.ensemble.block import final_scores
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.randomness import Chance

if TYPE_CHECKING:
    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.vocabulary import Capital
    from rapprochement_sim.world.axes import Array

REHEARSAL_SEED = 77
REHEARSAL_RUNS = 64
ROUNDS = 4
_LEAST_SPREAD = 0.05
"""A goal is never expected more exactly than this share of it: fresh runs vary more."""


@dataclass(frozen=True)
class Rehearsed:
    """What a seat learnt: the policy that did best in the trial runs, and its mean score there."""

    policy: type[GoalMindedCapital]
    mean_score: float


def rehearse(
    case: Case, seat: Capital, *, seed: int = REHEARSAL_SEED, n_runs: int = REHEARSAL_RUNS
) -> Rehearsed:
    """Let a seat rehearse its game, the others being automated.

    Each round expects what the rounds before have brought, halfway updated; the policy of the
    best round is kept, with or without the caution of ``goal_caution``.

    Parameters
    ----------
    case, seat
        Who seeks its goals.
    seed, n_runs
        Chance of the trial runs; a game is best played under another seed.
    """
    lenses = goal_lenses(case, seat)
    best: Rehearsed | None = None
    for caution in (0.0, case.world.parameters["goal_caution"]):
        outlook: Outlook | None = None
        for _ in range(ROUNDS):
            expecting = {} if outlook is None else {seat: outlook}
            policy = goal_minded(lenses, expecting=expecting, least_gain=caution)
            score, learnt = _trial(case, lenses[seat], policy, seed, n_runs)
            if best is None or score > best.mean_score:
                best = Rehearsed(policy, score)
            outlook = learnt if outlook is None else _halfway(outlook, learnt)
    if best is None:
        msg = "a rehearsal has at least one round"
        raise ValueError(msg)
    return best


def _trial(
    case: Case, lens: GoalLens, policy: type[GoalMindedCapital], seed: int, n_runs: int
) -> tuple[float, Outlook]:
    """Play trial runs; return the mean score and what they teach to expect."""
    runs = np.arange(n_runs)
    model = RapprochementModel(
        case, runs=runs.tolist(), collect=False, chance=Chance(seed, runs), capital_agent=policy
    )
    seen = []
    while not model.is_over:
        agent = list(model.capitals)[lens.seat]
        seen.append(lens.progress(model.state, agent.view))
        model.step()
    scores = final_scores(case, model.indicators)[lens.seat]
    table = case.indicators
    at_end = np.stack(
        [
            (model.indicators[table.by_name[goal.indicator].index] - goal.from_value)
            / (goal.to_value - goal.from_value)
            for goal in lens.goals
        ]
    )
    model.release()
    return float(scores.mean()), _fitted(seen, at_end)


def _fitted(seen: list[Array], at_end: Array) -> Outlook:
    """Regress each goal's end on where it stood (least squares, slopes 0..1)."""
    levels, slopes, spreads = [], [], []
    for progress in seen:
        centred = progress - progress.mean(axis=1, keepdims=True)
        variance = (centred**2).mean(axis=1)
        covariance = (centred * (at_end - at_end.mean(axis=1, keepdims=True))).mean(axis=1)
        is_known = variance > 0.0
        slope = np.where(is_known, covariance / np.where(is_known, variance, 1.0), 0.0)
        slope = np.clip(slope, 0.0, 1.0)
        level = at_end.mean(axis=1) - slope * progress.mean(axis=1)
        left = at_end - level[:, np.newaxis] - slope[:, np.newaxis] * progress
        levels.append(level)
        slopes.append(slope)
        spreads.append(np.maximum(left.std(axis=1), _LEAST_SPREAD))
    return Outlook(np.array(levels), np.array(slopes), np.array(spreads))


def _halfway(old: Outlook, new: Outlook) -> Outlook:
    return Outlook(
        level=(old.level + new.level) / 2.0,
        slope=(old.slope + new.slope) / 2.0,
        spread=(old.spread + new.spread) / 2.0,
    )
