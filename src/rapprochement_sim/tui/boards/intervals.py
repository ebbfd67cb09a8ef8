"""Estimates with their intervals, in figures and drawn with characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import signed, signed_range
from rapprochement_sim.tui.boards.figures import change_role
from rapprochement_sim.tui.lines import Line, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rapprochement_sim.game.estimates import Estimate

_LEAST_SPAN = 1.0


def span_of(estimates: Iterable[Estimate]) -> tuple[float, float]:
    """Return a range that holds zero and every interval."""
    ends = [0.0, -_LEAST_SPAN, _LEAST_SPAN]
    for estimate in estimates:
        ends += [estimate.low, estimate.high]
    return min(ends), max(ends)


def interval_text(estimate: Estimate) -> str:
    """Show an estimate and its interval in figures."""
    value = f"{signed(estimate.value, 1):>6}"
    if not estimate.error:
        return f"{value}  {'exact':<16}"
    return f"{value}  {f'({signed_range(estimate.low, estimate.high, 1)})':<16}"


def interval_bar(estimate: Estimate, span: tuple[float, float], width: int) -> str:
    """Draw an interval: ``-`` from end to end, ``o`` the estimate, ``|`` where zero is."""
    low, high = span

    def at(value: float) -> int:
        inside = min(max((value - low) / (high - low), 0.0), 1.0)
        return round(inside * (width - 1))

    drawn = [" "] * width
    for place in range(at(estimate.low), at(estimate.high) + 1):
        drawn[place] = "-"
    drawn[at(0.0)] = "|"
    drawn[at(estimate.value)] = "o"
    return "".join(drawn)


def interval_line(
    lead: str, estimate: Estimate, span: tuple[float, float], width: int, *, room: int
) -> Line:
    """Lay an estimate out on one line: words, figures, and a drawing if there is room."""
    shown = interval_text(estimate)
    role = change_role("=" if not estimate.is_clear else "+" if estimate.value > 0.0 else "-")
    left = width - room - len(shown) - 1
    drawn = f" {interval_bar(estimate, span, left)}" if left >= 12 else ""
    return (Span(f"{lead:<{room}}"), Span(shown, "title"), Span(drawn, role))
