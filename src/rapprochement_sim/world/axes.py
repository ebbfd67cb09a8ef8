"""The axes of the state and the variables that live on them.

Names of every axis and variable stand here once; YAML, arrays, Parquet columns and
screens use the same words. The run axis is always last and is not listed.
"""

from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import NDArray

from rapprochement_sim.scenario.names import VARIABLES, AxisName, Link, Variable
from rapprochement_sim.vocabulary import CAPITAL_KEYS, DYADS

__all__ = [
    "DYAD_INDEX",
    "N_CAPITALS",
    "N_DYADS",
    "VARIABLES",
    "Array",
    "Axes",
    "AxisName",
    "Booleans",
    "Integers",
    "Link",
    "Variable",
]

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

N_CAPITALS = len(CAPITAL_KEYS)
N_DYADS = len(DYADS)

DYAD_INDEX = np.full((N_CAPITALS, N_CAPITALS), -1, dtype=np.int64)
for _number, (_a, _b) in enumerate(DYADS):
    DYAD_INDEX[_a, _b] = DYAD_INDEX[_b, _a] = _number


@dataclass(frozen=True)
class Axes:
    """Names along the axes that a rule book and a scenario define."""

    disputes: tuple[str, ...]
    institutions: tuple[str, ...]
    surveys: tuple[str, ...]
    n_citizens: int

    def shape(self, variable: str) -> tuple[int, ...]:
        """Shape of a state variable without its run axis."""
        return self._shapes[variable]

    @cached_property
    def _shapes(self) -> dict[str, tuple[int, ...]]:
        sizes = {
            "capital": N_CAPITALS,
            "partner": N_CAPITALS,
            "dispute": len(self.disputes),
            "institution": len(self.institutions),
            "dyad": N_DYADS,
        }
        return {
            name: tuple(sizes[axis] for axis in variable.axes)
            for name, variable in VARIABLES.items()
        }

    def n_cells(self, variable: str) -> int:
        """Count the cells of a variable in one run."""
        return prod(self.shape(variable))

    def cell(self, variable: str, names: tuple[str, ...]) -> int:
        """Flat index of a named cell.

        Raises
        ------
        KeyError
            If a name is unknown, or the number of names does not fit the axes.
        """
        axes = VARIABLES[variable].axes
        wanted = sum(2 if axis == "dyad" else 1 for axis in axes)
        if len(names) != wanted:
            msg = f"{variable} is addressed by {wanted} names, found {len(names)}"
            raise KeyError(msg)
        index = 0
        shape = self.shape(variable)
        rest = list(names)
        for size, axis in zip(shape, axes, strict=True):
            index = index * size + self._position(axis, rest)
        return index

    def matching_cells(self, variable: str, at: list[str]) -> list[int]:
        """Flat indices of the cells that coordinates name; ``any`` is a wildcard.

        Raises
        ------
        KeyError
            As :meth:`cell`, where there is no wildcard.
        """
        if "any" not in at:
            return [self.cell(variable, tuple(at))]
        return [
            cell
            for cell in range(self.n_cells(variable))
            if all(
                want in ("any", have)
                for want, have in zip(at, self.cell_names(variable, cell), strict=True)
            )
        ]

    def _position(self, axis: AxisName, rest: list[str]) -> int:
        name = rest.pop(0)
        if axis == "dispute":
            return _index_of(self.disputes, name, "dispute")
        if axis == "institution":
            return _index_of(self.institutions, name, "institution")
        position = _index_of(CAPITAL_KEYS, name, "capital")
        if axis == "dyad":
            other = _index_of(CAPITAL_KEYS, rest.pop(0), "capital")
            if other == position:
                msg = f"a dyad needs two different capitals, found {name} twice"
                raise KeyError(msg)
            return int(DYAD_INDEX[position, other])
        return position

    def cell_names(self, variable: str, cell: int) -> tuple[str, ...]:
        """Names of a flat cell index; the inverse of :meth:`cell`."""
        names: list[str] = []
        positions = np.unravel_index(cell, self.shape(variable)) if self.shape(variable) else ()
        for axis, position in zip(VARIABLES[variable].axes, positions, strict=True):
            if axis == "dispute":
                names.append(self.disputes[position])
            elif axis == "institution":
                names.append(self.institutions[position])
            elif axis == "dyad":
                names.extend(capital.key for capital in DYADS[position])
            else:
                names.append(CAPITAL_KEYS[position])
        return tuple(names)


def _index_of(names: tuple[str, ...], name: str, kind: str) -> int:
    try:
        return names.index(name)
    except ValueError:
        msg = f"unknown {kind} {name!r}; known: {', '.join(names)}"
        raise KeyError(msg) from None
