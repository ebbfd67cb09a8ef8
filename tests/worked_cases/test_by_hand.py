"""The sums of worked cases are sums that a reader can do, and they do come out."""

import math
from pathlib import Path

import pytest

from tests.worked_cases.by_hand import worked_out
from tests.worked_cases.playing import Found, checked
from tests.worked_cases.worked_case import Expectation, told_cases

README = Path(__file__).with_name("README.md")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.8 * (1 - exp(-0.22)) * 2 ** (-0.25 / 1.5)", 0.8 * -math.expm1(-0.22) * 2 ** (-1 / 6)),
        ("-(0.6 - 0.2) / 2", -0.2),
        ("share(0)", 0.5),
    ],
)
def test_a_sum_comes_to_its_value(text: str, value: float) -> None:
    assert worked_out(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["x + 1", "open('a')", "'a' * 3", "1 if 1 else 2", "exp(1, 2)"])
def test_what_is_no_sum_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no sum that a reader could do"):
        worked_out(text)


def test_a_sum_that_does_not_come_out_is_told() -> None:
    expected = Expectation(figure="deterrence", after=1, sign="+", hand="0.1 + 0.1")
    checked([(expected, Found(0.203, 0.203, 0.203))], sums=True)
    with pytest.raises(AssertionError, match="by hand"):
        checked([(expected, Found(0.21, 0.21, 0.21))], sums=True)


def test_every_sum_says_what_stands_in_it_and_has_the_sign_that_is_expected() -> None:
    for told in told_cases():
        for each in told.case.expect:
            if each.hand:
                assert each.by_hand, f"{told.id}: {each.figure}"
                assert {"+": 1.0, "-": -1.0}[each.sign] * worked_out(each.hand) > 0.0


@pytest.mark.parametrize("number", range(1, 21))
def test_each_of_the_first_twenty_mechanisms_has_a_sum(number: int) -> None:
    cases = [told.case for told in told_cases() if told.number == number]
    assert any(each.hand for case in cases for each in case.expect)


def test_the_page_for_readers_names_every_key_of_a_sum() -> None:
    page = README.read_text(encoding="utf-8")
    assert all(f"`{key}`" in page for key in ("hand", "by_hand", "within", "instead_start"))
    assert worked_out("(1 - 0.2) * (1 - exp(-0.22)) * 2 ** (-0.25 / 1.5)") == pytest.approx(
        0.141, abs=5e-4
    )
