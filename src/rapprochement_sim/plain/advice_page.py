"""Advice as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.advice_text import (
    HOW,
    apart_shown,
    band_shown,
    course_named,
    gain_shown,
    ground_shown,
    outcome_shown,
    outcomes_moved,
    record_shown,
)
from rapprochement_sim.plain.layout import heading, item, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rapprochement_sim.game.advice import (
        Advice,
        AdviceState,
        Ground,
        Outlook,
        Voice,
    )


def advice_lines(state: AdviceState) -> Iterator[str]:
    """Lay out what the advisers say."""
    advice = state.advice
    if state.problem:
        yield from wrapped(state.problem, 1)
        return
    if advice is None:
        yield " The advisers have nothing to say now."
        return
    yield from heading(f"Advisers: {advice.n_rollouts} rollouts to the end of turn {advice.until}")
    yield from wrapped(HOW.format(worlds=advice.n_worlds), 1)
    for voice in advice.voices:
        yield ""
        yield from _voice_lines(advice, voice)
    yield from heading("The courses compared")
    for number, outlook in enumerate(advice.outlooks):
        yield from _outlook_lines(outlook, number)


def _voice_lines(advice: Advice, voice: Voice) -> Iterator[str]:
    chosen = advice.outlooks[voice.choice]
    yield from wrapped(f"{voice.lens.upper()}: {course_named(chosen)}", 3, first=" ")
    if not chosen.is_nothing_more:
        clear = "" if voice.gain.is_clear else "; too close to call"
        yield f"   value to this school {gain_shown(voice.gain)}{clear}"
    yield from _ground_lines(voice.grounds)
    yield f"   your score by then {band_shown(chosen.score)}"
    for prospect in chosen.next_turn[:1]:
        yield from wrapped(f"{prospect.title} next turn {band_shown(prospect)}", 5, first="   ")
    if voice.objects_to is not None and voice.objection is not None:
        against = course_named(advice.outlooks[voice.objects_to])
        text = f"Dissent: likes {against} less ({gain_shown(voice.objection)})"
        yield from wrapped(text, 5, first="   ")
        yield from _ground_lines(voice.objection_grounds)
    yield from wrapped(f"Forecasts so far: {record_shown(voice.record)}", 5, first="   ")


def _ground_lines(grounds: Iterable[Ground]) -> Iterator[str]:
    for ground in grounds:
        yield from wrapped(ground_shown(ground), 7, first="     ")


def _outlook_lines(outlook: Outlook, number: int) -> Iterator[str]:
    yield from item(f"{number}: {course_named(outlook)}", "o")
    yield f"     score {band_shown(outlook.score)}{apart_shown(outlook, outlook.score)}"
    for prospect in outlook.horizon:
        yield from wrapped(
            f"{prospect.title} {band_shown(prospect)}{apart_shown(outlook, prospect)}",
            7,
            first="     ",
        )
    for outcome in outcomes_moved(outlook):
        yield from wrapped(outcome_shown(outlook, outcome), 7, first="     ")
