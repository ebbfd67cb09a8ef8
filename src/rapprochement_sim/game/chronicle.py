"""What happened in a resolved turn: acts, events and decisions, as everyone learns of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rapprochement_sim.decision.case import ORDER_SLOTS, PROPOSAL_SLOTS
from rapprochement_sim.game.decisions import Decision, modifier_names
from rapprochement_sim.game.rows import target_of
from rapprochement_sim.game.wording import modifier_title, narrated, row_title
from rapprochement_sim.vocabulary import CAPITALS, ORDERS_PER_TURN, Capital

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rapprochement_sim.model import RapprochementModel

ActKind = Literal["act", "refused", "failed", "event"]
_LANE = 0


@dataclass(frozen=True)
class Act:
    """Something that happened in a turn.

    Attributes
    ----------
    slot, key
        Its place in the turn, and its row's unique name, as in the ledger.
    kind
        An act, an offer that was refused or failed in parliament, or an event.
    actor, partners
        Who did it (None for events) and whom it concerns beside the actor.
    title, told
        Its name, and what happened in a sentence.
    modifiers
        Titles of the modifiers taken.
    bits
        The same as the rule book numbers them.
    month
        Month of the turn, from 0.
    """

    slot: int
    key: str
    kind: ActKind
    actor: Capital | None
    partners: tuple[Capital, ...]
    title: str
    told: str
    modifiers: tuple[str, ...]
    bits: int
    month: int

    @property
    def is_joint(self) -> bool:
        """Whether it stood among the turn's offers."""
        return self.slot < PROPOSAL_SLOTS


@dataclass(frozen=True)
class ResolvedTurn:
    """A turn that is over.

    ``turn`` counts from 1. ``decisions`` are those of all seats; what a seat may see of
    them is what came of them: ``acts``.
    """

    turn: int
    decisions: tuple[Decision, ...]
    acts: tuple[Act, ...]
    published: Mapping[str, float]
    digest: str


def offers_and_answers(model: RapprochementModel) -> Iterator[Decision]:
    """Read off a model whose talks are closed what was offered and answered."""
    for proposer in CAPITALS:
        row_index = int(model.proposal_row[proposer, _LANE])
        if row_index < 0:
            continue
        row = model.case.row(row_index)
        bits = int(model.proposal_modifiers[proposer, _LANE])
        yield Decision("offer", proposer, target_of(row), row.name, modifier_names(row, bits))
        for asked in CAPITALS:
            if model.consent_asked[asked, proposer, _LANE]:
                accepts = bool(model.consent_given[asked, proposer, _LANE])
                yield Decision("answer", asked, proposer, accepts=accepts)


def orders_given(model: RapprochementModel) -> Iterator[Decision]:
    """Read off a model that has just resolved a turn which orders were carried out."""
    for slot in range(PROPOSAL_SLOTS, PROPOSAL_SLOTS + ORDER_SLOTS):
        row_index = int(model.acts.row[slot, _LANE])
        if row_index >= 0:
            row = model.case.row(row_index)
            seat = Capital((slot - PROPOSAL_SLOTS) // ORDERS_PER_TURN)
            bits = int(model.acts.modifiers[slot, _LANE])
            yield Decision("order", seat, target_of(row), row.name, modifier_names(row, bits))


def acts_of_turn(model: RapprochementModel) -> tuple[Act, ...]:
    """Tell what a model's last resolved turn brought, slot by slot."""
    case, acts = model.case, []
    for slot, row_index in enumerate(model.acts.row[:, _LANE]):
        if row_index < 0:
            continue
        row = case.row(int(row_index))
        bits = int(model.acts.modifiers[slot, _LANE])
        names = modifier_names(row, bits)
        acts.append(
            Act(
                slot=slot,
                key=row.key,
                kind=row.kind,
                actor=row.actor,
                partners=tuple(party for party in row.parties if party != row.actor),
                title=row_title(case, row),
                told=narrated(case, row),
                modifiers=tuple(modifier_title(case, row, name) for name in names),
                bits=bits,
                month=int(model.acts.month[slot, _LANE]),
            )
        )
    return tuple(acts)
