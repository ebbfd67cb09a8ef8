"""Governments that know a plan from rehearsal, and depart from it when the state says so."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rapprochement_sim.agents.goal_minded import GoalMindedCapital
from rapprochement_sim.agents.planned import FixedPlan
from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.axes import Array, Booleans

if TYPE_CHECKING:
    from rapprochement_sim.model import RapprochementModel

_PLACES = 16
"""A plan names fewer acts than this for a turn; each place further back counts that much less."""


@dataclass(frozen=True)
class Reliance:
    """How far a seat leans on a plan, lane by lane (run, or 1 for all alike).

    Attributes
    ----------
    bonus
        What the plan's first act of a turn counts for beyond its own worth, as a share of the
        full score; acts further back in the plan count evenly less.
    caution
        The least worth of an act that is taken, bonus included.
    answers_by_plan
        Whether offers are answered as the plan says, all or none, or each on its merits.
    keeps_modifiers
        Whether the plan's acts carry the plan's modifiers, or those that look best.
    """

    bonus: Array
    caution: Array
    answers_by_plan: Booleans
    keeps_modifiers: Booleans


class RehearsedCapital(GoalMindedCapital):
    """A government that seeks its goals, and to whom a rehearsed plan's acts are worth more.

    It judges every allowed act by what its beliefs say helps its goals. Acts that the plan
    names for this turn get a bonus: they are taken unless another promises more than that
    bonus more. The other seats stay as they are.
    """

    plan: ClassVar[FixedPlan]
    reliance: ClassVar[Reliance]

    def __init__(self, model: "RapprochementModel", capital: Capital) -> None:
        super().__init__(model, capital)
        self._is_rehearsed = capital == self.plan.seat

    def appraise(self) -> None:
        """Judge every order, and add what the plan speaks for."""
        super().appraise()
        if not self._is_rehearsed:
            return
        turn, how = self.model.turn, self.reliance
        preference = self.plan.preference[turn, self.own_rows]
        is_planned = np.isfinite(preference)
        places = np.where(is_planned, preference, 0.0)
        self.values = self.promises + np.where(
            is_planned, how.bonus * (1.0 + places / _PLACES), 0.0
        )
        kept = is_planned & how.keeps_modifiers
        planned = self.plan.modifiers[turn, self.own_rows]
        self.modifiers = np.where(kept, planned, self.modifiers)
        rows = np.broadcast_to(self.own_rows[:, np.newaxis], planned.shape)
        self.prices = np.where(kept, self.model.case.rows.price(rows, planned), self.prices)

    def says_yes(self, gain: Array, trust: Array, uniforms: Array) -> Booleans:
        """Return whether offers are accepted (proposer, run): by the plan, or those that help."""
        merits = super().says_yes(gain, trust, uniforms)
        if not self._is_rehearsed:
            return merits
        return np.where(self.reliance.answers_by_plan, self.plan.accepts, merits)


def rehearsed(
    minded: type[GoalMindedCapital], known: FixedPlan, how: Reliance
) -> type[RehearsedCapital]:
    """Return a class of governments with the goals and outlook of another, and with a plan."""

    class SomeRehearsed(RehearsedCapital):
        goals = minded.goals
        outlook = minded.outlook
        caution = how.caution
        plan = known
        reliance = how

    return SomeRehearsed
