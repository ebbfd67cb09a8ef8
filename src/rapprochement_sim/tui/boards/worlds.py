"""The automated worlds beside a game: how they are spread, and where this game stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import share_text, shown_value
from rapprochement_sim.game.readings import BESIDE_HOW, read_beside
from rapprochement_sim.tui.lines import (
    BLANK,
    Line,
    Span,
    choice,
    clipped,
    paragraph,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.analysis import Analysis
    from rapprochement_sim.game.beside import Standing, WorldsBeside
    from rapprochement_sim.tui.lines import Role

_LEAST_TITLE = 12
_NUMBERS = (7, 8, 8, 8, 8)
_HIST_LABEL = 14


def worlds_lines(analysis: Analysis, width: int, chosen: str = "") -> Iterator[Line]:
    """Lay out where the game stands among automated worlds.

    ``chosen`` names the number whose worlds are drawn: the score of the first seat looked
    at by default. Each row of the table is a spot by which another is chosen.
    """
    beside = analysis.beside
    yield (Span(f"{beside.n_worlds:,} automated worlds beside this one", "title"),)
    for seat in analysis.seats:
        yield from paragraph(read_beside(beside, seat), width, "key")
    yield BLANK
    first = analysis.seats[0].seat if analysis.seats else beside.scores[0].seat
    key = chosen or f"score_{first.key}"
    yield from _drawn(beside, key, width)
    yield BLANK
    heads = ("here", "5%", "50%", "95%", "below")
    cells = "".join(f"{word:>{size}}" for word, size in zip(heads, _NUMBERS, strict=True))
    room = max(width - sum(_NUMBERS), _LEAST_TITLE)
    yield (Span(f"{'At the end (Enter draws another)':<{room}}{cells}", "dim"),)
    own = {seat.seat for seat in analysis.seats}
    for line in beside.scores:
        role: Role = "own" if line.seat in own else "plain"
        shown = [f"{number:.1f}" for number in _numbers(line.standing)]
        name = f"Score of {line.seat.title}"
        yield _row(f"score_{line.seat.key}", name, shown, line.standing, room, role)
    for figure in beside.figures:
        shown = [shown_value(figure.name, n, figure.unit) for n in _numbers(figure.standing)]
        yield _row(figure.name, figure.title, shown, figure.standing, room, "plain")
    yield from paragraph(BESIDE_HOW, width, "dim")
    yield BLANK
    yield (Span("Outcomes: [x] came true here; in which share of the worlds", "title"),)
    for outcome in beside.outcomes:
        mark = "[x]" if outcome.is_met else "[ ]"
        text = f"{outcome.title}: {100 * outcome.share:.0f}%"
        yield from paragraph(text, width, indent=6, first=f"  {mark} ")


def _numbers(standing: Standing) -> tuple[float, ...]:
    return (standing.value, *(standing.quantiles[n] for n in (0, 2, 4)))


def _row(key: str, name: str, shown: list[str], standing: Standing, room: int, role: Role) -> Line:
    cells = [*shown, f"{standing.percentile:.0f}%"]
    text = "".join(f"{cell:>{size}}" for cell, size in zip(cells, _NUMBERS, strict=True))
    label = f"{clipped(name, room - 1):<{room}}"
    return (Span(label, role, choice(f"beside:{key}")), Span(text))


def _drawn(beside: WorldsBeside, key: str, width: int) -> Iterator[Line]:
    titles = {f"score_{line.seat.key}": f"Score of {line.seat.title}" for line in beside.scores}
    titles |= {figure.name: figure.title for figure in beside.figures}
    standings = {f"score_{line.seat.key}": line.standing for line in beside.scores}
    standings |= {figure.name: figure.standing for figure in beside.figures}
    yield (Span(f"{titles[key]}: worlds by where they ended", "title"),)
    yield from histogram_lines(standings[key], width)


def histogram_lines(standing: Standing, width: int) -> Iterator[Line]:
    """Draw how worlds are spread, a bin on each line, and mark the bin of this game."""
    step = (standing.high - standing.low) / len(standing.counts)
    most = max(standing.counts) or 1
    total = sum(standing.counts)
    here = min(int((standing.value - standing.low) / step), len(standing.counts) - 1)
    mark = f" < this game, {standing.value:.1f}"
    room = width - _HIST_LABEL - 5 - len(mark)
    for number, count in enumerate(standing.counts):
        low = standing.low + number * step
        label = f"{low:g} to {low + step:g}"
        drawn = "#" * (max(1, round(room * count / most)) if count else 0)
        share = f"{share_text(count, total):>5}"
        yield (
            Span(f"  {label:>{_HIST_LABEL - 3}} ", "own" if number == here else "dim"),
            Span(f"{drawn}", "own" if number == here else "chart"),
            Span(share, "dim"),
            Span(mark if number == here else "", "own"),
        )
