"""Figures that a worked case can speak of beside the indicators, read off a model.

* ``worth(seat, act)``: how good an act looks to a seat, in standardised scores;
* ``lead(seat, act, other)``: how much better than another act it looks;
* ``moves(seat, act)``: how likely the seat is to act at all, were this act its best;
* ``vote(act +modifier)``: the chance that the parliaments which must ratify it all consent;
* ``error_left(seat)``: the share of a report's error on the North that sharing leaves;
* ``misjudged(seat, of)``: how far a seat's estimate of another's programme is from the truth;
* ``encounter(one, other)``: the chance of a dangerous encounter of two capitals in a turn.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.decision.beliefs import belief_view, shared_intelligence, true_view
from rapprochement_sim.dynamics.incidents import incident_prob
from rapprochement_sim.dynamics.institutions import ratification_prob
from rapprochement_sim.vocabulary import CAPITAL_KEYS
from rapprochement_sim.world.axes import DYAD_INDEX, Array
from rapprochement_sim.world.forms import logistic

if TYPE_CHECKING:
    from collections.abc import Callable

    from rapprochement_sim.agents.capital import CapitalAgent
    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.effects.rows import Row
    from rapprochement_sim.model import RapprochementModel

_ACT = re.compile(r"(?P<key>[\w]+:[\w>]+)(?P<modifiers>( \+\w+)*)(?P<refused> refused)?")
_CALL = re.compile(
    r"(?P<name>worth|lead|moves|vote|encounter|error_left|misjudged)\((?P<arguments>[^)]+)\)"
)


def read_figure(model: RapprochementModel, figure: str) -> Array:
    """Return a figure in every lane, as the model stands."""
    match = _CALL.fullmatch(figure)
    if match is None:
        values: Array = model.indicators[model.case.indicators.by_name[figure].index]
        return values
    arguments = [part.strip() for part in match["arguments"].split(",")]
    return _READERS[match["name"]](model, *arguments)


def parse_act(case: Case, text: str) -> tuple[Row, int, bool]:
    """Read ``action:actor>target +modifier refused``."""
    match = _ACT.fullmatch(text)
    assert match, f"an act reads 'action:actor>target +modifier', found '{text}'"
    found = {row.key: row for row in case.effects.rows}
    row = found[match["key"]]
    bits = 0
    for name in match["modifiers"].split():
        bits |= 1 << row.modifiers.index(name.removeprefix("+"))
    return row, bits, bool(match["refused"])


def _worth(model: RapprochementModel, seat: str, act: str) -> Array:
    row, _, _ = parse_act(model.case, act)
    agent: CapitalAgent = list(model.capitals)[CAPITAL_KEYS.index(seat)]
    unit = agent.lens.unit_of_group[row.base_group]
    worth: Array = agent.judge(belief_view(model.state, agent.capital))[unit]
    return worth


def _lead(model: RapprochementModel, seat: str, act: str, other: str) -> Array:
    lead: Array = _worth(model, seat, act) - _worth(model, seat, other)
    return lead


def _moves(model: RapprochementModel, seat: str, act: str) -> Array:
    numbers = model.case.world.parameters
    margin = _worth(model, seat, act) - numbers["act_threshold"]
    return logistic(margin / numbers["act_temperature"])


def _vote(model: RapprochementModel, act: str) -> Array:
    row, bits, _ = parse_act(model.case, act)
    numbers, view = model.case.world.parameters, true_view(model.state)
    chance = np.ones(model.n_lanes)
    for entry in model.case.effects.ratifications:
        if entry.row != row.index:
            continue
        ease = sum(amount for bit, amount in enumerate(entry.eases) if bits >> bit & 1)
        for capital in entry.by:
            chance *= ratification_prob(
                view.political_capital[capital] + ease,
                view.salience[entry.dispute, capital] * view.hurt[entry.dispute, capital],
                0.5 + 0.5 * view.stance[capital],
                openness_weight=numbers["ratification_openness"],
                bar=entry.bar,
                temperature=numbers["ratification_temperature"],
            )
    return chance


def _encounter(model: RapprochementModel, one: str, other: str) -> Array:
    view, world = true_view(model.state), model.case.world
    a, b = CAPITAL_KEYS.index(one), CAPITAL_KEYS.index(other)
    return incident_prob(
        view.threat[a, b],
        view.threat[b, a],
        view.channel[DYAD_INDEX[a, b]],
        per_year=world.parameters["incident_per_year"],
        years=world.turn_years,
    )


def _error_left(model: RapprochementModel, seat: str) -> Array:
    world = model.case.world
    numbers = world.parameters
    shared = shared_intelligence(
        world.axes.institutions, model.state.values["institution"], numbers
    )
    left: Array = 1.0 - (1.0 - numbers["intelligence_gsomia"]) * shared[CAPITAL_KEYS.index(seat)]
    return left


def _misjudged(model: RapprochementModel, seat: str, of: str) -> Array:
    other = CAPITAL_KEYS.index(of)
    agent: CapitalAgent = list(model.capitals)[CAPITAL_KEYS.index(seat)]
    believed = belief_view(model.state, agent.capital).programme[other]
    distance: Array = np.abs(believed - model.state.values["programme"][other])
    return distance


_READERS: dict[str, Callable[..., Array]] = {
    "worth": _worth,
    "lead": _lead,
    "moves": _moves,
    "vote": _vote,
    "encounter": _encounter,
    "error_left": _error_left,
    "misjudged": _misjudged,
}
