"""What many worlds say of a game that is over: turning points, luck, who decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import signed
from rapprochement_sim.game.readings import (
    INTERVALS,
    LUCK_HOW,
    read_luck,
    read_turning_points,
    read_who_decided,
    who_how,
)
from rapprochement_sim.tui.boards.intervals import interval_line, span_of
from rapprochement_sim.tui.lines import BLANK, Line, Span, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.analysis import Analysis, SeatAnalysis
    from rapprochement_sim.game.estimates import Estimate
    from rapprochement_sim.game.who_decided import Decided, WhoDecided

_POINTS_SHOWN = 8
_NAME, _PART, _CELL = 36, 34, 15
_NOBODY = (
    "Nobody played a seat. `rapprochement debrief SAVE --seat CAPITAL` looks at an automated one."
)


def turning_lines(analysis: Analysis, width: int) -> Iterator[Line]:
    """Lay out the decisions that moved each played seat's score most."""
    yield from _nobody(analysis, width)
    for number, seat in enumerate(analysis.seats):
        if number:
            yield BLANK
        yield (Span(f"Turning points of {seat.seat.title}", "title"),)
        yield from paragraph(read_turning_points(seat), width, "key")
        yield BLANK
        yield from _points(seat, width)


def _points(seat: SeatAnalysis, width: int) -> Iterator[Line]:
    shown = seat.turning_points[:_POINTS_SHOWN]
    if not shown:
        return
    yield from paragraph(f"Points that a decision was worth, {INTERVALS}; | is zero.", width, "dim")
    span = span_of(each.effect for point in shown for each in point.alternatives)
    for place, point in enumerate(shown, start=1):
        yield BLANK
        yield from paragraph(
            f"turn {point.turn}, {point.text}", width, "own", indent=4, first=f"{place:>2}. "
        )
        for instead in point.alternatives:
            yield from paragraph(f"against {instead.text}", width, indent=6, first="    ")
            yield interval_line("", instead.effect, span, width, room=4)


def luck_lines(analysis: Analysis, width: int) -> Iterator[Line]:
    """Lay out luck against choice, in sum and turn by turn."""
    yield from _nobody(analysis, width)
    for number, seat in enumerate(analysis.seats):
        if number:
            yield BLANK
        luck = seat.luck
        yield (Span(f"Luck against choice: {seat.seat.title}", "title"),)
        yield from paragraph(read_luck(seat), width, "key")
        yield BLANK
        final = "final score" if analysis.is_over else "expected from here"
        parts = (
            ("expected, everybody automated", luck.start),
            ("+ what it decided", luck.choice),
            ("+ what the others decided", luck.others),
            ("+ what befell", luck.chance),
            (f"= {final}", luck.final),
        )
        span = span_of(part for _, part in parts)
        for name, part in parts:
            yield interval_line(f"  {name}", part, span, width, room=_PART)
        yield from paragraph(f"Points, {INTERVALS}; | is zero.", width, "dim")
        yield BLANK
        yield (Span("Turn by turn, points with their margin of 95%", "title"),)
        head = "".join(f"{word:>{_CELL}}" for word in ("choice", "others", "chance"))
        yield (Span(f"  {'turn':<6}{head}", "dim"),)
        for turn in luck.turns:
            cells = "".join(_cell(part) for part in (turn.choice, turn.others, turn.chance))
            yield (Span(f"  {turn.turn:<6}", "dim"), Span(cells))
    yield BLANK
    yield from paragraph(LUCK_HOW, width, "dim")


def _cell(estimate: Estimate) -> str:
    half = (estimate.high - estimate.low) / 2.0
    return f"{f'{signed(estimate.value, 1)} +-{half:.1f}':>{_CELL}}"


def who_lines(analysis: Analysis, width: int) -> Iterator[Line]:
    """Lay out who decided: scores of the seats looked at, then every outcome."""
    who = analysis.who_decided
    if who is None:
        yield from paragraph("This comes with the whole of the worlds, not in a first look.", width)
        return
    yield from paragraph(who_how(who), width, "dim")
    seats = {seat.seat for seat in analysis.seats}
    for decided in who.numbers:
        if decided.seat is not None and (decided.seat in seats or not seats):
            yield BLANK
            yield from _decided(decided, who, width)
    outcomes = [decided for decided in who.numbers if decided.seat is None]
    if outcomes:
        yield BLANK
        yield (Span("Outcomes", "title"),)
    for decided in outcomes:
        text = f"{decided.title}: {read_who_decided(decided, who)}"
        yield from paragraph(text, width, indent=4, first="  * ")


def _decided(decided: Decided, who: WhoDecided, width: int) -> Iterator[Line]:
    yield (Span(decided.title, "title"),)
    yield from paragraph(read_who_decided(decided, who), width, "key")
    yield (Span(f"  {'':<{_NAME}}{'takes part':>17}{'alone':>17}", "dim"),)
    rows = zip(who.sources, decided.shares.total, decided.shares.first, strict=True)
    for source, total, alone in rows:
        mark = "> " if source.is_played else "  "
        name = f"{mark}{source.title}"
        cells = "".join(
            f"{100 * each.value:>6.0f}%{f'{100 * each.low:.0f}..{100 * each.high:.0f}':>10}"
            for each in (total, alone)
        )
        yield (Span(f"{name:<{_NAME + 2}}", "own" if source.is_played else "plain"), Span(cells))
    together = decided.shares.interactions
    inside = f"{100 * together.low:.0f}..{100 * together.high:.0f}"
    yield (Span(f"  {'interactions':<{_NAME + 17}}{100 * together.value:>6.0f}%{inside:>10}"),)
    if any(source.is_played for source in who.sources):
        yield (Span("> played in this game", "dim"),)


def _nobody(analysis: Analysis, width: int) -> Iterator[Line]:
    if not analysis.seats:
        yield from paragraph(_NOBODY, width)
