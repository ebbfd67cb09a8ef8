"""A past turn opened again, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import shown_value
from rapprochement_sim.plain.layout import heading, item
from rapprochement_sim.plain.why_page import why_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.seat import Seat

_PAIR_POLLS = 4
_CAUSES_SHOWN = 3
_MARKS = {"event": "!", "act": "*", "refused": "x", "failed": "x"}


def timeline_lines(seat: Seat, turn: int) -> Iterator[str]:
    """Lay out one past turn: what happened, the figures after it, the causes of what moved.

    Raises
    ------
    MalformedInput
        If that turn has not been resolved.
    """
    news = seat.chronicle(turn)
    briefing = seat.brief()
    yield from heading(f"Turn {turn} of {briefing.n_turns}")
    for each in news:
        details = f" ({'; '.join(each.details)})" if each.details else ""
        yield from item(f"{each.text}{details}", _MARKS[each.kind])
    if not news:
        yield " Nothing that made the news."
    yield from heading("How things stood after it (before > after)")
    main = (*briefing.headlines, *briefing.polls[:_PAIR_POLLS], briefing.approval)
    for reading in main:
        before, after = (
            shown_value(reading.name, reading.trend[n], reading.unit) for n in (turn - 1, turn)
        )
        yield f" {reading.title:<56} {before:>5} > {after:>5}"
    for reading in main:
        why = seat.why(reading.name, turn)
        if abs(why.change) > why.error and why.parts:
            yield ""
            yield from why_lines(why, most=_CAUSES_SHOWN)
