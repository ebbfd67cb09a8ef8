"""The table of an open turn: offers read off the model, decisions written into it.

A model holds a single world as identical lanes, so decisions are written to all of them
and everything is read from the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.agents.capital import NOTHING
from rapprochement_sim.decision.legality import refusal_reason
from rapprochement_sim.game.decisions import find_row, modifier_bits
from rapprochement_sim.game.wording import row_title
from rapprochement_sim.vocabulary import Capital

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rapprochement_sim.effects.rows import Row
    from rapprochement_sim.game.decisions import Decision
    from rapprochement_sim.model import RapprochementModel

OfferOnTable = tuple[Capital, "Row", int]
LANE = 0


def offers_on_table(
    model: RapprochementModel, seats: Sequence[Capital], decisions: Iterable[Decision]
) -> Iterator[OfferOnTable]:
    """Yield proposer, row and modifier bits of every offer: those of people first."""
    for decision in decisions:
        if decision.kind == "offer":
            row = find_row(model.case, decision.order)
            yield decision.seat, row, modifier_bits(row, decision.modifiers)
    for proposer, row_index in enumerate(model.proposal_row[:, LANE]):
        if row_index >= 0 and proposer not in seats:
            bits = int(model.proposal_modifiers[proposer, LANE])
            yield Capital(proposer), model.case.row(int(row_index)), bits


def write_talks(
    model: RapprochementModel, seats: Sequence[Capital], decisions: Iterable[Decision]
) -> None:
    """Write what people offer and answer; who offers nothing offers nothing, silence refuses."""
    for seat in seats:
        model.proposal_override[seat] = NOTHING
        model.consent_override[seat] = 0
    for decision in decisions:
        if decision.kind == "offer":
            row = find_row(model.case, decision.order)
            model.proposal_override[decision.seat] = row.index
            bits = modifier_bits(row, decision.modifiers)
            model.proposal_modifiers_override[decision.seat] = bits
        elif decision.kind == "answer":
            model.consent_override[decision.seat, decision.partner] = int(decision.accepts)


def write_orders(
    model: RapprochementModel, seats: Sequence[Capital], decisions: Sequence[Decision]
) -> None:
    """Write what people order; who orders nothing does nothing."""
    for seat in seats:
        model.order_override[seat] = NOTHING
        orders = [d for d in decisions if d.kind == "order" and d.seat == seat]
        for number, decision in enumerate(orders):
            row = find_row(model.case, decision.order)
            bits = modifier_bits(row, decision.modifiers)
            model.order_override[seat, number] = row.index
            model.order_modifiers_override[seat, number] = bits


def talks_told(
    model: RapprochementModel, offers: Iterable[OfferOnTable]
) -> Iterator[tuple[tuple[Capital, ...], str]]:
    """Tell how each offer ended: who took part in it, and the result."""
    for proposer, row, _ in offers:
        answers = {
            asked: bool(model.consent_given[asked, proposer, LANE]) for asked in row.consenting
        }
        says = [f"{who.title} {'accepted' if yes else 'refused'}" for who, yes in answers.items()]
        if model.deals.accepted[proposer, LANE]:
            result = "agreed"
        elif all(answers.values()):
            result = "overtaken by the same offer from the other side"
        else:
            result = "not agreed"
        title = row_title(model.case, row)
        concerned = tuple(dict.fromkeys((*row.parties, *row.consenting)))
        yield concerned, f"{proposer.title}'s offer, {title}: {result} ({', '.join(says)})"


def refusals_of_turn(model: RapprochementModel) -> dict[int, str]:
    """Return why each act is refused as the turn opens, by row; empty where it is allowed."""
    effects, state = model.case.effects, model.state
    return {
        row.index: refusal_reason(effects, state, row, LANE)
        for row in effects.rows
        if row.kind == "act"
    }
