"""The end of the talks and of a turn, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.session import Phase
from rapprochement_sim.plain.briefing_page import briefing_lines
from rapprochement_sim.plain.debrief_page import debrief_lines
from rapprochement_sim.plain.layout import heading, wrapped
from rapprochement_sim.plain.why_page import why_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.briefing import Briefing
    from rapprochement_sim.game.seat import Seat

_CAUSES_SHOWN = 5


def answers_lines(briefing: Briefing) -> Iterator[str]:
    """Tell how the talks ended, and what comes next."""
    yield from heading("How the talks ended")
    for told in briefing.answers:
        yield from wrapped(told, 3, first=" * ")
    if not briefing.answers:
        yield " Nothing was offered to you, nor by you."
    yield ""
    yield " Give orders, then resolve."


def turn_over_lines(seat: Seat) -> Iterator[str]:
    """Tell what a turn has moved and why, then the page of the next one, or the end."""
    briefing = seat.brief()
    yield from heading("What moved, and why")
    moved = (*briefing.headlines, *briefing.polls[:4], briefing.approval)
    for reading in moved:
        if reading.mark != "=":
            yield from why_lines(seat.why(reading.name), most=_CAUSES_SHOWN)
    if all(reading.mark == "=" for reading in moved):
        yield " No headline figure moved by more than its error."
    if seat.phase is Phase.OVER:
        yield from debrief_lines(seat.debrief())
    else:
        yield from briefing_lines(briefing)
