"""Rows of the rule book: what can happen, when it may, and who must ratify it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.axes import Array, Integers

RowKind = Literal["act", "refused", "failed", "event"]
MAX_MODIFIERS = 6


@dataclass(frozen=True)
class Row:
    """One thing that can happen: an act, its refusal, its failure, or an event.

    ``closed_turns`` is the turn from which an act of the scenario's time can be ordered, and
    ``closed_reason`` why not before.
    """

    index: int
    name: str
    kind: RowKind
    actor: Capital | None
    target: Capital | None
    third: Capital | None
    consenting: tuple[Capital, ...]
    parties: tuple[Capital, ...]
    modifiers: tuple[str, ...]
    cost: float
    modifier_costs: tuple[float, ...]
    attention: float
    readiness: float
    pause_turns: int
    base_group: int
    modifier_groups: tuple[int, ...]
    refused_row: int = -1
    failed_row: int = -1
    closed_turns: int = 0
    closed_reason: str = ""

    @property
    def is_joint(self) -> bool:
        """Whether others must consent."""
        return bool(self.consenting)

    def price(self, modifiers: int) -> float:
        """Return the political capital that it costs with modifiers, given as bits."""
        chosen = [c for bit, c in enumerate(self.modifier_costs) if modifiers >> bit & 1]
        return self.cost + sum(chosen)

    @property
    def key(self) -> str:
        """Unique name: ``action:actor>target``, with the kind where it is no plain act."""
        if self.kind == "event":
            return f"event:{self.name}"
        seats = ">".join(c.key for c in (self.actor, self.target) if c is not None)
        plain = f"{self.name}:{seats}"
        return plain if self.kind == "act" else f"{plain}:{self.kind}"


@dataclass(frozen=True)
class CompiledCondition:
    """A precondition of a row on one cell of the state, with the reason it states."""

    row: int
    variable: str
    cell: int
    above: float
    below: float
    reason: str


@dataclass(frozen=True)
class ConditionTable:
    """All preconditions as columns, those of a row side by side.

    Attributes
    ----------
    places
        Variable, its cells that conditions ask about, and the conditions that ask.
    above, below
        Bounds of each condition (condition, 1).
    rows, starts
        Rows that have conditions, and the first condition of each.
    """

    places: tuple[tuple[str, Integers, Integers], ...]
    above: Array
    below: Array
    rows: Integers
    starts: Integers


def lay_out_conditions(conditions: Sequence[CompiledCondition]) -> ConditionTable:
    """Lay conditions out as columns; they come row by row."""
    variables = dict.fromkeys(condition.variable for condition in conditions)
    rows, starts = np.unique([condition.row for condition in conditions], return_index=True)
    return ConditionTable(
        places=tuple(
            (
                name,
                np.array([c.cell for c in conditions if c.variable == name], dtype=np.int64),
                np.array([n for n, c in enumerate(conditions) if c.variable == name]),
            )
            for name in variables
        ),
        above=np.array([[condition.above] for condition in conditions]).reshape(-1, 1),
        below=np.array([[condition.below] for condition in conditions]).reshape(-1, 1),
        rows=rows.astype(np.int64),
        starts=starts,
    )


@dataclass(frozen=True)
class CompiledRatification:
    """Who must ratify a row, over which dispute, and how modifiers ease it."""

    row: int
    by: tuple[Capital, ...]
    dispute: int
    bar: float
    eases: tuple[float, ...]
