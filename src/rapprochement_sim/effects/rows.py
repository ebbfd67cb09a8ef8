"""Rows of the rule book: what can happen, when it may, and who must ratify it."""

from dataclasses import dataclass
from typing import Literal

from rapprochement_sim.vocabulary import Capital

RowKind = Literal["act", "refused", "failed", "event"]
MAX_MODIFIERS = 4


@dataclass(frozen=True)
class Row:
    """One thing that can happen: an act, its refusal, its failure, or an event."""

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

    @property
    def is_joint(self) -> bool:
        """Whether others must consent."""
        return bool(self.consenting)

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
class CompiledRatification:
    """Who must ratify a row, over which dispute, and how modifiers ease it."""

    row: int
    by: tuple[Capital, ...]
    dispute: int
    bar: float
    eases: tuple[float, ...]
