"""What a joined seat asks of its world: the pages of the seat itself, packed.

Every answer comes from the seat, as those of the pages in a browser do: what one capital may
not know is not there to be packed.
"""

from __future__ import annotations

import gzip
from dataclasses import replace
from typing import TYPE_CHECKING

from rapprochement_sim.classroom.adviser_papers import adviser_paper
from rapprochement_sim.classroom.tables import Table
from rapprochement_sim.classroom.wire import SeatPages, packed
from rapprochement_sim.errors import MalformedInput, NotAllowedNow, listed
from rapprochement_sim.game.adviser_desk import SessionDesk
from rapprochement_sim.game.debrief import debrief
from rapprochement_sim.game.figure_text import shown_value
from rapprochement_sim.game.forecast_page import ForecastPage, PastForecast
from rapprochement_sim.game.forecast_results import result_in
from rapprochement_sim.game.forecasts import (
    PLAYER,
    ChanceForecast,
    ForecastSheet,
    score_forecasts,
)
from rapprochement_sim.game.past import PastTurn
from rapprochement_sim.game.published_record import published_record
from rapprochement_sim.game.side_by_side import decided_by
from rapprochement_sim.game.wording import capital_named
from rapprochement_sim.naming import shown_id
from rapprochement_sim.scenario.loading import list_scenarios
from rapprochement_sim.vocabulary import CAPITAL_KEYS, Order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rapprochement_sim.classroom.adviser_papers import AdviserPaper
    from rapprochement_sim.classroom.requests import AskSeat
    from rapprochement_sim.classroom.state import Forecast
    from rapprochement_sim.game.debrief import Debrief
    from rapprochement_sim.game.forecasts import Result
    from rapprochement_sim.game.local_seat import LocalSeat
    from rapprochement_sim.game.preview import Preview

_FAST = 1


def seat_page(table: Table, seat: LocalSeat, asked: AskSeat) -> bytes:
    """Return what a seat of a table was asked for, as compressed JSON.

    Raises
    ------
    MalformedInput
        If it makes no sense.
    NotAllowedNow
        If it is not to be told yet.
    """
    page = _PAGES[asked.what](table, seat, asked)
    return gzip.compress(packed(page).encode(), _FAST, mtime=0)


def _pages(table: Table, seat: LocalSeat, asked: AskSeat) -> SeatPages:
    return SeatPages(
        turn=seat.turn,
        phase=seat.phase.value,
        briefing=seat.brief(),
        options=seat.options(),
        figures=seat.figures(),
        forecasts=class_forecasts(table, seat, asked.forecasts),
    )


def _preview(_: Table, seat: LocalSeat, asked: AskSeat) -> Preview:
    return seat.preview(_order(seat, asked.words))


def _order(seat: LocalSeat, words: tuple[str, ...]) -> Order:
    action, target, *modifiers = words
    if target not in CAPITAL_KEYS:
        what = f"there is no capital '{target}'"
        raise MalformedInput(what, allowed=listed(CAPITAL_KEYS))
    return Order(seat.capital, action, capital_named(target), tuple(modifiers))


def _past_turn(table: Table, seat: LocalSeat, asked: AskSeat) -> PastTurn:
    """Lay the table as it stood when a turn opened: people and events of each turn with it."""
    recipe, turn = table.recipe, asked.number
    if not 1 <= turn <= len(recipe.turns):
        what = f"turn {turn} has not been resolved"
        allowed = f"1 to {len(recipe.turns)}" if recipe.turns else "none yet"
        raise MalformedInput(what, allowed=allowed)
    then = Table(table.session.case, recipe)
    opened = replace(recipe, turns=recipe.turns[: turn - 1], talk_seats=None, decisions=())
    then.become(replace(opened, seats=recipe.turns[turn - 1].talk_seats))
    return PastTurn(
        briefing=then.seat(seat.capital.key).brief(),
        decided=decided_by(table.session, seat.capital, turn),
        record=published_record(table.session.case.loaded),
    )


def _debrief(table: Table, seat: LocalSeat, asked: AskSeat) -> Debrief:
    """Open everything once the game is over, or the class for good."""
    return debrief(table.session) if asked.is_ended else seat.debrief()


def _advisers(table: Table, seat: LocalSeat, asked: AskSeat) -> AdviserPaper:
    """Write down what the seat has seen and may do, for advisers who reckon elsewhere."""
    session = table.session
    loaded = session.case.loaded
    if session.is_over:
        what = "the game is over: there is nothing left to advise on"
        raise NotAllowedNow(what)
    orders = [_order(seat, asked.words)] if asked.words else []
    is_shipped = loaded.id in list_scenarios()
    scenario = shown_id(loaded.id) if is_shipped else ""
    return adviser_paper(session.case, scenario, SessionDesk(session, seat.capital).asked(orders))


_PAGES: dict[str, Callable[[Table, LocalSeat, AskSeat], object]] = {
    "pages": _pages,
    "preview": _preview,
    "advisers": _advisers,
    "why": lambda _, seat, asked: seat.why(asked.words[0], asked.number or None),
    "chronicle": lambda _, seat, asked: seat.chronicle(asked.number),
    "past": _past_turn,
    "codex": lambda _, seat, asked: seat.codex.page(asked.words[0], asked.number),
    "programmes": lambda _, seat, __: seat.programmes(),
    "sections": lambda _, seat, __: seat.codex.sections,
    "debrief": _debrief,
}


# ---------------------------------------------------------------- forecasts


def class_forecasts(table: Table, seat: LocalSeat, made: Iterable[Forecast]) -> ForecastPage:
    """Return a seat's questions on polls with what one person of the class put down.

    A class keeps forecasts of polls in its own log, each person's for themselves.
    """
    session, own = table.session, tuple(made)
    polls = session.case.loaded.rules.surveys
    open_turn = session.turn + 1
    said = {(f.figure, f.above, f.turn): f.probability for f in own if f.made_in == open_turn}
    questions = [q for q in seat.forecasts().questions if q.figure in polls]
    result = result_in(session, opened=False)
    sheets = [
        ForecastSheet(
            f.made_in,
            seat.capital,
            PLAYER,
            None,
            (ChanceForecast(f.figure, f.above, f.turn, f.probability),),
        )
        for f in own
    ]
    return ForecastPage(
        turn=open_turn,
        questions=tuple(
            replace(q, number=n, has_band=False, said=said.get((q.figure, q.above, q.at)))
            for n, q in enumerate(questions, start=1)
        ),
        past=tuple(_past(table, f, result) for f in own if f.made_in < open_turn),
        scores=score_forecasts(seat.capital, sheets, result, lambda _: True),
    )


def _past(table: Table, forecast: Forecast, result: Result) -> PastForecast:
    found = result(forecast.figure, forecast.turn)
    if found is None:
        return PastForecast(forecast.made_in, forecast.told, None, None)
    unit = table.session.case.indicators.by_name[forecast.figure].unit
    is_true = found > forecast.above
    came = f"it came to {shown_value(forecast.figure, found, unit)}"
    return PastForecast(
        forecast.made_in, forecast.told, came, is_true == (forecast.probability >= _EVEN)
    )


_EVEN = 0.5
