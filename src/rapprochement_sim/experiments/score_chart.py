"""A chart of a hindcast: bands by month, the record and the baselines, as SVG text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.experiments.baselines import MEAN, PERSISTENCE, RELAXATION, TREND
from rapprochement_sim.experiments.episodes import TURNING_POINTS
from rapprochement_sim.experiments.rolling import placed_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rapprochement_sim.experiments.hindcast import Hindcast
    from rapprochement_sim.world.axes import Array

WIDTH, PANEL, GAP, LEFT, RIGHT, TOP = 860, 170, 40, 46, 16, 104
# Okabe and Ito: blue and vermilion; bands, line and bars also differ in lightness and form.
_BAND, _HALF, _LINE, _DOT, _BASE = "#d3e6f2", "#8fc1df", "#0072B2", "#1a1a1a", "#D55E00"
_DASHES = {MEAN: "1 3", TREND: "7 3", RELAXATION: "3 2 1 2"}
_GREY = "#666"
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
    'font-family="sans-serif" font-size="11">'
)


def chart(free: Hindcast, baselines: Mapping[str, Mapping[int, Array]], title: str) -> str:
    """Draw every series of at least two rows in a panel of its own.

    Parameters
    ----------
    free
        The hindcast; its courses are the bands, its rows the record.
    baselines
        Name to the draws for each row that has any (draw,), per cent.
    title
        Of the page.
    """
    segments: dict[str, list[int]] = {}
    for row, each in enumerate(placed_rows(free)):
        segments.setdefault(each.segment, []).append(row)
    shown = {name: rows for name, rows in segments.items() if len(rows) > 1}
    n_months = max((course.shape[1] for course in free.courses.values()), default=1)
    height = TOP + len(shown) * (PANEL + GAP) + 10
    parts = [
        _SVG.format(width=WIDTH, height=height),
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
        f'<text x="{LEFT}" y="18" font-size="13">{escape(title)}</text>',
        *_legend(),
    ]
    for number, (name, rows) in enumerate(shown.items()):
        top = TOP + number * (PANEL + GAP)
        parts.extend(_Panel(free, baselines, top, n_months).drawn(name, rows))
    return "\n".join([*parts, "</svg>", ""])


def _legend() -> Iterator[str]:
    y, x = 38, LEFT
    yield f'<rect x="{x}" y="{y - 8}" width="22" height="9" fill="{_BAND}"/>'
    yield f'<rect x="{x + 5}" y="{y - 8}" width="12" height="9" fill="{_HALF}"/>'
    yield f'<text x="{x + 28}" y="{y}">90 and 50% of what is predicted</text>'
    yield _stroke(x + 210, y - 4, x + 232, y - 4, _LINE, "1.5")
    yield f'<text x="{x + 238}" y="{y}">its median</text>'
    yield f'<circle cx="{x + 318}" cy="{y - 4}" r="3" fill="{_DOT}"/>'
    yield f'<text x="{x + 326}" y="{y}">published, scored</text>'
    yield f'<circle cx="{x + 440}" cy="{y - 4}" r="3" fill="white" stroke="{_DOT}"/>'
    yield f'<text x="{x + 448}" y="{y}">published, fitted or an anchor</text>'
    y += 18
    yield _stroke(x + 6, y - 9, x + 6, y + 1, _BASE, "1.5")
    yield f'<text x="{x + 28}" y="{y}">dressed persistence, 90%</text>'
    for name, across, words in (
        (MEAN, 210, "fitted mean"),
        (TREND, 320, "damped trend"),
        (RELAXATION, 440, "relaxation without events"),
    ):
        yield _stroke(x + across, y - 4, x + across + 22, y - 4, _BASE, "1", _DASHES[name])
        yield f'<text x="{x + across + 28}" y="{y}">{words}</text>'
    yield f'<text x="{x}" y="{y + 18}" fill="{_GREY}">Upright lines: turning points.</text>'


def _stroke(
    x1: float, y1: float, x2: float, y2: float, colour: str, width: str, dash: str = ""
) -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
        f'stroke-width="{width}"{dashed}/>'
    )


class _Panel:
    """One series: its bands, its rows and what baselines say of them."""

    def __init__(
        self,
        free: Hindcast,
        baselines: Mapping[str, Mapping[int, Array]],
        top: int,
        n_months: int,
    ) -> None:
        self.free = free
        self.baselines = baselines
        self.top = top
        self.n_months = n_months

    def x(self, month: float) -> float:
        return LEFT + month / max(self.n_months, 1) * (WIDTH - LEFT - RIGHT)

    def y(self, share: float) -> float:
        return self.top + (100.0 - share) / 100.0 * PANEL

    def drawn(self, name: str, rows: list[int]) -> Iterator[str]:
        rows = sorted(rows, key=lambda row: self.free.observations[row].month)
        yield f'<text x="{LEFT}" y="{self.top - 6}" font-weight="bold">{escape(name)}</text>'
        yield from self._scales()
        low, half_low, middle, half_high, high = self.free.courses[name]
        yield self._area(low, high, _BAND)
        yield self._area(half_low, half_high, _HALF)
        yield self._path(range(middle.size), middle, _LINE, "1.5")
        for baseline, dash in _DASHES.items():
            known = [row for row in rows if row in self.baselines[baseline]]
            months = [self.free.observations[row].month for row in known]
            medians = [float(np.median(self.baselines[baseline][row])) for row in known]
            yield self._path(months, medians, _BASE, "1", dash)
        for row in rows:
            yield from self._marks(row)

    def _scales(self) -> Iterator[str]:
        bottom = self.top + PANEL
        for share in (0, 25, 50, 75, 100):
            y = self.y(share)
            yield _stroke(LEFT, y, WIDTH - RIGHT, y, "#e4e4e4", "1")
            yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{share}%</text>'
        for month in TURNING_POINTS:
            if month < self.n_months:
                yield _stroke(self.x(month), self.top, self.x(month), bottom, "#bbb", "1", "2 3")
        for year in range(0, self.n_months // 12 + 1, 2):
            x = self.x(12 * year)
            yield f'<text x="{x:.1f}" y="{bottom + 14}" text-anchor="middle">{2010 + year}</text>'

    def _marks(self, row: int) -> Iterator[str]:
        each = self.free.observations[row]
        x = self.x(each.month)
        if row in self.baselines[PERSISTENCE]:
            low, high = np.quantile(self.baselines[PERSISTENCE][row], [0.05, 0.95])
            yield _stroke(x + 5, self.y(float(low)), x + 5, self.y(float(high)), _BASE, "1.5")
        fill = "white" if each.is_anchor or self.free.is_anchor[row] else _DOT
        yield (
            f'<circle cx="{x:.1f}" cy="{self.y(each.value):.1f}" r="3" fill="{fill}" '
            f'stroke="{_DOT}"><title>{escape(each.date)}: {each.value:g}</title></circle>'
        )

    def _path(
        self,
        months: Sequence[int],
        shares: Sequence[float] | Array,
        colour: str,
        width: str,
        dash: str = "",
    ) -> str:
        points = " ".join(
            f"{self.x(month):.1f},{self.y(share):.1f}"
            for month, share in zip(months, shares, strict=True)
        )
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        return (
            f'<polyline points="{points}" fill="none" stroke="{colour}" '
            f'stroke-width="{width}"{dashed}/>'
        )

    def _area(self, low: Array, high: Array, colour: str) -> str:
        there = [f"{self.x(month):.1f},{self.y(share):.1f}" for month, share in enumerate(high)]
        back = [f"{self.x(month):.1f},{self.y(share):.1f}" for month, share in enumerate(low)]
        return f'<polygon points="{" ".join(there + back[::-1])}" fill="{colour}"/>'
