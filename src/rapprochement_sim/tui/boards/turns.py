"""Past turns: the page of then, the record of the same months, another game beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import shown_margin, shown_value, signed
from rapprochement_sim.game.published_record import RECORD_HOW
from rapprochement_sim.game.side_by_side import change_in_pair, value_in_pair
from rapprochement_sim.tui.boards.chart import Series, chart_lines
from rapprochement_sim.tui.boards.figures import change_role
from rapprochement_sim.tui.boards.matters import ahead_lines, told_lines
from rapprochement_sim.tui.boards.previews import effect_lines, offer_head, price_text
from rapprochement_sim.tui.boards.standing import goals_lines, standing_lines
from rapprochement_sim.tui.lines import (
    BLANK,
    Line,
    Span,
    choice,
    figure_spot,
    paragraph,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rapprochement_sim.game.briefing import Reading, StaffPaper
    from rapprochement_sim.game.past import PastTurn
    from rapprochement_sim.game.published_record import PublishedRecord
    from rapprochement_sim.game.side_by_side import (
        FigureBoth,
        OtherGame,
        SideBySide,
        TurnBoth,
    )
    from rapprochement_sim.tui.lines import Role

_CELL, _LABEL = 5, 8
_CHART_HEIGHT = 8
_EFFECTS_SHOWN, _REFUSALS_SHOWN = 4, 2
_SMALLEST = {"percent": 20.0, "points": 20.0}


def desk_then_lines(past: PastTurn, width: int) -> Iterator[Line]:
    """Lay out the page of the seat as a turn opened, and what it then decided."""
    briefing = past.briefing
    told = f"attention {briefing.attention:g}, political capital {100 * briefing.capital_left:.0f}"
    yield (Span(f"As the turn opened, {briefing.months}", "title"), Span(f"  {told}", "dim"))
    yield BLANK
    yield (Span("What you decided", "title"),)
    for text in past.decided:
        yield from paragraph(text, width, "own", indent=4, first="  > ")
    if not past.decided:
        yield (Span("  Nothing.", "dim"),)
    yield BLANK
    yield (Span("How things stood", "title"),)
    yield from standing_lines(briefing, width)
    yield BLANK
    yield (Span("Ahead", "title"),)
    yield from ahead_lines(briefing, width)
    yield BLANK
    yield (Span("What had happened in the turn before", "title"),)
    yield from told_lines(briefing.news, width)
    if briefing.offers:
        yield BLANK
        yield (Span("What was offered to you", "title"),)
    for offer in briefing.offers:
        yield from offer_head(offer, width)
        for effect in offer.preview.effects[:_EFFECTS_SHOWN]:
            yield from effect_lines(effect, width, indent=4)
        if offer.if_refused:
            yield (Span("  If you refused", "dim"),)
            for effect in offer.if_refused[:_REFUSALS_SHOWN]:
                yield from effect_lines(effect, width, indent=4)
    if briefing.papers:
        yield BLANK
        yield (Span("What your ministry put before you", "title"),)
    for paper in briefing.papers:
        yield from _paper_then(paper, width)
    yield BLANK
    yield (Span("Goals, as far as you could tell", "title"),)
    yield from goals_lines(briefing, width)


def _paper_then(paper: StaffPaper, width: int) -> Iterator[Line]:
    chosen = [modifier.title for modifier in paper.preview.modifiers if modifier.is_chosen]
    terms = f", with: {'; '.join(chosen)}" if chosen else ""
    title = f"{paper.preview.title}{terms}"
    yield from paragraph(title, width, indent=5, first=f"  {paper.number}. ")
    if paper.reason:
        yield from paragraph(f"Not then: {paper.reason}", width, "alert", indent=5)
        return
    text = f"{paper.purpose} ({paper.voice}). {price_text(paper.preview)}"
    yield from paragraph(text, width, "dim", indent=5)
    for effect in paper.preview.effects[:_EFFECTS_SHOWN]:
        yield from effect_lines(effect, width, indent=4)
    yield from paragraph(f"But: {paper.preview.dissent}", width, "dim", indent=5)


def record_lines(
    turn: int, record: PublishedRecord, figures: Mapping[str, Reading], width: int
) -> Iterator[Line]:
    """Lay out what was published of a turn's months, beside the game's own polls."""
    if not record:
        yield from paragraph("No record falls in the months of this scenario.", width)
        return
    of_turn = record.of_turn(turn)
    yield (Span("Published polls of these months, and this game's", "title"),)
    for poll in of_turn.polls:
        reading = figures[poll.survey]
        here = shown_value(reading.name, reading.trend[turn], reading.unit)
        margin = shown_margin(reading.name, reading.margin, reading.unit)
        yield from paragraph(poll.title, width, indent=2, first="* ")
        yield (
            Span(f"    published {poll.date} "),
            Span(f"{poll.value:.1f}%", "title"),
            Span("   here "),
            Span(here, "title", figure_spot(poll.survey)),
            Span(f" {margin}", "dim"),
            Span(f"   {signed(reading.trend[turn] - poll.value, 1)}", "key"),
        )
        yield from paragraph(f"seen in {poll.source}. {poll.note}", width, "dim", indent=4)
    if not of_turn.polls:
        asked = ", ".join(str(each) for each in sorted({poll.turn for poll in record.polls}))
        where = f" Those of turns {asked} had one." if asked else ""
        text = f"No poll that the game asks was published in these months.{where}"
        yield from paragraph(text, width, indent=2)
    yield BLANK
    yield (Span("What happened in these months", "title"),)
    for event in of_turn.events:
        unseen = "" if event.is_seen else " (from general knowledge)"
        text = f"{event.text}{unseen}"
        yield from paragraph(text, width, indent=14, first=f"  {event.date:<12}")
    if not of_turn.events:
        yield (Span("  No dated event.", "dim"),)
    yield BLANK
    yield from paragraph(RECORD_HOW, width, "dim")


def other_lines(others: Sequence[OtherGame], width: int) -> Iterator[Line]:
    """List the games that this one can be set beside."""
    text = "Set this game beside another save of the same scenario (Enter):"
    yield from paragraph(text, width, "title")
    for other in others:
        who = ", ".join(seat.title for seat in other.seats) or "nobody"
        turns = f"{other.turns} turn{'' if other.turns == 1 else 's'}"
        shared = f"the first {other.shared} the same" if other.shared else "another past"
        text = f"{other.name}: {who}, {turns}, {shared}"
        spot = choice(f"other:{other.path}")
        yield from paragraph(text, width, "own", indent=4, first="  ", spot=spot)
    if not others:
        text = "There is none in this folder yet. b begins a branch of this game from this turn."
        yield from paragraph(text, width, indent=2)


def side_lines(sides: SideBySide, turn: int, drawn: str, width: int) -> Iterator[Line]:
    """Lay out two games side by side: a chart, figures by turn, what was decided in one turn.

    ``drawn`` names the figure that the chart shows, the first by default.
    """
    other = sides.other
    yield from paragraph(f"This game (A) beside {other.name} (B)", width, "title")
    text = (
        f"A is {sides.seat_here.title}, B {sides.seat_there.title}; the first {other.shared} turns "
        "are the same. Figures as each of them knew them. Enter draws a figure; o: another save."
    )
    yield from paragraph(text, width, "dim")
    yield BLANK
    shared = [each for each in sides.turns if each.turn == turn]
    for each in shared:
        yield from _turn_lines(each, width)
        yield BLANK
    figures = {figure.name: figure for figure in sides.figures}
    chosen = figures.get(drawn, sides.figures[0])
    yield from _chart(chosen, width)
    for figure in sides.figures:
        yield BLANK
        yield from _figure_lines(figure, turn, width)


def _chart(figure: FigureBoth, width: int) -> Iterator[Line]:
    yield (Span(f"{figure.title}", "title"),)
    series = [Series("A", figure.here, "chart"), Series("B", figure.there, "chart2")]
    n_turns = max(len(figure.here), len(figure.there)) - 1
    smallest = _SMALLEST.get(figure.unit, 0.2)
    yield from chart_lines(series, width, _CHART_HEIGHT, n_turns=n_turns, smallest=smallest)


def _figure_lines(figure: FigureBoth, turn: int, width: int) -> Iterator[Line]:
    spot = choice(f"draw:{figure.name}")
    yield from paragraph(figure.title, width, "key", spot=spot)
    n_cells = max((width - _LABEL) // _CELL, 1)
    n_turns = max(len(figure.here), len(figure.there))
    for first in range(0, n_turns, n_cells):
        turns = range(first, min(first + n_cells, n_turns))
        heads = [Span(f"{each:>{_CELL}}", "own" if each == turn else "dim") for each in turns]
        yield (Span(f"{'  turn':<{_LABEL}}", "dim"), *heads)
        for letter, series in (("A", figure.here), ("B", figure.there)):
            cells = "".join(f"{value_in_pair(figure, series, each):>{_CELL}}" for each in turns)
            yield (Span(f"{f'  {letter}':<{_LABEL}}{cells}"),)
        changes = [change_in_pair(figure, each) for each in turns]
        yield (
            Span(f"{'  A - B':<{_LABEL}}", "dim"),
            *(Span(f"{text:>{_CELL}}", change_role(text[:1])) for text in changes),
        )


def _turn_lines(turn: TurnBoth, width: int) -> Iterator[Line]:
    same = " is the same in both" if turn.is_shared else ""
    yield (Span(f"Turn {turn.turn}{same}", "title"),)
    if turn.is_shared:
        return
    sides = (
        ("A", turn.decided_here, turn.news_here),
        ("B", turn.decided_there, turn.news_there),
    )
    for letter, decided, news in sides:
        mark: Role = "chart" if letter == "A" else "chart2"
        yield (Span(f" {letter}", mark), Span("" if news else "  not played yet", "dim"))
        for text in decided:
            yield from paragraph(text, width, "own", indent=6, first="   > ")
        for text in news:
            yield from paragraph(text, width, indent=6, first="   * ")
