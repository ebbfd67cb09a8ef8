"""The strips above the boards: where the game stands, what to do next, which page is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import shown_change
from rapprochement_sim.tui.boards.figures import margin_text, value_text
from rapprochement_sim.tui.lines import Line, Span, choice, clipped
from rapprochement_sim.tui.widgets.board import Board

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rapprochement_sim.game.briefing import Briefing, Reading


class Banner(Board, can_focus=False):
    """A board without a cursor; a click on a spot chooses it at once."""

    CLICK_CHOOSES = True
    GAP = 0


def status_lines(briefing: Briefing, width: int) -> Iterator[Line]:
    """Say who sits here, when, and what is left to spend; then what to do next."""
    who = (
        Span(f" {briefing.scenario} | ", "plain"),
        Span(briefing.seat.title.upper(), "own"),
        Span(f" | turn {briefing.turn} of {briefing.n_turns}, {briefing.months}"),
    )
    capital, approval = briefing.capital, briefing.approval
    spent, moved = _moved(capital), _moved(approval)
    left = (
        Span(" attention ", "dim"),
        Span(f"{briefing.attention:g}", "title"),
        Span("  political capital ", "dim"),
        Span(f"{100 * briefing.capital_left:.0f}", "title"),
        Span(spent, "dim"),
        Span("  approval ", "dim"),
        Span(f"{value_text(approval)}", "title"),
        Span(f" {margin_text(approval)}{moved}", "dim"),
    )
    used = sum(len(span.text) for span in (*who, *left))
    if used < width:
        yield (*who, Span(" " * max(width - used - 1, 1)), *left)
        yield (Span(" "), Span(clipped(next_step(briefing), width - 2), "key"))
    else:
        yield who
        yield left
        yield (Span(" "), Span(clipped(next_step(briefing), width - 2), "key"))


def _moved(reading: Reading) -> str:
    """Tell how a figure moved, in brackets; nothing before it could."""
    if len(reading.trend) < 2:
        return ""
    return f" ({shown_change(reading.name, reading.change, reading.unit)})"


def next_step(briefing: Briefing) -> str:
    """Say what a player can do now, and with which key."""
    if briefing.phase == "over":
        return "The game is over. d opens the debrief: scores, secrets, exact causes."
    given = sum(item.kind == "order" for item in briefing.desk)
    if briefing.phase == "talks":
        waiting = sum(offer.answer is None for offer in briefing.offers)
        offers = "1 offer waits" if waiting == 1 else f"{waiting} offers wait"
        first = f"Talks. {offers} (p)." if waiting else "Talks."
        return f"{first} o: orders and offers. e: close the talks."
    if given:
        noun = "order is" if given == 1 else "orders are"
        return f"Orders. {given} {noun} given. o: another or undo. e: end the turn."
    return "Orders. o: choose up to two. e: end the turn."


def page_lines(pages: Sequence[str], current: int, width: int) -> Iterator[Line]:
    """List the pages with their digits; the open one stands in brackets."""
    spans: list[Span] = []
    for number, title in enumerate(pages, start=1):
        is_here = number - 1 == current
        text = f"[{number} {title}]" if is_here else f" {number} {title} "
        spans.append(Span(text, "own" if is_here else "dim", choice(f"page:{number - 1}")))
    used = sum(len(span.text) for span in spans)
    yield (*spans, Span(" " * max(width - used, 0)))
