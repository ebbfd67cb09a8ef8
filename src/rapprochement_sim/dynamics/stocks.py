"""Stocks that acts move and time brings back, all cells of the state at once."""

import numpy as np

from rapprochement_sim.world.axes import Array, Booleans
from rapprochement_sim.world.forms import saturate


def moved_by_acts(
    cells: Array, impulse: Array, *, low: Array, high: Array, saturates: Booleans
) -> Array:
    """Return the change that acts make in cells (cell, run).

    Parameters
    ----------
    cells
        Cells of the state (cell, run), logit variables on the logit scale.
    impulse
        Latent impulses of this month's acts, same shape.
    low, high
        Bounds of a cell (cell, 1), approached and never reached.
    saturates
        Whether a cell is a bounded stock (cell, 1); others simply add the impulse.
    """
    return np.where(saturates, saturate(cells, impulse, low, high), impulse)


def fading(cells: Array, rest: Array, moved: Array) -> Array:
    """Return how far cells relax towards their rest: ``moved`` of the distance (cell, run)."""
    distance = rest - cells
    distance *= moved
    return distance
