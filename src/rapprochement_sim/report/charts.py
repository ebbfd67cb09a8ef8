"""Charts as SVG text: lines over turns, intervals, and where a game stands among worlds.

Lines differ by colour, dash, mark and letter; each chart tells in words what it shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import signed, signed_range
from rapprochement_sim.report.elements import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

WIDTH, HEIGHT = 480, 236
LEFT, RIGHT, TOP, BOTTOM = 40, 34, 12, 30
_DASHES = ("", "7 4", "2 3", "9 3 2 3", "4 2")
_STEPS = (0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 25.0, 50.0)
_MOST_TICKS = 6
_NAME_GAP = 13.0
_ROW, _ROW_BESIDE = 30, 20
_NAME_BESIDE = 8


@dataclass(frozen=True)
class Line:
    """A line over turns 0 to n: its name and letter, values, margin, and open marks.

    ``recorded`` holds turns and values of the record, drawn as open marks.
    """

    name: str
    letter: str
    values: tuple[float, ...]
    margin: float = 0.0
    recorded: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Interval:
    """A value with its interval, on one row of a chart."""

    name: str
    value: float
    low: float
    high: float


Scale = tuple[float, float, float]
"""Low end, high end, step between ticks."""


def line_chart(title: str, lines: Sequence[Line], note: str = "", *, smallest: float) -> str:
    """Draw lines over turns; the scale spans at least ``smallest``."""
    ends = [
        value + side * line.margin for line in lines for value in line.values for side in (-1, 1)
    ]
    ends += [value for line in lines for _, value in line.recorded]
    low, high, step = nice_scale(min(ends), max(ends), smallest)
    n_turns = max(len(line.values) for line in lines) - 1

    def x(turn: float) -> float:
        return LEFT + turn / max(n_turns, 1) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return TOP + (high - value) / (high - low) * (HEIGHT - TOP - BOTTOM)

    drawn = [*_grid((low, high, step), y), *_turns(n_turns, x)]
    for number, line in enumerate(lines):
        drawn += _line(number, line, x, y)
    drawn += _names(lines, y)
    told = "; ".join(f"{line.letter}: {line.name}" for line in lines)
    words = ". ".join(_course_in_words(line) for line in lines)
    caption = f"{told}. {note}".strip()
    return _figure(title, words, drawn, HEIGHT, caption)


def interval_chart(title: str, rows: Sequence[Interval], note: str = "") -> str:
    """Draw values with their intervals around zero, a row each; long names stand above."""
    ends = [0.0, *(end for row in rows for end in (row.low, row.high, row.value))]
    low, high, step = nice_scale(min(ends), max(ends), 1.0)
    is_beside = max(len(row.name) for row in rows) <= _NAME_BESIDE
    left, tall = (LEFT + 14, _ROW_BESIDE) if is_beside else (LEFT // 2, _ROW)
    height = TOP + tall * len(rows) + BOTTOM

    def x(value: float) -> float:
        return left + (value - low) / (high - low) * (WIDTH - left - LEFT / 2)

    drawn = []
    for tick in _ticks((low, high, step)):
        kind = "zero" if abs(tick) < step / 2 else "grid"
        drawn.append(_stroke(x(tick), TOP, x(tick), height - BOTTOM, kind))
        drawn.append(_text(x(tick), height - BOTTOM + 15, _number(tick), "tick", "middle"))
    for number, row in enumerate(rows):
        at = TOP + tall * (number + 1) - 9
        if is_beside:
            drawn.append(_text(left - 6, at + 4, row.name, "tick", "end"))
        else:
            drawn.append(_text(left, at - 9, row.name, "halo", "start"))
        kind = "s2" if row.value < 0.0 else "s1"
        drawn.append(f'<g class="{kind}">')
        drawn.append(_stroke(x(row.low), at, x(row.high), at, "line"))
        drawn += [_stroke(x(end), at - 4, x(end), at + 4, "line") for end in (row.low, row.high)]
        drawn += [_mark(0 if row.value >= 0.0 else 1, x(row.value), at), "</g>"]
    words = ". ".join(
        f"{row.name}: {signed(row.value, 1)}, {signed_range(row.low, row.high, 1)}" for row in rows
    )
    return _figure(title, words, drawn, height, note)


def histogram(title: str, counts: Sequence[int], low: float, high: float, here: float) -> str:
    """Draw how worlds are spread, and where this game stands among them."""
    height = 190
    floor, top = height - BOTTOM, TOP + 18
    most = max(*counts, 1)
    width = (WIDTH - LEFT - 10) / len(counts)

    def x(value: float) -> float:
        return LEFT / 2 + (value - low) / (high - low) * (WIDTH - LEFT - 10)

    drawn = []
    for number, n_worlds in enumerate(counts):
        tall = (floor - top) * n_worlds / most
        drawn.append(
            f'<rect class="bar" x="{LEFT / 2 + number * width + 0.5:.1f}" y="{floor - tall:.1f}" '
            f'width="{max(width - 1, 1):.1f}" height="{tall:.1f}"/>'
        )
    drawn.append(_stroke(LEFT / 2, floor, WIDTH - LEFT / 2 - 10, floor, "zero"))
    drawn += [
        _text(x(tick), floor + 15, _number(tick), "tick", "middle")
        for tick in _ticks(nice_scale(low, high, high - low))
        if low <= tick <= high
    ]
    drawn.append(_stroke(x(here), TOP + 4, x(here), floor, "here"))
    side = "end" if here > (low + high) / 2 else "start"
    shift = -6 if side == "end" else 6
    drawn.append(_text(x(here) + shift, TOP + 12, f"this game {here:.1f}", "strong", side))
    step = (high - low) / len(counts)
    words = ", ".join(
        f"{low + number * step:g} to {low + (number + 1) * step:g}: {n_worlds}"
        for number, n_worlds in enumerate(counts)
        if n_worlds
    )
    told = f"Worlds by bin: {words}. This game: {here:.1f}"
    return _figure(title, told, drawn, height, "")


def nice_scale(low: float, high: float, smallest: float) -> Scale:
    """Widen a range to round ends with a few ticks between."""
    spare = max(smallest - (high - low), 0.0) / 2.0
    low, high = low - spare, high + spare
    step = next((s for s in _STEPS if (high - low) / s <= _MOST_TICKS), _STEPS[-1])
    bottom, top = step * (low // step), step * -(-high // step)
    return bottom, top if top > bottom else bottom + step, step


# ------------------------------------------------------------------ pieces


def _figure(title: str, words: str, drawn: Sequence[str], height: int, caption: str) -> str:
    inner = "\n".join(drawn)
    below = f"<figcaption>{shown(caption)}</figcaption>" if caption else ""
    return (
        f"<figure><h4>{shown(title)}</h4>\n"
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{shown(f"{title}. {words}")}">'
        f"\n{inner}\n</svg>\n{below}</figure>"
    )


def _ticks(scale: Scale) -> Iterator[float]:
    low, high, step = scale
    for number in count():
        tick = low + number * step
        if tick > high + step / 2:
            return
        yield tick


def _grid(scale: Scale, y: Callable[[float], float]) -> Iterator[str]:
    for tick in _ticks(scale):
        yield _stroke(LEFT, y(tick), WIDTH - RIGHT, y(tick), "grid")
        yield _text(LEFT - 6, y(tick) + 4, _number(tick), "tick", "end")


def _turns(n_turns: int, x: Callable[[float], float]) -> Iterator[str]:
    every = max(1, -(-n_turns // 12))
    for turn in range(0, n_turns + 1, every):
        yield _text(x(turn), HEIGHT - BOTTOM + 16, str(turn or "start"), "tick", "middle")


def _line(
    number: int, line: Line, x: Callable[[float], float], y: Callable[[float], float]
) -> Iterator[str]:
    places = [(x(turn), y(value)) for turn, value in enumerate(line.values)]
    yield f'<g class="s{number % 5 + 1}">'
    if line.margin:
        upper = [f"{x(t):.1f},{y(v + line.margin):.1f}" for t, v in enumerate(line.values)]
        lower = [f"{x(t):.1f},{y(v - line.margin):.1f}" for t, v in enumerate(line.values)]
        band = " ".join([*upper, *reversed(lower)])
        yield f'<polygon class="band" fill="currentColor" points="{band}"/>'
    path = " ".join(f"{px:.1f},{py:.1f}" for px, py in places)
    dash = _DASHES[number % len(_DASHES)]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    yield f'<polyline class="line"{dashed} points="{path}"/>'
    yield from (_mark(number, px, py) for px, py in places)
    for turn, value in line.recorded:
        yield _mark(number, x(turn), y(value), size=5.5, kind="open")
    yield "</g>"


def _names(lines: Sequence[Line], y: Callable[[float], float]) -> Iterator[str]:
    """Put each line's letter at its end, moved apart where they would touch."""
    ends = sorted((y(line.values[-1]), number) for number, line in enumerate(lines))
    above = float("-inf")
    for at, number in ends:
        place = max(at, above + _NAME_GAP)
        above = place
        letter = _text(WIDTH - RIGHT + 9, place + 4, lines[number].letter, "name", "start")
        yield f'<g class="s{number % 5 + 1}">{letter}</g>'


