"""The player's own forecasts and all scores, as text; what is typed as a forecast."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.game.figure_text import bar_text, counted, signed, typed_value
from rapprochement_sim.game.forecast_page import BAND_HOW, HOW, NOT_SCORED, SCORES_HOW
from rapprochement_sim.game.forecast_text import parse_answer
from rapprochement_sim.plain.choosing import find_figure
from rapprochement_sim.plain.layout import heading, item, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.forecast_page import ForecastPage, ForecastQuestion
    from rapprochement_sim.game.forecasts import ForecastScores
    from rapprochement_sim.game.seat import Seat

_FORECAST = re.compile(
    r"^(?P<figure>.+?)\s+above\s+(?P<above>-?\d+(?:\.\d+)?)\s*%?\s+(?:by|at|in|when)?\s*"
    r"turn\s+(?P<turn>\d{1,4})\s*:\s*(?P<percent>\d+(?:\.\d+)?)\s*%?\s*$",
    re.IGNORECASE | re.ASCII,
)
_NUMBERED = re.compile(r"^\s*(\d{1,3})\s*(?::|\bbetween\b)\s*(.+)$", re.IGNORECASE | re.ASCII)


def forecast_answer(seat: Seat, text: str) -> Iterator[str]:
    """Show the page of forecasts, or keep one: of a numbered question, or of any figure."""
    numbered = _NUMBERED.match(text)
    if not text:
        units = {reading.name: reading.unit for reading in seat.figures()}
        yield from forecast_page_lines(seat.forecasts(), units)
        return
    if numbered is not None:
        question = _question(seat.forecasts(), int(numbered[1]))
        yield from wrapped(f"Noted: {_answered(seat, question, numbered[2])}.", 1)
        return
    words, above, turn, probability = parse_forecast(text)
    titles = {reading.name: reading.title for reading in seat.figures()}
    figure = find_figure(words, titles)
    told = seat.forecast(figure, typed_value(figure, above), turn, probability)
    yield from wrapped(f"Noted: {told}.", 1)


def _question(page: ForecastPage, number: int) -> ForecastQuestion:
    if not 1 <= number <= len(page.questions):
        what = f"there is no question {number}"
        allowed = f"1 to {len(page.questions)}" if page.questions else "the game is over"
        raise MalformedInput(what, allowed=allowed)
    return page.questions[number - 1]


def _answered(seat: Seat, question: ForecastQuestion, text: str) -> str:
    probability, band = parse_answer(text)
    if band is None:
        return seat.forecast(question.figure, question.above, question.at, probability)
    if not question.has_band:
        what = "this question is answered by a per cent alone"
        raise MalformedInput(what, allowed="0 to 100")
    low, high = (typed_value(question.figure, end) for end in band)
    return seat.forecast_band(question.figure, low, high, question.at)


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
        todo = "For example: forecast 1: 70%, or forecast 1: 44 to 51. `forecast` lists them."
        allowed = "N: PERCENT, N: X to Y, or FIGURE above VALUE by turn N: PERCENT"
        raise MalformedInput(what, allowed=allowed, todo=todo)
    percent = float(found["percent"])
    return found["figure"], float(found["above"]), int(found["turn"]), percent / 100.0


def forecast_page_lines(page: ForecastPage, units: dict[str, str]) -> Iterator[str]:
    """Lay out the questions, what was said before, and the scores so far."""
    yield from heading("Your forecasts: say it before it happens")
    yield from wrapped(HOW, 1)
    for question in page.questions:
        yield ""
        now = f"  (now {question.now})" if question.now else ""
        yield from wrapped(f"{question.title}{now}", 4, first=f" {question.number}. ")
        if question.said is not None:
            staff = "" if question.staff is None else f"  staff: {100.0 * question.staff:.0f}%"
            yield f"    you: {100.0 * question.said:.0f}%{staff}"
        if question.band is not None:
            unit = units[question.figure]
            low, high = (bar_text(question.figure, end, unit) for end in question.band)
            yield f"    your band: {low} to {high}"
    if page.questions:
        yield ""
        text = f"forecast 1: 60% answers a question, forecast 1: 44 to 51 gives a band. {BAND_HOW}"
        yield from wrapped(text, 1)
    yield from heading("Forecasts of turns before")
    for past in page.past:
        mark = {None: "-", True: "+", False: "x"}[past.is_good]
        yield from item(f"{past.text}; {past.came or 'not known yet'}.", mark)
    if not page.past:
        yield " None yet."
    if any(score.n_chances or score.n_bands for score in page.scores.forecasters):
        yield from score_of_forecast_lines(page.scores)
    else:
        yield ""
        yield from wrapped(NOT_SCORED, 1)


def score_of_forecast_lines(scores: ForecastScores) -> Iterator[str]:
    """Lay out how good the forecasts made for a seat were."""
    yield from heading(f"Forecasts for {scores.seat.title}, scored")
    yield from wrapped(SCORES_HOW, 1)
    for score in scores.forecasters:
        yield ""
        chances = counted(score.n_chances, "probability", "probabilities")
        yield f" {score.by}: {chances}, {counted(score.n_bands, 'band', 'bands')} scored"
        if score.n_not_taken:
            turns = counted(score.n_not_taken, "turn", "turns")
            yield f"   {turns} not counted: another course was taken"
        if score.n_open:
            forecasts = counted(score.n_open, "forecast", "forecasts")
            yield f"   {forecasts} not scored: the figure is not known"
        if score.n_chances:
            yield (
                f"   Brier {score.brier:.3f}, climatology {score.climatology:.3f}, "
                f"skill {signed(score.skill, 2)}"
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
