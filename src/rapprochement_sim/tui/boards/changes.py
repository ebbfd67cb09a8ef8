"""Why figures changed: the waterfall of causes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import shown_change, shown_ends, shown_margin
from rapprochement_sim.tui.boards.figures import change_role
from rapprochement_sim.tui.lines import (
    GLUE,
    Line,
    Span,
    Spot,
    capitalised,
    figure_spot,
    paragraph,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rapprochement_sim.game.briefing import Reading
    from rapprochement_sim.game.why import Part, Why
    from rapprochement_sim.tui.lines import Role

_AMOUNT, _BAR, _LEAST = 8, 14, 12
_Z_95 = 1.96


def why_lines(why: Why, width: int, *, most: int | None = None) -> Iterator[Line]:
    """Lay out a change with its causes; ``most`` limits those named, not the sum."""
    change = _change(why, why.change)
    before, after = shown_ends(why.figure, why.before, why.after, why.unit, change=change)
    margin = shown_margin(why.figure, _Z_95 * why.error, why.unit)
    told = f"{why.title}: {before} > {after} ({change}"
    told += f", margin {margin})" if margin else ")"
    yield from paragraph(told, width, "title", spot=figure_spot(why.figure))
    largest = max(abs(part.amount) for part in why.parts) or 1.0
    limit = len(why.parts) if most is None else most
    for part in why.parts[:limit]:
        yield from _part_lines(why, part, largest, width)
    rest = why.parts[limit:]
    if rest:
        room = max(width - _AMOUNT - _BAR - 2, _LEAST)
        amount = _change(why, sum(part.amount for part in rest))
        yield (Span(f"{f'  and {len(rest)} more':<{room}}", "dim"), Span(f"{amount:>{_AMOUNT}}"))


def _part_lines(why: Why, part: Part, largest: float, width: int) -> Iterator[Line]:
    text = capitalised(part.text)
    if part.turn:
        text = f"{text.rstrip('.')} (turn{GLUE}{part.turn})"
    role: Role = "own" if part.sort == "own" else "dim" if part.sort == "unattributed" else "plain"
    if part.sort == "own":
        text = f"[you] {text}"
    room = max(width - _AMOUNT - _BAR - 2, _LEAST)
    lines = list(wrapped(text, room, indent=4, first="  "))
    spot = Spot("name", part.key) if part.sort in ("own", "act", "event") else None
    for shown in lines[:-1]:
        yield (Span(shown, role, spot),)
    mark = "+" if part.amount > 0 else "-"
    amount = _change(why, part.amount)
    is_there = amount[:1] in "+-"
    drawn = mark * max(1, round((_BAR - 2) * abs(part.amount) / largest)) if is_there else ""
    yield (
        Span(f"{lines[-1]:<{room}}", role, spot),
        Span(f"{amount:>{_AMOUNT}} ", "title"),
        Span(drawn, change_role(mark)),
    )


def _change(why: Why, amount: float) -> str:
    return shown_change(why.figure, amount, why.unit, grain=why.grain)


def moved_readings(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Keep the figures that moved by more than their error, each once."""
    found = {reading.name: reading for reading in readings if reading.mark != "="}
    return tuple(found.values())
