"""The debrief: scores with reasons, everything opened, the exact ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import shown_value, signed
from rapprochement_sim.scenario.afterwards import HAPPENED
from rapprochement_sim.tui.boards.figures import change_role
from rapprochement_sim.tui.lines import BLANK, Line, Span, bar, capitalised, figure_spot, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.debrief import Debrief, FinalGoal, LedgerPage, SeatReport
    from rapprochement_sim.tui.lines import Role

_LEDGER_SHOWN = 12
_AMOUNT = 9
_WIDE = 90


def score_lines(debrief: Debrief, width: int) -> Iterator[Line]:
    """Lay out scores side by side, outcomes, and the played seats' goals."""
    yield (Span(f"{debrief.scenario}, after {debrief.turns} turns", "title"),)
    drawn = 20 if width >= _WIDE else 10
    for seat in debrief.seats:
        role: Role = "own" if seat.is_played else "plain"
        yield (
            Span(f"  {seat.capital.title:<12}{seat.score:5.1f} of 100  ", role),
            Span(bar(seat.score / 100.0, drawn), role),
            Span("  you" if seat.is_played else "  automated", "dim"),
            Span(_verdict(seat), "key"),
        )
    yield from paragraph("Nobody has to lose for another to win.", width, "dim", indent=2)
    yield BLANK
    yield (Span("Outcomes", "title"),)
    for outcome in debrief.outcomes:
        mark = "[x]" if outcome.is_met else "[ ]"
        yield from paragraph(outcome.title, width, indent=6, first=f"  {mark} ")
    for seat in debrief.seats:
        if seat.is_played:
            yield BLANK
            yield from seat_lines(seat, width)
    yield from _happened(debrief, width)


def _happened(debrief: Debrief, width: int) -> Iterator[Line]:
    if debrief.happened:
        yield BLANK
        yield (Span(HAPPENED, "title"),)
    for number, part in enumerate(debrief.happened):
        if number:
            yield BLANK
        yield from paragraph(part, width, indent=2)


def _verdict(seat: SeatReport) -> str:
    if seat.win is None:
        return ""
    return f": {'won' if seat.is_won else 'not won'} ({seat.win.bar:.1f} to win)"


def seats_lines(debrief: Debrief, width: int) -> Iterator[Line]:
    """Lay out what every seat wanted and did."""
    for number, seat in enumerate(debrief.seats):
        if number:
            yield BLANK
        yield from seat_lines(seat, width)


def seat_lines(seat: SeatReport, width: int) -> Iterator[Line]:
    """Lay out one seat's goals, lenses and deeds."""
    yield (Span(f"{seat.capital.title}: {seat.score:.1f} points", "title"),)
    yield from paragraph(seat.judges_as, width, "dim", indent=2)
    for goal in seat.goals:
        yield from _goal(goal, width)
    for deed in seat.deeds:
        yield from paragraph(deed.text, width, indent=11, first=f"  turn {deed.turn:>2}  ")


def _goal(goal: FinalGoal, width: int) -> Iterator[Line]:
    secret = " (secret)" if goal.is_secret else ""
    yield from paragraph(f"{goal.text}{secret}", width, indent=4, first="  o ")
    points = f"{goal.points:.1f} of {goal.weight_points:.1f} points"
    counted = f"{goal.title}: {goal.course}; {goal.scale}"
    yield (Span(f"    {bar(goal.progress)} ", "own"), Span(points, "title"))
    yield from paragraph(counted, width, "dim", indent=4)


def ledger_lines(debrief: Debrief, width: int) -> Iterator[Line]:
    """Lay out the exact ledger of the main figures."""
    for number, page in enumerate(debrief.ledger):
        if number:
            yield BLANK
        yield from _page(page, width)


def _page(page: LedgerPage, width: int) -> Iterator[Line]:
    start, end = (shown_value(page.figure, v, page.unit) for v in (page.start, page.end))
    yield from paragraph(
        f"{page.title}: {start} > {end}", width, "title", spot=figure_spot(page.figure)
    )
    unit = 1.0 if page.unit in ("percent", "points") else 100.0
    shown, rest = page.lines[:_LEDGER_SHOWN], page.lines[_LEDGER_SHOWN:]
    rows = [(line.text, line.amount) for line in shown]
    if rest:
        rows.append((f"{len(rest)} smaller causes", sum(line.amount for line in rest)))
    for text, amount in rows:
        yield from _amount(text, unit * amount, width)
    yield from _amount("sum of all causes = the change", unit * page.net, width)
    scale = "" if unit == 1.0 else " (in hundredths)"
    told = (
        f"Up and down together {unit * page.gross:.2f} points{scale}: "
        f"{100 * page.chance_share:.0f}% of it chance, {100 * page.relaxation_share:.0f}% things "
        "fading or returning."
    )
    yield from paragraph(told, width, "dim", indent=2)


def _amount(text: str, amount: float, width: int) -> Iterator[Line]:
    room = width - _AMOUNT - 1
    *above, last = paragraph(capitalised(text), room, indent=4, first="  ")
    yield from above
    shown = f"{last[0].text:<{room}}"
    told = f"{signed(amount, 2):>{_AMOUNT}}"
    yield (Span(shown), Span(told, change_role("+" if amount > 0 else "-")))
