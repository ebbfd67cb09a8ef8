"""What came of the game: scores with reasons, outcomes, and figures over its turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.debrief_pages import page_named
from rapprochement_sim.game.figure_text import shown_value
from rapprochement_sim.report.charts import Line, line_chart
from rapprochement_sim.report.elements import (
    figures,
    paragraph,
    section,
    subtitle,
    table,
)
from rapprochement_sim.scenario.afterwards import HAPPENED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rapprochement_sim.game.account import Account, Course
    from rapprochement_sim.game.debrief import Debrief, FinalGoal

_PAIR_POLLS = 4
_PERCENT_SPAN, _INDEX_SPAN = 20.0, 0.2
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def scores_section(account: Account) -> str:
    """Tell who reached how much, and which outcomes came true."""
    debrief = account.debrief
    return section("scores", "Scores", _scores(debrief))


def _scores(debrief: Debrief) -> Iterator[str]:
    yield paragraph(page_named("scores").about)
    if not debrief.is_over:
        yield paragraph("The game was not played to its end; scores are as things stand.", "lead")
    yield table(
        "Points of 100. Nobody has to lose for another to win.",
        ("Seat", "Points", "To win", "Result"),
        [
            (
                f"{seat.capital.title}{', played' if seat.is_played else ''}",
                f"{seat.score:.1f}",
                "" if seat.win is None else f"{seat.win.bar:.1f}",
                "" if seat.win is None else "won" if seat.is_won else "not won",
            )
            for seat in debrief.seats
        ],
    )
    yield table(
        "Outcomes",
        ("Outcome", "Came true"),
        [(outcome.title, "yes" if outcome.is_met else "no") for outcome in debrief.outcomes],
    )
    if debrief.happened:
        yield subtitle(HAPPENED)
        yield from (paragraph(part) for part in debrief.happened)


def goals_section(account: Account) -> str:
    """Tell what each seat wanted, by which lens it is judged, and what came of it."""
    parts = [paragraph(page_named("seats").about)]
    for seat in sorted(account.debrief.seats, key=lambda each: not each.is_played):
        played = ", played" if seat.is_played else ""
        parts += [
            subtitle(f"{seat.capital.title}{played}: {seat.score:.1f} points"),
            paragraph(f"{seat.judges_as}.", "faint"),
            table(
                f"Goals of {seat.capital.title}",
                ("Goal, and the figure it is read from", "Points", "Start to end", "How it counts"),
                [_goal(goal) for goal in seat.goals],
                kind="cards",
            ),
        ]
    return section("goals", "Objectives, with the reasons for each score", parts)


def _goal(goal: FinalGoal) -> tuple[str, ...]:
    secret = " (secret)" if goal.is_secret else ""
    return (
        f"{goal.text}{secret} {goal.title}.",
        f"{goal.points:.1f} of {goal.weight_points:.1f}",
        goal.course.replace(">", "to"),
        goal.scale,
    )


def courses_section(account: Account) -> str:
    """Draw polls, headline figures, trust and approval over the turns."""
    pair = account.polls[:_PAIR_POLLS]
    recorded = [poll for course in account.polls for poll in course.recorded]
    note = "Polls of this game, with their margins of 95%."
    if recorded:
        note += " Open marks: what real polls found in the months of that turn."
    charts = [
        _chart("Unfavourable impressions, %", pair[::2], note),
        _chart("Favourable impressions, %", pair[1::2], note),
        _chart("Headline figures, 0 to 100", account.headlines, "True values, opened at the end."),
        _chart("Trust between governments, 0 to 1", account.trust, "True values."),
        _chart("Approval of governments, %", account.approval, "As polled."),
    ]
    told = "The course of the main figures, turn by turn; letters name the lines."
    parts = [
        paragraph(told),
        figures(charts),
        _course_table(account, account.polls, "Polls by turn, in percent"),
    ]
    if recorded:
        parts.append(
            table(
                "Real polls of the same months",
                ("Question", "Date", "Source", "Percent"),
                [(poll.title, poll.date, poll.source, f"{poll.value:.1f}") for poll in recorded],
                n_texts=3,
            )
        )
    shown = (*account.headlines, *account.trust, *account.approval)
    parts.append(_course_table(account, shown, "Headline figures, trust and approval by turn"))
    return section("figures", "How things went", parts)


def _chart(title: str, courses: Sequence[Course], note: str) -> str:
    is_index = all(course.unit not in ("percent", "points") for course in courses)
    lines = [
        Line(
            course.title,
            _LETTERS[number],
            course.values,
            course.margin if len(courses) <= 2 else 0.0,
            tuple((float(poll.turn), poll.value) for poll in course.recorded),
        )
        for number, course in enumerate(courses)
    ]
    return line_chart(title, lines, note, smallest=_INDEX_SPAN if is_index else _PERCENT_SPAN)


def _course_table(account: Account, courses: Sequence[Course], caption: str) -> str:
    turns = range(len(account.months) + 1)
    return table(
        f"{caption}. Turn 0 is the start.",
        ("Figure", *map(str, turns)),
        [
            (
                course.title,
                *(
                    shown_value(course.name, value, course.unit).rstrip("%")
                    for value in course.values
                ),
            )
            for course in courses
        ],
        kind="full",
    )
