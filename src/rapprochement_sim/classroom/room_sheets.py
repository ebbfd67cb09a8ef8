"""What the whole room may see of a world, and what the teacher sees beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rapprochement_sim.classroom.figure_lines import figure_line
from rapprochement_sim.classroom.seat_sheets import deadline_lines, news_lines
from rapprochement_sim.classroom.sheets import (
    ActLine,
    ForecastLine,
    ForecastPage,
    InjectSheet,
    LinkLine,
    PublicSheet,
    ScoreLine,
    TeacherSheet,
)
from rapprochement_sim.game.briefing import Book, headline_readings, months_of, poll_readings
from rapprochement_sim.game.briefing import deadline_lines as deadlines_of
from rapprochement_sim.game.debrief import deed_text
from rapprochement_sim.game.figure_text import shown_change, shown_value
from rapprochement_sim.game.forecast_results import result_in
from rapprochement_sim.game.forecasts import brier_scores
from rapprochement_sim.game.injects import N_WORLDS, expected_of_inject, possible_acts
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.rows import actor_of, target_of
from rapprochement_sim.game.wording import row_title, rung_of
from rapprochement_sim.scenario.injects import movable_cells
from rapprochement_sim.vocabulary import CAPITALS, DYADS, Capital, dyad_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rapprochement_sim.classroom.state import Forecast
    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.game.debrief import Debrief, SeatReport
    from rapprochement_sim.game.decisions import Decision
    from rapprochement_sim.game.session import Session
    from rapprochement_sim.vocabulary import Order

_TENSE = 0.25
_POLLS_WATCHED = 2
_STANDING = 0.25
_FINE = 0.001
"""Means over many worlds are shown with one more digit than a figure of one."""
_OPEN = ("public", "survey")


def public_sheet(session: Session) -> PublicSheet:
    """Lay out what anybody may see: figures that every seat knows alike, and the news."""
    case, turn = session.case, session.turn
    history = [session.known(Capital.SEOUL, n) for n in range(turn + 1)]
    open_names = {name for name, figure in history[-1].items() if figure.sort in _OPEN}
    book = Book(case, Capital.SEOUL, history, session.titles)
    surveys = [name for name in case.loaded.rules.surveys if name in open_names]
    approvals = [f"approval_{capital.key}" for capital in CAPITALS]
    scenario = case.loaded.schema
    news = LocalSeat(session, Capital.SEOUL).chronicle(turn) if turn else ()
    return PublicSheet(
        scenario=scenario.title,
        turn=min(turn + 1, scenario.turns),
        n_turns=scenario.turns,
        months=months_of(case, turn),
        phase=session.phase.value,
        polls=tuple(figure_line(book.reading(name)) for name in surveys),
        approvals=tuple(
            figure_line(book.reading(name)) for name in approvals if name in open_names
        ),
        news=news_lines(replace(item, is_own=False) for item in news),
        deadlines=deadline_lines(deadlines_of(case, turn)),
        links=tuple(_link(book, open_names, a, b) for a, b in DYADS),
    )


def _link(book: Book, open_names: set[str], a: Capital, b: Capital) -> LinkLine:
    """Name the strongest agreement of two capitals; what is not public stays out."""
    institutions = book.case.loaded.rules.institutions
    best, title = 0.0, ""
    for name, institution in institutions.items():
        figure = f"institution_{name}_{a.key}_{b.key}"
        if figure in open_names and book.reading(figure).value > best:
            best, title = book.reading(figure).value, institution.title
    escalation = f"escalation_{dyad_key(a, b).replace('-', '_')}"
    is_tense = escalation in open_names and book.reading(escalation).value >= _TENSE
    return LinkLine(a.key, b.key, rung_of(best), title if best >= _STANDING else "", is_tense)


def teacher_sheet(session: Session, opened: Debrief) -> TeacherSheet:
    """Lay out a world for the teacher, who sees everything; ``opened`` is how seats fare."""
    case, turn = session.case, session.turn
    history = [session.known(Capital.SEOUL, n) for n in range(turn + 1)]
    book = Book(case, Capital.SEOUL, history, session.titles)
    watched = (*headline_readings(book), *poll_readings(book)[:_POLLS_WATCHED])
    decided = session.journal().pending
    return TeacherSheet(
        turn=min(turn + 1, case.loaded.schema.turns),
        months=months_of(case, turn),
        phase=session.phase.value,
        scores=tuple(_score(report) for report in opened.seats),
        figures=tuple(figure_line(reading) for reading in watched),
        decisions=tuple((d.seat.key, _decided(session.case, d)) for d in decided),
        outcomes=tuple((line.title, line.is_met) for line in opened.outcomes),
    )


def _decided(case: Case, decision: Decision) -> str:
    """Tell a decision that is still open; the offer it answers may be the model's."""
    if decision.kind == "answer":
        word = "accepts" if decision.accepts else "refuses"
        return f"{word} {decision.partner.title}'s offer"
    return deed_text(case, decision, ())


