"""The debrief as text: scores with reasons, secrets opened, the exact ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.debrief_pages import page_named
from rapprochement_sim.game.figure_text import shown_value, signed
from rapprochement_sim.game.forecast_page import NO_FORECAST
from rapprochement_sim.plain.forecast_page import score_of_forecast_lines
from rapprochement_sim.plain.layout import bar, capitalised, heading, item, wrapped
from rapprochement_sim.scenario.afterwards import HAPPENED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.debrief import Debrief, LedgerPage, SeatReport

_LINES_OF_LEDGER = 12


def debrief_lines(debrief: Debrief) -> Iterator[str]:
    """Lay out the whole debrief."""
    yield from summary_lines(debrief)
    for seat in debrief.seats:
        yield from seat_lines(seat)
    yield from outcome_lines(debrief)
    for page in debrief.ledger:
        yield from ledger_lines(page)
    for scores in debrief.forecasts:
        yield from score_of_forecast_lines(scores)
    yield from happened_lines(debrief)


def opened_page(word: str, debrief: Debrief) -> Iterator[str]:
    """Lay out one page of what a debrief opens, by its word in ``game.debrief_pages``."""
    yield from wrapped(page_named(word).about, 1)
    if word == "scores":
        yield from summary_lines(debrief)
        yield from outcome_lines(debrief)
        for seat in debrief.seats:
            if seat.is_played:
                yield from seat_lines(seat)
        yield from happened_lines(debrief)
    elif word == "forecasts":
        for scores in debrief.forecasts:
            yield from score_of_forecast_lines(scores)
        if not debrief.forecasts:
            yield from wrapped(NO_FORECAST, 1)
    elif word == "seats":
        for seat in debrief.seats:
            yield from seat_lines(seat)
    else:
        for page in debrief.ledger:
            yield from ledger_lines(page)


def summary_lines(debrief: Debrief) -> Iterator[str]:
    """Lay out the head of the debrief: who reached how much."""
    yield from heading(f"DEBRIEF: {debrief.scenario}, after {debrief.turns} turns")
    if not debrief.is_over:
        yield " The game was not played to its end; scores are as things stand."
    yield from score_lines(debrief)
    yield " Nobody has to lose for another to win."


def score_lines(debrief: Debrief) -> Iterator[str]:
    """Lay out the scores side by side; nobody has to lose for another to win."""
    yield ""
    for seat in debrief.seats:
        who = "played" if seat.is_played else "automated"
        won = _verdict(seat)
        points = f"{seat.score:5.1f} of 100  {bar(seat.score / 100.0)}"
        yield f" {seat.capital.title:<12}{points}  {who}{won}"


def _verdict(seat: SeatReport) -> str:
    if seat.win is None:
        return ""
    return f", {'won' if seat.is_won else 'not won'} ({seat.win.bar:.1f} to win)"


def seat_lines(seat: SeatReport) -> Iterator[str]:
    """Lay out what a seat wanted, what came of it, and what it did."""
    yield from heading(f"{seat.capital.title}: {seat.score:.1f} points")
    yield from wrapped(seat.judges_as, 1)
    for goal in seat.goals:
        secret = " (secret)" if goal.is_secret else ""
        yield from item(f"{goal.text}{secret}", "o")
        yield (
            f"     {bar(goal.progress)} {goal.points:4.1f} of {goal.weight_points:.1f} points; "
            f"{goal.scale}"
        )
        yield from wrapped(f"{goal.title}: {goal.course}", 5)
    if seat.deeds:
        yield " What it decided:"
    for deed in seat.deeds:
        yield from wrapped(f"turn {deed.turn:>2}  {deed.text}", 12, first="   ")


def outcome_lines(debrief: Debrief) -> Iterator[str]:
    """Lay out which outcomes came true."""
    yield from heading("Outcomes")
    for outcome in debrief.outcomes:
        yield f" [{'x' if outcome.is_met else ' '}] {outcome.title}"


def happened_lines(debrief: Debrief) -> Iterator[str]:
    """Tell what happened in history, once the game is over."""
    if not debrief.happened:
        return
    yield from heading(HAPPENED)
    for number, part in enumerate(debrief.happened):
        if number:
            yield ""
        yield from wrapped(part, 1)


def ledger_lines(page: LedgerPage) -> Iterator[str]:
    """Lay out one figure's exact ledger over the game."""
    start, end = (shown_value(page.figure, v, page.unit) for v in (page.start, page.end))
    yield from heading(f"{page.title}: {start} > {end}")
    unit = 1.0 if page.unit in ("percent", "points") else 100.0
    shown, rest = page.lines[:_LINES_OF_LEDGER], page.lines[_LINES_OF_LEDGER:]
    for line in shown:
        lines = wrapped(capitalised(line.text), 3)
        yield from lines[:-1]
        yield f"{lines[-1]:<68} {signed(unit * line.amount, 2):>8}"
    if rest:
        amount = unit * sum(line.amount for line in rest)
        yield f"{f'   {len(rest)} smaller causes':<68} {signed(amount, 2):>8}"
    total = unit * sum(line.amount for line in page.lines)
    yield f"{'   sum of all causes = the change':<68} {signed(total, 2):>8}"
    scale = "" if unit == 1.0 else " (in hundredths)"
    yield from wrapped(
        f"Up and down together {unit * page.gross:.2f} points{scale}: "
        f"{100 * page.chance_share:.0f}% of it chance, {100 * page.relaxation_share:.0f}% things "
        "fading or returning.",
        3,
    )
