"""What a turn leaves behind for the ledger: every term of every change, as it was added."""

from __future__ import annotations

from collections.abc import Mapping
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
class OpinionRecord:
    """One public's turn towards the partners it is polled about (citizen, polled, run).

    ``neighbours`` is the mean attitude of the neighbours, ``noise`` the chance as added;
    ``before`` and ``after`` the attitudes; ``partners`` which partners they are about;
    ``shares`` the shares of the distance to anchor and neighbours covered in the turn.
    """

    partners: Integers
    before: Array
    after: Array
    neighbours: Array
    noise: Array
    shares: tuple[float, float]


@dataclass(frozen=True)
class ProtestRecord:
    """How protest moved, per unit of grievance and by the crowd (capital, run).

    ``per_grievance`` is the change of the protesting share per unit of grievance, the mean
    over citizens of their secant slopes; ``crowd`` the change that the crowd alone made.
    """

    per_grievance: Array
    crowd: Array


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
    opinions
        One record a public, None where it is not polled.
    protest
        How protest moved.
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
    opinions: tuple[OpinionRecord | None, ...]
    protest: ProtestRecord
    home: Mapping[str, Parts]
    before: Snapshot
    after: Snapshot