def score_lines(opened: Debrief) -> tuple[ScoreLine, ...]:
    """Open how every seat fared: for the end of a game."""
    return tuple(_score(report) for report in opened.seats)


def _score(report: SeatReport) -> ScoreLine:
    won = "" if report.win is None else "a win" if report.is_won else "no win"
    return ScoreLine(
        seat=report.capital.key,
        score=f"{report.score:.1f}",
        won=won,
        goals=tuple(
            (goal.text, goal.is_secret, f"{goal.points:.0f} of {goal.weight_points:.0f}")
            for goal in report.goals
        ),
        deeds=tuple((deed.turn, deed.text) for deed in report.deeds),
    )


def forecast_page(session: Session, forecasts: Sequence[Forecast]) -> ForecastPage:
    """Hold forecasts against what has been published since they were made."""
    result = result_in(session, opened=False)
    lines, said, came_true = [], [], []
    for forecast in forecasts:
        found = result(forecast.figure, forecast.turn)
        published = ""
        if found is not None:
            is_true = found > forecast.above
            said.append(forecast.probability)
            came_true.append(is_true)
            unit = session.case.indicators.by_name[forecast.figure].unit
            shown = shown_value(forecast.figure, found, unit)
            published = f"{shown} was published: it {'came' if is_true else 'did not come'} true"
        lines.append(ForecastLine(forecast.made_in, forecast.told, published))
    brier, _ = brier_scores(said, came_true)
    return ForecastPage(tuple(lines), f"{brier:.2f}" if said else "")


def inject_sheet(
    session: Session, event: str, turns: int, order: Order | None = None
) -> InjectSheet:
    """Lay out what an event or an act may do, played ahead from the true state."""
    left = min(turns, session.case.world.n_turns - session.turn)
    effects = tuple(
        (
            effect.title,
            shown_change(effect.figure, effect.mean, effect.unit, grain=_FINE),
            " to ".join(
                shown_change(effect.figure, end, effect.unit, grain=_FINE)
                for end in (effect.low, effect.high)
            ),
        )
        for effect in expected_of_inject(session, event, left, order)
    )
    return InjectSheet(event, left, N_WORLDS, effects)


def act_lines(session: Session) -> tuple[ActLine, ...]:
    """List the acts that governments could be given now."""
    return tuple(
        ActLine(
            actor_of(row).key,
            row.name,
            target_of(row).key,
            row_title(session.case, row),
            f"{actor_of(row).title}: {row_title(session.case, row)}",
        )
        for row in possible_acts(session)
    )


def movable_figures(session: Session) -> tuple[tuple[str, str], ...]:
    """List the figures that an inject may move, by name and title."""
    cells = movable_cells(session.case.loaded.rules)
    return tuple((name, session.titles[name]) for name in cells)
