"""Stocks that acts move and time brings back, all cells of the state at once."""

import numpy as np

from rapprochement_sim.world.axes import Array, Booleans, Integers
from rapprochement_sim.world.forms import saturate


def moved_by_acts(
    cells: Array, impulse: Array, touched: Integers, *, low: Array, high: Array, saturates: Booleans
) -> Array:
    """Return the change that acts make in every cell (cell, run).

    Parameters
    ----------
    cells
        The state (cell, run), logit variables on the logit scale.
    impulse
        Latent impulses of this month's acts, same shape.
    touched
        Cells that any lane's acts touch; all others are left alone.
    low, high
        Bounds of a cell (cell, 1), approached and never reached.
    saturates
        Whether a cell is a bounded stock (cell, 1); others simply add the impulse.
    """
    change = np.zeros_like(cells)
    push = impulse[touched]
    filled = saturate(cells[touched], push, low[touched], high[touched])
    change[touched] = np.where(saturates[touched], filled, push)
    return change


def fading(cells: Array, rest: Array, moved: Array) -> Array:
    """Return how far cells relax towards their rest: ``moved`` of the distance (cell, run)."""
    return (rest - cells) * moved
