"""The briefing as text, section by section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import shown_change, shown_margin, shown_value
from rapprochement_sim.naming import shown_id
from rapprochement_sim.plain.layout import bar, heading, item, wrapped
from rapprochement_sim.plain.order_page import offer_lines, paper_lines
from rapprochement_sim.vocabulary import CAPITALS, Capital

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.briefing import Briefing, Reading, Relation

_NEWS_MARKS = {"event": "!", "act": "*", "refused": "x", "failed": "x"}
_COLUMN = 12
_TREND_SHOWN = 6
_LABEL_WIDTH = 63


def briefing_lines(briefing: Briefing, *, is_first: bool = False) -> Iterator[str]:
    """Lay out what a seat reads when a turn opens; other sections wait to be asked for."""
    yield from _top_lines(briefing)
    if is_first:
        yield ""
        yield from wrapped(briefing.introduction)
        yield from goal_lines(briefing)
        yield from win_lines(briefing)
    yield from news_lines(briefing)
    yield from headline_lines(briefing)
    yield from deadline_lines(briefing)
    yield from offer_lines(briefing)
    yield from paper_lines(briefing)
    yield from desk_lines(briefing)
    yield ""
    yield from wrapped(
        "More: polls, disputes, trust, institutions, goals, orders, why FIGURE, help."
    )


def instruction_lines(briefing: Briefing) -> Iterator[str]:
    """Lay out the seat's introduction, the steps of a turn, its goals, what it takes to win."""
    yield from heading(f"{briefing.scenario}: your instructions as {briefing.seat.title}")
    yield from wrapped(briefing.introduction)
    yield from heading(f"A turn, {briefing.n_turns} in all")
    for text in STEPS:
        yield from item(text, "-")
    yield from goal_lines(briefing)
    yield from win_lines(briefing)


STEPS = (
    "`polls`, `trust`, `disputes`, `institutions`, `region`: how things stand; `why FIGURE`: why",
    "`offers`: answer what others offer; silence refuses",
    "`papers` and `orders`: `preview` shows what one may do, `order` gives it",
    "`talks` ends the talks, `resolve` the turn: see who did what, and why things moved",
)
"""How a turn goes, as typed."""


def win_lines(briefing: Briefing) -> Iterator[str]:
    """Lay out what it takes to win, if that is told in this turn."""
    rule = briefing.win
    if rule is None:
        return
    yield ""
    yield from wrapped(
        f"You win with more than {rule.bar:.1f} of 100 points at the end. Left to its own "
        f"government, this seat ends between {rule.automated_low:.1f} and "
        f"{rule.automated_high:.1f} in four of five of {rule.n_worlds} automated worlds"
        f"{rule.demand}."
    )


def _top_lines(briefing: Briefing) -> Iterator[str]:
    yield ""
    yield "=" * 80
    yield f"{briefing.scenario} | {briefing.seat.title.upper()}"
    yield f"Turn {briefing.turn} of {briefing.n_turns}, {briefing.months}"
    capital, approval = briefing.capital, briefing.approval
    spent = shown_change(capital.name, capital.change, capital.unit)
    moved = shown_change(approval.name, approval.change, approval.unit)
    yield (
        f"Attention {briefing.attention:g} | political capital {100 * briefing.capital_left:.0f} "
        f"({spent}) | approval {_with_margin(approval)} ({moved})"
    )
    yield "=" * 80


def _with_margin(reading: Reading) -> str:
    shown = shown_value(reading.name, reading.value, reading.unit)
    margin = shown_margin(reading.name, reading.margin, reading.unit)
    return f"{shown} {margin}".rstrip()


def news_lines(briefing: Briefing) -> Iterator[str]:
    """Lay out what everyone learnt of the last turn."""
    if briefing.turn == 1 and not briefing.news:
        return
    yield from heading("What happened last turn")
    if not briefing.news:
        yield " Nothing that made the news."
    for news in briefing.news:
        text = news.text if not news.details else f"{news.text} ({'; '.join(news.details)})"
        yield from item(text, _NEWS_MARKS[news.kind])


def headline_lines(briefing: Briefing) -> Iterator[str]:
    """Lay out the headline figures and the polls of the pair."""
    yield from heading("How things stand")
    for reading in (*briefing.headlines, *briefing.polls[:4]):
        yield from _reading_lines(reading)


def _reading_lines(reading: Reading) -> Iterator[str]:
    """Lay out a figure behind its title, of which nothing is cut."""
    *before, last = wrapped(reading.title, 4, first=" ", width=_LABEL_WIDTH)
    yield from before
    shown = shown_value(reading.name, reading.value, reading.unit)
    margin = shown_margin(reading.name, reading.margin, reading.unit)
    yield f"{last:<{_LABEL_WIDTH}} {shown:>4} {margin:<5} {_moved(reading)}".rstrip()


def _moved(reading: Reading) -> str:
    if len(reading.trend) < 2:
        return ""
    if reading.mark == "=":
        return "="
    return shown_change(reading.name, reading.change, reading.unit)


