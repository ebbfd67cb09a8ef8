"""What the advisers say: three voices, then the courses compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.advice_text import (
    HOW,
    apart_shown,
    band_shown,
    course_named,
    difference_marked,
    gain_shown,
    ground_shown,
    mean_shown,
    outcome_shown,
    outcomes_moved,
    record_shown,
)
from rapprochement_sim.tui.boards.figures import change_role, short_titled
from rapprochement_sim.tui.lines import (
    BLANK,
    Line,
    Span,
    choice,
    clipped,
    figure_spot,
    paragraph,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rapprochement_sim.game.advice import (
        Advice,
        AdviceState,
        Ground,
        Outlook,
        Prospect,
        Voice,
    )

_CELL, _TITLE = 6, 28


def advice_lines(state: AdviceState, width: int, *, with_courses: bool = True) -> Iterator[Line]:
    """Lay out how far the advisers are, what they say so far, and the courses compared."""
    yield from paragraph(_progress(state), width, "dim" if state.advice else "alert")
    advice = state.advice
    if advice is None:
        return
    yield from paragraph(HOW.format(worlds=advice.n_worlds), width, "dim")
    for voice in advice.voices:
        yield BLANK
        yield from _voice_lines(advice, voice, width)
    if with_courses:
        yield BLANK
        yield from course_lines(state, width)


def course_lines(state: AdviceState, width: int) -> Iterator[Line]:
    """Lay out what may become of each course."""
    advice = state.advice
    if advice is None:
        return
    yield (Span(f"The courses compared, to the end of turn {advice.until}", "title"),)
    yield from _comparison_lines(advice.outlooks, width)
    yield BLANK
    yield (Span("Each course in full", "title"),)
    for number, outlook in enumerate(advice.outlooks):
        yield from _outlook_lines(outlook, number, width)


def _comparison_lines(outlooks: Sequence[Outlook], width: int) -> Iterator[Line]:
    """Lay all courses out as a table: how each figure would differ from leaving things be."""
    for number, outlook in enumerate(outlooks):
        text = f"{number} {course_named(outlook)}"
        yield from paragraph(text, width, indent=3, first=" ", spot=choice(str(number)))
    most = max((width - _TITLE) // _CELL, 1)
    for begin in range(0, len(outlooks), most):
        yield from _table_lines(outlooks, range(begin, min(begin + most, len(outlooks))), width)
    text = "0: as it is. Others: more or less than that; = cannot be told from it (95%)."
    yield from paragraph(text, width, "dim")


def _table_lines(outlooks: Sequence[Outlook], numbers: range, width: int) -> Iterator[Line]:
    shown = [outlooks[number] for number in numbers]
    room = width - _CELL * len(shown)
    heads = "".join(f"{number:>{_CELL}}" for number in numbers)
    yield (Span(f"{'against course 0':<{room}}{heads}", "dim"),)
    scores = [_compared(outlook, outlook.score) for outlook in shown]
    yield (Span(f"{'Score':<{room}}"), *scores)
    for row, first in enumerate(outlooks[0].horizon):
        title = clipped(short_titled(first.figure, first.title, first.unit), room - 1)
        cells = [_compared(outlook, outlook.horizon[row]) for outlook in shown]
        yield (Span(f"{title:<{room}}", "plain", figure_spot(first.figure)), *cells)


def _compared(outlook: Outlook, prospect: Prospect) -> Span:
    if outlook.is_nothing_more:
        return Span(f"{mean_shown(prospect):>{_CELL}}", "title")
    text = difference_marked(prospect)
    return Span(f"{text:>{_CELL}}", change_role(text[:1]))


def _progress(state: AdviceState) -> str:
    if state.problem:
        return state.problem
    if state.advice is None:
        return "The advisers play the courses on. Keys work meanwhile; Esc goes back."
    told = f"From {state.advice.n_rollouts} rollouts"
    return f"{told}; more are coming." if state.is_working else f"{told}."


def _voice_lines(advice: Advice, voice: Voice, width: int) -> Iterator[Line]:
    chosen = advice.outlooks[voice.choice]
    title = f"{voice.lens.upper()}: {course_named(chosen)}"
    yield from paragraph(title, width, "key", indent=2, first="", spot=choice(str(voice.choice)))
    if not chosen.is_nothing_more:
        clear = "" if voice.gain.is_clear else "; too close to call"
        text = f"value to this school {gain_shown(voice.gain)}{clear}"
        yield from paragraph(text, width, indent=4, first="  ")
    yield from _ground_lines(voice.grounds, width)
    text = f"your score by then {band_shown(chosen.score)}"
    yield from paragraph(text, width, indent=4, first="  ")
    for prospect in chosen.next_turn[:1]:
        text = f"{prospect.title} next turn {band_shown(prospect)}"
        spot = figure_spot(prospect.figure)
        yield from paragraph(text, width, indent=4, first="  ", spot=spot)
    if voice.objects_to is not None and voice.objection is not None:
        against = advice.outlooks[voice.objects_to]
        text = f"Dissent: likes {course_named(against)} less ({gain_shown(voice.objection)})"
        yield from paragraph(text, width, "alert", indent=4, first="  ")
        yield from _ground_lines(voice.objection_grounds, width)
    text = f"Forecasts so far: {record_shown(voice.record)}"
    yield from paragraph(text, width, "dim", indent=4, first="  ")


def _ground_lines(grounds: Iterable[Ground], width: int) -> Iterator[Line]:
    for ground in grounds:
        spot = figure_spot(ground.figure)
        yield from paragraph(ground_shown(ground), width, indent=6, first="    ", spot=spot)


def _outlook_lines(outlook: Outlook, number: int, width: int) -> Iterator[Line]:
    spot = choice(str(number))
    text = f"{number}: {course_named(outlook)}"
    yield from paragraph(text, width, "own", indent=3, first="", spot=spot)
    text = f"score {band_shown(outlook.score)}{apart_shown(outlook, outlook.score)}"
    yield from paragraph(text, width, indent=5, first="   ")
    for prospect in outlook.horizon:
        text = f"{prospect.title} {band_shown(prospect)}{apart_shown(outlook, prospect)}"
        figure = figure_spot(prospect.figure)
        yield from paragraph(text, width, indent=5, first="   ", spot=figure)
    for outcome in outcomes_moved(outlook):
        yield from paragraph(outcome_shown(outlook, outcome), width, "dim", indent=5, first="   ")
