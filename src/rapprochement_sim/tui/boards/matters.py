"""Disputes, institutions, what happened, what lies ahead."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rapprochement_sim.game.wording import RUNGS, short_dispute_title
from rapprochement_sim.tui.boards.columns import columned
from rapprochement_sim.tui.boards.figures import cell, change_role, value_text
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

    from rapprochement_sim.game.briefing import (
        Briefing,
        DisputeLine,
        DisputeSide,
        Ladder,
        NewsItem,
    )
    from rapprochement_sim.tui.lines import Role
    from rapprochement_sim.vocabulary import Capital

NEWS_MARKS = {"event": "!", "act": "*", "refused": "x", "failed": "x"}
MARKS = "* done   x refused or failed   ! befell"
"""What the marks of the news mean."""
_SIDE, _LEAST_TITLE = 14, 12
_WIDE = 74
_MORE = 16
_RUNG_ROOM, _CLOSE_RUNG_ROOM = 34, 28
_RUNG, _BAR, _LEVEL = 9, 7, 7


def dispute_summary_lines(briefing: Briefing, width: int) -> Iterator[Line]:
    """Lay each dispute out on one line: hurt and settlement at each party."""
    longest = max((len(dispute.title) for dispute in briefing.disputes), default=0)
    room_for_title = max(min(longest, width - 2 * _SIDE), _LEAST_TITLE)
    head = f"{'':<{room_for_title}} hurt / settled, by survey"
    room = width - len(head)
    more = "; 5: all parties" if room >= _MORE else ""
    yield (Span(f"{head}{more}", "dim"),)
    for dispute in briefing.disputes:
        spans = [
            Span(
                f"{short_dispute_title(dispute.title, room_for_title):<{room_for_title}}",
                "plain",
                Spot("name", dispute.id),
            )
        ]
        used = room_for_title
        for side in dispute.sides:
            pieces = [Span(f" {short(side.capital):<3} ", "dim"), *_pair(side)]
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
    yield from columned(
        lambda room: (list(_dispute(each, briefing.seat, room)) for each in briefing.disputes),
        width,
        _WIDE,
    )
    yield BLANK
    text = (
        "By published surveys, 0 to 1, margin about 0.08. s explains the dispute under the cursor."
    )
    yield from paragraph(text, width, "dim")


def _dispute(dispute: DisputeLine, seat: Capital, width: int) -> Iterator[Line]:
    is_wide = width >= _WIDE
    yield from paragraph(dispute.title, width, "title", spot=Spot("name", dispute.id))
    for side in dispute.sides:
        who = f"  {side.capital.title:<11}"
        role = f"{side.role:<15}" if is_wide else ""
        line = [
            Span(who, "own" if side.capital == seat else "plain"),
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


def ladder_lines(briefing: Briefing, width: int, *, pair_only: bool = False) -> Iterator[Line]:
    """Lay out institutions as ladders, the rung they stand on in brackets.

    ``pair_only`` shows those of the first pair alone, without its names.
    """
    pairs = [list(ladders) for _, ladders in groupby(briefing.ladders, lambda each: each.between)]
    shown = pairs[:1] if pair_only else pairs
    longest = max((len(each.title) for ladders in shown for each in ladders), default=0)

    def blocks(room: int) -> Iterator[list[Line]]:
        for ladders in shown:
            one, other = ladders[0].between
            head = [(Span(f"{one.title} and {other.title}", "title"),)]
            indent = 0 if pair_only else 2
            lines = [_ladder(each, longest, room, indent) for each in ladders]
            yield lines if pair_only else [*head, *lines]

    yield from columned(blocks, width, _WIDE)


def _ladder(ladder: Ladder, longest: int, width: int, indent: int) -> Line:
    value = Span(f" {value_text(ladder.level):>4}", "title", figure_spot(ladder.level.name))
    moved = ladder.level.mark
    mark = Span("" if moved == "=" else f" {moved}", change_role(moved))
    free = width - indent - longest - _LEVEL
    margin = " " * indent
    if free > _CLOSE_RUNG_ROOM:
        is_close = free <= _RUNG_ROOM
        rungs: list[Span] = []
        for number, rung in enumerate(RUNGS):
            is_here = rung == ladder.rung
            text = f"[{rung.upper()}]" if is_here else rung if is_close else f" {rung} "
            rungs += [Span(">", "dim")] if number else []
            rungs.append(Span(text, "own" if is_here else "dim"))
        used = sum(len(span.text) for span in rungs)
        pad = Span(" " * ((_CLOSE_RUNG_ROOM if is_close else _RUNG_ROOM) - used))
        return (Span(f"{margin}{ladder.title:<{longest}} "), *rungs, pad, value, mark)
    room = width - indent - _RUNG - _BAR - _LEVEL
    is_drawn = len(ladder.title) <= room
    room += 0 if is_drawn else _BAR
    title = ladder.title if len(ladder.title) <= room else ladder.title.partition(" (")[0]
    drawn = Span(bar(ladder.level.value, _BAR - 1) + " " if is_drawn else "", "own")
    name = Span(f"{margin}{clipped(title, room):<{room}}")
    return (name, Span(f" {ladder.rung:<{_RUNG - 1}}", "key"), drawn, value, mark)


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
