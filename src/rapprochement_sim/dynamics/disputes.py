"""Disputes: hurt, relief, salience, settlement and the warmth of the day.

A hostile act fills what room for hurt is left; a remedy adds no warmth but joins relief,
which is felt with a lag and then removes hurt of its own dispute only.
"""

import numpy as np

from rapprochement_sim.world.axes import Array
from rapprochement_sim.world.forms import LOG_2, kept_share

Parts = dict[str, Array]


def feel_relief(relief: Array, *, lag_years: float, years: float) -> Array:
    """Return the part of the remedies begun that is felt in this step, same shape.

    Parameters
    ----------
    relief
        Remedies begun, this month's included, not yet felt (dispute, capital, run), >= 0.
    lag_years
        Half-life of the wait until a remedy is felt, in years.
    years
        Length of the step, in years.
    """
    return relief * (1.0 - kept_share(lag_years, years))


def update_hurt(
    hurt: Array,
    *,
    felt: Array,
    settlement: Array,
    rest: Array,
    relief_effect: float,
    kept: Array,
) -> Parts:
    """Let relief remove hurt, and hurt drift towards what memory keeps alive.

    Parameters
    ----------
    hurt
        Injury carried after this month's acts (dispute, capital, run), 0..1.
    felt
        Relief felt in this step, same shape.
    settlement
        How far the dispute is settled in that capital's eyes, 0..1; it lowers the rest.
    rest
        Chronic hurt that memory keeps alive while nothing is settled.
    relief_effect
        Hurt removed (log units) per unit of relief felt.
    kept
        Share of the distance to rest that is left after the step (dispute, 1, 1).
    """
    relieved = hurt * np.expm1(-relief_effect * felt)
    fading = (rest * (1.0 - settlement) - (hurt + relieved)) * (1.0 - kept)
    return {"relief": relieved, "fading": fading}


def protest_on_mind(salience: Array, protest_impulse: Array) -> Array:
    """Return how far protest raises salience (dispute, capital, run), filling the room left."""
    return (1.0 - salience) * -np.expm1(-protest_impulse)


def grievance(salience: Array, hurt: Array, weights: Array) -> Array:
    """Return each public's weighted stake in its open disputes (capital, run), >= 0.

    Parameters
    ----------
    salience, hurt
        Of each dispute (dispute, capital, run), 0..1.
    weights
        How a dispute feeds protest (dispute, capital, 1).
    """
    stakes: Array = (salience * hurt * weights).sum(axis=0)
    return stakes


def mean_glow(glow: Array, *, half_life_years: float, years: float) -> Array:
    """Return the mean over the step of a warmth that decays from ``glow``.

    A warmth of 20 days is nearly gone at the end of a quarter, yet it was felt: publics
    react to its mean, integrated exactly.
    """
    decays = years * LOG_2 / half_life_years
    return glow * ((1.0 - kept_share(half_life_years, years)) / decays)


def open_wounds(hurt: Array, settlement: Array, weights: Array) -> Array:
    """Return the unsettled hurt that publics carry about each other (capital, partner, run).

    Parameters
    ----------
    hurt, settlement
        Of each dispute in each capital (dispute, capital, run), 0..1.
    weights
        How strongly each dispute's hurt weighs on each attitude (dispute, capital, partner).
    """
    wounds: Array = np.einsum("dij,dir->ijr", weights, hurt * (1.0 - settlement))
    return wounds