def _mark(number: int, x: float, y: float, size: float = 3.2, kind: str = "mark") -> str:
    """Draw a mark: circle, square, triangle, diamond or bar, by number."""
    shapes = ("circle", "square", "triangle", "diamond", "bar")
    shape = shapes[number % len(shapes)]
    if shape == "circle":
        return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}"/>'
    corners = {
        "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
        "triangle": ((0, -1.3), (1.2, 0.9), (-1.2, 0.9)),
        "diamond": ((0, -1.35), (1.35, 0), (0, 1.35), (-1.35, 0)),
        "bar": ((-0.5, -1.4), (0.5, -1.4), (0.5, 1.4), (-0.5, 1.4)),
    }[shape]
    points = " ".join(f"{x + size * dx:.1f},{y + size * dy:.1f}" for dx, dy in corners)
    return f'<polygon class="{kind}" points="{points}"/>'


def _stroke(x0: float, y0: float, x1: float, y1: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}"/>'


def _text(x: float, y: float, text: str, kind: str, anchor: str) -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{shown(text)}</text>'


def _number(value: float) -> str:
    return f"{round(value, 4) + 0.0:g}"


def _course_in_words(line: Line) -> str:
    values = line.values
    return (
        f"{line.name}: from {values[0]:.3g} at the start to {values[-1]:.3g} at the end, "
        f"lowest {min(values):.3g}, highest {max(values):.3g}"
    )
