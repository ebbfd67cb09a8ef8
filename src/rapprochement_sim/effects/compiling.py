"""The rule book compiled to arrays: rows, groups of effects, cells, sizes, scalers.

A *row* is an action in the hands of one actor towards one target (or what follows when
it is refused or fails, or an event). A *group* is the effects of a row or of one of its
modifiers. Adding an action adds rows and groups, never code.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rapprochement_sim.effects.drafting import Draft, Hand, add_action, add_event
from rapprochement_sim.effects.rows import (
    MAX_MODIFIERS,
    CompiledCondition,
    CompiledRatification,
    ConditionTable,
    Row,
    lay_out_conditions,
)
from rapprochement_sim.effects.scalers import ScalerTable, by_kind
from rapprochement_sim.scenario.schema import Effect, RuleBook
from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.axes import Array, Integers
from rapprochement_sim.world.building import World


@dataclass(frozen=True)
class Effects:
    """All effects of a rule book, as arrays.

    Attributes
    ----------
    rows
        What can happen.
    offsets
        Variable name to its first cell in the vector of all cells; ``n_cells`` in all.
    group_entries
        Entries of each group, padded with -1 (group, entry).
    cell, size, scaler
        Per entry: cell in that vector, latent size (hostile trust effects already
        weighted by negativity), index into ``scalers``.
    origin
        Per entry: the declared effect it came from, for explanations.
    conditions
        Preconditions of rows; of events, what averts them. ``condition_table`` holds the
        same as columns.
    """

    rows: tuple[Row, ...]
    offsets: dict[str, int]
    n_cells: int
    group_entries: Integers
    group_row: Integers
    cell: Integers
    size: Array
    scaler: Integers
    scalers: ScalerTable
    origin: tuple[Effect | None, ...]
    conditions: tuple[CompiledCondition, ...]
    condition_table: ConditionTable
    row_by_key: dict[str, int]
    row_groups: Integers
    ratifications: tuple[CompiledRatification, ...]

    def find_row(self, action: str, actor: Capital, target: Capital) -> int:
        """Return the row of an order, or -1 where that seat has no such order."""
        return self.row_by_key.get(f"{action}:{actor.key}>{target.key}", -1)

    def variable_of(self, cell: int) -> tuple[str, int]:
        """Return the variable of a cell in the vector, and the cell within it."""
        return self._places[cell]

    @cached_property
    def declared(self) -> Integers:
        """Number of the declared effect that each entry stems from (entry,)."""
        numbers: dict[int, int] = {}
        return np.array(
            [numbers.setdefault(id(effect), len(numbers)) for effect in self.origin],
            dtype=np.int64,
        )

    @cached_property
    def _places(self) -> tuple[tuple[str, int], ...]:
        names = sorted(self.offsets, key=self.offsets.__getitem__)
        ends = [*(self.offsets[name] for name in names[1:]), self.n_cells]
        return tuple(
            (name, place)
            for name, end in zip(names, ends, strict=True)
            for place in range(end - self.offsets[name])
        )


def compile_effects(rules: RuleBook, world: World) -> Effects:
    """Compile a rule book for a scenario.

    Raises
    ------
    KeyError
        If an effect names a cell that does not exist; the loader finds these first.
    """
    offsets = world.cells.offsets
    draft = Draft(
        world.axes,
        offsets,
        negativity=world.parameters["trust_negativity"],
        learning=world.parameters["trust_learning"],
        spending=world.parameters["spending_per_cost"],
    )
    for action_id, action in rules.actions.items():
        for seat in action.seats:
            add_action(draft, Hand(action_id, action, seat))
    for event_id, event in rules.events.items():
        add_event(draft, event_id, event)
    longest = max(len(entries) for entries in draft.groups)
    padded = np.full((len(draft.groups), max(longest, 1)), -1, dtype=np.int64)
    for number, entries in enumerate(draft.groups):
        padded[number, : len(entries)] = entries
    together = by_kind(draft.keys)
    place = np.array([together.index(key) for key in draft.keys], dtype=np.int64)
    return Effects(
        rows=tuple(draft.rows),
        offsets=offsets,
        n_cells=world.cells.n,
        group_entries=padded,
        group_row=np.array(draft.group_row),
        cell=np.array(draft.cell, dtype=np.int64),
        size=np.array(draft.size),
        scaler=place[np.array(draft.scaler, dtype=np.int64)],
        scalers=ScalerTable(together, world.axes),
        origin=tuple(draft.origin),
        conditions=tuple(draft.conditions),
        condition_table=lay_out_conditions(draft.conditions),
        row_by_key={row.key: row.index for row in draft.rows},
        row_groups=_groups_of_rows(draft.rows),
        ratifications=tuple(draft.ratifications),
    )


def _groups_of_rows(rows: list[Row]) -> Integers:
    table = np.full((len(rows), 1 + MAX_MODIFIERS), -1, dtype=np.int64)
    for row in rows:
        table[row.index, 0] = row.base_group
        table[row.index, 1 : 1 + len(row.modifier_groups)] = row.modifier_groups
    return table
