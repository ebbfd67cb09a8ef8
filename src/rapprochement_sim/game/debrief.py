"""After the last turn everything is open: goals, secret orders, and the exact ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.game.decisions import Decision, find_row
from rapprochement_sim.game.figure_text import shown_value
from rapprochement_sim.game.forecast_results import forecast_scores
from rapprochement_sim.game.moved_mark import is_moved
from rapprochement_sim.game.why import PROCESS_TEXTS
from rapprochement_sim.game.winning import win_rule
from rapprochement_sim.game.wording import modifier_title, row_title
from rapprochement_sim.naming import shown
from rapprochement_sim.scenario.afterwards import what_happened
from rapprochement_sim.vocabulary import CAPITALS, LENSES, Capital
from rapprochement_sim.world.attribution import CHANCE, RELAXATION
from rapprochement_sim.world.objectives import goal_progress, outcome_met, score_goals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.game.forecasts import ForecastScores
    from rapprochement_sim.game.session import Session
    from rapprochement_sim.game.winning import WinRule
    from rapprochement_sim.scenario.schema import Goal
    from rapprochement_sim.world.axes import Array

_LANE = 0
_PROCESS_TEXTS = {
    **PROCESS_TEXTS,
    "start": "what was there at the start, fading",
    "fading": "earlier acts fading",
    "memory": "old memories pulling back",
    "support": "support returning to its usual level",
    "chance": "chance",
    "sampling": "sampling error",
}


@dataclass(frozen=True)
class FinalGoal:
    """A goal and how far it was met: ``points`` of the seat's 100."""

    text: str
    is_secret: bool
    figure: str
    title: str
    unit: str
    start: float
    end: float
    from_value: float
    to_value: float
    progress: float
    points: float
    weight_points: float

    @property
    def course(self) -> str:
        """Say where the figure stood at the start and at the end."""
        return f"{self._shown(self.start)} > {self._shown(self.end)}"

    @property
    def scale(self) -> str:
        """Say how the figure counts."""
        nothing, everything = self._shown(self.from_value), self._shown(self.to_value)
        return f"no points at {nothing}, all of them at {everything}"

    def _shown(self, value: float) -> str:
        return shown_value(self.figure, value, self.unit)


@dataclass(frozen=True)
class Deed:
    """Something a seat decided in a turn, told in full."""

    turn: int
    text: str


@dataclass(frozen=True)
class SeatReport:
    """How one seat fared, what it wanted, and what it did."""

    capital: Capital
    is_played: bool
    score: float
    lenses: tuple[tuple[str, float], ...]
    goals: tuple[FinalGoal, ...]
    deeds: tuple[Deed, ...]
    win: WinRule | None = None

    @property
    def judges_as(self) -> str:
        """Say by which schools of thought its own government judges."""
        weights = ", ".join(f"{100 * weight:.0f}% {name}" for name, weight in self.lenses)
        return f"Its own government judges as: {weights}"

    @property
    def is_won(self) -> bool:
        """Whether the game was played to its end and the score passes what a win takes."""
        return self.win is not None and self.win.is_won(self.score)


@dataclass(frozen=True)
class LedgerLine:
    """What one cause, over the whole game, did to a figure."""

    text: str
    amount: float


@dataclass(frozen=True)
class LedgerPage:
    """A figure's change over the game, split exactly: ``lines`` sum to ``net``.

    Attributes
    ----------
    gross
        Sum of the sizes of all lines: acts that cancel each other count twice here.
    chance_share, relaxation_share
        Shares of the gross due to chance, and to things fading or returning.
    """

    figure: str
    title: str
    unit: str
    start: float
    end: float
    gross: float
    chance_share: float
    relaxation_share: float
    lines: tuple[LedgerLine, ...]

    @property
    def net(self) -> float:
        """The change over the game."""
        return self.end - self.start


@dataclass(frozen=True)
class OutcomeLine:
    """A yes-or-no result of the game."""

    title: str
    is_met: bool
    figure: str
    value: float


@dataclass(frozen=True)
class Debrief:
    """Everything, opened; ``happened`` tells in paragraphs what history made of it, at the end."""

    scenario: str
    turns: int
    is_over: bool
    seats: tuple[SeatReport, ...]
    outcomes: tuple[OutcomeLine, ...]
    ledger: tuple[LedgerPage, ...]
    forecasts: tuple[ForecastScores, ...]
    happened: tuple[str, ...] = ()


def debrief(session: Session) -> Debrief:
    """Open everything of a game.

    A game that is still going on can be debriefed too (an instructor may, and a replay);
    faces offer it to players only when it is over.
    """
    case = session.case
    series = np.stack([case.indicators.read(state)[:, _LANE] for state in session.states])
    titles = session.titles
    return Debrief(
        scenario=case.loaded.schema.title,
        turns=session.turn,
        is_over=session.is_over,
        seats=tuple(_seat_report(session, seat, series, titles) for seat in CAPITALS),
        outcomes=_outcomes(case, series),
        ledger=tuple(_ledger_pages(session, series, titles)),
        forecasts=tuple(
            forecast_scores(session, seat, opened=True)
            for seat in CAPITALS
            if any(sheet.seat == seat for sheet in session.forecasts)
        ),
        happened=what_happened(case.loaded) if session.is_over else (),
    )


