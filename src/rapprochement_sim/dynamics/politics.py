"""Politics at home: approval, political capital, and the fear of being left by the ally."""

from __future__ import annotations

import numpy as np

from rapprochement_sim.world.axes import Array
from rapprochement_sim.world.forms import apportion, logistic, saturate

Parts = dict[str, Array]


def update_approval(
    approval_logit: Array,
    *,
    impulse: Array,
    rest_logit: Array,
    office_wear: Array,
    burden: Array,
    protest: Array,
    shock: Array,
    kept: float,
) -> Parts:
    """Move approval by audience costs and rallies, office, economy, protest and chance.

    Parameters
    ----------
    approval_logit
        Approval, or elite support in autocracies, on the logit scale (capital, run).
    impulse
        Audience costs and rallies of this month's acts [Fearon1994]_.
    rest_logit
        Base that approval returns to (capital, 1).
    office_wear
        Logits by which time in office lowers that base, >= 0.
    burden, protest
        Logits lost in this step to trade coercion and to protest, >= 0.
    shock
        Chance in this step, in logits.
    kept
        Share of the distance to the base left after the step.
    """
    return {
        "acts": impulse,
        "fading": (rest_logit - (approval_logit + impulse)) * (1.0 - kept),
        "office": -office_wear * (1.0 - kept),
        "coercion": -burden,
        "protest": -protest,
        "chance": shock,
    }


def update_political_capital(
    political_capital: Array, *, impulse: Array, approval_logit: Array, support: float, kept: float
) -> Parts:
    """Spend political capital on acts and regain what approval supports (capital, run)."""
    spent = saturate(political_capital, impulse, 0.0, 1.0)
    supported = support * logistic(approval_logit)
    return {"acts": spent, "support": (supported - (political_capital + spent)) * (1.0 - kept)}


def update_abandonment(
    abandonment: Array,
    *,
    impulse: Array,
    rest: Array,
    absence: Array,
    guarantee: Array,
    danger: Array,
    kept: float,
) -> Parts:
    """Re-appraise the fear of being left [Snyder1984]_, [Cha1999]_.

    Parameters
    ----------
    abandonment, rest
        Fear of abandonment now and at the start's conditions (capital, run), 0..1.
    absence, guarantee, danger
        Latent pushes by Washington's absence (+), consultation on extended deterrence (-)
        and the sharpest threat (+), each relative to the start.
    kept
        Share of the distance to the appraisal left after the step.
    """
    by_acts = saturate(abandonment, impulse, 0.0, 1.0)
    latents = [absence, -guarantee, danger]
    shift = saturate(rest, latents[0] + latents[1] + latents[2], 0.0, 1.0)
    moved = 1.0 - kept
    absent, guaranteed, endangered = apportion(shift * moved, latents, moved)
    return {
        "acts": by_acts,
        "fading": (rest - (abandonment + by_acts)) * moved,
        "absence": absent,
        "guarantee": guaranteed,
        "danger": endangered,
    }


def update_bandwidth(
    bandwidth: Array, *, impulse: Array, rest: Array, shock: Array, kept: float
) -> Parts:
    """Move Washington's attention to the region by events and chance (run), 0..1."""
    by_acts = saturate(bandwidth, impulse, 0.0, 1.0)
    by_chance = saturate(bandwidth + by_acts, shock, 0.0, 1.0)
    moved = bandwidth + by_acts + by_chance
    return {"acts": by_acts, "chance": by_chance, "fading": (rest - moved) * (1.0 - kept)}


def protest_cost(protest_share: Array, weight_per_year: float, years: float) -> Array:
    """Return the logits of approval lost to a protesting public (capital, run), >= 0."""
    return weight_per_year * years * protest_share


def wear_of_office(years_in_office: Array, per_year: float) -> Array:
    """Return the wear of office in logits: nearly linear at first, bounded in the end."""
    return per_year * years_in_office / (1.0 + years_in_office / 4.0)


def loses_office(approval: Array, uniform: Array, *, base_prob: float, protection: float) -> Array:
    """Return 1 where a leader is voted out, else 0 (run).

    The odds fall with approval: logit p = logit(base_prob) - protection * (approval - 0.5).
    """
    odds = np.log(base_prob) - np.log1p(-base_prob) - protection * (approval - 0.5)
    return (uniform < logistic(odds)).astype(np.float64)
