"""The best adaptive play: chosen on the runs on which the best plan was, scored on fresh ones.

All ways of play tried here seek the seat's goals by the state as the seat believes it to
be. They know the best plan from rehearsal and differ in how far they lean on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.agents.rehearsed import RehearsedCapital, Reliance, rehearsed
from rapprochement_sim.ensemble.block import final_scores
from rapprochement_sim.ensemble.rehearsing import rehearse
from rapprochement_sim.ensemble.spec import DEFAULT_BLOCK_SIZE
from rapprochement_sim.experiments.fixed_plans import Search, best_of, lay_out
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.randomness import Chance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rapprochement_sim.agents.goal_minded import GoalMindedCapital
    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.experiments.fixed_plans import Script
    from rapprochement_sim.vocabulary import Capital
    from rapprochement_sim.world.axes import Array

BONUSES = (0.003, 0.01, 0.03, 0.1, 1.0, 16.0)
"""From a hint to a rule: the last outweighs whatever an act may promise, place by place."""

CAUTIONS = (0.0, 0.003, 0.01, 0.03)


@dataclass(frozen=True)
class Manner:
    """How a seat that knows a plan plays: one lane of a ``Reliance``."""

    bonus: float
    caution: float
    answers_by_plan: bool
    keeps_modifiers: bool


def manners() -> Iterator[Manner]:
    """Yield the ways of play that are tried, from those that heed no plan."""
    for caution in CAUTIONS:
        yield Manner(0.0, caution, answers_by_plan=False, keeps_modifiers=False)
    for bonus, caution, answers, keeps in product(BONUSES, CAUTIONS, (False, True), (False, True)):
        yield Manner(bonus, caution, answers, keeps)


def rehearsal(case: Case, seat: Capital, script: Script, search: Search | None = None) -> Rehearsal:
    """Let a seat that knows a plan rehearse what to expect of its goals."""
    effort = search or Search()
    minded = rehearse(case, seat, n_runs=effort.rehearsal_runs).policy
    return Rehearsal(case, seat, minded, script)


@dataclass(frozen=True)
class Rehearsal:
    """What a seat has learnt: what to expect of its goals, and a plan."""

    case: Case
    seat: Capital
    minded: type[GoalMindedCapital]
    script: Script

    def finalists(self, search: Search | None = None) -> list[Manner]:
        """Return the ways of play that do best in the training runs, the best first."""
        effort = search or Search()
        options = list(manners())
        first = self.scores(options, seed=effort.seed, n_runs=effort.n_runs)
        tried = dict(zip(options, first.mean(axis=1).tolist(), strict=True))
        return best_of(tried, effort.n_finalists)

    def best_in_final(
        self, some: Sequence[Manner], search: Search | None = None
    ) -> type[RehearsedCapital]:
        """Return the way of play with the best mean score in the final, as a policy."""
        effort = search or Search()
        final = self.scores(some, seed=effort.final_seed, n_runs=effort.final_runs)
        return self.policy([some[int(final.mean(axis=1).argmax())]])

    def scores(self, some: Sequence[Manner], *, seed: int, n_runs: int) -> Array:
        """Return the seat's score under each way of play over paired runs (manner, run)."""
        scores = np.empty((len(some), n_runs))
        at_once = max(1, DEFAULT_BLOCK_SIZE // n_runs)
        for first in range(0, len(some), at_once):
            these = some[first : first + at_once]
            lanes = np.tile(np.arange(n_runs), len(these))
            model = RapprochementModel(
                self.case,
                runs=lanes.tolist(),
                collect=False,
                chance=Chance(seed, lanes),
                capital_agent=self.policy(these, n_runs=n_runs),
            )
            while not model.is_over:
                model.step()
            found = final_scores(self.case, model.indicators)[self.seat]
            scores[first : first + len(these)] = found.reshape(len(these), n_runs)
            model.release()
        return scores

    def policy(self, some: Sequence[Manner], *, n_runs: int = 1) -> type[RehearsedCapital]:
        """Lay ways of play out side by side, each in so many lanes; one alone fits any number."""
        how = Reliance(
            bonus=np.repeat([manner.bonus for manner in some], n_runs),
            caution=np.repeat([manner.caution for manner in some], n_runs),
            answers_by_plan=np.repeat([manner.answers_by_plan for manner in some], n_runs),
            keeps_modifiers=np.repeat([manner.keeps_modifiers for manner in some], n_runs),
        )
        plan = lay_out(self.case, self.seat, [self.script], n_runs=1)
        return rehearsed(self.minded, plan, how)
