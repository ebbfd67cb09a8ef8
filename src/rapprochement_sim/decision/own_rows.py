"""A seat's own rows of the rule book, laid out once a case for choosing among them."""

from dataclasses import dataclass

import numpy as np

from rapprochement_sim.decision.lenses import SeatLens
from rapprochement_sim.effects.compiling import Effects
from rapprochement_sim.effects.rows import MAX_MODIFIERS
from rapprochement_sim.world.axes import Array, Integers


@dataclass(frozen=True)
class Temptation:
    """A modifier m of those rows that have one.

    ``places`` are their places among the modifiable rows, ``units`` the modifier's units in
    the seat's scores, ``cost`` what it adds to the price (row, 1).
    """

    places: Integers
    units: Integers
    cost: Array


@dataclass(frozen=True)
class OwnRows:
    """What a seat may offer or order.

    Attributes
    ----------
    index
        Rows of the rule book (own row,).
    unit_of_group
        Place of each group of effects in the seat's scores, -1 for none (group,).
    base_units
        Units of the acts themselves (own row,).
    cost, readiness
        Columns of the rule book (own row, 1).
    modifiable
        Own rows that have modifiers; ``temptations`` lists these by modifier.
    prices
        What modifiable rows cost with each choice of modifiers, as bits (row, bits).
    """

    index: Integers
    unit_of_group: Integers
    base_units: Integers
    cost: Array
    readiness: Array
    modifiable: Integers
    temptations: tuple[Temptation, ...]
    prices: Array


def lay_out_own_rows(lens: SeatLens, effects: Effects) -> OwnRows:
    """Lay out the rows of a lens's seat."""
    rows = [
        row
        for row in lens.rows
        if row.actor == lens.seat and row.kind == "act" and row.name != "hold"
    ]
    index = np.array([row.index for row in rows], dtype=np.int64)
    unit_of_group = np.full(len(effects.group_row), -1, dtype=np.int64)
    unit_of_group[list(lens.unit_of_group)] = list(lens.unit_of_group.values())
    groups = effects.row_groups[index]
    units = np.where(groups >= 0, unit_of_group[groups], -1)
    added = np.zeros((index.size, MAX_MODIFIERS))
    for place, row in enumerate(rows):
        added[place, : len(row.modifier_costs)] = row.modifier_costs
    cost = np.array([row.cost for row in rows])
    modifiable = np.flatnonzero((units[:, 1:] >= 0).any(axis=1))
    taken = (np.arange(1 << MAX_MODIFIERS)[:, np.newaxis] >> np.arange(MAX_MODIFIERS)) & 1
    extra = (added[modifiable, np.newaxis] * taken).sum(axis=-1)
    return OwnRows(
        index=index,
        unit_of_group=unit_of_group,
        base_units=units[:, 0],
        cost=cost[:, np.newaxis],
        readiness=np.array([row.readiness for row in rows])[:, np.newaxis],
        modifiable=modifiable,
        temptations=tuple(
            Temptation(
                places=(places := np.flatnonzero(units[modifiable, 1 + m] >= 0)),
                units=units[modifiable[places], 1 + m],
                cost=added[modifiable[places], m][:, np.newaxis],
            )
            for m in range(MAX_MODIFIERS)
        ),
        prices=cost[modifiable][:, np.newaxis] + extra,
    )
