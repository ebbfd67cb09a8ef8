"""How things stand: headline figures, polls of the pair, own government, goals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import shown_value
from rapprochement_sim.tui.boards.chart import Series, chart_lines
from rapprochement_sim.tui.boards.columns import columned
from rapprochement_sim.tui.boards.figures import (
    CHART_HEIGHT,
    drawn_course,
    margin_text,
    reading_line,
    short_title,
    value_text,
)
from rapprochement_sim.tui.lines import (
    BLANK,
    Line,
    Span,
    bar,
    clipped,
    figure_spot,
    paragraph,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rapprochement_sim.game.briefing import Briefing, GoalLine, Reading
    from rapprochement_sim.tui.lines import Role

_PAIR_POLLS = 4
_UNFAVOURABLE = (0, 2)
_OWN = {
    "approval": "Approval",
    "political_capital": "Political capital",
    "stance": "Leader on reconciliation",
    "protest": "Protest in the streets",
    "abandonment": "Fear of being left",
}
"""Figures of the seat's own government, and what they are called where room is short."""
_SMALL_CHART, _NARROWEST_CHART = 7, 36
_MARGIN_OF_SHARES = 5
_NARROWEST_BAND = 20.0


def standing_lines(briefing: Briefing, width: int) -> Iterator[Line]:
    """Lay out the headline figures, the polls of the pair and the trust of the pair."""
    for reading in (*briefing.headlines, *briefing.polls[:_PAIR_POLLS]):
        yield reading_line(reading, width, margin=_MARGIN_OF_SHARES)
    yield reading_line(briefing.approval, width, margin=_MARGIN_OF_SHARES)


def government_lines(
    briefing: Briefing, figures: Mapping[str, Reading], width: int
) -> Iterator[Line]:
    """Lay out the seat's own government."""
    for name, short in _OWN.items():
        reading = figures.get(f"{name}_{briefing.seat.key}")
        if reading is not None:
            yield reading_line(reading, width, short=short)


def goals_lines(briefing: Briefing, width: int) -> Iterator[Line]:
    """Lay out the goals with their progress, as far as the seat can tell."""
    for goal in briefing.goals:
        yield from goal_lines(goal, width)


def goal_texts(briefing: Briefing, width: int) -> Iterator[Line]:
    """Lay out the goals in words alone."""
    for goal in briefing.goals:
        secret = " (secret)" if goal.is_secret else ""
        yield from paragraph(f"{goal.text}{secret}", width, indent=2, first="o ")


def win_lines(briefing: Briefing, width: int) -> Iterator[Line]:
    """Lay out what it takes to win, while that is told."""
    rule = briefing.win
    if rule is not None:
        text = (
            f"You win with more than {rule.bar:.1f} of 100 points. Left to its own government "
            f"this seat ends between {rule.automated_low:.1f} and {rule.automated_high:.1f} in "
            f"four of five of {rule.n_worlds} automated worlds"
        )
        yield from paragraph(f"{text}{rule.demand}.", width, "key")


def goal_lines(goal: GoalLine, width: int) -> Iterator[Line]:
    """Lay out one goal."""
    reading = goal.reading
    secret = " (secret)" if goal.is_secret else ""
    yield from paragraph(f"{goal.text}{secret}", width, "plain", indent=2, first="o ")
    start, end = (
        shown_value(reading.name, value, reading.unit) for value in (goal.from_value, goal.to_value)
    )
    margin = f" {margin_text(reading)}".rstrip()
    yield (
        Span(f"  {bar(goal.progress)} ", "own"),
        Span(f"{value_text(reading)}", "title", figure_spot(reading.name)),
        Span(margin, "dim"),
        Span(f" counts {start} to {end}", "dim"),
    )


def publics_lines(
    briefing: Briefing, width: int, chart_height: int = CHART_HEIGHT, *, explains: bool = True
) -> Iterator[Line]:
    """Lay out the polls: a chart of the pair's once there is a past, and all of them."""
    pair = [briefing.polls[n] for n in _UNFAVOURABLE if n < len(briefing.polls)]
    letters = {pair[n].name: letter for n, letter in enumerate("KJ"[: len(pair)])}
    if chart_height and briefing.turn > 1:
        roles: tuple[Role, ...] = ("chart", "chart2")
        series = [
            Series(letters[reading.name], reading.trend, role)
            for reading, role in zip(pair, roles, strict=False)
        ]
        yield from chart_lines(
            series,
            width,
            chart_height,
            n_turns=briefing.n_turns,
            smallest=_NARROWEST_BAND,
        )
        yield BLANK
    for reading in briefing.polls:
        lead = f"{letters.get(reading.name, ' ')} " if briefing.turn > 1 and chart_height else ""
        yield reading_line(reading, width, lead=lead, margin=_MARGIN_OF_SHARES)
    if not explains:
        return
    yield BLANK
    text = "Polls of about 1,000 people; +- is the margin of 95 per cent, = moved by less."
    yield from paragraph(text, width, "dim")


def course_charts(readings: Iterable[Reading], width: int, *, n_turns: int) -> Iterator[Line]:
    """Draw the courses of figures beside and below each other, each once, under its title."""
    known = {reading.name: reading for reading in readings if len(reading.trend) > 1}
    if not known:
        yield from paragraph("Courses are drawn here once a turn is over.", width, "dim")
        return

    def charts(room: int) -> Iterator[list[Line]]:
        for reading in known.values():
            spot = figure_spot(reading.name)
            now = f" {value_text(reading)} {margin_text(reading)}".rstrip()
            name = clipped(short_title(reading), room - len(now))
            head = (Span(name, "plain", spot), Span(now, "title"))
            yield [head, *drawn_course(reading, room, n_turns, _SMALL_CHART)]

    yield from columned(charts, width, _NARROWEST_CHART, most=3)
