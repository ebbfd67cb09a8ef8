"""What a turn leaves behind for the ledger: every term of every change, as it was added."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rapprochement_sim.world.axes import Array, Integers

Parts = dict[str, Array]


@dataclass(frozen=True)
class Entries:
    """What acts added in a month, in the sequence in which it was added.

    ``cell`` of the vector of cells, ``lane``, ``slot`` of the turn's acts, and the latent
    ``amount``.
    """

    cell: Integers
    lane: Integers
    slot: Integers
    amount: Array


@dataclass(frozen=True)
class Impulses:
    """Impulses of one month: their sum (cell, run), and every entry that went into it."""

    total: Array
    entries: Entries


@dataclass(frozen=True)
class MonthRecord:
    """What the ledger needs of a month: the rest follows from it by the same formulas.

    Attributes
    ----------
    entries
        Acts that fell in it, or None.
    before, after
        Values at both ends of the month.
    own
        Variable to named parts that processes added beside acts and fading.
    """

    entries: Entries | None
    before: Mapping[str, Array]
    after: Mapping[str, Array]
    own: Mapping[str, Parts]


class Public(Protocol):
    """A public as the ledger needs it: how its citizens answer, as pure functions."""

    shares: tuple[float, float]

    def move(self, attitude: Array, noise: Array, displacement: tuple[Array, Array]) -> Array:
        """Return attitudes after the turn (citizen, partner, run)."""

    def join(self, participation: Array, grievance: Array) -> tuple[Array, Array]:
        """Return participation and crowd after a month (citizen, run)."""


@dataclass(frozen=True)
class CitizenRecord:
    """What citizens met in a turn; what they did is followed again from the start.

    Attributes
    ----------
    publics
        The five publics.
    noise
        Draws the turn's chance again, as it was added (capital, citizen, partner, run): a
        draw is keyed, so it need not be kept.
    """

    publics: Sequence[Public]
    noise: Callable[[], Array]


@dataclass(frozen=True)
class Snapshot:
    """What the ledger compares across a turn: values, threat, shares, polls."""

    values: Mapping[str, Array]
    displacement: Array
    threat: Array
    shares: Array
    polls: Array


@dataclass(frozen=True)
class TurnRecord:
    """Everything a turn did, in the sequence in which it did it.

    Attributes
    ----------
    turn
        Number of the turn, from 0.
    rows, modifiers, months
        Acts by slot (slot, run); see :class:`rapprochement_sim.effects.acting.Acts`.
    month_records
        One record a month.
    citizens
        What citizens did.
    home
        Variable to named parts of changes by elections, after the months.
    before, after
        The state at both ends of the turn.
    """

    turn: int
    rows: Integers
    modifiers: Integers
    months: Integers
    month_records: tuple[MonthRecord, ...]
    citizens: CitizenRecord
    home: Mapping[str, Parts]
    before: Snapshot
    after: Snapshot
