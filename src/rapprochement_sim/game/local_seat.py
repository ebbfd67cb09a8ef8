"""A seat of a game in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, NotAllowedNow
from rapprochement_sim.game.adviser import Adviser
from rapprochement_sim.game.adviser_desk import SessionDesk
from rapprochement_sim.game.briefing import (
    Book,
    Briefing,
    DeskItem,
    NewsItem,
    Offer,
    Reading,
    StaffPaper,
    calendar_of,
    deadline_lines,
    dispute_lines,
    goal_lines,
    headline_readings,
    ladder_lines,
    poll_readings,
    relation_lines,
)
from rapprochement_sim.game.debrief import Debrief, debrief
from rapprochement_sim.game.decision_text import decision_told
from rapprochement_sim.game.decisions import Decision, find_row, modifier_bits, modifier_names
from rapprochement_sim.game.forecast_page import ForecastPage, forecast_page
from rapprochement_sim.game.forecast_results import put_band, put_forecast
from rapprochement_sim.game.forecasts import BandForecast, ChanceForecast
from rapprochement_sim.game.knowledge import Knowledge, known_figures, observe
from rapprochement_sim.game.lesson import LessonDesk
from rapprochement_sim.game.local_past import LocalPast
from rapprochement_sim.game.particles import Particles, draw_particles
from rapprochement_sim.game.preview import (
    ExpectedEffect,
    Preview,
    expected_effects,
    preview_order,
)
from rapprochement_sim.game.programmes import ProgrammePage, programme_pages
from rapprochement_sim.game.region import dyad_lines
from rapprochement_sim.game.rows import actor_of, target_of
from rapprochement_sim.game.seat import Option
from rapprochement_sim.game.session import Phase
from rapprochement_sim.game.staff import DISSENT, PURPOSES, may_come_up, staff_suggestions
from rapprochement_sim.game.stated_reasons import stated_reason
from rapprochement_sim.game.why import Why, why_changed
from rapprochement_sim.game.winning import win_rule
from rapprochement_sim.game.wording import modifier_title, row_title
from rapprochement_sim.scenario.codex import Codex
from rapprochement_sim.scenario.wearing import behind_the_mask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rapprochement_sim.effects.rows import Row
    from rapprochement_sim.game.advice import AdviceState
    from rapprochement_sim.game.adviser_workers import WarmWorkers
    from rapprochement_sim.game.session import Session
    from rapprochement_sim.vocabulary import Capital, Order


class LocalSeat:
    """A seat of a game in this process.

    Parameters
    ----------
    session, capital
        The game, and who sits here.
    workers
        Who rolls worlds out for the advisers; None for this process, also for the debrief.

    Attributes
    ----------
    past
        The past of the game, as this seat may look at it.
    """

    def __init__(
        self, session: Session, capital: Capital, *, workers: WarmWorkers | None = None
    ) -> None:
        self.session = session
        self._capital = capital
        self.lesson, self.line = LessonDesk(session, capital), None
        self.codex = Codex(session.case.loaded)
        self._adviser = Adviser(SessionDesk(session, capital), workers)
        self.past = LocalPast(
            session,
            capital,
            lambda then: LocalSeat(then, capital).brief(),
            in_own_process=workers is not None,
        )
        self._particles: tuple[int, Particles] | None = None
        self._previews: tuple[int, dict[tuple[int, int], Preview]] = (0, {})

    @property
    def capital(self) -> Capital:
        """Who sits here."""
        return self._capital

    @property
    def phase(self) -> Phase:
        """Where the open turn stands."""
        return self.session.phase

    @property
    def turn(self) -> int:
        """Turns resolved so far."""
        return self.session.turn

    # -------------------------------------------------------------- looking

    def brief(self) -> Briefing:
        """Return the page of the open turn."""
        session, case = self.session, self.session.case
        knowledge = self._knowledge()
        book = self._book(knowledge)
        scenario = case.loaded.schema
        purse = session.purse(self.capital)
        return Briefing(
            seat=self.capital,
            scenario=scenario.title,
            introduction=scenario.seats[self.capital.key].introduction,  # type: ignore[index]
            turn=min(self.turn + 1, scenario.turns),
            n_turns=scenario.turns,
            calendar=calendar_of(case),
            phase=session.phase.value,
            attention=purse.attention,
            capital_left=purse.capital,
            capital=book.reading(f"political_capital_{self.capital.key}"),
            approval=book.reading(f"approval_{self.capital.key}"),
            headlines=headline_readings(book),
            polls=poll_readings(book),
            dyads=dyad_lines(book),
            relations=relation_lines(book),
            disputes=dispute_lines(book),
            ladders=ladder_lines(book),
            deadlines=deadline_lines(case, self.turn),
            news=self.chronicle(self.turn) if session.turns else (),
            offers=self._offers(knowledge),
            papers=self._papers(knowledge),
            goals=tuple(goal_lines(book)),
            desk=tuple(DeskItem(d.kind, decision_told(session, d)) for d in self._decisions()),
            answers=self._answers(),
            win=win_rule(case, self.capital) if self.turn == 0 else None,
        )

    def options(self) -> tuple[Option, ...]:
        """Return every order and offer of the seat, with reasons against those refused."""
        return tuple(self._option(row) for row in self._own_rows())

    def preview(self, order: Order) -> Preview:
        """Say what an order would cost and may do."""
        row = find_row(self.session.case, order)
        return self._preview(self._knowledge(), row, modifier_bits(row, order.modifiers))

    def why(self, figure: str, turn: int | None = None) -> Why:
        """Split a figure's change over a turn (the last by default), as far as is known."""
        return why_changed(self.session, self.capital, figure, turn)

    def chronicle(self, turn: int) -> tuple[NewsItem, ...]:
        """Return what everyone learnt of a resolved turn, counted from 1.

        Raises
        ------
        MalformedInput
            If that turn has not been resolved.
        """
        if not 1 <= turn <= self.turn:
            what = f"turn {turn} has not been resolved"
            raise MalformedInput(what, allowed=f"1 to {self.turn}" if self.turn else "none yet")
        return tuple(
            NewsItem(act.kind, act.told, act.modifiers, act.actor == self.capital, act.key)
            for act in self.session.turns[turn - 1].acts
        )

    def figures(self) -> tuple[Reading, ...]:
        """Return every figure that the seat knows."""
        book = self._book(self._knowledge())
        return tuple(book.reading(name) for name in book.history[-1])

    def explain(self, name: str) -> str:
        """Explain a name of the rule book, with numbers and sources."""
        return self.codex.page(name).text

    def prepare_advice(self) -> None:
        """Let the advisers get warm, so that the first question is answered sooner."""
        self._adviser.prepare()

    def ask_advice(self, orders: Sequence[Order] = ()) -> None:
        """Ask the advisers anew: staff papers, offers that wait, and these orders."""
        self._adviser.ask(orders)

    def advice(self, *, wait: bool = False) -> AdviceState:
        """Return how far the advisers are; ask first if nothing was asked on this desk.

        ``wait`` waits for a thousand rollouts; without it nothing waits.
        """
        return self._adviser.state(wait=wait)

    def cancel_advice(self) -> None:
        """Let the question to the advisers go; what has been advised stays."""
        self._adviser.cancel()

    def forecast(self, figure: str, above: float, turn: int, probability: float) -> str:
        """Keep a forecast of the player's own; return what was understood."""
        forecast = ChanceForecast(figure, above, turn, probability)
        told = put_forecast(self.session, self.capital, forecast)
        self.lesson.did("forecast_made")
        return told

    def forecast_band(self, figure: str, low: float, high: float, turn: int) -> str:
        """Keep a 5 to 95 per cent band of the player's own; return what was understood."""
        told = put_band(self.session, self.capital, BandForecast(figure, turn, (low, high)))
        self.lesson.did("forecast_made")
        return told

    def forecasts(self) -> ForecastPage:
        """Return the questions of the turn, the player's forecasts, and all scores so far."""
        return forecast_page(self.session, self.capital)

    def debrief(self) -> Debrief:
        """Open everything, once the game is over.

        Raises
        ------
        NotAllowedNow
            If it is not: secrets of the others would be told.
        """
        if not self.session.is_over:
            what = "the debrief opens when the last turn has been resolved"
            raise NotAllowedNow(what)
        return debrief(self.session)

    def programmes(self) -> tuple[ProgrammePage, ...]:
        """Return what the articles recommend, as this seat can play it now."""
        figures = {reading.name: reading for reading in self.figures()}
        return programme_pages(self.session, self.capital, figures)

    def behind_the_mask(self) -> tuple[str, ...]:
        """Say what was behind the mask; nothing without one, or before the game is over."""
        over = self.session.is_over
        return behind_the_mask(self.session.case.loaded.path) if over else ()

    # -------------------------------------------------------------- deciding

    def submit(self, order: Order) -> str:
        """Give an order or offer; return what was understood."""
        told = decision_told(self.session, self.session.submit(order))
        self.lesson.did("modified_order_given" if order.modifiers else "order_given")
        return told

    def answer(self, proposer: Capital, *, accepts: bool) -> str:
        """Answer an offer; return what was understood."""
        told = decision_told(
            self.session, self.session.answer(self.capital, proposer, accepts=accepts)
        )
        self.lesson.did("offer_answered")
        return told

    def undo(self) -> str:
        """Take back the last decision; return what was taken back."""
        return decision_told(self.session, self.session.undo(self.capital))

    def commit(self) -> None:
        """Say that the seat is done with this phase of the turn."""
        stood = self.turn, self.phase
        try:
            self.session.commit(self.capital)
        finally:
            self.lesson.phase_ended(*stood)

    def note(self, text: str) -> str:
        """Keep a note with the save; return where it is kept."""
        self.session.note(self.capital, text)
        return "with the save"

    def save(self) -> str:
        """Make sure that the game is saved; return where."""
        self.session.save()
        return str(self.session.path) if self.session.path else ""

    # -------------------------------------------------------------- within

    def _knowledge(self) -> Knowledge:
        return observe(self.session.model.state, self.capital)

    def let_cloud_go(self) -> None:
        """Forget the possible worlds of this seat; they are drawn again, alike, when needed."""
        self._particles = None

    def _cloud(self, knowledge: Knowledge) -> Particles:
        if self._particles is None or self._particles[0] != knowledge.turn:
            seed = self.session.header.seed
            drawn = draw_particles(self.session.case, knowledge, seed)
            self._particles = (knowledge.turn, drawn)
        return self._particles[1]

    def _preview(self, knowledge: Knowledge, row: Row, bits: int) -> Preview:
        """Preview an act, once a turn: beliefs do not change until it resolves."""
        turn, kept = self._previews
        if turn != knowledge.turn:
            kept = {}
            self._previews = (knowledge.turn, kept)
        at = (row.index, bits)
        if at not in kept:
            particles = self._cloud(knowledge)
            kept[at] = preview_order(self.session.case, knowledge, particles, row, bits)
        return kept[at]

    def _book(self, knowledge: Knowledge) -> Book:
        session = self.session
        past = [session.known(self.capital, n) for n in range(len(session.states) - 1)]
        history = [*past, known_figures(session.case, knowledge)]
        return Book(session.case, self.capital, history, session.titles)

    def _own_rows(self) -> list[Row]:
        rows = self.session.case.effects.rows
        return [row for row in rows if row.kind == "act" and row.actor == self.capital]

    def _option(self, row: Row) -> Option:
        case = self.session.case
        return Option(
            key=row.key,
            action=row.name,
            target=target_of(row),
            title=row_title(case, row),
            summary=case.loaded.rules.actions[row.name].summary,
            is_joint=row.is_joint,
            cost=row.cost,
            attention=row.attention,
            modifiers=tuple((name, modifier_title(case, row, name)) for name in row.modifiers),
            reason="the game is over" if self.session.is_over else self.session.refusal(row),
        )

    def _papers(self, knowledge: Knowledge) -> tuple[StaffPaper, ...]:
        """Return the papers of this phase, chosen once; what was decided since only marks them."""
        session = self.session
        if session.is_over:
            return ()
        allowed = [row for row in self._own_rows() if may_come_up(session, row)]
        papers: list[StaffPaper] = []
        for suggestion in staff_suggestions(session.case, knowledge, allowed):
            row = suggestion.row
            papers.append(
                StaffPaper(
                    number=len(papers) + 1,
                    action=row.name,
                    target=target_of(row),
                    modifiers=modifier_names(row, suggestion.modifiers),
                    purpose=PURPOSES[suggestion.purpose],
                    voice=suggestion.voice,
                    is_dissent=suggestion.purpose == DISSENT,
                    preview=self._preview(knowledge, row, suggestion.modifiers),
                    reason=session.refusal(row),
                )
            )
        return tuple(papers)

    def _offers(self, knowledge: Knowledge) -> tuple[Offer, ...]:
        session, case = self.session, self.session.case
        if session.phase is not Phase.TALKS:
            return ()
        answers = {d.partner: d.accepts for d in self._decisions() if d.kind == "answer"}
        offers = []
        for row, bits in session.offers_to(self.capital):
            names = modifier_names(row, bits)
            preview = self._preview(knowledge, row, bits)
            offers.append(
                Offer(
                    proposer=actor_of(row),
                    preview=preview,
                    modifiers=tuple(modifier_title(case, row, name) for name in names),
                    also_asked=tuple(c for c in row.consenting if c != self.capital),
                    if_refused=self._effects_of_refusal(knowledge, row),
                    answer=answers.get(actor_of(row)),
                    reason=stated_reason(case, actor_of(row), preview.effects),
                )
            )
        return tuple(offers)

    def _effects_of_refusal(self, knowledge: Knowledge, row: Row) -> tuple[ExpectedEffect, ...]:
        if row.refused_row < 0:
            return ()
        case = self.session.case
        group = case.row(row.refused_row).base_group
        return expected_effects(case, self._cloud(knowledge), [group])

    def _decisions(self) -> tuple[Decision, ...]:
        return self.session.decisions_of(self.capital)

    def _answers(self) -> tuple[str, ...]:
        """Tell how the talks of the open turn ended, as far as the seat took part in them."""
        if self.session.phase is not Phase.ORDERS:
            return ()
        return tuple(told for parties, told in self.session.talks() if self.capital in parties)
