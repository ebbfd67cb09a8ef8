"""Governments that play to win: they seek their scenario's goals instead of a school's values."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rapprochement_sim.agents.capital import CapitalAgent, mixed_by_weight
from rapprochement_sim.agents.responding import impulse_response
from rapprochement_sim.decision.case import Case
from rapprochement_sim.decision.choice import consent_prob
from rapprochement_sim.decision.goals import GoalLens, Outlook, compile_goal_lens, goals_of
from rapprochement_sim.effects.rows import Row
from rapprochement_sim.vocabulary import CAPITALS, Capital
from rapprochement_sim.world.axes import Array, Booleans, Integers

if TYPE_CHECKING:
    from rapprochement_sim.effects.scalers import View
    from rapprochement_sim.model import RapprochementModel


class GoalMindedCapital(CapitalAgent):
    """A government that takes, each turn, what its beliefs say helps its own goals most.

    It looks one order ahead: the expected effects, as far as they last until the end, on
    goals that are still open. It offers what the others are likely to accept, accepts what
    helps, and leaves be what helps too little. Only the capitals in ``goals`` decide so;
    the others stay as they are.

    Attributes
    ----------
    goals
        Goals of the capitals that seek them.
    outlook
        What they expect of their goals; nothing known counts every goal in full.
    caution
        The least gain worth an order, as a share of the full score; one for all, or (run).
    promises
        What the seat's own judgement makes of each of its orders, prices and others'
        consent considered (own row, run).
    """

    goals: ClassVar[Mapping[Capital, GoalLens]] = MappingProxyType({})
    outlook: ClassVar[Mapping[Capital, Outlook]] = MappingProxyType({})
    caution: ClassVar[float | Array] = 0.0

    def __init__(self, model: "RapprochementModel", capital: Capital) -> None:
        super().__init__(model, capital)
        self._goals = self.goals.get(capital)
        if self._goals is not None:
            self.readiness = np.zeros_like(self.readiness)
            self.capital_price = model.case.world.parameters["goal_capital_price"]

    def judge(self, view: "View") -> Array:
        """Return the expected gain of every unit (unit, run), as a share of the full score."""
        if self._goals is None:
            return super().judge(view)
        model, outlook = self.model, self.outlook.get(self.capital)
        progress = self._goals.progress(model.state, view)
        credit = np.ones_like(progress)
        if outlook is not None:
            floor = model.case.world.parameters["goal_credit_floor"]
            credit = outlook.credit(progress, model.turn, floor=floor)
        return self._goals.score(view, credit, model.turn)

    def appraise(self) -> None:
        """Judge every order; a joint one by the chance that the others consent."""
        super().appraise()
        if self._goals is not None:
            self.values = self.values * self._consent_odds()
        self.promises = self.values

    def choose(self, allowed: Booleans, uniform_act: Array, uniform_which: Array) -> Integers:
        """Choose the best of own rows if it helps enough, -1 for none (run)."""
        if self._goals is None:
            return super().choose(allowed, uniform_act, uniform_which)
        masked = np.where(allowed, self.values, -np.inf)
        best = masked.argmax(axis=0)
        return np.where(masked[best, self._lanes] > self.caution, best, -1)

    def says_yes(self, gain: Array, trust: Array, uniforms: Array) -> Booleans:
        """Return whether offers are accepted (proposer, run): those that help."""
        if self._goals is None:
            return super().says_yes(gain, trust, uniforms)
        return gain > 0.0

    def _consent_odds(self) -> Array:
        """Return how likely all who are asked consent, as the seat sees it (own row, run)."""
        rows = self.model.case.rows
        odds = np.ones(self.values.shape)
        for asked in CAPITALS:
            joint = np.flatnonzero(rows.consenting[self.own_rows, asked])
            if joint.size:
                scores = self._scores_of_other(asked)
                for own in joint:
                    row = self.model.case.row(int(self.own_rows[own]))
                    odds[own] *= self._odds_of(asked, row, self.modifiers[own], scores)
        return odds

    def _scores_of_other(self, other: Capital) -> Array:
        """Put oneself in another's place: its lenses on one's own beliefs (unit, run)."""
        case = self.model.case
        weights = case.lens_weights[other][:, np.newaxis]
        return mixed_by_weight(case.lenses[other].score(self.view), weights)

    def _odds_of(self, asked: Capital, row: Row, modifiers: Integers, scores: Array) -> Array:
        case, numbers = self.model.case, self.model.case.world.parameters
        units = case.lenses[asked].unit_of_group
        gain = scores[units[row.base_group]]
        for bit, group in enumerate(row.modifier_groups):
            gain = gain + ((modifiers >> bit) & 1) * scores[units[group]]
        refused = scores[units[case.row(row.refused_row).base_group]]
        return consent_prob(
            gain - numbers["refusal_weight"] * refused,
            self.view.trust[asked, self.index],
            trust_weight=numbers["consent_trust"],
            temperature=numbers["consent_temperature"],
        )


def goal_lenses(case: Case, *seats: Capital) -> Mapping[Capital, GoalLens]:
    """Compile the goals of some seats, once for all runs of a case."""
    cells = np.unique(case.effects.cell)
    of_seat = {seat: [goal.indicator for goal in goals_of(case, seat)] for seat in seats}
    names = list(dict.fromkeys(name for found in of_seat.values() for name in found))
    places = np.array([case.indicators.by_name[name].index for name in names])
    response = impulse_response(case, cells, places)
    return {
        seat: compile_goal_lens(
            case, seat, cells, response[:, [names.index(name) for name in found]]
        )
        for seat, found in of_seat.items()
    }


def goal_minded(
    lenses: Mapping[Capital, GoalLens],
    *,
    expecting: Mapping[Capital, Outlook] | None = None,
    least_gain: float = 0.0,
) -> type[GoalMindedCapital]:
    """Return a class of governments of which these, and no others, seek their goals."""

    class SomeGoalMinded(GoalMindedCapital):
        goals = lenses
        outlook = expecting or {}
        caution = least_gain

    return SomeGoalMinded
