from itertools import combinations

import pytest

from rapprochement_sim.vocabulary import (
    CAPITAL_KEYS,
    CAPITALS,
    COUNTRY_CODES,
    DEMOCRACIES,
    DYADS,
    Capital,
    Order,
    dyad_key,
)


def test_a_capital_is_its_place_on_every_capital_axis() -> None:
    """Saved games and run folders number capitals so."""
    assert CAPITAL_KEYS == ("seoul", "tokyo", "washington", "beijing", "pyongyang")
    assert [int(capital) for capital in CAPITALS] == [0, 1, 2, 3, 4]


def test_every_pair_is_a_dyad_once() -> None:
    assert list(DYADS) == list(combinations(CAPITALS, 2))


@pytest.mark.parametrize(("a", "b"), DYADS)
def test_a_dyad_has_one_name_whoever_comes_first(a: Capital, b: Capital) -> None:
    assert dyad_key(a, b) == dyad_key(b, a) == f"{a.key}-{b.key}"


def test_country_codes_name_every_capital_once() -> None:
    assert sorted(COUNTRY_CODES.values()) == list(CAPITALS)
    assert COUNTRY_CODES["KR"] is Capital.SEOUL
    assert COUNTRY_CODES["KP"] is Capital.PYONGYANG


def test_titles_and_democracies() -> None:
    assert Capital.WASHINGTON.title == "Washington"
    assert {Capital.BEIJING, Capital.PYONGYANG}.isdisjoint(DEMOCRACIES)


def test_orders_are_values() -> None:
    order = Order(Capital.SEOUL, "summit", Capital.TOKYO)
    assert order == Order(Capital.SEOUL, "summit", Capital.TOKYO, modifiers=())
    assert len({order, Order(Capital.SEOUL, "summit", Capital.TOKYO)}) == 1
    with pytest.raises(AttributeError):
        order.action = "hold"  # type: ignore[misc]
