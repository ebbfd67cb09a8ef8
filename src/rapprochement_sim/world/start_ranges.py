"""How far first values may differ from run to run, where a scenario asks for it."""

from dataclasses import dataclass

import numpy as np

from rapprochement_sim.scenario.schema import StartValue
from rapprochement_sim.world.axes import VARIABLES, Array, Axes
from rapprochement_sim.world.forms import logistic, logit

_CERTAINTY = 0.995
"""Where the logit scale ends for a drawn value: nothing starts wholly sure."""


@dataclass(frozen=True)
class StartRanges:
    """Room of every first value below and above it, on the natural scale.

    Attributes
    ----------
    down, up
        Variable name to the distance to where a draw may reach (axes of the variable, 1);
        0 where no range is stated.
    """

    down: dict[str, Array]
    up: dict[str, Array]

    def drawn(self, start: dict[str, Array], uniforms: Array) -> dict[str, Array]:
        """Return first values by lane.

        Parameters
        ----------
        start
            The stated first values (axes, 1), on the logit scale where linked so.
        uniforms
            One number a cell, variables in their sequence (cell, run), [0, 1). A half stands
            for the stated value, 0 and 1 for the ends of the room; between them it is even.

        Returns
        -------
        dict
            Variable name to first values (axes, run), on the same scale as ``start``.
        """
        values, first = {}, 0
        for name, stated in start.items():
            n_cells = stated.size
            side = 2.0 * uniforms[first : first + n_cells] - 1.0
            first += n_cells
            side = side.reshape(*stated.shape[:-1], uniforms.shape[-1])
            away = np.where(side < 0.0, side * self.down[name], side * self.up[name])
            if VARIABLES[name].link == "logit":
                share = np.clip(logistic(stated) + away, 1.0 - _CERTAINTY, _CERTAINTY)
                values[name] = np.where(away == 0.0, stated, logit(share))
            else:
                values[name] = stated + away
        return values


def build_start_ranges(
    entries: dict[str, list[StartValue]], axes: Axes, share: float
) -> StartRanges | None:
    """Lay out the stated ranges of first values, or nothing if none is to be drawn.

    Parameters
    ----------
    entries
        Variable name to its stated first values, later ones overwriting earlier ones.
    axes
        Names along the axes.
    share
        Of the distance from a first value to either end of its range, 0..1.
    """
    if share <= 0.0:
        return None
    down, up = {}, {}
    for name in VARIABLES:
        below, above = np.zeros((2, axes.n_cells(name)))
        for entry in entries.get(name, []):
            low, high = entry.range
            for cell in axes.matching_cells(name, entry.at):
                below[cell] = share * max(entry.value - low, 0.0)
                above[cell] = share * max(high - entry.value, 0.0)
        shape = (*axes.shape(name), 1)
        down[name], up[name] = below.reshape(shape), above.reshape(shape)
    return StartRanges(down, up)
