"""What a turn leaves behind for the ledger: every term of every change, as it was added."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rapprochement_sim.world.axes import Array, Integers

Parts = dict[str, Array]


@dataclass(frozen=True)
class Impulses:
    """Impulses of one month: their sum, and every entry that went into it.

    ``total`` (cell, run). ``cell``, ``lane``, ``slot`` and ``amount`` list the entries in
    the sequence in which they were added.
    """

    total: Array
    cell: Integers
    lane: Integers
    slot: Integers
    amount: Array


@dataclass(frozen=True)
class MonthRecord:
    """What the ledger needs of a month.

    Attributes
    ----------
    impulses
        Acts that fell in it, or None.
    before
        Values before the month.
    parts
        Variable to named parts of its change; they sum to the change.
    felt
        Relief felt (dispute, capital, run).
    pull
        Where disputes and warmth pulled attitudes (capital, partner, run).
    displacement
        Displacement before the month, same shape.
    """

    impulses: Impulses | None
    before: Mapping[str, Array]
    parts: Mapping[str, Parts]
    felt: Array
    pull: Array
    displacement: Array


@dataclass(frozen=True)
class CitizenRecord:
    """What citizens did in a turn: enough to work out every term again.

    Attributes
    ----------
    attitude
        Before and after (capital, citizen, partner, run).
    participation, crowd
        Protest before and after (capital, citizen, run).
    grievance
        Before and after (capital, run).
    noise
        Draws the turn's chance again, as it was added, same shape as the attitude: a draw
        is keyed, so it need not be kept.
    shares
        Shares of the distance to anchor and neighbours covered in the turn.
    """

    attitude: tuple[Array, Array]
    participation: tuple[Array, Array]
    crowd: tuple[Array, Array]
    grievance: tuple[Array, Array]
    noise: Callable[[], Array]
    shares: tuple[float, float]


@dataclass(frozen=True)
class Snapshot:
    """What the ledger compares across a turn: values, threat, protest, shares, polls."""

    values: Mapping[str, Array]
    displacement: Array
    threat: Array
    protest: Array
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
