"""Who acts on whom in a row of the rule book."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rapprochement_sim.effects.rows import Row
    from rapprochement_sim.vocabulary import Capital


def actor_of(row: Row) -> Capital:
    """Return who acts.

    Raises
    ------
    TypeError
        If the row is an event, which nobody orders.
    """
    if row.actor is None:
        msg = f"{row.key} is an event and has no actor"
        raise TypeError(msg)
    return row.actor


def target_of(row: Row) -> Capital:
    """Return towards whom.

    Raises
    ------
    TypeError
        If the row is an event, which has no target.
    """
    if row.target is None:
        msg = f"{row.key} is an event and has no target"
        raise TypeError(msg)
    return row.target
