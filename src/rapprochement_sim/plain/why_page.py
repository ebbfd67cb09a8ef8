"""A figure's change with its causes, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import shown_change, shown_ends, shown_margin
from rapprochement_sim.plain.layout import WIDTH, capitalised, heading, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.why import Part, Why

_TEXT_WIDTH = 58
_BAR_WIDTH = 10


def why_lines(why: Why, *, most: int | None = None) -> Iterator[str]:
    """Lay out why a figure changed; ``most`` limits the causes named, not the sum."""
    change = _change(why, why.change)
    before, after = shown_ends(why.figure, why.before, why.after, why.unit, change=change)
    margin = shown_margin(why.figure, 1.96 * why.error, why.unit)
    told = f"{why.title}: {before} > {after} ({change}{', margin ' + margin if margin else ''})"
    yield from wrapped(told, 1)
    largest = max(abs(part.amount) for part in why.parts) or 1.0
    limit = len(why.parts) if most is None else most
    parts, rest = why.parts[:limit], why.parts[limit:]
    for part in parts:
        yield from _part_lines(why, part, largest)
    if rest:
        amount = sum(part.amount for part in rest)
        yield f"   {f'and {len(rest)} more':<{_TEXT_WIDTH}} {_change(why, amount):>7}"


def _part_lines(why: Why, part: Part, largest: float) -> Iterator[str]:
    text = capitalised(part.text)
    if part.turn:
        text = f"{text.rstrip('.')} (turn {part.turn})"
    if part.sort == "own":
        text = f"[you] {text}"
    lines = wrapped(text, 3)
    short = [line for line in lines if len(line) <= _TEXT_WIDTH + 3]
    if len(lines) > 1 or not short:
        lines = _narrow(text)
    yield from lines[:-1]
    sign = "+" if part.amount > 0 else "-"
    amount = _change(why, part.amount)
    is_there = amount[:1] in "+-"
    drawn = sign * max(1, round(_BAR_WIDTH * abs(part.amount) / largest)) if is_there else ""
    last = f"{lines[-1]:<{_TEXT_WIDTH + 3}} {amount:>6} {drawn}"
    yield last.rstrip()[:WIDTH]


def _narrow(text: str) -> list[str]:
    words, lines, line = text.split(), [], "  "
    for word in words:
        if len(line) + 1 + len(word) > _TEXT_WIDTH + 2:
            lines.append(line)
            line = "    "
        line = f"{line} {word}"
    return [*lines, line]


def _change(why: Why, amount: float) -> str:
    return shown_change(why.figure, amount, why.unit, grain=why.grain)


def why_page(why: Why) -> Iterator[str]:
    """Lay out a whole page on one figure's change."""
    yield from heading("Why it changed")
    yield from why_lines(why)
    yield ""
    grain = f"Parts are rounded to {why.grain:g} and sum to the change as published."
    yield from wrapped(grain, 1)
