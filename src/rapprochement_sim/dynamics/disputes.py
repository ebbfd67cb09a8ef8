"""Disputes: hurt, relief, salience, settlement and the warmth of the day.

A hostile act fills what room for hurt is left; a remedy adds no warmth but joins relief,
which is felt with a lag and then removes hurt of its own dispute only.
"""

from __future__ import annotations

import numpy as np

from rapprochement_sim.world.axes import Array
from rapprochement_sim.world.forms import LOG_2, kept_share, saturate

Parts = dict[str, Array]


def update_relief(
    relief: Array, *, impulse: Array, lag_years: float, years: float
) -> tuple[Parts, Array]:
    """Let remedies join the stock of relief, and part of the stock be felt.

    Parameters
    ----------
    relief
        Remedies begun, not yet felt (dispute, capital, run), >= 0.
    impulse
        Remedies of this month's acts, same shape, weighted by their legitimacy.
    lag_years
        Half-life of the wait until a remedy is felt, in years.
    years
        Length of the step, in years.

    Returns
    -------
    tuple
        Parts of the change (``acts``, ``felt``) and the relief felt in this step, >= 0.
    """
    felt = (relief + impulse) * (1.0 - kept_share(lag_years, years))
    return {"acts": impulse, "felt": -felt}, felt


def update_hurt(
    hurt: Array,
    *,
    impulse: Array,
    felt: Array,
    settlement: Array,
    rest: Array,
    ceiling: float,
    relief_effect: float,
    kept: Array,
) -> Parts:
    """Injure, relieve and let hurt drift towards what memory keeps alive.

    Parameters
    ----------
    hurt
        Injury carried (dispute, capital, run), 0..ceiling.
    impulse
        Injury of this month's acts on the latent scale, same shape.
    felt
        Relief felt in this step, same shape.
    settlement
        How far the dispute is settled in that capital's eyes, 0..1; it lowers the rest.
    rest
        Chronic hurt that memory keeps alive while nothing is settled.
    ceiling
        Most hurt that one public can carry.
    relief_effect
        Hurt removed (log units) per unit of relief felt.
    kept
        Share of the distance to rest that is left after the step (dispute, 1, 1).
    """
    injured = saturate(hurt, impulse, 0.0, ceiling)
    after_injury = hurt + injured
    relieved = after_injury * np.expm1(-relief_effect * felt)
    after_relief = after_injury + relieved
    fading = (rest * (1.0 - settlement) - after_relief) * (1.0 - kept)
    return {"acts": injured, "relief": relieved, "fading": fading}


def update_salience(
    salience: Array,
    *,
    impulse: Array,
    protest_impulse: Array,
    rest: Array,
    half_life_years: float,
    years: float,
) -> Parts:
    """Raise salience by acts and protest, then let attention move on.

    All arrays (dispute, capital, run); salience and rest in 0..1.
    """
    by_acts = saturate(salience, impulse, 0.0, 1.0)
    by_protest = saturate(salience + by_acts, protest_impulse, 0.0, 1.0)
    raised = salience + by_acts + by_protest
    fading = (rest - raised) * (1.0 - kept_share(half_life_years, years))
    return {"acts": by_acts, "protest": by_protest, "fading": fading}


def mean_glow(glow: Array, *, half_life_years: float, years: float) -> Array:
    """Return the mean over the step of a warmth that decays from ``glow``.

    A warmth of 20 days is nearly gone at the end of a quarter, yet it was felt: publics
    react to its mean, integrated exactly.
    """
    decays = years * LOG_2 / half_life_years
    return glow * ((1.0 - kept_share(half_life_years, years)) / decays)