def poll_lines(briefing: Briefing) -> Iterator[str]:
    """Lay out every poll with its trend; a poll of about 1,000 has an error."""
    yield from heading("Published polls (margin of 95 per cent; = moved less than its error)")
    for reading in briefing.polls:
        yield from _reading_lines(reading)
        trend = " ".join(f"{value:.0f}" for value in reading.trend[-_TREND_SHOWN:])
        yield f"     {shown_id(reading.name)}: {trend}"


def dispute_lines(briefing: Briefing) -> Iterator[str]:
    """Lay out what surveys say on disputes, party by party."""
    yield from heading("Disputes, by published surveys (0 to 1, margin about 0.08)")
    longest = max(len(capital.title) for capital in CAPITALS)
    for line in briefing.disputes:
        yield ""
        yield f" {line.title}  [{shown_id(line.id)}]"
        for side in line.sides:
            yield (
                f"   {side.capital.title:<{longest + 1}}{side.role:<15}"
                f"hurt {side.hurt.value:.2f} {side.hurt.mark}  "
                f"on the mind {side.salience.value:.2f} {side.salience.mark}  "
                f"settled {side.settlement.value:.2f} {side.settlement.mark}"
            )


def relation_lines(briefing: Briefing) -> Iterator[str]:
    """Lay out trust and threat, rows observing columns; others' rows are estimates."""
    for word in ("trust", "threat"):
        sees = "trusts" if word == "trust" else "feels threatened by"
        yield from heading(f"{word.capitalize()}: how far the row {sees} the column (0 to 1)")
        yield " " * (_COLUMN + 1) + "".join(
            f"{_in_a_column(capital):>{_COLUMN}}" for capital in CAPITALS
        )
        for observer in CAPITALS:
            mine = [r for r in briefing.relations if r.observer == observer]
            yield _matrix_line(observer, mine, word, is_own=observer == briefing.seat)
    yield ""
    yield from wrapped("Your own row is exact; ~ marks what your intelligence estimates.")


def _matrix_line(observer: Capital, row: list[Relation], word: str, *, is_own: bool) -> str:
    cells = {}
    for relation in row:
        reading = relation.trust if word == "trust" else relation.threat
        about = " " if is_own else "~"
        mark = " " if reading.mark == "=" else reading.mark
        cells[relation.partner] = f"{about}{reading.value:.2f}{mark}"
    shown = "".join(f"{cells.get(partner, '.'):>{_COLUMN}}" for partner in CAPITALS)
    return f" {_in_a_column(observer):<{_COLUMN}}{shown}".rstrip()


def _in_a_column(capital: Capital) -> str:
    """Return a title, or the last word of one that is too long for its column."""
    title = capital.title
    return title if len(title) < _COLUMN else title.split()[-1]


def ladder_lines(briefing: Briefing) -> Iterator[str]:
    """Lay out institutions and the rungs they stand on."""
    yield from heading("Institutions: none > ad hoc > regular > treaty")
    between = None
    for ladder in briefing.ladders:
        if ladder.between != between:
            between = ladder.between
            yield ""
            yield f" {between[0].title} and {between[1].title}"
        yield (
            f"   {ladder.title:<38}{ladder.rung:<9}{bar(ladder.level.value)} "
            f"{ladder.level.value:.2f} {ladder.level.mark}"
        )


def deadline_lines(briefing: Briefing) -> Iterator[str]:
    """Lay out what is announced ahead."""
    if not briefing.deadlines:
        return
    yield from heading("Ahead")
    for deadline in briefing.deadlines:
        turns = deadline.turns_ahead
        when = "this turn" if turns == 0 else f"in {turns} turn{'s' if turns > 1 else ''}"
        averted = f" Averted if: {' '.join(deadline.averted_if)}" if deadline.averted_if else ""
        yield from item(f"{deadline.title}: {when}.{averted}", "!" if turns == 0 else "-")


def goal_lines(briefing: Briefing) -> Iterator[str]:
    """Lay out the seat's goals with progress as far as it can tell."""
    yield from heading("Your goals (secret ones are known to you alone)")
    for goal in briefing.goals:
        yield from item(f"{goal.text}{' (secret)' if goal.is_secret else ''}", "o")
        reading = goal.reading
        now = _with_margin(reading)
        start, end = (
            shown_value(reading.name, value, reading.unit)
            for value in (goal.from_value, goal.to_value)
        )
        yield f"     {bar(goal.progress)} {reading.title}: {now}"
        yield f"     counts from {start} to {end}"


def desk_lines(briefing: Briefing) -> Iterator[str]:
    """Lay out what the seat has decided so far and how its talks ended."""
    if briefing.answers:
        yield from heading("How the talks ended")
        for answer in briefing.answers:
            yield from item(answer)
    if briefing.desk:
        yield from heading("Decided so far")
        for decided in briefing.desk:
            yield from item(f"{decided.kind}: {decided.text}")
