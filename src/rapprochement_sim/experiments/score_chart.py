"""A chart of a hindcast: bands, the record and dressed persistence, as SVG text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.experiments.rolling import placed_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rapprochement_sim.experiments.hindcast import Hindcast
    from rapprochement_sim.world.axes import Array

WIDTH, PANEL, LEFT, RIGHT, TOP, GAP = 860, 170, 46, 12, 26, 34
# Okabe and Ito: blue and vermilion; bands, line and bars also differ in lightness and form.
_BAND, _HALF, _LINE, _DOT, _BASE = "#d3e6f2", "#8fc1df", "#0072B2", "#1a1a1a", "#D55E00"


def chart(free: Hindcast, persistence: Mapping[int, Array], title: str) -> str:
    """Draw every series of at least two rows in a panel of its own.

    Parameters
    ----------
    free
        The hindcast: 90 and 50% bands and medians of what is predicted.
    persistence
        Row to the draws of dressed persistence (draw,), for rows that have it.
    title
        Of the page.
    """
    placed = placed_rows(free)
    segments: dict[str, list[int]] = {}
    for row, each in enumerate(placed):
        segments.setdefault(each.segment, []).append(row)
    shown = {name: rows for name, rows in segments.items() if len(rows) > 1}
    last = max((each.month for each in free.observations), default=12)
    panels = [
        _panel(name, rows, free, persistence, number, last)
        for number, (name, rows) in enumerate(shown.items())
    ]
    height = TOP + len(panels) * (PANEL + GAP) + 20
    legend = (
        "bands: 90% and 50% of what is predicted · line: its median · dots: published "
        "(open: anchors) · bars: dressed persistence, 90%"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        'font-family="sans-serif" font-size="11">\n'
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>\n'
        f'<text x="{LEFT}" y="16" font-size="13">{escape(title)}</text>\n'
        + "\n".join(panels)
        + f'\n<text x="{LEFT}" y="{height - 8}" fill="#555">{legend}</text>\n</svg>\n'
    )


def _panel(
    name: str,
    rows: list[int],
    free: Hindcast,
    persistence: Mapping[int, Array],
    number: int,
    last: int,
) -> str:
    top = TOP + number * (PANEL + GAP) + 14
    rows = sorted(rows, key=lambda row: free.observations[row].month)
    months = np.array([free.observations[row].month for row in rows])
    across = LEFT + months / max(last, 1) * (WIDTH - LEFT - RIGHT)
    quantiles = np.quantile(free.predicted[rows], [0.05, 0.25, 0.5, 0.75, 0.95], axis=1)
    down = top + (100.0 - quantiles) / 100.0 * (PANEL - 14)
    parts = [f'<text x="{LEFT}" y="{top - 4}">{escape(name)}</text>']
    for share in (0, 50, 100):
        y = top + (100 - share) / 100 * (PANEL - 14)
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
            f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{share}%</text>'
        )
    for year in range(0, last // 12 + 1, 2):
        x = LEFT + year * 12 / max(last, 1) * (WIDTH - LEFT - RIGHT)
        parts.append(
            f'<text x="{x:.1f}" y="{top + PANEL}" text-anchor="middle">{2010 + year}</text>'
        )
    parts.append(_area(across, down[0], down[4], _BAND))
    parts.append(_area(across, down[1], down[3], _HALF))
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, down[2], strict=True))
    parts.append(f'<polyline points="{line}" fill="none" stroke="{_LINE}" stroke-width="1.5"/>')
    for x, row in zip(across, rows, strict=True):
        parts.extend(_marks(float(x), row, free, persistence, top))
    return "\n".join(parts)


def _marks(
    x: float, row: int, free: Hindcast, persistence: Mapping[int, Array], top: int
) -> list[str]:
    def height(share: float) -> float:
        return top + (100.0 - share) / 100.0 * (PANEL - 14)

    marks = []
    if row in persistence:
        low, high = np.quantile(persistence[row], [0.05, 0.95])
        marks.append(
            f'<line x1="{x + 4:.1f}" x2="{x + 4:.1f}" y1="{height(float(low)):.1f}" '
            f'y2="{height(float(high)):.1f}" stroke="{_BASE}" stroke-width="1.5"/>'
        )
    each = free.observations[row]
    fill = "white" if each.is_anchor or free.is_anchor[row] else _DOT
    marks.append(
        f'<circle cx="{x:.1f}" cy="{height(each.value):.1f}" r="3" fill="{fill}" stroke="{_DOT}">'
        f"<title>{escape(each.date)}: {each.value:g}</title></circle>"
    )
    return marks


def _area(across: Array, low: Array, high: Array, colour: str) -> str:
    there = [f"{x:.1f},{y:.1f}" for x, y in zip(across, high, strict=True)]
    back = [f"{x:.1f},{y:.1f}" for x, y in zip(across[::-1], low[::-1], strict=True)]
    return f'<polygon points="{" ".join(there + back)}" fill="{colour}"/>'