def main_figures(case: Case) -> tuple[str, ...]:
    """Name the figures whose ledger is opened: composites, the pair's polls and trust."""
    rules = case.loaded.rules
    pair = {Capital.SEOUL.key, Capital.TOKYO.key}
    polls: dict[str, str] = {}
    for name, survey in rules.surveys.items():
        if {survey.respondent, survey.target} == pair:
            polls.setdefault(survey.respondent, name)
    return (*rules.composites, *polls.values(), "trust_seoul_tokyo", "trust_tokyo_seoul")


def _seat_report(
    session: Session, seat: Capital, series: Array, titles: dict[str, str]
) -> SeatReport:
    case = session.case
    brief = case.loaded.schema.seats[seat.key]  # type: ignore[index]
    goals = [(goal, False) for goal in brief.public_goals]
    goals += [(goal, True) for goal in brief.secret_goals]
    total = sum(goal.weight for goal, _ in goals)
    last = series[-1][:, np.newaxis]
    score = float(score_goals([goal for goal, _ in goals], last, case.indicators)[0])
    lines = [
        _final_goal(case, goal, series, titles, is_secret=is_secret, share=goal.weight / total)
        for goal, is_secret in goals
    ]
    weights = case.lens_weights[seat]
    return SeatReport(
        capital=seat,
        is_played=seat in session.seats,
        score=score,
        lenses=tuple((lens.value, float(weights[n])) for n, lens in enumerate(LENSES)),
        goals=tuple(lines),
        deeds=tuple(
            Deed(turn.turn, deed_text(case, decision, turn.decisions))
            for turn in session.turns
            for decision in turn.decisions
            if decision.seat == seat
        ),
        win=_win(session, seat),
    )


def _win(session: Session, seat: Capital) -> WinRule | None:
    """Return what a win took; among other governments, for the seats that were played alone."""
    is_costly = is_moved(session.case, seat)
    if not session.is_over or (is_costly and seat not in session.seats):
        return None
    return win_rule(session.case, seat)


def _final_goal(
    case: Case,
    goal: Goal,
    series: Array,
    titles: dict[str, str],
    *,
    is_secret: bool,
    share: float,
) -> FinalGoal:
    entry = case.indicators.by_name[goal.indicator]
    progress = float(goal_progress(goal, series[-1][:, np.newaxis], case.indicators)[0])
    return FinalGoal(
        text=goal.text,
        is_secret=is_secret,
        figure=goal.indicator,
        title=titles[goal.indicator],
        unit=entry.unit,
        start=float(series[0, entry.index]),
        end=float(series[-1, entry.index]),
        from_value=goal.from_value,
        to_value=goal.to_value,
        progress=progress,
        points=100.0 * share * progress,
        weight_points=100.0 * share,
    )


def deed_text(case: Case, decision: Decision, of_turn: Iterable[Decision]) -> str:
    """Tell one decision in full, to those who may know it; ``of_turn`` holds what it answers."""
    if decision.kind == "answer":
        word = "accepted" if decision.accepts else "refused"
        offer = next(d for d in of_turn if d.kind == "offer" and d.seat == decision.partner)
        title = row_title(case, find_row(case, offer.order))
        return f"{word} {decision.partner.title}'s offer: {title}"
    row = find_row(case, decision.order)
    titles = [modifier_title(case, row, name) for name in decision.modifiers]
    verb = "offered" if decision.kind == "offer" else "ordered"
    text = f"{verb}: {row_title(case, row)}"
    return f"{text}, with: {'; '.join(titles)}" if titles else text


def _outcomes(case: Case, series: Array) -> tuple[OutcomeLine, ...]:
    lines = []
    for outcome in case.loaded.schema.outcomes.values():
        index = case.indicators.by_name[outcome.indicator].index
        is_met = bool(outcome_met(outcome, series[:, index][:, np.newaxis])[0])
        value = float(series[-1, index])
        lines.append(OutcomeLine(outcome.title, is_met, outcome.indicator, value))
    return tuple(lines)


def _ledger_pages(session: Session, series: Array, titles: dict[str, str]) -> Iterator[LedgerPage]:
    names = main_figures(session.case)
    for name, found in session.ledger.totals(names).items():
        amounts = {key: float(amount[_LANE]) for key, amount in found.items()}
        yield _page(session.case, name, amounts, series, titles[name])


def _page(
    case: Case, name: str, amounts: dict[str, float], series: Array, title: str
) -> LedgerPage:
    gross = sum(abs(amount) for amount in amounts.values())
    entry = case.indicators.by_name[name]

    def share(keys: tuple[str, ...]) -> float:
        part = sum(abs(amounts.get(key, 0.0)) for key in keys)
        return part / gross if gross else 0.0

    lines = [LedgerLine(_cause_text(case, key), amount) for key, amount in amounts.items()]
    return LedgerPage(
        figure=name,
        title=title,
        unit=entry.unit,
        start=float(series[0, entry.index]),
        end=float(series[-1, entry.index]),
        gross=gross,
        chance_share=share(CHANCE),
        relaxation_share=share(RELAXATION),
        lines=tuple(sorted(lines, key=lambda line: (-abs(line.amount), line.text))),
    )


def _cause_text(case: Case, key: str) -> str:
    index = case.effects.row_by_key.get(key)
    if index is None:
        return shown(_PROCESS_TEXTS.get(key, key))
    row = case.row(index)
    title = row_title(case, row)
    if row.actor is None:
        return f"Event: {title}"
    told = {"refused": " (refused)", "failed": " (not ratified)"}.get(row.kind, "")
    return f"{row.actor.title}: {title}{told}"
