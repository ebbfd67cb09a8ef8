"""Stocks that acts move and time brings back: institutions, channels, posture and others."""

from __future__ import annotations

from rapprochement_sim.world.axes import Array
from rapprochement_sim.world.forms import saturate

Parts = dict[str, Array]


def update_stock(
    stock: Array, *, impulse: Array, rest: Array, kept: Array | float, low: float, high: float
) -> Parts:
    """Move a bounded stock by acts, then relax it towards its rest.

    Parameters
    ----------
    stock
        Any stock of the state (..., run) within low..high.
    impulse
        Latent impulse of this month's acts, same shape.
    rest
        Level it returns to without acts, broadcastable to ``stock``.
    kept
        Share of the distance to rest left after the step.
    low, high
        Bounds, approached and never reached.
    """
    by_acts = saturate(stock, impulse, low, high)
    return {"acts": by_acts, "fading": (rest - (stock + by_acts)) * (1.0 - kept)}
