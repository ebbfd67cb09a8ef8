"""The player's own forecasts: a few named questions, what was said, and how it came out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapprochement_sim.game.adviser_rollouts import told_figures
from rapprochement_sim.game.figure_text import bar_text, shown_margin, shown_value
from rapprochement_sim.game.forecast_results import OUTCOME, forecast_scores, result_in
from rapprochement_sim.game.forecast_text import outcome_text
from rapprochement_sim.game.forecasts import PLAYER, STAFF, BandForecast, ChanceForecast
from rapprochement_sim.game.publishing import DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.forecasts import ForecastScores, ForecastSheet
    from rapprochement_sim.game.session import Session
    from rapprochement_sim.vocabulary import Capital

_YES = 0.5
_OUTCOMES_ASKED = 2
HOW = (
    "A forecast is kept with the save and scored when its figure is known: Brier, the mean "
    "square of what you said less what came, 0 is perfect, 0.25 is always saying 50%."
)
SCORES_HOW = (
    "Brier: 0 is perfect, 0.25 is always saying 50%. Climatology: always saying the share that in "
    "fact came true. Skill: the part of climatology's score that was saved; 1 is perfect, 0 no "
    "better. Forecasts of one turn share their world, so intervals are on the narrow side."
)
NOT_SCORED = "No forecast could be scored yet: its figure is not known before its turn is over."
NO_FORECAST = (
    "No forecast was made for a played seat. Advisers forecast whenever they are asked, and you "
    "can put down your own; each is scored here against what came of it."
)
BAND_HOW = "A band holds the figure in nine cases of ten, you think."


@dataclass(frozen=True)
class ForecastQuestion:
    """Something that a player may forecast now.

    Attributes
    ----------
    number
        By which it is chosen, from 1.
    figure, above, at
        The question: does the figure stand above a value when turn ``at`` is over?
    title, now
        The question in words, and where its figure stands.
    has_band
        Whether a band makes sense: not for yes-or-no outcomes.
    said, band
        What the player put down in this turn; None before.
    staff
        The staff's probability, told once the player has said something; None if the
        advisers were not asked.
    """

    number: int
    figure: str
    above: float
    at: int
    title: str
    now: str
    has_band: bool
    said: float | None
    band: tuple[float, float] | None
    staff: float | None


@dataclass(frozen=True)
class PastForecast:
    """A probability or band put down before, in words, and what came of it (None: open)."""

    turn: int
    text: str
    came: str | None
    is_good: bool | None


@dataclass(frozen=True)
class ForecastPage:
    """The questions of the open turn, earlier forecasts, and all scores so far."""

    turn: int
    questions: tuple[ForecastQuestion, ...]
    past: tuple[PastForecast, ...]
    scores: ForecastScores


def forecast_page(session: Session, seat: Capital) -> ForecastPage:
    """Return a seat's questions, what it put down, and the scores by what is known."""
    return ForecastPage(
        turn=session.turn + 1,
        questions=() if session.is_over else tuple(_questions(session, seat)),
        past=tuple(_past(session, seat)),
        scores=forecast_scores(session, seat, opened=session.is_over),
    )


def _questions(session: Session, seat: Capital) -> Iterator[ForecastQuestion]:
    known = session.known(seat, session.turn)
    by_name = session.case.indicators.by_name
    following, last = session.turn + 1, session.case.world.n_turns
    asked = []
    for name in told_figures(session.case, seat):
        if name in known and _is_asked(name, seat):
            figure, unit = known[name], by_name[name].unit
            above = round(figure.value, DIGITS)
            margin = shown_margin(name, figure.margin, unit)
            bar = bar_text(name, above, unit)
            now = f"{bar} {margin}".rstrip()
            title = f"{session.titles[name]} above {bar} when turn {following} is over?"
            asked.append((ChanceForecast(name, above, following, 0.0), title, now))
    outcomes = session.case.loaded.schema.outcomes
    for key, outcome in list(outcomes.items())[:_OUTCOMES_ASKED]:
        title = f"{outcome_text(outcome, last)}?"
        asked.append((ChanceForecast(OUTCOME + key, _YES, last, 0.0), title, ""))
    own = _sheet(session, seat, PLAYER)
    staff = _sheet(session, seat, STAFF)
    for number, (chance, title, now) in enumerate(asked, start=1):
        said = _said(own, chance)
        band = _band(own, chance)
        is_settled = said is not None or band is not None
        yield ForecastQuestion(
            number=number,
            figure=chance.figure,
            above=chance.above,
            at=chance.at,
            title=title,
            now=now,
            has_band=not chance.figure.startswith(OUTCOME),
            said=said,
            band=band,
            staff=_said(staff, chance) if is_settled else None,
        )


