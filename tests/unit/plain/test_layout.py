"""Lines of 80 columns, figures as people read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapprochement_sim.game.figure_text import shown_change, shown_margin, shown_value
from rapprochement_sim.plain.layout import WIDTH, bar, heading, narrowed, page


def test_long_indented_lines_go_on_below() -> None:
    told = page(["   " + "word " * 40, "Saved in " + "a/" * 60])
    body = [line for line in told.splitlines() if line.startswith(" ")]
    assert max(map(len, body)) <= WIDTH
    assert body[0].startswith("   word")
    assert all(line.startswith("       word") for line in body[1:])
    assert "Saved in " + "a/" * 60 in told


def test_headings_are_underlined_and_fit() -> None:
    lines = list(heading("A title " * 15))
    assert max(map(len, lines)) <= WIDTH
    assert set(lines[-1]) == {"-"}


@pytest.mark.parametrize(
    ("name", "value", "unit", "shown"),
    [
        ("korea_favourable_of_japan", 30.4, "percent", "30%"),
        ("approval_tokyo", 0.345, "index", "34%"),
        ("political_capital_tokyo", 0.42, "index", "42"),
        ("rapprochement", 46.5, "points", "46"),
        ("trust_seoul_tokyo", 0.386, "index", "0.39"),
    ],
)
def test_figures_are_shown_as_people_read_them(
    name: str, value: float, unit: str, shown: str
) -> None:
    assert shown_value(name, value, unit) == shown


@pytest.mark.parametrize(
    ("name", "change", "unit", "grain", "shown"),
    [
        ("korea_favourable_of_japan", -2.6, "percent", 1.0, "-3"),
        ("korea_favourable_of_japan", 1.5, "percent", 0.5, "+1.5"),
        ("approval_tokyo", 0.05, "index", 0.01, "+5"),
        ("political_capital_tokyo", -0.001, "index", 0.01, "0"),
        ("trust_seoul_tokyo", -0.014, "index", 0.001, "-0.014"),
        ("trust_seoul_tokyo", 0.02, "index", 0.02, "+0.02"),
    ],
)
def test_changes_carry_their_sign_unless_they_are_none(
    name: str, change: float, unit: str, grain: float, shown: str
) -> None:
    assert shown_change(name, change, unit, grain=grain) == shown


def test_exact_figures_have_no_margin() -> None:
    assert shown_margin("trust_seoul_tokyo", 0.0, "index") == ""
    assert shown_margin("approval_tokyo", 0.03, "index") == "+-3"
    assert shown_margin("hurt_islands_seoul", 0.08, "index") == "+-0.08"


def test_bars_stay_within_their_width() -> None:
    assert bar(0.0) == "." * 10
    assert bar(1.7) == "#" * 10
    assert bar(0.34) == "###......."


@given(st.lists(st.text("ab -=", max_size=90), max_size=6), st.integers(20, 100))
def test_a_narrow_terminal_breaks_lines_between_words_and_loses_none(
    lines: list[str], width: int
) -> None:
    text = "".join(f"{line}\n" for line in lines)
    told = narrowed(text, width)
    words = [word for word in text.split() if word.strip("=-")]
    assert [word for word in told.split() if word.strip("=-")] == words
    too_long = [line for line in told.splitlines() if len(line) > width]
    assert width >= WIDTH or all(len(line.split()) == 1 for line in too_long)


def test_a_wide_terminal_changes_nothing() -> None:
    assert narrowed("  a  b   c\n\n=====\n", WIDTH) == "  a  b   c\n\n=====\n"
