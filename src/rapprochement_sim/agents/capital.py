"""Governments: they appraise, propose, answer and order, on what they believe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np

from rapprochement_sim.decision.beliefs import belief_view
from rapprochement_sim.decision.choice import choose_logit, consents, pick_modifiers
from rapprochement_sim.decision.lenses import SeatLens
from rapprochement_sim.effects.compiling import MAX_MODIFIERS
from rapprochement_sim.vocabulary import CAPITALS, LENSES, MODIFIERS_PER_ORDER, Capital
from rapprochement_sim.world.axes import Array, Booleans, Integers

if TYPE_CHECKING:
    from rapprochement_sim.model import RapprochementModel

AGENT_CHOOSES = -1
NOTHING = -2


class CapitalAgent(mesa.Agent):
    """A government. It owns its rows of the state arrays, in every lane.

    Override a method to change how governments behave, in a single world and in an
    ensemble alike: rules are written for arrays, so use masks instead of branches.
    """

    model: RapprochementModel

    def __init__(self, model: RapprochementModel, capital: Capital) -> None:
        super().__init__(model)
        self.capital = capital
        lens = model.case.lenses[capital]
        rows = model.case.rows
        own = [r for r in lens.rows if r.actor == capital and r.kind == "act" and r.name != "hold"]
        self.own_rows: Integers = np.array([row.index for row in own], dtype=np.int64)
        self._joint: Booleans = rows.is_joint[self.own_rows]
        self._unit_of_group = _unit_table(lens, len(model.case.effects.group_row))
        groups = model.case.effects.row_groups[self.own_rows]
        self._units: Integers = np.where(groups >= 0, self._unit_of_group[groups], -1)
        self.scores: Array = np.zeros((0, model.n_lanes))
        self.values: Array = np.zeros((len(own), model.n_lanes))
        self.modifiers: Integers = np.zeros((len(own), model.n_lanes), dtype=np.int64)

    @property
    def lens(self) -> SeatLens:
        """Compiled scores of this seat."""
        return self.model.case.lenses[self.capital]

    def lens_mix(self) -> Array:
        """Return the weights of the lenses (lens, run or 1), on a simplex."""
        return self.model.lens_weights[self.capital]

    def appraise(self) -> None:
        """Score every order under the seat's lenses, on the seat's beliefs.

        Sets ``scores`` (unit, run), and for own rows ``values`` and the best ``modifiers``.
        """
        model = self.model
        view = belief_view(model.state, self.capital)
        components = self.lens.score(view)
        weights = self.lens_mix()
        mixed = components[len(LENSES)]
        for number in range(len(LENSES)):
            mixed = mixed + weights[number] * components[number]
        self.scores = mixed
        added = np.full((len(self.own_rows), MAX_MODIFIERS, model.n_lanes), -np.inf)
        for m in range(MAX_MODIFIERS):
            has = self._units[:, 1 + m] >= 0
            added[has, m] = mixed[self._units[has, 1 + m]]
        price = model.case.world.parameters["capital_price"]
        scarcity = 1.0 - view.political_capital[self.capital]
        rows = model.case.rows
        costs = price * 10.0 * rows.cost[self.own_rows][:, np.newaxis] * scarcity
        readiness = rows.readiness[self.own_rows][:, np.newaxis]
        self.values = mixed[self._units[:, 0]] + readiness - costs
        bits, gains = pick_modifiers(
            added.transpose(1, 0, 2).reshape(MAX_MODIFIERS, -1), most=MODIFIERS_PER_ORDER
        )
        self.modifiers = bits.reshape(self.values.shape)
        self.values = self.values + gains.reshape(self.values.shape)

    def propose(self) -> None:
        """Offer at most one joint act to others."""
        model = self.model
        allowed = model.legal[self.own_rows] & self._joint[:, np.newaxis]
        first = 2 * self.capital
        uniforms = model.uniforms_proposals
        self._write(
            self._choose(allowed, uniforms[first], uniforms[first + 1]),
            model.proposal_override[self.capital],
            model.proposal_modifiers_override[self.capital],
            model.proposal_row[self.capital],
            model.proposal_modifiers[self.capital],
        )

    def answer(self) -> None:
        """Accept or refuse what others propose."""
        model, rows = self.model, self.model.case.rows
        lanes = np.arange(model.n_lanes)
        numbers = model.case.world.parameters
        trust = belief_view(model.state, self.capital).trust[self.capital]
        for proposer in CAPITALS:
            if proposer == self.capital:
                continue
            row = model.proposal_row[proposer]
            is_asked = (row >= 0) & rows.consenting[row, self.capital]
            gain = self._unit_score(row, 0, lanes)
            for m in range(MAX_MODIFIERS):
                chosen = (model.proposal_modifiers[proposer] >> m) & 1 == 1
                gain = gain + np.where(chosen, self._unit_score(row, 1 + m, lanes), 0.0)
            refused = np.where(row >= 0, rows.refused[row], -1)
            gain = gain - numbers["refusal_weight"] * self._unit_score(refused, 0, lanes)
            says_yes = consents(
                gain,
                trust[proposer],
                model.uniforms_consents[self.capital * len(CAPITALS) + proposer],
                trust_weight=numbers["consent_trust"],
                temperature=numbers["consent_temperature"],
            )
            forced = model.consent_override[self.capital, proposer]
            says_yes = np.where(forced >= 0, forced == 1, says_yes)
            model.consent_asked[self.capital, proposer] = is_asked
            model.consent_given[self.capital, proposer] = is_asked & says_yes

    def choose_orders(self) -> None:
        """Give up to two orders that need nobody's consent."""
        model, rows = self.model, self.model.case.rows
        attention = model.attention_left[self.capital]
        capital = model.capital_left[self.capital]
        own_action = rows.action[self.own_rows][:, np.newaxis]
        allowed = model.legal[self.own_rows] & ~self._joint[:, np.newaxis]
        for number in range(2):
            fits = (
                (rows.attention[self.own_rows][:, np.newaxis] <= attention)
                & (rows.cost[self.own_rows][:, np.newaxis] <= capital)
                & allowed
            )
            place = 4 * self.capital + 2 * number
            uniforms = model.uniforms_orders
            chosen = self._choose(fits, uniforms[place], uniforms[place + 1])
            self._write(
                chosen,
                model.order_override[self.capital, number],
                model.order_modifiers_override[self.capital, number],
                model.order_row[self.capital, number],
                model.order_modifiers[self.capital, number],
            )
            taken = model.order_row[self.capital, number]
            has = taken >= 0
            attention = attention - np.where(has, rows.attention[taken], 0.0)
            capital = capital - np.where(has, rows.cost[taken], 0.0)
            allowed = allowed & ~(has & (own_action == rows.action[taken]))
        model.attention_left[self.capital] = attention
        model.capital_left[self.capital] = capital

    def _choose(self, allowed: Booleans, uniform_act: Array, uniform_which: Array) -> Integers:
        numbers = self.model.case.world.parameters
        return choose_logit(
            self.values,
            allowed,
            uniform_act,
            uniform_which,
            temperature=numbers["choice_temperature"] if self.model.chance.is_on else 0.0,
            threshold=numbers["act_threshold"],
            act_temperature=numbers["act_temperature"],
        )

    def _write(
        self,
        chosen: Integers,
        forced_row: Integers,
        forced_modifiers: Integers,
        row_out: Integers,
        modifiers_out: Integers,
    ) -> None:
        """Write the choice, or the override where there is one, into the model's arrays."""
        lanes = np.arange(self.model.n_lanes)
        own = np.where(chosen >= 0, self.own_rows[chosen], -1)
        bits = np.where(chosen >= 0, self.modifiers[chosen, lanes], 0)
        is_forced = forced_row != AGENT_CHOOSES
        row_out[:] = np.where(is_forced, np.maximum(forced_row, -1), own)
        modifiers_out[:] = np.where(is_forced, forced_modifiers, bits)

    def _unit_score(self, row: Integers, column: int, lanes: Integers) -> Array:
        """Return the score of one group of a row per lane, 0 where there is none."""
        groups = np.where(row >= 0, self.model.case.effects.row_groups[row, column], -1)
        units = np.where(groups >= 0, self._unit_of_group[groups], -1)
        return np.where(units >= 0, self.scores[units, lanes], 0.0)


def _unit_table(lens: SeatLens, n_groups: int) -> Integers:
    table = np.full(n_groups, -1, dtype=np.int64)
    for group, unit in lens.unit_of_group.items():
        table[group] = unit
    return table
