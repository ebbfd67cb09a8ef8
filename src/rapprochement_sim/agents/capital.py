"""Governments: they appraise, propose, answer and order, on what they believe."""

from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.agents.counting import CountedAgent
from rapprochement_sim.decision.beliefs import belief_view
from rapprochement_sim.decision.choice import choose_logit, consents, paced, pick_modifiers
from rapprochement_sim.decision.lenses import SeatLens
from rapprochement_sim.effects.rows import MAX_MODIFIERS
from rapprochement_sim.randomness import DRAWS_PER_CAPITAL, Process, draws_of
from rapprochement_sim.vocabulary import LENSES, MODIFIERS_PER_ORDER, Capital
from rapprochement_sim.world.axes import Array, Booleans, Integers

if TYPE_CHECKING:
    from rapprochement_sim.effects.scalers import View
    from rapprochement_sim.model import RapprochementModel

AGENT_CHOOSES = -1
NOTHING = -2


class CapitalAgent(CountedAgent):
    """A government. It owns its rows of the state arrays, in every lane.

    Override a method to change how governments behave, in a single world and in an
    ensemble alike: rules are written for arrays, so use masks instead of branches.
    """

    model: "RapprochementModel"
    view: "View"

    def __init__(self, model: "RapprochementModel", capital: Capital) -> None:
        super().__init__(model)
        self.capital = capital
        self.index = int(capital)
        self._lanes = np.arange(model.n_lanes)
        rows_drawn = {process: draws_of(process, capital) for process in DRAWS_PER_CAPITAL}
        self._draws = {process: slice(at.start, at.stop) for process, at in rows_drawn.items()}
        self.own = own = model.case.own_rows[self.index]
        self.own_rows: Integers = own.index
        self._joint: Booleans = model.case.rows.is_joint[own.index]
        self.readiness: Array = own.readiness
        self.capital_price = model.case.world.parameters["capital_price"]
        self.scores: Array = np.zeros((0, model.n_lanes))
        self.values: Array = np.zeros((own.index.size, model.n_lanes))
        self.modifiers: Integers = np.zeros((own.index.size, model.n_lanes), dtype=np.int64)
        self.prices: Array = np.zeros((own.index.size, model.n_lanes))

    @property
    def lens(self) -> SeatLens:
        """Compiled scores of this seat."""
        return self.model.case.lenses[self.capital]

    def lens_mix(self) -> Array:
        """Return the weights of the lenses (lens, run or 1), on a simplex."""
        weights: Array = self.model.lens_weights[self.index]
        return weights

    def appraise(self) -> None:
        """Judge every order on the seat's beliefs.

        Sets ``scores`` (unit, run), and for own rows ``values`` and the best ``modifiers``.
        """
        model, own = self.model, self.own
        self.view = belief_view(model.state, self.capital)
        self.scores = mixed = self.judge(self.view)
        price = self.capital_price
        scarcity = 1.0 - self.view.political_capital[self.index]
        shape = (own.modifiable.size, model.n_lanes)
        added = np.full((MAX_MODIFIERS, *shape), -np.inf)
        for m, tempting in enumerate(own.temptations):
            added[m, tempting.places] = mixed[tempting.units] - price * tempting.cost * scarcity
        bits, gains = pick_modifiers(
            added.reshape(MAX_MODIFIERS, shape[0] * shape[1]), most=MODIFIERS_PER_ORDER
        )
        self.values = mixed[own.base_units]
        self.values += self.readiness
        self.values -= price * own.cost * scarcity
        self.values[own.modifiable] += gains.reshape(shape)
        self.modifiers = np.zeros(self.values.shape, dtype=np.int64)
        self._take_what_can_be_paid(bits.reshape(shape), gains.reshape(shape))

    def judge(self, view: "View") -> Array:
        """Return the worth of every unit that the seat judges under its lenses (unit, run)."""
        return mixed_by_weight(self.lens.score(view), self.lens_mix())

    def _take_what_can_be_paid(self, bits: Integers, gains: Array) -> None:
        """Take modifiers, but not where the means suffice for the order and not for both."""
        own, tempted = self.own, self.own.modifiable
        means = self.view.political_capital[self.index]
        places = np.arange(0, own.prices.size, own.prices.shape[1])[:, np.newaxis] + bits
        prices = own.prices.ravel().take(places)
        is_dear = prices > means
        self.values[tempted] -= np.where(is_dear, gains, 0.0)
        self.modifiers[tempted] = np.where(is_dear, 0, bits)
        self.prices[:] = own.cost
        self.prices[tempted] = np.where(is_dear, own.cost[tempted], prices)

    def propose(self) -> None:
        """Offer at most one joint act to others."""
        model = self.model
        allowed = model.legal[self.own_rows] & self._joint[:, np.newaxis]
        act, which = model.uniforms_proposals[self._draws[Process.PROPOSALS]]
        chosen = self.choose(allowed, act, which)
        model.proposal_row[self.index], model.proposal_modifiers[self.index] = self._read(chosen)
        model.proposal_keenness[self.index] = self.values[chosen, self._lanes]

    def answer(self) -> None:
        """Accept or refuse what others propose."""
        model, rows, i = self.model, self.model.case.rows, self.index
        numbers = model.case.world.parameters
        offered = model.proposal_row
        groups = model.case.effects.row_groups[offered].transpose(0, 2, 1)
        bits = model.proposal_modifiers[:, np.newaxis] >> np.arange(MAX_MODIFIERS)[:, np.newaxis]
        groups[:, 1:][bits & 1 == 0] = -1
        refused = model.case.effects.row_groups[rows.refused[offered], 0]
        gain = self._score_groups(groups).sum(axis=1)
        gain = gain - numbers["refusal_weight"] * self._score_groups(refused)
        uniforms = model.uniforms_consents[self._draws[Process.CONSENTS]]
        says_yes = self.says_yes(gain, self.view.trust[i], uniforms)
        forced = model.consent_override[i]
        asked = (offered >= 0) & rows.consenting[offered, i]
        model.consent_asked[i] = asked
        model.consent_given[i] = asked & np.where(forced >= 0, forced == 1, says_yes)

    def says_yes(self, gain: Array, trust: Array, uniforms: Array) -> Booleans:
        """Return whether offers are accepted (proposer, run), all arrays in that shape."""
        numbers = self.model.case.world.parameters
        return consents(
            gain,
            trust,
            uniforms,
            trust_weight=numbers["consent_trust"],
            temperature=numbers["consent_temperature"],
        )

    def choose_orders(self) -> None:
        """Give up to two orders that need nobody's consent."""
        model, rows = self.model, self.model.case.rows
        attention = model.attention_left[self.index]
        capital = model.capital_left[self.index]
        own_action = rows.action[self.own_rows][:, np.newaxis]
        allowed = model.legal[self.own_rows] & ~self._joint[:, np.newaxis]
        uniforms = model.uniforms_orders[self._draws[Process.ORDERS]]
        for number in range(2):
            fits = (
                (rows.attention[self.own_rows][:, np.newaxis] <= attention)
                & (self.prices <= capital)
                & allowed
            )
            act, which = uniforms[2 * number : 2 * number + 2]
            own, bits = self._read(self.choose(fits, act, which))
            forced = model.order_override[self.index, number]
            is_forced = forced != AGENT_CHOOSES
            model.order_row[self.index, number] = np.where(is_forced, np.maximum(forced, -1), own)
            model.order_modifiers[self.index, number] = np.where(
                is_forced, model.order_modifiers_override[self.index, number], bits
            )
            taken = model.order_row[self.index, number]
            has = taken >= 0
            attention = attention - np.where(has, rows.attention[taken], 0.0)
            paid = rows.price(taken, model.order_modifiers[self.index, number])
            capital = capital - np.where(has, paid, 0.0)
            if number == 0:
                allowed = allowed & ~(has & (own_action == rows.action[taken]))
        model.attention_left[self.index] = attention
        model.capital_left[self.index] = capital

    def choose(self, allowed: Booleans, uniform_act: Array, uniform_which: Array) -> Integers:
        """Choose among own rows by their values, -1 for none (run).

        Parameters
        ----------
        allowed
            Which of them may be chosen (own row, run).
        uniform_act, uniform_which
            Draws on [0, 1) by which to act at all, and which to take (run).
        """
        numbers = self.model.case.world.parameters
        return choose_logit(
            self.values,
            allowed,
            paced(uniform_act, self.model.case.world.turn_months),
            uniform_which,
            temperature=numbers["choice_temperature"] if self.model.chance.is_on else 0.0,
            threshold=numbers["act_threshold"],
            act_temperature=numbers["act_temperature"],
        )

    def _read(self, chosen: Integers) -> tuple[Integers, Integers]:
        """Return row and modifiers of a choice among own rows, -1 and 0 for none (run)."""
        row = np.where(chosen >= 0, self.own_rows[chosen], -1)
        return row, np.where(chosen >= 0, self.modifiers[chosen, self._lanes], 0)

    def _score_groups(self, groups: Integers) -> Array:
        """Return the scores of groups (..., run), 0 for -1 and for what the seat does not judge."""
        units = np.where(groups >= 0, self.own.unit_of_group[groups], -1)
        return np.where(units >= 0, self.scores[units, self._lanes], 0.0)


def mixed_by_weight(components: Array, weights: Array) -> Array:
    """Return the worth of every unit (unit, run): office, and lenses by their weights.

    ``components`` are scores as from :meth:`SeatLens.score`, which are used up; ``weights``
    those of the lenses (lens, run or 1).
    """
    mixed: Array = components[len(LENSES)]
    for number in range(len(LENSES)):
        components[number] *= weights[number]
        mixed += components[number]
    return mixed
