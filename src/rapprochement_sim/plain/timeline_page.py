"""Past turns as text: opened again, beside the record, and beside another game."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import shown_margin, shown_value, signed
from rapprochement_sim.game.published_record import RECORD_HOW
from rapprochement_sim.game.side_by_side import change_in_pair, value_in_pair
from rapprochement_sim.plain.briefing_page import briefing_lines, goal_lines
from rapprochement_sim.plain.layout import heading, item, wrapped
from rapprochement_sim.plain.why_page import why_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rapprochement_sim.game.briefing import Reading
    from rapprochement_sim.game.past import PastTurn
    from rapprochement_sim.game.published_record import PublishedRecord
    from rapprochement_sim.game.seat import Seat
    from rapprochement_sim.game.side_by_side import OtherGame, SideBySide

_MARKS = {"event": "!", "act": "*", "refused": "x", "failed": "x"}
_PAIR_POLLS = 4
_CAUSES_SHOWN = 3
_CELL, _LABEL = 5, 10
_TURNS_IN_A_ROW = 13


def timeline_lines(seat: Seat, turn: int) -> Iterator[str]:
    """Lay out one past turn: what happened, the figures after it, the causes of what moved.

    Raises
    ------
    MalformedInput
        If that turn has not been resolved.
    """
    news = seat.chronicle(turn)
    briefing = seat.brief()
    yield from heading(f"Turn {turn} of {briefing.n_turns}, {briefing.calendar[turn - 1]}")
    yield " Marks: * done, x refused or failed, ! befell."
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


def desk_then_lines(turn: int, past: PastTurn) -> Iterator[str]:
    """Lay out the page of the seat as a turn opened, and what it then decided."""
    yield from briefing_lines(past.briefing)
    yield from heading(f"What you decided in turn {turn}")
    for text in past.decided:
        yield from item(text, ">")
    if not past.decided:
        yield " Nothing."
    yield from goal_lines(past.briefing)


def record_lines(turn: int, record: PublishedRecord, figures: Sequence[Reading]) -> Iterator[str]:
    """Lay out what was published of a turn's months, beside the game's own polls."""
    yield from heading(f"The record of the months of turn {turn}")
    of_turn = record.of_turn(turn)
    if not record:
        yield from wrapped("No record falls in the months of this scenario.", 1)
        return
    readings = {reading.name: reading for reading in figures}
    for poll in of_turn.polls:
        yield from item(poll.title)
        reading = readings[poll.survey]
        here = shown_value(reading.name, reading.trend[turn], reading.unit)
        margin = shown_margin(reading.name, reading.margin, reading.unit)
        apart = signed(reading.trend[turn] - poll.value, 1)
        yield f"     published {poll.date}: {poll.value:.1f}%; here {here} {margin} ({apart})"
        yield from wrapped(f"seen in {poll.source}. {poll.note}", 5)
    if not of_turn.polls:
        asked = ", ".join(str(each) for each in sorted({poll.turn for poll in record.polls}))
        where = f" Those of turns {asked} had one." if asked else ""
        yield from wrapped(f"No poll that the game asks was published in these months.{where}", 1)
    for event in of_turn.events:
        unseen = "" if event.is_seen else " (from general knowledge)"
        yield from wrapped(f"{event.text}{unseen}", 14, first=f" {event.date:<11}  ")
    if not of_turn.events:
        yield " No dated event."
    yield ""
    yield from wrapped(RECORD_HOW, 1)


def other_lines(others: Sequence[OtherGame]) -> Iterator[str]:
    """List the games that this one can be set beside."""
    yield from heading("Other saves of this scenario (beside SAVE)")
    for other in others:
        who = ", ".join(seat.title for seat in other.seats) or "nobody"
        told = f"{who}, {other.turns} turns, the first {other.shared} the same"
        yield from wrapped(f"{other.name}: {told}", 4, first=" * ")
    if not others:
        yield from wrapped("There is none in this folder. `branch N` makes one.", 1)


def side_lines(sides: SideBySide) -> Iterator[str]:
    """Lay out two games side by side: figures by turn, then what was decided."""
    yield from heading(f"This game beside {sides.other.name}")
    yield from wrapped(
        f"Here {sides.seat_here.title}, there {sides.seat_there.title}; the first "
        f"{sides.other.shared} turns are the same. Figures as each of them knew them.",
        1,
    )
    for figure in sides.figures:
        yield ""
        yield from wrapped(figure.title, 1)
        n_turns = max(len(figure.here), len(figure.there))
        for first in range(0, n_turns, _TURNS_IN_A_ROW):
            turns = range(first, min(first + _TURNS_IN_A_ROW, n_turns))
            yield f"{'':<{_LABEL}}{''.join(f'{turn:>{_CELL}}' for turn in turns)}"
            for word, series in (("here", figure.here), ("there", figure.there)):
                cells = "".join(f"{value_in_pair(figure, series, t):>{_CELL}}" for t in turns)
                yield f"   {word:<{_LABEL - 3}}{cells}".rstrip()
            cells = "".join(f"{change_in_pair(figure, turn):>{_CELL}}" for turn in turns)
            yield f"   {'diff':<{_LABEL - 3}}{cells}".rstrip()
    for turn in sides.turns:
        if turn.is_shared:
            continue
        yield from heading(f"Turn {turn.turn}")
        for word, decided, news in (
            ("here", turn.decided_here, turn.news_here),
            ("there", turn.decided_there, turn.news_there),
        ):
            yield f" {word}"
            if not news:
                yield "     not played yet"
            for text in decided:
                yield from wrapped(text, 5, first="   > ")
            for text in news:
                yield from wrapped(text, 5, first="   * ")
