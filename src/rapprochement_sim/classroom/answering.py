"""Requests to sheets: the game layer asked, in the process that holds the worlds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rapprochement_sim.classroom import requests
from rapprochement_sim.classroom.programme_sheets import programme_sheets
from rapprochement_sim.classroom.room_sheets import (
    act_lines,
    forecast_page,
    inject_sheet,
    movable_figures,
    public_sheet,
    score_lines,
    teacher_sheet,
)
from rapprochement_sim.classroom.seat_pages import seat_page
from rapprochement_sim.classroom.seat_sheets import order_sheet, seat_sheet
from rapprochement_sim.classroom.sheets import Judged, OrderSheet, Resolved
from rapprochement_sim.classroom.state import Inject
from rapprochement_sim.classroom.tables import (
    Table,
    Tables,
    as_decision,
    as_kept,
    case_of,
    name_of,
)
from rapprochement_sim.errors import MalformedInput, NotAllowedNow, listed
from rapprochement_sim.game.decisions import find_row
from rapprochement_sim.game.session import Phase
from rapprochement_sim.game.wording import capital_named
from rapprochement_sim.vocabulary import CAPITAL_KEYS, Order

if TYPE_CHECKING:
    from collections.abc import Callable

    from rapprochement_sim.classroom.facts import SeatDecision
    from rapprochement_sim.classroom.sheets import InjectSheet, ScoreLine, SeatSheet
    from rapprochement_sim.vocabulary import Capital


def answer(tables: Tables, request: requests.Request) -> Any:
    """Return what was asked for.

    Raises
    ------
    RapprochementError
        If the rules refuse it, or it makes no sense.
    """
    table = tables.lay(request.world, request.recipe)
    return _ANSWERS[type(request)](tables, table, request)


def _capital(key: str) -> Capital:
    if key not in CAPITAL_KEYS:
        what = f"there is no capital '{key}'"
        raise MalformedInput(what, allowed=listed(CAPITAL_KEYS))
    return capital_named(key)


def _seat(tables: Tables, table: Table, request: requests.LookAtSeat) -> SeatSheet:
    return seat_sheet(tables.seat(table, _capital(request.seat).key))


def _inject(_: Tables, table: Table, request: requests.LookAtInject) -> InjectSheet:
    if table.session.is_over:
        what = "the game is over"
        raise NotAllowedNow(what)
    if not request.changes:
        orders = [as_decision(kept).order for kept in request.orders]
        order = orders[0] if orders else None
        return inject_sheet(table.session, request.event, request.turns, order)
    # A table of its own: what is only looked at leaves the world as it is.
    inject = Inject(0, table.session.turn + 1, "", "Not yet said.", request.changes)
    recipe = replace(request.recipe, injects=(*request.recipe.injects, inject))
    tried = Table(case_of(recipe), recipe)
    tried.become(recipe)
    return inject_sheet(tried.session, name_of(inject), request.turns)


def _looked_back(_: Tables, table: Table, __: requests.LookBack) -> tuple[ScoreLine, ...]:
    if not table.session.is_over:
        what = "the game is not over: secrets of the others would be told"
        raise NotAllowedNow(what)
    return score_lines(table.debrief())


def _order(tables: Tables, table: Table, request: requests.LookAtOrder) -> OrderSheet:
    actor, target = _capital(request.seat), _capital(request.target)
    order = Order(actor, request.action, target, request.modifiers)
    find_row(table.session.case, order)
    seat = tables.seat(table, request.seat)
    preview = seat.preview(order)
    option = next(
        option
        for option in seat.options()
        if (option.action, option.target) == (request.action, target)
    )
    return order_sheet(preview, option)


def _judged(tables: Tables, table: Table, request: requests.Judge) -> Judged:
    """Try a decision on the table; the next request lays it anew."""
    decision = request.decision
    session, capital = table.session, _capital(decision.seat)
    _capital(decision.partner)
    seat = tables.seat(table, decision.seat)
    if decision.kind == "answer":
        told = seat.answer(as_decision(decision).partner, accepts=decision.accepts)
        return Judged(told, _standing(table), ())
    row = find_row(session.case, as_decision(decision).order)
    told = seat.submit(as_decision(decision).order)
    asked = tuple(c.key for c in row.consenting if c != capital) if row.is_joint else ()
    return Judged(told, _standing(table), asked)


def _taken_back(tables: Tables, table: Table, request: requests.JudgeTakingBack) -> Judged:
    before = _standing(table)
    told = tables.seat(table, _capital(request.seat).key).undo()
    after = _standing(table)
    asked = {
        capital.key
        for decision in before
        if decision not in after and decision.kind == "offer"
        for capital in find_row(table.session.case, as_decision(decision).order).consenting
    }
    return Judged(told, after, tuple(sorted(asked - {request.seat})))


def _standing(table: Table) -> tuple[SeatDecision, ...]:
    return tuple(as_kept(decision) for decision in table.session.journal().pending)


def _played(_: Tables, table: Table, __: requests.PlayTurn) -> Resolved:
    if table.session.phase is not Phase.ORDERS:
        what = "the talks of the turn are not closed"
        raise NotAllowedNow(what)
    digest = table.play_turn()
    return Resolved(digest, table.session.is_over)


def _difference(_: Tables, table: Table, __: requests.CheckReplay) -> int:
    """Return the first turn that does not replay to its digest, 0 if all do."""
    for kept in table.recipe.turns:
        if kept.digest != table.digest_of(kept.turn):
            return kept.turn
    return 0


_ANSWERS: dict[type[requests.Request], Callable[[Tables, Table, Any], Any]] = {
    requests.LookAtSeat: _seat,
    requests.LookAtProgrammes: lambda tables, table, asked: programme_sheets(
        tables.seat(table, _capital(asked.seat).key)
    ),
    requests.AskSeat: lambda tables, table, asked: seat_page(
        table, tables.seat(table, _capital(asked.seat).key), asked
    ),
    requests.LookAtRoom: lambda _, table, __: public_sheet(table.session),
    requests.LookAsTeacher: lambda _, table, __: teacher_sheet(table.session, table.debrief()),
    requests.LookBack: _looked_back,
    requests.ScoreForecasts: lambda _, table, asked: forecast_page(table.session, asked.forecasts),
    requests.LookAtOrder: _order,
    requests.Judge: _judged,
    requests.JudgeTakingBack: _taken_back,
    requests.PlayTurn: _played,
    requests.LookAtInject: _inject,
    requests.LookAtActs: lambda _, table, __: act_lines(table.session),
    requests.LookAtMovable: lambda _, table, __: movable_figures(table.session),
    requests.CheckReplay: _difference,
}
