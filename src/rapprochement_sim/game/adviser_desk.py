"""What advisers ask of a game: the question of the open turn, and where forecasts are kept."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from rapprochement_sim.errors import NotAllowedNow, OutputProblem
from rapprochement_sim.game.adviser_question import Course, Question, Witness, desk_of, question_of
from rapprochement_sim.game.adviser_reading import NamedCourse
from rapprochement_sim.game.decisions import find_row, modifier_bits, modifier_names
from rapprochement_sim.game.forecast_results import forecast_scores
from rapprochement_sim.game.knowledge import observe
from rapprochement_sim.game.rows import target_of
from rapprochement_sim.game.staff import may_come_up, staff_suggestions
from rapprochement_sim.game.wording import modifier_title, row_title
from rapprochement_sim.naming import shown_id
from rapprochement_sim.vocabulary import Capital, Order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.game.forecasts import ForecasterScore, ForecastSheet
    from rapprochement_sim.game.session import Session

LEFT_AS_IT_IS = "Leave it at what is decided"
Asked = tuple[Question, tuple[NamedCourse, ...]]


class AdviserDesk(Protocol):
    """A seat's game as its advisers see it."""

    @property
    def case(self) -> Case:
        """The compiled scenario."""

    @property
    def titles(self) -> Mapping[str, str]:
        """Titles of figures, by name."""

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to advise on."""

    def question(self) -> Question:
        """Return what the seat has seen, without a course."""

    def asked(self, orders: Sequence[Order]) -> Asked:
        """Return the question of the open turn: staff papers, offers that wait, these orders."""

    def is_another(self, question: Question) -> bool:
        """Whether the desk has changed since a question was asked."""

    def records(self) -> Mapping[str, ForecasterScore]:
        """Return the forecast scores of the voices so far."""

    def keep(self, sheets: Sequence[ForecastSheet]) -> None:
        """Keep what the voices forecast; whoever reads meanwhile waits for no disk."""

    def write_down(self) -> None:
        """Write what is kept to where it stays, unless that has been done."""


class SessionDesk:
    """A seat of a session, of which only the seat's knowledge and public acts are looked at."""

    def __init__(self, session: Session, seat: Capital) -> None:
        self._session = session
        self._seat = seat
        self._witness = Witness(session, seat)
        self._kept_in: int | None = None

    @property
    def case(self) -> Case:
        """The compiled scenario."""
        return self._session.case

    @property
    def titles(self) -> Mapping[str, str]:
        """Titles of figures, by name."""
        return self._session.titles

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to advise on."""
        return self._session.is_over

    def question(self) -> Question:
        """Return what the seat has seen, without a course."""
        return question_of(self._session, self._seat, self._witness.seen(), ())

    def asked(self, orders: Sequence[Order]) -> Asked:
        """Return the question of the open turn: staff papers, offers that wait, these orders.

        Raises
        ------
        MalformedInput
            If an order names what does not exist.
        NotAllowedNow
            If the rules refuse one.
        """
        courses = self._courses(orders)
        seen = self._witness.seen()
        chosen = [named.course for named in courses]
        return question_of(self._session, self._seat, seen, chosen), courses

    def is_another(self, question: Question) -> bool:
        """Whether the desk has changed since a question was asked."""
        is_same_turn = question.seen.now.turn == self._session.turn
        return not is_same_turn or question.desk != desk_of(self._session, self._seat)

    def records(self) -> Mapping[str, ForecasterScore]:
        """Return the forecast scores of the voices so far."""
        scores = forecast_scores(self._session, self._seat, opened=False)
        return {score.by: score for score in scores.forecasters}

    def keep(self, sheets: Sequence[ForecastSheet]) -> None:
        """Keep what the voices forecast, with the session: its next save has it."""
        self._session.keep_forecasts(sheets, at_once=False)
        self._kept_in = self._session.turn

    def write_down(self) -> None:
        """Save the session if something was kept in the open turn; a resolved one is saved."""
        turn, self._kept_in = self._kept_in, None
        if turn == self._session.turn:
            with suppress(OutputProblem):  # what is decided next says so, and nothing is lost
                self._session.save()

    # -------------------------------------------------------------- courses

    def _courses(self, orders: Sequence[Order]) -> tuple[NamedCourse, ...]:
        """List the courses to compare: the first leaves the desk as it is."""
        session, case = self._session, self._session.case
        named = [NamedCourse(Course(), LEFT_AS_IT_IS)]
        desk = desk_of(session, self._seat)
        if not desk.are_talks_closed:
            for proposer, place, _ in desk.offers_received:
                if proposer not in desk.accepted:
                    title = f"Accept {proposer.title}'s offer: {row_title(case, case.row(place))}"
                    named.append(NamedCourse(Course(accepts=(proposer,)), title))
        for number, order in self._papers():
            row = find_row(case, order)
            if not session.refusal(row, modifier_bits(row, order.modifiers)):
                named.append(NamedCourse(Course((order,)), self._title(order), number))
        for order in orders:
            row = find_row(case, order)
            reason = session.refusal(row, modifier_bits(row, order.modifiers))
            if reason:
                what = f"{shown_id(order.action)} is not allowed now: {reason.rstrip('.')}"
                raise NotAllowedNow(what)
            if all(each.course.orders != (order,) for each in named):
                named.append(NamedCourse(Course((order,)), self._title(order)))
        return tuple(named)

    def _papers(self) -> list[tuple[int, Order]]:
        """Return the staff papers of the turn with their numbers, as the briefing has them."""
        session, seat = self._session, self._seat
        allowed = [
            row
            for row in session.case.effects.rows
            if row.kind == "act" and row.actor == seat and may_come_up(session, row)
        ]
        knowledge = observe(session.model.state, seat)
        suggested = staff_suggestions(session.case, knowledge, allowed)
        return [
            (n, Order(seat, s.row.name, target_of(s.row), modifier_names(s.row, s.modifiers)))
            for n, s in enumerate(suggested, 1)
        ]

    def _title(self, order: Order) -> str:
        case = self._session.case
        row = find_row(case, order)
        names = modifier_names(row, modifier_bits(row, order.modifiers))
        titles = [modifier_title(case, row, name) for name in names]
        text = row_title(case, row)
        return f"{text}, with: {'; '.join(titles)}" if titles else text
