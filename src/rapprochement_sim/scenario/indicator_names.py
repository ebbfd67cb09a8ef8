"""Names of the numbers shown to people, and the cell of the state each one reads.

``trust_seoul_tokyo`` is the variable and the names along its axes; a dyad is named in
axis sequence; a pair of a capital with itself has no name. Surveys and composites are
indicators under their own ids.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from rapprochement_sim.scenario.names import APPRAISALS, VARIABLES, AxisName
from rapprochement_sim.vocabulary import CAPITAL_KEYS, DYADS

if TYPE_CHECKING:
    from rapprochement_sim.scenario.schema import RuleBook


class Cell(NamedTuple):
    """One cell of the state: a variable or an appraisal, and the names along its axes."""

    of: str
    names: tuple[str, ...]


def indicator_cells(rules: RuleBook) -> dict[str, Cell]:
    """Every indicator that reads one cell of the state, by name."""
    axes = {**{name: variable.axes for name, variable in VARIABLES.items()}}
    axes |= {name: appraisal.axes for name, appraisal in APPRAISALS.items()}
    cells = [Cell(of, names) for of in axes for names in _addresses(axes[of], rules)]
    return {"_".join((cell.of, *cell.names)): cell for cell in cells}


def indicator_names(rules: RuleBook) -> list[str]:
    """Every indicator: cells of the state, surveys, composites."""
    return [*indicator_cells(rules), *rules.surveys, *rules.composites]


def _addresses(axes: tuple[AxisName, ...], rules: RuleBook) -> list[tuple[str, ...]]:
    positions: dict[AxisName, list[tuple[str, ...]]] = {
        "capital": [(key,) for key in CAPITAL_KEYS],
        "partner": [(key,) for key in CAPITAL_KEYS],
        "dyad": [(a.key, b.key) for a, b in DYADS],
        "dispute": [(name,) for name in rules.disputes],
        "institution": [(name,) for name in rules.institutions],
    }
    whole = [sum(steps, ()) for steps in product(*(positions[axis] for axis in axes))]
    return [names for names in whole if not (axes[-1:] == ("partner",) and names[0] == names[1])]
