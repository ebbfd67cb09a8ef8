"""Governments that follow a plan made in advance, whatever happens."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rapprochement_sim.agents.capital import CapitalAgent
from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.axes import Array, Booleans, Integers

if TYPE_CHECKING:
    from rapprochement_sim.model import RapprochementModel


@dataclass(frozen=True)
class FixedPlan:
    """What one seat does turn by turn in each lane.

    Attributes
    ----------
    seat
        Whose plan.
    preference
        How early a row stands in the plan of a turn, higher first; -inf where it does not
        (turn, row, run). Of the rows allowed, the first offer and the first orders are
        taken: nothing else is looked at.
    modifiers
        Modifiers of each row, as bits, same shape.
    accepts
        Whether offers of others are accepted, all or none (run).
    """

    seat: Capital
    preference: Array
    modifiers: Integers
    accepts: Booleans


class PlannedCapital(CapitalAgent):
    """A government whose seat's plan is fixed; other seats decide as they do."""

    plan: ClassVar[FixedPlan]

    def __init__(self, model: "RapprochementModel", capital: Capital) -> None:
        super().__init__(model, capital)
        self._is_bound = capital == self.plan.seat

    def appraise(self) -> None:
        """Look up the plan of the turn."""
        super().appraise()
        if not self._is_bound:
            return
        turn = self.model.turn
        self.values = self.plan.preference[turn, self.own_rows]
        self.modifiers = self.plan.modifiers[turn, self.own_rows]
        rows = np.broadcast_to(self.own_rows[:, np.newaxis], self.values.shape)
        self.prices = self.model.case.rows.price(rows, self.modifiers)

    def choose(self, allowed: Booleans, uniform_act: Array, uniform_which: Array) -> Integers:
        """Take the first planned row that is allowed, -1 for none (run)."""
        if not self._is_bound:
            return super().choose(allowed, uniform_act, uniform_which)
        masked = np.where(allowed, self.values, -np.inf)
        best = masked.argmax(axis=0)
        return np.where(np.isfinite(masked[best, self._lanes]), best, -1)

    def says_yes(self, gain: Array, trust: Array, uniforms: Array) -> Booleans:
        """Accept all offers, or none (proposer, run)."""
        if not self._is_bound:
            return super().says_yes(gain, trust, uniforms)
        return np.broadcast_to(self.plan.accepts, gain.shape)


def planned(plan: FixedPlan) -> type[PlannedCapital]:
    """Return a class of governments bound by a plan."""

    class Bound(PlannedCapital):
        pass

    Bound.plan = plan
    return Bound