def _is_asked(name: str, seat: Capital) -> bool:
    """Whether a figure is among the few that are asked about: of all told ones, the telling."""
    return name in ("rapprochement", f"approval_{seat.key}") or "_unfavourable_of_" in name


def _sheet(session: Session, seat: Capital, by: str) -> ForecastSheet | None:
    turn = session.turn + 1
    found = (s for s in session.forecasts if (s.turn, s.seat, s.by) == (turn, seat, by))
    return next(found, None)


def _said(sheet: ForecastSheet | None, asked: ChanceForecast) -> float | None:
    for chance in sheet.chances if sheet is not None else ():
        if (chance.figure, chance.above, chance.at) == (asked.figure, asked.above, asked.at):
            return chance.probability
    return None


def _band(sheet: ForecastSheet | None, asked: ChanceForecast) -> tuple[float, float] | None:
    for band in sheet.bands if sheet is not None else ():
        if (band.figure, band.at) == (asked.figure, asked.at):
            return band.points[0], band.points[-1]
    return None


def _past(session: Session, seat: Capital) -> Iterator[PastForecast]:
    """Tell the player's forecasts of turns that are over, the latest first."""
    result = result_in(session, opened=session.is_over)
    sheets = [s for s in session.forecasts if s.seat == seat and s.by == PLAYER]
    for sheet in sorted(sheets, key=lambda sheet: -sheet.turn):
        if sheet.turn > session.turn:
            continue
        for chance in sheet.chances:
            value = result(chance.figure, chance.at)
            yield _past_chance(session, sheet.turn, chance, value)
        for band in sheet.bands:
            yield _past_band(session, sheet.turn, band, result(band.figure, band.at))


def _past_chance(
    session: Session, turn: int, chance: ChanceForecast, value: float | None
) -> PastForecast:
    text = f"{chance_text(session, chance)}: you said {100.0 * chance.probability:.0f}%"
    if value is None:
        return PastForecast(turn, text, None, None)
    is_so = value > chance.above
    came = "it came true" if is_so else "it did not"
    return PastForecast(turn, text, came, is_so == (chance.probability > _YES))


def _past_band(
    session: Session, turn: int, band: BandForecast, value: float | None
) -> PastForecast:
    unit = session.case.indicators.by_name[band.figure].unit
    low, high = (shown_value(band.figure, p, unit) for p in (band.points[0], band.points[-1]))
    title = session.titles[band.figure]
    text = f"{title} when turn {band.at} is over: you said {low} to {high}"
    if value is None:
        return PastForecast(turn, text, None, None)
    is_inside = band.points[0] <= value <= band.points[-1]
    came = f"it is {shown_value(band.figure, value, unit)}, {'within' if is_inside else 'outside'}"
    return PastForecast(turn, text, came, is_inside)


def chance_text(session: Session, chance: ChanceForecast) -> str:
    """Tell what a probability speaks of."""
    if chance.figure.startswith(OUTCOME):
        outcome = session.case.loaded.schema.outcomes[chance.figure.removeprefix(OUTCOME)]
        return outcome_text(outcome, chance.at)
    unit = session.case.indicators.by_name[chance.figure].unit
    bar = bar_text(chance.figure, chance.above, unit)
    return f"{session.titles[chance.figure]} above {bar} when turn {chance.at} is over"
