"""Small pieces of deciding: rows, modifiers, purses, reasons."""

import pytest

from rapprochement_sim.decision.case import Case
from rapprochement_sim.errors import MalformedInput, NotAllowedNow
from rapprochement_sim.game.decisions import (
    Decision,
    Purse,
    find_row,
    modifier_bits,
    modifier_names,
    purse_after,
    refusal_of,
)
from rapprochement_sim.game.rows import actor_of, target_of
from rapprochement_sim.model import load_case
from rapprochement_sim.vocabulary import Capital, Order


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case("rekindled_2023")


SUMMIT = Decision("offer", Capital.TOKYO, Capital.SEOUL, "summit")
FULL = Purse(attention=2.0, capital=0.5)


def test_modifiers_and_bits_are_each_other_s_inverse(case: Case) -> None:
    for row in case.effects.rows:
        for bits in (0, 1, 2, 3):
            if bits < 1 << len(row.modifiers):
                assert modifier_bits(row, modifier_names(row, bits)) == bits


def test_too_many_modifiers_are_refused(case: Case) -> None:
    row = max(case.effects.rows, key=lambda row: len(row.modifiers))
    if len(row.modifiers) > 2:
        with pytest.raises(NotAllowedNow, match="at most 2 modifiers"):
            modifier_bits(row, row.modifiers)


def test_an_unknown_target_lists_the_known_ones(case: Case) -> None:
    with pytest.raises(MalformedInput) as raised:
        find_row(case, Order(Capital.SEOUL, "missile_test", Capital.TOKYO))
    assert "Seoul has no action 'missile_test'" in str(raised.value)


def test_a_purse_pays_for_offers_and_orders_and_not_for_answers(case: Case) -> None:
    answer = Decision("answer", Capital.TOKYO, Capital.SEOUL, accepts=True)
    row = find_row(case, SUMMIT.order)
    left = purse_after(case, FULL, [SUMMIT, answer])
    assert left.attention == pytest.approx(2.0 - row.attention)
    assert left.capital == pytest.approx(0.5 - row.cost)


def test_reasons_come_in_the_sequence_that_helps_most(case: Case) -> None:
    row = find_row(case, SUMMIT.order)
    assert refusal_of(row, [], FULL, reason="") == ""
    assert refusal_of(row, [], FULL, reason="No talks.") == "No talks."
    assert "one joint act" in refusal_of(row, [SUMMIT], FULL, reason="")
    assert "attention" in refusal_of(row, [], Purse(0.0, 0.5), reason="")
    assert "political capital, 0 is left" in refusal_of(row, [], Purse(2.0, 0.0), reason="")


def test_modifiers_are_paid_for(case: Case) -> None:
    acts = [row for row in case.effects.rows if row.kind == "act"]
    row = next(row for row in acts if max(row.modifier_costs, default=0.0) > 0.0)
    dear = max(range(len(row.modifiers)), key=row.modifier_costs.__getitem__)
    price = row.cost + row.modifier_costs[dear]
    assert row.price(1 << dear) == pytest.approx(price)
    scarce = Purse(2.0, row.cost + 0.5 * row.modifier_costs[dear])
    assert refusal_of(row, [], scarce, reason="") == ""
    assert f"costs {100 * price:.0f} political" in refusal_of(
        row, [], scarce, reason="", modifiers=1 << dear
    )
    order = Decision("order", actor_of(row), target_of(row), row.name, (row.modifiers[dear],))
    assert purse_after(case, FULL, [order]).capital == pytest.approx(FULL.capital - price)


def test_events_have_neither_actor_nor_target(case: Case) -> None:
    event = case.row(case.event_rows[0])
    for reader in (actor_of, target_of):
        with pytest.raises(TypeError, match="is an event"):
            reader(event)
