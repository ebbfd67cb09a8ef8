"""One figure in detail, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import known_by, shown_change, shown_margin, shown_value
from rapprochement_sim.naming import shown_id
from rapprochement_sim.plain.layout import heading, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.briefing import Reading
    from rapprochement_sim.scenario.codex import CodexPage

_MOVED = {"=": "by less than its error", "+": "up", "-": "down"}


def figure_lines(reading: Reading, page: CodexPage) -> Iterator[str]:
    """Lay a figure out: value, how it is known, its course."""
    yield from heading(reading.title)
    yield from wrapped(page.summary, 1)
    value = shown_value(reading.name, reading.value, reading.unit)
    margin = shown_margin(reading.name, reading.margin, reading.unit)
    yield f" now         {value} {margin}".rstrip()
    if len(reading.trend) > 1:
        change = shown_change(reading.name, reading.change, reading.unit)
        yield f" last turn   {change}, {_MOVED[reading.mark]}"
    yield from wrapped(known_by(reading.sort, reading.margin), 1)
    if len(reading.trend) > 1:
        values = [shown_value(reading.name, each, reading.unit) for each in reading.trend]
        yield from wrapped(f"start {' > '.join(values)} now", 1)
    name = shown_id(reading.name)
    yield f" `why {name}` tells its causes, `explain {name}` who says so."
    if page.links:
        yield from wrapped(f"See also: {', '.join(link.title for link in page.links)}.", 1)
