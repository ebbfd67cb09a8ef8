"""Carrying out: the acts of a month become impulses on the cells of the state."""

from dataclasses import dataclass

import numpy as np

from rapprochement_sim.effects.compiling import Effects
from rapprochement_sim.effects.rows import MAX_MODIFIERS
from rapprochement_sim.effects.scalers import View
from rapprochement_sim.world.axes import Array, Integers
from rapprochement_sim.world.records import Entries, Impulses


@dataclass(frozen=True)
class Acts:
    """What happens in a turn, slot by slot.

    Attributes
    ----------
    row
        Row of the rule book in each slot, -1 for none (slot, run).
    modifiers
        Modifiers as bits, bit m for the row's m-th modifier (slot, run).
    month
        Month of the turn in which it happens (slot, run).
    """

    row: Integers
    modifiers: Integers
    month: Integers


def act_groups(acts: Acts, effects: Effects, month: int) -> tuple[Integers, Integers, Integers]:
    """Return group, slot and lane of everything that happens in a month, slot by slot."""
    slots, lanes = np.nonzero((acts.row >= 0) & (acts.month == month))
    if slots.size == 0:
        empty = np.empty(0, dtype=np.int64)
        return empty, empty, empty
    rows = acts.row[slots, lanes]
    bits = acts.modifiers[slots, lanes]
    taken = np.ones((slots.size, 1 + MAX_MODIFIERS), dtype=bool)
    taken[:, 1:] = (bits[:, np.newaxis] >> np.arange(MAX_MODIFIERS)) & 1 == 1
    groups = effects.row_groups[rows]
    taken &= groups >= 0
    where, column = np.nonzero(taken)
    return groups[where, column], slots[where], lanes[where]


def impulses_of(
    acts: Acts, effects: Effects, month: int, view: View, *, strength: float | Array = 1.0
) -> Impulses | None:
    """Return the impulses of a month's acts, or None if nothing happens in it.

    ``strength`` multiplies effects: all of them, or each entry in each lane (entry, run).

    Entries are added slot by slot and effect by effect, so that the bits of a sum do not
    depend on which worlds travel together.
    """
    groups, slots, lanes = act_groups(acts, effects, month)
    if groups.size == 0:
        return None
    entries = effects.group_entries[groups]
    is_entry = entries >= 0
    entry = entries[is_entry]
    width = entries.shape[1]
    lane = np.repeat(lanes, width).reshape(entries.shape)[is_entry]
    slot = np.repeat(slots, width).reshape(entries.shape)[is_entry]
    scalers = effects.scalers.read(view)
    factor = strength[entry, lane] if isinstance(strength, np.ndarray) else strength
    amount = factor * effects.size[entry] * scalers[effects.scaler[entry], lane]
    cell = effects.cell[entry]
    n_lanes = view.n_lanes
    summed = np.bincount(cell * n_lanes + lane, weights=amount, minlength=effects.n_cells * n_lanes)
    total: Array = np.asarray(summed, dtype=np.float64).reshape(effects.n_cells, n_lanes)
    return Impulses(total, Entries(cell, lane, slot, amount))
