"""Trade as leverage: coercion hurts where exposed, and pushes trade elsewhere."""

from __future__ import annotations

import numpy as np

from rapprochement_sim.world.axes import Array
from rapprochement_sim.world.forms import saturate

Parts = dict[str, Array]


def update_exposure(
    exposure: Array,
    *,
    impulse: Array,
    coercion: Array,
    rest: Array,
    diversification_per_year: float,
    kept: float,
    years: float,
) -> Parts:
    """Diversify away from whoever coerces; drift back otherwise.

    All arrays (capital, partner, run) in 0..1: trade that i needs from j, and the share of
    it that j restricts.
    """
    by_acts = saturate(exposure, impulse, 0.0, 1.0)
    moved = exposure + by_acts
    leaving = moved * np.expm1(-diversification_per_year * years * coercion)
    return {
        "acts": by_acts,
        "diversification": leaving,
        "fading": (rest - (moved + leaving)) * (1.0 - kept),
    }


def coercion_burden(coercion: Array, exposure: Array) -> Array:
    """Return the burden of restricted trade on each capital (capital, run), >= 0."""
    burden: Array = (coercion * exposure).sum(axis=1)
    return burden
