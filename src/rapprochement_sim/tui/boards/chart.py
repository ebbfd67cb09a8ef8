"""A line chart in braille dots. Each line ends in its letter, so colour is not needed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from math import ceil, floor
from typing import TYPE_CHECKING

from rapprochement_sim.tui.lines import Line, Role, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_BRAILLE = 0x2800
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
_LABEL = 6
_GOAL_OF_TICKS = 4
_ROWS_A_TICK = 2
_HAIR = 1e-9


@dataclass(frozen=True)
class Series:
    """Values turn by turn, the letter at the end of the line, and its role."""

    letter: str
    values: tuple[float, ...]
    role: Role = "chart"


def chart_lines(
    series: Sequence[Series], width: int, height: int, *, n_turns: int, smallest: float
) -> Iterator[Line]:
    """Draw series over turns 0 to ``n_turns``; the scale spans at least ``smallest``."""
    low, high = _scale([v for each in series for v in each.values], smallest)
    columns, rows = width - _LABEL - 2, height - 1
    masks = [[0] * columns for _ in range(rows)]
    roles: list[list[Role]] = [["chart"] * columns for _ in range(rows)]
    letters: dict[tuple[int, int], Span] = {}
    for each in series:
        points = [
            (
                round(n / max(n_turns, 1) * (2 * columns - 3)),
                round((high - value) / (high - low) * (4 * rows - 1)),
            )
            for n, value in enumerate(each.values)
        ]
        for x, y in _joined(points):
            row, column = min(y // 4, rows - 1), min(x // 2, columns - 1)
            masks[row][column] |= _DOTS[y % 4][x % 2]
            roles[row][column] = each.role
        if points:
            x, y = points[-1]
            at = _free(letters, y // 4, min(x // 2 + 1, columns), rows)
            letters[at] = Span(each.letter, each.role)
    ticks = _ticks(low, high, rows)
    for row in range(rows):
        yield _row(row, ticks.get(row, ""), masks[row], roles[row], letters)
    first, last = "start", f"turn {n_turns}"
    yield (Span(f"{'':>{_LABEL}} {first}{last:>{columns - len(first)}}", "dim"),)


def _scale(values: Sequence[float], smallest: float) -> tuple[float, float]:
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    spare = max(smallest - (high - low), 0.0) / 2.0
    below = spare if low < 0.0 else min(spare, low)  # what is never below nought is not drawn so
    low, high = low - below, high + 2.0 * spare - below
    step = _step(high - low)
    return step * (low // step), step * -(-high // step)


def _step(length: float) -> float:
    return next((step for step in _STEPS if length / step <= _GOAL_OF_TICKS), _STEPS[-1])


def _ticks(low: float, high: float, rows: int) -> dict[int, str]:
    """Label round values, each on the row where a line of that value runs."""
    step = _step(high - low)
    ticks: dict[int, str] = {}
    top, bottom = floor(high / step + _HAIR), ceil(low / step - _HAIR)
    for value in (step * number for number in range(top, bottom - 1, -1)):
        row = min(round((high - value) / (high - low) * (4 * rows - 1)) // 4, rows - 1)
        if not ticks or row - max(ticks) >= _ROWS_A_TICK:
            ticks[row] = f"{value:.3g}"
    return ticks


def _joined(points: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Walk along straight lines between points."""
    if points:
        yield points[0]
    for (x0, y0), (x1, y1) in pairwise(points):
        steps = max(abs(x1 - x0), abs(y1 - y0), 1)
        for n in range(1, steps + 1):
            yield round(x0 + (x1 - x0) * n / steps), round(y0 + (y1 - y0) * n / steps)


def _free(
    letters: dict[tuple[int, int], Span], row: int, column: int, rows: int
) -> tuple[int, int]:
    """Find a place for a letter near the end of its line."""
    for shift in (0, 1, -1, 2, -2):
        at = (min(max(row + shift, 0), rows - 1), column)
        if at not in letters:
            return at
    return row, column


def _row(
    row: int,
    tick: str,
    masks: Sequence[int],
    roles: Sequence[Role],
    letters: dict[tuple[int, int], Span],
) -> Line:
    spans = [Span(f"{tick:>{_LABEL}}", "dim"), Span("|", "dim")]
    signs: list[tuple[str, Role]] = []
    for column in range(len(masks) + 1):
        if (row, column) in letters:
            letter = letters[row, column]
            signs.append((letter.text, letter.role))
        elif column < len(masks):
            mask = masks[column]
            signs.append((chr(_BRAILLE + mask) if mask else " ", roles[column]))
    for role, run in groupby(signs, lambda sign: sign[1]):
        spans.append(Span("".join(text for text, _ in run), role))
    return tuple(spans)
