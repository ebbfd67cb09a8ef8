"""Disputes, institutions, what happened, what lies ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.wording import RUNGS
from rapprochement_sim.tui.boards.figures import cell, value_text
from rapprochement_sim.tui.boards.relations import short
from rapprochement_sim.tui.lines import (
    BLANK,
    Line,
    Span,
    Spot,
    bar,
    clipped,
    figure_spot,
    paragraph,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rapprochement_sim.game.briefing import Briefing, DisputeSide, Ladder, NewsItem
    from rapprochement_sim.tui.lines import Role

NEWS_MARKS = {"event": "!", "act": "*", "refused": "x", "failed": "x"}
MARKS = "* done   x refused or failed   ! befell"
"""What the marks of the news mean."""
_TITLE = 21
_SIDE = 15
_WIDE = 74
_MORE = 16
_RUNG_ROOM = 34


def dispute_summary_lines(briefing: Briefing, width: int) -> Iterator[Line]:
    """Lay each dispute out on one line: hurt and settlement at each party."""
    room_for_title = min(_TITLE, width - 2 * _SIDE)
    head = f"{'':<{room_for_title}} hurt / settled, by survey"
    room = width - len(head)
    more = "; 5: all parties" if room >= _MORE else ""
    yield (Span(f"{head}{more}", "dim"),)
    for dispute in briefing.disputes:
        spans = [
            Span(
                f"{clipped(dispute.title, room_for_title):<{room_for_title}}",
                "plain",
                Spot("name", dispute.id),
            )
        ]
        used = room_for_title
        for side in dispute.sides:
            pieces = [Span(f" {short(side.capital)} ", "dim"), *_pair(side)]
            size = sum(len(piece.text) for piece in pieces)
            if used + size > width:
                break
            spans += pieces
            used += size
        yield tuple(spans)


def _pair(side: DisputeSide) -> tuple[Span, ...]:
    hurt, settled = cell(side.hurt), cell(side.settlement)
    gap = " " if hurt.text[-1] not in "+-" else ""
    end = " " if settled.text[-1] not in "+-" else ""
    return hurt, Span(f"{gap}/", "dim"), settled, Span(end)


def dispute_lines(briefing: Briefing, width: int) -> Iterator[Line]:
    """Lay out every dispute party by party."""
    is_wide = width >= _WIDE
    for number, dispute in enumerate(briefing.disputes):
        if number:
            yield BLANK
        yield (Span(clipped(dispute.title, width), "title", Spot("name", dispute.id)),)
        for side in dispute.sides:
            who = f"  {side.capital.title:<11}"
            role = f"{side.role:<15}" if is_wide else ""
            line = [
                Span(who, "own" if side.capital == briefing.seat else "plain"),
                Span(role, "dim"),
            ]
            for word, reading in (
                ("hurt ", side.hurt),
                ("on the mind " if is_wide else "mind ", side.salience),
                ("settled ", side.settlement),
            ):
                shown = cell(reading)
                line += [Span(word, "dim"), shown, Span(" " * max(7 - len(shown.text), 1))]
            yield tuple(line)
    yield BLANK
    text = (
        "By published surveys, 0 to 1, error about 0.04. s explains the dispute under the cursor."
    )
    yield from paragraph(text, width, "dim")


def ladder_lines(briefing: Briefing, width: int, *, pair_only: bool = False) -> Iterator[Line]:
    """Lay out institutions as ladders, the rung they stand on in brackets."""
    between = None
    for ladder in briefing.ladders:
        if ladder.between != between:
            if pair_only and between is not None:
                return
            if between is not None:
                yield BLANK
            between = ladder.between
            yield (Span(f"{between[0].title} and {between[1].title}", "title"),)
        yield _ladder(ladder, width)


def _ladder(ladder: Ladder, width: int) -> Line:
    value = Span(f" {value_text(ladder.level):>4}", "title", figure_spot(ladder.level.name))
    mark = Span("" if ladder.level.mark == "=" else f" {ladder.level.mark}", "up")
    if width >= _WIDE:
        room = width - _RUNG_ROOM - 9
        rungs: list[Span] = []
        for number, rung in enumerate(RUNGS):
            is_here = rung == ladder.rung
            text = f"[{rung.upper()}]" if is_here else f" {rung} "
            rungs += [Span(">", "dim")] if number else []
            rungs.append(Span(text, "own" if is_here else "dim"))
        used = sum(len(span.text) for span in rungs)
        pad = Span(" " * max(_RUNG_ROOM - used, 0))
        return (Span(f"  {clipped(ladder.title, room):<{room}}"), *rungs, pad, value, mark)
    room = width - 2 - 9 - 7 - 7
    drawn = Span(f"{bar(ladder.level.value, 6)}", "own")
    name = Span(f"  {clipped(ladder.title, room):<{room}}")
    return (name, Span(f" {ladder.rung:<8}", "key"), drawn, value, mark)


def news_lines(briefing: Briefing, width: int) -> Iterator[Line]:
    """Lay out what everyone learnt of the last turn; before the first, the instructions."""
    if briefing.turn == 1 and not briefing.news:
        yield from paragraph(briefing.introduction, width)
        return
    yield from told_lines(briefing.news, width)


def told_lines(items: Sequence[NewsItem], width: int) -> Iterator[Line]:
    """Lay out pieces of news, each behind its mark."""
    if not items:
        yield (Span("Nothing that made the news.", "dim"),)
    for news in items:
        text = news.text if not news.details else f"{news.text} ({'; '.join(news.details)})"
        mark = NEWS_MARKS[news.kind]
        role: Role = "own" if news.is_own else "alert" if news.kind == "event" else "plain"
        spot = Spot("name", news.name) if news.name else None
        yield from paragraph(text, width, role, indent=2, first=f"{mark} ", spot=spot)


def ahead_lines(briefing: Briefing, width: int) -> Iterator[Line]:
    """Lay out what is announced ahead, the nearest first."""
    if not briefing.deadlines:
        yield (Span("Nothing is announced.", "dim"),)
    for deadline in briefing.deadlines:
        turns = deadline.turns_ahead
        when = "this turn" if turns == 0 else f"in {turns} turn{'s' if turns > 1 else ''}"
        mark = "!" if turns == 0 else "-"
        role: Role = "alert" if turns == 0 else "plain"
        text = f"{deadline.title}: {when}"
        spot = Spot("name", deadline.name) if deadline.name else None
        yield from paragraph(text, width, role, indent=2, first=f"{mark} ", spot=spot)
        for reason in deadline.averted_if:
            yield from paragraph(f"averted if: {reason}", width, "dim", indent=4)


def desk_lines(briefing: Briefing, width: int) -> Iterator[Line]:
    """Lay out what the seat has decided so far and how its talks ended."""
    for answer in briefing.answers:
        yield from paragraph(answer, width, "plain", indent=2, first="* ")
    for decided in briefing.desk:
        yield from paragraph(f"{decided.kind}: {decided.text}", width, "own", indent=2, first="> ")
    if not briefing.answers and not briefing.desk:
        yield (Span("Nothing is decided in this turn yet.", "dim"),)
