"""What seats decide in a turn, and whether the rules allow it now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rapprochement_sim.errors import MalformedInput, NotAllowedNow, listed, nearest_name
from rapprochement_sim.vocabulary import MODIFIERS_PER_ORDER, ORDERS_PER_TURN, Capital, Order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.effects.rows import Row

DecisionKind = Literal["offer", "answer", "order"]
_ENOUGH = 1e-9


@dataclass(frozen=True)
class Decision:
    """One thing that a seat decided: an offer, an answer to one, or an order.

    ``partner`` is the target of an offer or order, and the proposer for an answer;
    ``accepts`` is told by answers only.
    """

    kind: DecisionKind
    seat: Capital
    partner: Capital
    action: str = ""
    modifiers: tuple[str, ...] = ()
    accepts: bool = False

    @property
    def order(self) -> Order:
        """The offer or order as the rule book names it."""
        return Order(self.seat, self.action, self.partner, self.modifiers)


@dataclass(frozen=True)
class Purse:
    """What a seat can still spend in this turn: attention, and political capital 0..1."""

    attention: float
    capital: float


def find_row(case: Case, order: Order) -> Row:
    """Return the row of an order.

    Raises
    ------
    MalformedInput
        If there is no such action, or that seat cannot direct it at that capital.
    """
    rows = [row for row in case.effects.rows if row.kind == "act" and row.actor == order.actor]
    named = [row for row in rows if row.name == order.action]
    if not named:
        known = dict.fromkeys(row.name for row in rows)
        what = f"{order.actor.title} has no action '{order.action}'"
        raise MalformedInput(what, allowed=listed(known), nearest=nearest_name(order.action, known))
    for row in named:
        if row.target == order.target:
            return row
    what = f"'{order.action}' cannot be directed at {order.target.title}"
    targets = (row.target.key for row in named if row.target is not None)
    raise MalformedInput(what, allowed=listed(targets))


def modifier_bits(row: Row, modifiers: Iterable[str]) -> int:
    """Return chosen modifiers as bits.

    Raises
    ------
    MalformedInput
        If the action has no such modifier.
    NotAllowedNow
        If there are too many of them.
    """
    bits = 0
    for name in modifiers:
        if name not in row.modifiers:
            what = f"'{row.name}' has no modifier '{name}'"
            raise MalformedInput(
                what,
                allowed=listed(row.modifiers) or "none",
                nearest=nearest_name(name, row.modifiers),
            )
        bits |= 1 << row.modifiers.index(name)
    if bits.bit_count() > MODIFIERS_PER_ORDER:
        what = f"an order takes at most {MODIFIERS_PER_ORDER} modifiers"
        raise NotAllowedNow(what, todo="Leave one out.")
    return bits


def modifier_names(row: Row, bits: int) -> tuple[str, ...]:
    """Return the modifiers that bits stand for."""
    return tuple(name for bit, name in enumerate(row.modifiers) if bits >> bit & 1)


def purse_after(case: Case, purse: Purse, decisions: Iterable[Decision]) -> Purse:
    """Return what is left of a purse once some offers and orders are paid in full."""
    attention, capital = purse.attention, purse.capital
    for decision in decisions:
        if decision.kind != "answer":
            row = find_row(case, decision.order)
            attention -= row.attention
            capital -= row.price(modifier_bits(row, decision.modifiers))
    return Purse(attention, capital)


def refusal_of(
    row: Row, own: Iterable[Decision], purse: Purse, *, reason: str, modifiers: int = 0
) -> str:
    """Return why a seat cannot add an order or offer now; empty if it can.

    Parameters
    ----------
    row
        What it would order or offer.
    own
        What it has decided in this turn.
    purse
        What it has left for this.
    reason
        Why the rules refused the row when the turn opened, or empty.
    modifiers
        What is asked for with it, as bits.
    """
    decisions = list(own)
    if reason:
        return reason
    if row.is_joint and any(d.kind == "offer" for d in decisions):
        return "one joint act can be offered in a turn, and one is on the table"
    orders = [d for d in decisions if d.kind == "order"]
    if not row.is_joint and len(orders) >= ORDERS_PER_TURN:
        return f"a turn takes at most {ORDERS_PER_TURN} orders, and they are given"
    if any(d.action == row.name for d in decisions if d.kind != "answer"):
        return "it has been given in this turn"
    if row.attention > purse.attention + _ENOUGH:
        return f"it takes {row.attention:g} attention, {max(purse.attention, 0.0):g} is left"
    price = row.price(modifiers)
    if price > purse.capital + _ENOUGH:
        left = 100.0 * max(purse.capital, 0.0)
        return f"it costs {100.0 * price:.0f} political capital, {left:.0f} is left"
    return ""
