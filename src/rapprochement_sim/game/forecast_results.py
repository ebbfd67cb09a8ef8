"""What forecasts are held against: figures as published, and the true ones at the end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.errors import MalformedInput, NotAllowedNow, nearest_name
from rapprochement_sim.game.decisions import find_row
from rapprochement_sim.game.figure_text import bar_text
from rapprochement_sim.game.forecast_text import outcome_text
from rapprochement_sim.game.forecasts import (
    PLAYER,
    BandForecast,
    ChanceForecast,
    ForecastScores,
    ForecastSheet,
    Result,
    score_forecasts,
)
from rapprochement_sim.game.table import LANE
from rapprochement_sim.world.ledger import PUBLISHED
from rapprochement_sim.world.objectives import outcome_met

if TYPE_CHECKING:
    from rapprochement_sim.game.session import Session
    from rapprochement_sim.vocabulary import Capital

OUTCOME = "outcome_"


def forecast_scores(session: Session, seat: Capital, *, opened: bool) -> ForecastScores:
    """Score the forecasts made for a seat.

    ``opened`` holds them also against true figures, which only a debrief may show;
    without it only what has been published counts.
    """
    return score_forecasts(
        seat,
        session.forecasts,
        result_in(session, opened=opened),
        lambda sheet: was_taken(session, sheet),
    )


def result_in(session: Session, *, opened: bool) -> Result:
    """Return what looks a figure up at a turn: published, or true if all is opened."""
    places = session.case.indicators.by_name

    def result(figure: str, at: int) -> float | None:
        if not 0 <= at <= session.turn:
            return None
        published = session.start.published if at == 0 else session.turns[at - 1].published
        for name in (PUBLISHED + figure, figure):
            if name in published:
                return published[name]
        if not opened:
            return None
        if figure.startswith(OUTCOME):
            return _outcome(session, figure.removeprefix(OUTCOME), at)
        read = session.case.indicators.read(session.states[at])
        return float(read[places[figure].index, LANE]) if figure in places else None

    return result


def _outcome(session: Session, name: str, at: int) -> float | None:
    """Return 1 if an outcome had come true by a turn, else 0."""
    outcome = session.case.loaded.schema.outcomes.get(name)
    if outcome is None:
        return None
    table = session.case.indicators
    place = table.by_name[outcome.indicator].index
    series = np.array([[table.read(s)[place, LANE]] for s in session.states[: at + 1]])
    return float(outcome_met(outcome, series)[0])


def was_taken(session: Session, sheet: ForecastSheet) -> bool:
    """Whether all that a sheet assumes was decided in its turn; others may have been added."""
    if sheet.given is None:
        return True
    if not 1 <= sheet.turn <= len(session.turns):
        return False
    return set(sheet.given) <= taken_keys(session, sheet.seat, sheet.turn)


def taken_keys(session: Session, seat: Capital, turn: int) -> set[str]:
    """Return the keys of what a seat ordered, offered and accepted in a resolved turn."""
    keys = set()
    for decision in session.turns[turn - 1].decisions:
        if decision.seat != seat:
            continue
        if decision.kind == "answer":
            if decision.accepts:
                keys.add(accept_key(decision.partner))
        else:
            keys.add(find_row(session.case, decision.order).key)
    return keys


def accept_key(proposer: Capital) -> str:
    """Name the acceptance of an offer."""
    return f"accept:{proposer.key}"


def put_forecast(session: Session, seat: Capital, forecast: ChanceForecast) -> str:
    """Keep a player's own probability with the save; return what was understood.

    Raises
    ------
    MalformedInput
        If the figure is unknown, the turn is over or beyond the game, or the probability
        is none.
    NotAllowedNow
        If the game is over.
    """
    is_outcome = forecast.figure.startswith(OUTCOME)
    _check(session, forecast.figure, forecast.at, is_outcome=is_outcome)
    if not 0.0 <= forecast.probability <= 1.0:
        what = f"{100.0 * forecast.probability:g}% is no probability"
        raise MalformedInput(what, allowed="0% to 100%")
    own = _own_sheet(session, seat)
    same = (forecast.figure, forecast.above, forecast.at)
    kept = tuple(c for c in own.chances if (c.figure, c.above, c.at) != same)
    session.keep_forecasts((replace(own, chances=(*kept, forecast)),))
    percent = 100.0 * forecast.probability
    if is_outcome:
        outcome = session.case.loaded.schema.outcomes[forecast.figure.removeprefix(OUTCOME)]
        return f"{outcome_text(outcome, forecast.at)}: {percent:g}%"
    title = session.titles[forecast.figure]
    bar = _shown(session, forecast.figure, forecast.above)
    return f"{title} above {bar} when turn {forecast.at} is over: {percent:g}%"


def put_band(session: Session, seat: Capital, band: BandForecast) -> str:
    """Keep a player's own band, 5 to 95 per cent, with the save; return what was understood.

    Raises
    ------
    MalformedInput
        If the figure is unknown, the turn is over or beyond the game, or the band is upside
        down.
    NotAllowedNow
        If the game is over.
    """
    _check(session, band.figure, band.at, is_outcome=False)
    low, high = band.points[0], band.points[-1]
    if not low < high:
        ends = " to ".join(_shown(session, band.figure, end) for end in (low, high))
        what = f"{ends} is no band"
        raise MalformedInput(what, todo="Name the lower end first.")
    own = _own_sheet(session, seat)
    kept = tuple(b for b in own.bands if (b.figure, b.at) != (band.figure, band.at))
    session.keep_forecasts((replace(own, bands=(*kept, band)),))
    title = session.titles[band.figure]
    ends = " and ".join(_shown(session, band.figure, end) for end in (low, high))
    return f"{title} between {ends} when turn {band.at} is over, nine times of ten"


def _shown(session: Session, figure: str, value: float) -> str:
    return bar_text(figure, value, session.case.indicators.by_name[figure].unit)


def _check(session: Session, figure: str, at: int, *, is_outcome: bool) -> None:
    if session.is_over:
        what = "the game is over: there is nothing left to forecast"
        raise NotAllowedNow(what)
    outcomes = session.case.loaded.schema.outcomes
    known = [OUTCOME + name for name in outcomes] if is_outcome else list(session.titles)
    if figure not in known:
        what = f"there is no figure '{figure}'"
        raise MalformedInput(what, nearest=nearest_name(figure, known))
    n_turns = session.case.world.n_turns
    if not session.turn < at <= n_turns:
        what = f"turn {at} cannot be forecast"
        raise MalformedInput(what, allowed=f"{session.turn + 1} to {n_turns}")


def _own_sheet(session: Session, seat: Capital) -> ForecastSheet:
    turn = session.turn + 1
    for sheet in session.forecasts:
        if (sheet.turn, sheet.seat, sheet.by) == (turn, seat, PLAYER):
            return sheet
    return ForecastSheet(turn, seat, PLAYER, None)
