"""Figures as people read them."""

from __future__ import annotations

import pytest

from rapprochement_sim.game.figure_text import counted, share_text, shown_change, shown_ends


@pytest.mark.parametrize(
    ("name", "unit", "before", "after", "grain", "ends"),
    [
        ("poll", "percent", 50.2, 46.9, 1.0, ("50%", "47%")),
        ("poll", "percent", 50.4, 46.6, 1.0, ("50.4%", "46.6%")),
        ("security", "points", 28.94, 29.34, 0.1, ("28.9", "29.3")),
        ("approval_seoul", "", 0.352, 0.371, 0.01, ("35%", "37%")),
        ("approval_seoul", "", 0.354, 0.366, 0.01, ("35.4%", "36.6%")),
        ("trust_seoul_tokyo", "", 0.41, 0.44, 0.01, ("0.41", "0.44")),
        ("trust_seoul_tokyo", "", 0.414, 0.436, 0.01, ("0.414", "0.436")),
    ],
)
def test_rounded_ends_never_belie_the_change_between_them(
    name: str, unit: str, before: float, after: float, grain: float, ends: tuple[str, str]
) -> None:
    change = shown_change(name, after - before, unit, grain=grain)
    assert shown_ends(name, before, after, unit, change=change) == ends


def test_a_share_that_is_there_is_never_nothing() -> None:
    assert share_text(3, 1000) == "<1%"
    assert share_text(0, 1000) == "0%"
    assert share_text(6, 1000) == "1%"
    assert share_text(5, 1000) == "<1%"


def test_one_thing_is_counted_as_one() -> None:
    assert [counted(n, "turn", "turns") for n in (0, 1, 2)] == ["0 turns", "1 turn", "2 turns"]
