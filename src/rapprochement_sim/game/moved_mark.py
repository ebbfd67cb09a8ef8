"""Where a scenario's mark lies when other governments are chosen than its own.

A mark is set for the governments of the scenario. Among others its goals may be far easier
or harder to reach: a game could not be lost, or not be won. So the mark is moved with how a
seat fares that seeks its goals, one order ahead and without a plan, among the governments
of the game and among the scenario's own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.decision.case import own_lens_weights
from rapprochement_sim.ensemble.block import final_scores
from rapprochement_sim.ensemble.rehearsing import rehearse
from rapprochement_sim.ensemble.spec import DEFAULT_BLOCK_SIZE
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.randomness import Chance
from rapprochement_sim.vocabulary import CAPITALS

if TYPE_CHECKING:
    from rapprochement_sim.agents.goal_minded import GoalMindedCapital
    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.vocabulary import Capital
    from rapprochement_sim.world.axes import Array

WORLDS = DEFAULT_BLOCK_SIZE
SEED = 41_009
REHEARSAL_RUNS = 16


@dataclass(frozen=True)
class Fared:
    """How a seat that seeks its goals fares: mean and standard deviation of its scores."""

    mean: float
    spread: float


def moved_mark(case: Case, seat: Capital, mark: float) -> float:
    """Return the mark among the governments of a case, 0..100.

    It lies as many standard deviations from the mean of goal-seeking play among these
    governments as the scenario's mark does among its own; the seat's own lenses are of no
    account, since a person decides in their place.

    Parameters
    ----------
    case
        The scenario, perhaps with other lens weights than its own.
    seat
        Who plays.
    mark
        What the scenario asks for, 0..100.
    """
    if not is_moved(case, seat):
        return mark
    policy, usual = _usual(_Rules(case), seat)
    return moved(mark, usual, _fared(case, seat, policy))


def is_moved(case: Case, seat: Capital) -> bool:
    """Whether any other seat judges by other lenses than the scenario's."""
    own = own_lens_weights(case.loaded)
    others = [other for other in CAPITALS if other != seat]
    return not np.array_equal(case.lens_weights[others], own[others])


def moved(mark: float, usual: Fared, here: Fared) -> float:
    """Move a mark from where one usually fares to where one fares here, within 0..100."""
    stretch = here.spread / usual.spread if usual.spread > 0.0 else 1.0
    return float(np.clip(here.mean + (mark - usual.mean) * stretch, 0.0, 100.0))


class _Rules:
    """A case as a key: the same rules, whatever the lenses."""

    def __init__(self, case: Case) -> None:
        self.case = case

    def __hash__(self) -> int:
        return id(self.case.effects)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Rules) and self.case.effects is other.case.effects


@lru_cache(maxsize=16)
def _usual(rules: _Rules, seat: Capital) -> tuple[type[GoalMindedCapital], Fared]:
    """Return goal-seeking play, and how it fares among the scenario's own governments."""
    case = replace(rules.case, lens_weights=own_lens_weights(rules.case.loaded))
    policy = rehearse(case, seat, n_runs=REHEARSAL_RUNS).policy
    return policy, _fared(case, seat, policy)


def _fared(case: Case, seat: Capital, policy: type[GoalMindedCapital]) -> Fared:
    runs = np.arange(WORLDS)
    model = RapprochementModel(
        case,
        runs=runs.tolist(),
        collect=False,
        chance=Chance(SEED, runs),
        capital_agent=policy,
    )
    while not model.is_over:
        model.step()
    scores: Array = final_scores(case, model.indicators)[seat]
    model.release()
    return Fared(float(scores.mean()), float(scores.std()))
