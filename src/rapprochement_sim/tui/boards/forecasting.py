"""The player's own forecasts, and how good all forecasts were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import bar_text, signed
from rapprochement_sim.game.forecast_page import BAND_HOW, HOW, NOT_SCORED, SCORES_HOW
from rapprochement_sim.tui.lines import BLANK, GLUE, Line, Span, capitalised, choice, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rapprochement_sim.game.briefing import Reading
    from rapprochement_sim.game.forecast_page import ForecastPage, ForecastQuestion, PastForecast
    from rapprochement_sim.game.forecasts import ForecasterScore, ForecastScores
    from rapprochement_sim.tui.lines import Role

OFFERED = (5, 20, 35, 50, 65, 80, 95)
"""Probabilities to choose from, in per cent; others can be typed."""


def forecast_lines(
    page: ForecastPage, figures: Mapping[str, Reading], width: int
) -> Iterator[Line]:
    """Lay out the questions, what was said before, and the scores so far."""
    yield from paragraph(HOW, width, "dim")
    for question in page.questions:
        yield BLANK
        yield from _question_lines(question, figures, width)
    if page.questions:
        yield BLANK
        text = f"Enter on a question types any per cent, or a band such as 44 to 51. {BAND_HOW}"
        yield from paragraph(text, width, "dim")
    yield BLANK
    yield (Span("Forecasts of turns before", "title"),)
    for past in page.past:
        yield from _past_lines(past, width)
    if not page.past:
        yield (Span("None yet.", "dim"),)
    yield BLANK
    yield from scores_lines(page.scores, width)


def _question_lines(
    question: ForecastQuestion, figures: Mapping[str, Reading], width: int
) -> Iterator[Line]:
    now = question.now.replace(" ", GLUE)
    text = question.title + (f"  (now{GLUE}{now})" if now else "")
    spot = choice(f"question:{question.number}")
    first = f"{question.number}. "
    yield from paragraph(text, width, "plain", indent=3, first=first, spot=spot)
    spans: list[Span] = [Span("   ")]
    for percent in OFFERED:
        is_said = question.said is not None and round(100.0 * question.said) == percent
        role: Role = "own" if is_said else "dim"
        text = f"({percent}%)" if is_said else f" {percent}% "
        spans += [Span(text, role, choice(f"say:{question.number}:{percent}")), Span(" ")]
    if question.said is not None:
        spans.append(Span(f" you: {100.0 * question.said:.0f}%", "own"))
    if question.staff is not None:
        spans.append(Span(f"  staff: {100.0 * question.staff:.0f}%", "dim"))
    yield tuple(spans)
    if question.band is not None:
        unit = figures[question.figure].unit
        low, high = (bar_text(question.figure, end, unit) for end in question.band)
        yield (Span(f"   your band: {low} to {high}", "own"),)


def _past_lines(past: PastForecast, width: int) -> Iterator[Line]:
    came = "not known yet" if past.came is None else past.came
    role: Role = "dim" if past.is_good is None else "up" if past.is_good else "down"
    mark = {None: "-", True: "+", False: "x"}[past.is_good]
    text = f"{past.text}; {came}."
    yield from paragraph(text, width, role, indent=2, first=f"{mark} ")


def scores_lines(scores: ForecastScores, width: int) -> Iterator[Line]:
    """Lay out how good each forecaster was, the player beside the advisers."""
    yield (Span("Scores so far", "title"),)
    if not any(score.n_chances or score.n_bands for score in scores.forecasters):
        yield from paragraph(NOT_SCORED, width, "dim")
        return
    head = f"{'':<16}{'scored':>7}{'Brier':>8}{'climatology':>18}{'skill':>7}  90% bands held"
    yield (Span(head, "dim"),)
    for score in scores.forecasters:
        yield _score_line(score)
    for score in scores.forecasters:
        if score.by == "player":
            yield from _calibration_lines(score, width)
    yield from paragraph(SCORES_HOW, width, "dim")


def _score_line(score: ForecasterScore) -> Line:
    name = "you" if score.by == "player" else score.by
    held = score.within_90
    bands = f"{held.hits} of {held.n}" if held.n else "none"
    numbers = f"{score.n_chances:>7}{score.brier:>8.3f}{score.climatology:>18.3f}"
    numbers = f"{numbers}{signed(score.skill, 2):>7}" if score.n_chances else f"{'0':>7}{'':>33}"
    role: Role = "own" if name == "you" else "plain"
    return (Span(f"{capitalised(name):<16}", role), Span(f"{numbers}  {bands}", role))


def _calibration_lines(score: ForecasterScore, width: int) -> Iterator[Line]:
    for row in score.calibration:
        share = row.came_true
        text = (
            f"You said {row.mean_probability:.0%}: it came true {share.hits} times of {share.n} "
            f"({share.low:.0%} to {share.high:.0%})"
        )
        yield from paragraph(text, width, "dim", indent=2)
