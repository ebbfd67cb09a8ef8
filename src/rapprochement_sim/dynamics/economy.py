"""Trade as leverage: coercion hurts where exposed, and pushes trade elsewhere."""

import numpy as np

from rapprochement_sim.world.axes import Array


def diversify(exposure: Array, coercion: Array, *, per_year: float, years: float) -> Array:
    """Return how far capitals move trade away from whoever coerces them, <= 0.

    All arrays (capital, partner, run) in 0..1: trade that i needs from j, and the share of
    it that j restricts.
    """
    leaving: Array = exposure * np.expm1(-per_year * years * coercion)
    return leaving


def coercion_burden(coercion: Array, exposure: Array) -> Array:
    """Return the burden of restricted trade on each capital (capital, run), >= 0."""
    burden: Array = (coercion * exposure).sum(axis=1)
    return burden
