"""Figures as people read them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rapprochement_sim
from rapprochement_sim.game.figure_text import (
    bar_text,
    counted,
    rounded,
    share_text,
    shown_band,
    shown_change,
    shown_ends,
    shown_value,
    signed,
    signed_range,
)

PACKAGE = Path(rapprochement_sim.__file__).parent
_SIGNED_ZERO = re.compile(r"[-+]0(?:\.0*)?(?![\d.])")


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


@given(
    number=st.one_of(st.floats(-200.0, 200.0), st.floats(-0.01, 0.01)),
    digits=st.integers(0, 3),
    unit=st.sampled_from(["percent", "points", "index"]),
    name=st.sampled_from(
        ["poll", "approval_seoul", "political_capital_seoul", "trust_seoul_tokyo"]
    ),
)
def test_no_zero_carries_a_sign(number: float, digits: int, unit: str, name: str) -> None:
    told = [
        signed(number, digits),
        rounded(number, digits),
        signed_range(min(number, 0.0), max(number, 0.0), digits),
        shown_value(name, number, unit),
        shown_change(name, number, unit),
        bar_text(name, number, unit),
        shown_band(-abs(number), abs(number)),
    ]
    assert [text for text in told if _SIGNED_ZERO.search(text)] == []


def test_faces_show_signs_by_the_one_function_alone() -> None:
    for folder in ("plain", "tui", "game", "report", "classroom"):
        for path in (PACKAGE / folder).rglob("*.py"):
            tree = ast.parse(path.read_text("utf-8"))
            specs = [node for node in ast.walk(tree) if isinstance(node, ast.FormattedValue)]
            signs = [s for s in specs if s.format_spec is not None and _asks_a_sign(s.format_spec)]
            assert not signs or path.name == "figure_text.py", f"{path}: use `signed`"


def _asks_a_sign(spec: ast.expr) -> bool:
    parts = spec.values if isinstance(spec, ast.JoinedStr) else []
    return any(isinstance(part, ast.Constant) and "+" in str(part.value) for part in parts)
