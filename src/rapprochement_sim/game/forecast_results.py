"""What forecasts are held against: figures as published, and the true ones at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.errors import MalformedInput, NotAllowedNow, nearest_name
from rapprochement_sim.game.decisions import find_row
from rapprochement_sim.game.forecasts import (
    PLAYER,
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
    """Keep a player's own forecast with the save; return what was understood.

    Raises
    ------
    MalformedInput
        If the figure is unknown, the turn is over or beyond the game, or the probability
        is none.
    NotAllowedNow
        If the game is over.
    """
    if session.is_over:
        what = "the game is over: there is nothing left to forecast"
        raise NotAllowedNow(what)
    n_turns = session.case.world.n_turns
    if forecast.figure not in session.titles:
        what = f"there is no figure '{forecast.figure}'"
        raise MalformedInput(what, nearest=nearest_name(forecast.figure, session.titles))
    if not session.turn < forecast.at <= n_turns:
        what = f"turn {forecast.at} cannot be forecast"
        raise MalformedInput(what, allowed=f"{session.turn + 1} to {n_turns}")
    if not 0.0 <= forecast.probability <= 1.0:
        what = f"{100.0 * forecast.probability:g}% is no probability"
        raise MalformedInput(what, allowed="0% to 100%")
    turn = session.turn + 1
    made = {(sheet.turn, sheet.seat, sheet.by): sheet for sheet in session.forecasts}
    earlier = made.get((turn, seat, PLAYER))
    same = (forecast.figure, forecast.above, forecast.at)
    kept = [c for c in earlier.chances if (c.figure, c.above, c.at) != same] if earlier else []
    sheet = ForecastSheet(turn, seat, PLAYER, None, (*kept, forecast))
    session.keep_forecasts((sheet,))
    title = session.titles[forecast.figure]
    percent = 100.0 * forecast.probability
    return f"{title} above {forecast.above:g} when turn {forecast.at} is over: {percent:g}%"
