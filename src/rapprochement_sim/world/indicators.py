"""Every number that a person sees: state cells on natural scales, polls, composites."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from rapprochement_sim.scenario.schema import Composite
from rapprochement_sim.vocabulary import CAPITAL_KEYS
from rapprochement_sim.world.axes import N_CAPITALS, VARIABLES, Array
from rapprochement_sim.world.building import World
from rapprochement_sim.world.forms import logistic
from rapprochement_sim.world.state import WorldState


@dataclass(frozen=True)
class Indicator:
    """A number shown to people: its name, its place in the vector, its range and unit."""

    name: str
    index: int
    low: float
    high: float
    unit: str


class IndicatorTable:
    """All indicators of a scenario, read together.

    The vector holds, in sequence: every cell of every variable on its natural scale,
    threat appraisals, protest, poll shares in percent, and composites. Cells that pair a
    capital with itself keep their place and have no name.
    """

    def __init__(self, world: World, composites: dict[str, Composite]) -> None:
        entries = _base_entries(world)
        self.n_base = len(entries)
        places = {entry.name: n for n, entry in enumerate(entries) if entry is not None}
        weights = np.zeros((len(composites), self.n_base))
        for number, (name, composite) in enumerate(composites.items()):
            for term in composite.terms:
                if term.of not in places:
                    msg = f"composite {name!r} names an unknown indicator {term.of!r}"
                    raise KeyError(msg)
                weights[number, places[term.of]] += term.weight
            entries.append(Indicator(name, len(entries), 0.0, 100.0, "points"))
        self.weights = sparse.csr_array(weights)
        self.offsets = np.array([c.offset for c in composites.values()])[:, np.newaxis]
        self.entries = tuple(entry for entry in entries if entry is not None)
        self.by_name = {entry.name: entry for entry in self.entries}
        self.size = len(entries)
        self._terms = {
            name: tuple(term.of for term in composite.terms)
            for name, composite in composites.items()
        }
        self._surveys = world.axes.surveys

    def surveys_behind(self, names: Iterable[str]) -> frozenset[str]:
        """Name the surveys that some indicators are or sum up."""
        parts = {part for name in names for part in self._terms.get(name, (name,))}
        return frozenset(parts & set(self._surveys))

    def read(self, state: WorldState) -> Array:
        """Return all indicators of the true state (indicator, run), by place."""
        lanes = state.n_lanes
        natural = [
            (logistic(state.values[v.name]) if v.link == "logit" else state.values[v.name]).reshape(
                -1, lanes
            )
            for v in VARIABLES.values()
        ]
        base = np.concatenate(
            [
                *natural,
                logistic(state.threat).reshape(-1, lanes),
                state.protest,
                100.0 * state.shares,
            ]
        )
        return self.completed(base)

    def completed(self, base: Array) -> Array:
        """Return base indicators with the composites that follow from them (indicator, run)."""
        return np.concatenate([base, self.offsets + self.weights @ base])


def _base_entries(world: World) -> list[Indicator | None]:
    entries: list[Indicator | None] = []

    def add(name: str | None, low: float, high: float, unit: str) -> None:
        entries.append(None if name is None else Indicator(name, len(entries), low, high, unit))

    for variable in VARIABLES.values():
        for cell in range(world.axes.n_cells(variable.name)):
            names = world.axes.cell_names(variable.name, cell)
            is_self = len(names) == 2 and names[0] == names[1]
            add(
                None if is_self else "_".join((variable.name, *names)),
                variable.low,
                variable.high,
                "index",
            )
    for i in range(N_CAPITALS):
        for j in range(N_CAPITALS):
            name = None if i == j else f"threat_{CAPITAL_KEYS[i]}_{CAPITAL_KEYS[j]}"
            add(name, 0.0, 1.0, "index")
    for capital in CAPITAL_KEYS:
        add(f"protest_{capital}", 0.0, 1.0, "share")
    for survey in world.axes.surveys:
        add(survey, 0.0, 100.0, "percent")
    return entries
