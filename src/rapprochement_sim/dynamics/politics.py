"""Politics at home: approval, political capital, and the fear of being left by the ally."""

import numpy as np

from rapprochement_sim.world.axes import Array
from rapprochement_sim.world.forms import apportion, logistic, saturate

Parts = dict[str, Array]


def wear_approval(
    office_wear: Array, burden: Array, protest: Array, shock: Array, *, kept: float
) -> Parts:
    """Return what time in office, trade coercion, protest and chance do to approval.

    Parameters
    ----------
    office_wear
        Logits by which time in office lowers the base of approval, >= 0 (capital, run).
    burden, protest
        Logits lost in this step to trade coercion and to protest, >= 0.
    shock
        Chance in this step, in logits.
    kept
        Share of the distance to the base left after the step.
    """
    return {
        "office": -office_wear * (1.0 - kept),
        "coercion": -burden,
        "protest": -protest,
        "chance": shock,
    }


def regain_capital(
    political_capital: Array, approval_logit: Array, *, support: float, kept: float
) -> Array:
    """Return how political capital moves to what approval supports (capital, run)."""
    return (support * logistic(approval_logit) - political_capital) * (1.0 - kept)


def appraise_abandonment(
    rest: Array, absence: Array, guarantee: Array, danger: Array, *, kept: float
) -> Parts:
    """Re-appraise the fear of being left [Snyder1984]_, [Cha1999]_.

    Parameters
    ----------
    rest
        Fear of abandonment at the start's conditions (capital, run), 0..1.
    absence, guarantee, danger
        Latent pushes by Washington's absence (+), consultation on extended deterrence (-)
        and the sharpest threat (+), each relative to the start.
    kept
        Share of the distance to the appraisal left after the step.
    """
    latents = [absence, -guarantee, danger]
    shift = saturate(rest, latents[0] + latents[1] + latents[2], 0.0, 1.0)
    moved = 1.0 - kept
    absent, guaranteed, endangered = apportion(shift * moved, latents, moved)
    return {"absence": absent, "guarantee": guaranteed, "danger": endangered}


def protest_cost(protest_share: Array, weight_per_year: float, years: float) -> Array:
    """Return the logits of approval lost to a protesting public (capital, run), >= 0."""
    return weight_per_year * years * protest_share


def wear_of_office(years_in_office: Array, per_year: float, *, bend_years: float) -> Array:
    """Return the wear of office in logits: nearly linear at first, bounded in the end.

    ``bend_years`` is when it is half of what the first pace would have brought.
    """
    return per_year * years_in_office / (1.0 + years_in_office / bend_years)


def loses_office(approval: Array, uniform: Array, *, base_prob: float, protection: float) -> Array:
    """Return 1 where a leader is voted out, else 0 (run).

    The odds fall with approval: logit p = logit(base_prob) - protection * (approval - 0.5).
    """
    odds = np.log(base_prob) - np.log1p(-base_prob) - protection * (approval - 0.5)
    return (uniform < logistic(odds)).astype(np.float64)
