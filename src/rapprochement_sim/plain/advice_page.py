"""Advice and scored forecasts as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.game.figure_text import shown_change, shown_value
from rapprochement_sim.plain.layout import heading, item, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rapprochement_sim.game.advice import (
        Advice,
        AdviceState,
        Gain,
        Ground,
        Outlook,
        Prospect,
        Voice,
    )
    from rapprochement_sim.game.forecasts import ForecasterScore, ForecastScores

_FORECAST = re.compile(
    r"^(?P<figure>.+?)\s+above\s+(?P<above>-?\d+(?:\.\d+)?)\s*%?\s+(?:by|at|in|when)?\s*"
    r"turn\s+(?P<turn>\d{1,4})\s*:\s*(?P<percent>\d+(?:\.\d+)?)\s*%?\s*$",
    re.IGNORECASE | re.ASCII,
)
_FINE = 0.001


def advice_lines(state: AdviceState) -> Iterator[str]:
    """Lay out what the advisers say."""
    advice = state.advice
    if advice is None:
        yield " The advisers have nothing to say now."
        return
    yield from heading(f"Advisers: {advice.n_rollouts} rollouts to the end of turn {advice.until}")
    yield from wrapped(
        f"Each course was played on in {advice.n_worlds} worlds that fit what you know, all "
        "courses under the same chance. In brackets: nine rollouts of ten fall between.",
        1,
    )
    for voice in advice.voices:
        yield ""
        yield from _voice_lines(advice, voice)
    yield from heading("The courses compared")
    for number, outlook in enumerate(advice.outlooks):
        yield from _outlook_lines(outlook, number)


def _voice_lines(advice: Advice, voice: Voice) -> Iterator[str]:
    chosen = advice.outlooks[voice.choice]
    yield from wrapped(f"{voice.lens.upper()}: {_named(chosen)}", 3, first=" ")
    if not chosen.is_nothing_more:
        clear = "" if voice.gain.is_clear else "; too close to call"
        yield f"   value to this school {_gain(voice.gain)}{clear}"
    yield from _ground_lines(voice.grounds)
    yield f"   your score by then {_band(chosen.score)}"
    for prospect in chosen.next_turn[:1]:
        yield from wrapped(f"{prospect.title} next turn {_band(prospect)}", 5, first="   ")
    if voice.objects_to is not None and voice.objection is not None:
        against = _named(advice.outlooks[voice.objects_to])
        text = f"Dissent: likes {against} less ({_gain(voice.objection)})"
        yield from wrapped(text, 5, first="   ")
        yield from _ground_lines(voice.objection_grounds)
    yield from wrapped(f"Forecasts so far: {_record(voice.record)}", 5, first="   ")


def _named(outlook: Outlook) -> str:
    return outlook.title if outlook.paper is None else f"paper {outlook.paper}, {outlook.title}"


def _gain(gain: Gain) -> str:
    return f"{gain.value:+.3f} +-{1.96 * gain.error:.3f}"


def _ground_lines(grounds: Iterable[Ground]) -> Iterator[str]:
    for ground in grounds:
        word = "for" if ground.speaks_for else "against"
        yield from wrapped(f"{word}: {ground.title} {ground.change:+.3f}", 7, first="     ")


def _band(prospect: Prospect) -> str:
    name, unit = prospect.figure, prospect.unit
    low, mean, high = (
        shown_value(name, value, unit) for value in (prospect.low, prospect.mean, prospect.high)
    )
    return f"{mean} [{low} to {high}]"


def _record(record: ForecasterScore | None) -> str:
    if record is None or not record.n_chances:
        return "none to score yet"
    return (
        f"Brier {record.brier:.3f} on {record.n_chances} (climatology {record.climatology:.3f}), "
        f"{record.within_90.hits} of {record.n_bands} within their 90% bands"
    )


def _outlook_lines(outlook: Outlook, number: int) -> Iterator[str]:
    yield from item(f"{number}: {_named(outlook)}", "o")
    yield f"     score {_band(outlook.score)}{_apart(outlook, outlook.score)}"
    for prospect in outlook.horizon:
        yield from wrapped(
            f"{prospect.title} {_band(prospect)}{_apart(outlook, prospect)}", 7, first="     "
        )
    moved = sorted(outlook.outcomes, key=lambda outcome: -abs(outcome.difference))[:3]
    for outcome in moved:
        percent = f"{100.0 * outcome.probability:.0f}%"
        apart = "" if outlook.is_nothing_more else f", {100.0 * outcome.difference:+.1f} points"
        yield from wrapped(f"{outcome.title}: {percent}{apart}", 7, first="     ")


def _apart(outlook: Outlook, prospect: Prospect) -> str:
    if outlook.is_nothing_more:
        return ""
    name, unit = prospect.figure, prospect.unit
    change, error = (
        shown_change(name, value, unit, grain=_FINE)
        for value in (prospect.difference, prospect.error)
    )
    return f", against leaving it {change} (error {error.lstrip('+')})"


def parse_forecast(text: str) -> tuple[str, float, int, float]:
    """Read ``FIGURE above X by turn N: 70%``: figure's words, value, turn, probability.

    Raises
    ------
    MalformedInput
        If it is not written so.
    """
    found = _FORECAST.match(text.strip())
    if found is None:
        what = "this is no forecast"
        todo = "For example: forecast korea_unfavourable_of_japan above 50 by turn 4: 70%"
        raise MalformedInput(what, allowed="FIGURE above VALUE by turn N: PERCENT", todo=todo)
    percent = float(found["percent"])
    return found["figure"], float(found["above"]), int(found["turn"]), percent / 100.0


def score_of_forecast_lines(scores: ForecastScores) -> Iterator[str]:
    """Lay out how good the forecasts made for a seat were."""
    yield from heading(f"Forecasts for {scores.seat.title}, scored")
    yield from wrapped(
        "Brier: 0 is perfect. Climatology: always saying the share that in fact came true. "
        "Forecasts of one turn share their world, so intervals are on the narrow side.",
        1,
    )
    for score in scores.forecasters:
        yield ""
        yield f" {score.by}: {score.n_chances} probabilities, {score.n_bands} bands scored"
        if score.n_not_taken:
            yield f"   {score.n_not_taken} turns not counted: another course was taken"
        if score.n_open:
            yield f"   {score.n_open} forecasts whose figure is not known"
        if score.n_chances:
            yield (
                f"   Brier {score.brier:.3f}, climatology {score.climatology:.3f}, "
                f"skill {score.skill:+.2f}"
            )
        for row in score.calibration:
            share = row.came_true
            yield (
                f"   said {row.mean_probability:4.0%}: came true {share.hits} of {share.n} = "
                f"{share.value:.0%} ({share.low:.0%} to {share.high:.0%})"
            )
        for wanted, share in (("90%", score.within_90), ("50%", score.within_50)):
            if share.n:
                yield (
                    f"   {wanted} bands held {share.hits} of {share.n} = {share.value:.0%} "
                    f"({share.low:.0%} to {share.high:.0%})"
                )
