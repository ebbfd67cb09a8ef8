"""What a seat decided, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.decisions import Decision, find_row
from rapprochement_sim.game.wording import modifier_title, row_title

if TYPE_CHECKING:
    from rapprochement_sim.game.session import Session


def decision_told(session: Session, decision: Decision) -> str:
    """Tell a decision of the open turn as its seat reads it."""
    case = session.case
    if decision.kind == "answer":
        word = "accept" if decision.accepts else "refuse"
        offered = [
            row_title(case, row)
            for row, _ in session.offers_to(decision.seat)
            if row.actor == decision.partner
        ]
        return f"{word} {decision.partner.title}'s offer: {', '.join(offered)}"
    row = find_row(case, decision.order)
    text = row_title(case, row)
    titles = [modifier_title(case, row, name) for name in decision.modifiers]
    return f"{text}, with: {'; '.join(titles)}" if titles else text
