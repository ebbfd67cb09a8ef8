"""What is said when somebody gets up from a seat: where all is kept, how to go on."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from rapprochement_sim.naming import masked_word

if TYPE_CHECKING:
    from rapprochement_sim.game.seat import Seat


def parting_lines(seat: Seat) -> tuple[str, ...]:
    """Save, and say how one comes back."""
    if seat.line is not None:
        return seat.line.way_back()
    where = seat.save()
    if not where:
        return ()
    return f"Saved in {where}", f"Go on with: {resuming(where)}"


def resuming(where: str) -> str:
    """Return the command that goes on with a save, under the mask if this process wears one."""
    return f"rapprochement play --resume {shlex.quote(where)}{masked_word()}"
