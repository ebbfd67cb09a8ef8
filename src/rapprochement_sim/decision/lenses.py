"""What each school of thought values in the expected effects of an order.

Scores are linear in compiled effects: for each seat the products (effect size x weight)
are laid out once, and a turn costs one pass over scalers and one sparse product.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from scipy import sparse

from rapprochement_sim.effects.compiling import Effects
from rapprochement_sim.effects.rows import Row
from rapprochement_sim.effects.scalers import ScalerKey, ScalerTable, View, by_kind
from rapprochement_sim.scenario.names import parse_scaler
from rapprochement_sim.scenario.schema import RuleBook
from rapprochement_sim.vocabulary import CAPITAL_KEYS, LENSES, Capital
from rapprochement_sim.world.axes import Array, Axes, Integers

N_COMPONENTS = len(LENSES) + 1
_OFFICE = len(LENSES)


@dataclass(frozen=True)
class SeatLens:
    """The scores of one seat, ready to be read off a view.

    Attributes
    ----------
    seat
        Who judges.
    rows
        Rows of the rule book that the seat may order, propose or be asked to accept.
    unit_of_group
        Group number to unit, the position of its scores.
    scalers
        Scalers needed; ``first`` and ``second`` index the products of two of them.
    matrix
        Sparse (component x unit, product).
    values
        What the seat values: cell to component, weight and scaler of each valuation.
    scales
        Reference size of each component's score (component,): the root mean square over
        the seat's own acts at the start, so that weights compare like with like while
        zero keeps meaning "as good as doing nothing".
    """

    seat: Capital
    rows: tuple[Row, ...]
    unit_of_group: dict[int, int]
    scalers: ScalerTable
    first: Integers
    second: Integers
    matrix: Any
    n_units: int
    values: Mapping[int, Sequence[tuple[int, float, ScalerKey]]]
    scales: Array

    def score(self, view: View) -> Array:
        """Return standardised scores (component, unit, run): lenses in sequence, then office."""
        raw = self._raw(view)
        raw /= self.scales[:, np.newaxis, np.newaxis]
        return raw

    def _raw(self, view: View) -> Array:
        read = self.scalers.read(view)
        products = read.take(self.first, axis=0)
        products *= read.take(self.second, axis=0)
        scores: Array = self.matrix @ products
        return scores.reshape(N_COMPONENTS, self.n_units, -1)

    def calibrated(self, view: View) -> Self:
        """Return the seat's lens with reference scales taken at a view (the start)."""
        own = [
            self.unit_of_group[row.base_group]
            for row in self.rows
            if row.actor == self.seat and row.kind == "act"
        ]
        raw = self._raw(view)[:, own, 0]
        scales = np.sqrt((raw * raw).mean(axis=1))
        scales[_OFFICE] = 1.0
        return replace(self, scales=np.where(scales > 0.0, scales, 1.0))


def judged_rows(effects: Effects, seat: Capital) -> tuple[Row, ...]:
    """Return the rows a seat scores: its own acts, what it may accept, what a refusal brings."""
    rows = []
    for row in effects.rows:
        is_own = row.actor == seat and row.kind == "act"
        is_asked = seat in row.consenting and row.kind in ("act", "refused")
        if is_own or is_asked:
            rows.append(row)
    return tuple(rows)


def compile_seat_lens(
    rules: RuleBook, effects: Effects, axes: Axes, seat: Capital, office_weight: float
) -> SeatLens:
    """Lay out one seat's scores over all rows that it judges."""
    rows = judged_rows(effects, seat)
    groups = [g for row in rows for g in (row.base_group, *row.modifier_groups)]
    unit_of_group = {group: unit for unit, group in enumerate(groups)}
    values = values_by_cell(rules, effects, axes, seat, office_weight)
    keys: dict[ScalerKey, int] = {("one", ()): 0}
    products: dict[tuple[int, int], int] = {}
    places: list[int] = []
    columns: list[int] = []
    weights: list[float] = []
    for group, unit in unit_of_group.items():
        for entry in effects.group_entries[group]:
            if entry < 0:
                continue
            a = keys.setdefault(effects.scalers.keys[effects.scaler[entry]], len(keys))
            for component, weight, key in values.get(int(effects.cell[entry]), ()):
                b = keys.setdefault(key, len(keys))
                column = products.setdefault((a, b), len(products))
                places.append(component * len(groups) + unit)
                columns.append(column)
                weights.append(float(effects.size[entry]) * weight)
    together = by_kind(keys)
    place = np.array([together.index(key) for key in keys], dtype=np.int64)
    pairs = place[np.array(list(products) or [(0, 0)], dtype=np.int64)]
    matrix = sparse.csr_array(
        (np.array(weights), (np.array(places, dtype=np.int64), np.array(columns, dtype=np.int64))),
        shape=(N_COMPONENTS * len(groups), len(pairs)),
    )
    matrix.sum_duplicates()
    return SeatLens(
        seat=seat,
        rows=rows,
        unit_of_group=unit_of_group,
        scalers=ScalerTable(together, axes),
        first=pairs[:, 0],
        second=pairs[:, 1],
        matrix=matrix,
        n_units=len(groups),
        values=values,
        scales=np.ones(N_COMPONENTS),
    )


def values_by_cell(
    rules: RuleBook, effects: Effects, axes: Axes, seat: Capital, office_weight: float
) -> dict[int, list[tuple[int, float, ScalerKey]]]:
    """Return what a seat values: cell to component, weight and scaler of each valuation."""
    values: dict[int, list[tuple[int, float, ScalerKey]]] = {}
    for component, lens in enumerate(LENSES):
        for valuation in rules.lenses[lens.value].values:
            if valuation.seats and seat.key not in valuation.seats:
                continue
            at = tuple(seat.key if part == "self" else part for part in valuation.at)
            capitals = [name for name in at if name in CAPITAL_KEYS]
            if len(capitals) != len(set(capitals)):
                continue
            name, arguments = parse_scaler(valuation.scaled_by)
            key = (name, tuple(seat.key if part == "self" else part for part in arguments))
            cell = effects.offsets[valuation.on] + axes.cell(valuation.on, at)
            values.setdefault(cell, []).append((component, valuation.weight, key))
    office = effects.offsets["approval"] + axes.cell("approval", (seat.key,))
    values.setdefault(office, []).append((_OFFICE, office_weight, ("one", ())))
    return values
