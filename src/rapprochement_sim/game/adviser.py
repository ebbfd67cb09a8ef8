"""A seat's advisers: ask, look at how far they are, let go. Nothing waits unless told to.

The rollouts are made by warm workers where they can be had, else in this process, a turn
at each look. What is advised is the same either way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapprochement_sim.errors import NotAllowedNow
from rapprochement_sim.game.advice import Advice, AdviceState, Status
from rapprochement_sim.game.adviser_question import (
    Course,
    Desk,
    Question,
    Witness,
    desk_of,
    question_of,
)
from rapprochement_sim.game.adviser_reading import (
    NamedCourse,
    Reading,
    read_advice,
    read_forecasts,
)
from rapprochement_sim.game.adviser_rollouts import Outcome, joined
from rapprochement_sim.game.adviser_slices import STANDARD, Slice, slices_of
from rapprochement_sim.game.adviser_workers import SameProcess, WarmWorkers, WorkersGone
from rapprochement_sim.game.decisions import find_row, modifier_bits, modifier_names
from rapprochement_sim.game.forecast_results import forecast_scores
from rapprochement_sim.game.knowledge import observe
from rapprochement_sim.game.rows import target_of
from rapprochement_sim.game.staff import may_come_up, staff_suggestions
from rapprochement_sim.game.wording import modifier_title, row_title
from rapprochement_sim.naming import shown_id
from rapprochement_sim.vocabulary import Capital, Order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rapprochement_sim.game.adviser_workers import Rollers
    from rapprochement_sim.game.session import Session

LEFT_AS_IT_IS = "Leave it at what is decided"
_LOOK_SECONDS = 0.5


@dataclass
class _Asked:
    """A question under way: what has come back of it, and what was last read from that."""

    question: Question
    courses: tuple[NamedCourse, ...]
    slices: tuple[Slice, ...]
    number: int
    status: Status = "working"
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    n_read: int = 0
    advice: Advice | None = None

    def n_whole(self) -> int:
        """Count the portions up to the last stage that is there as a whole."""
        n = next((n for n in range(len(self.slices)) if n not in self.outcomes), len(self.slices))
        while 0 < n < len(self.slices) and self.slices[n].stage == self.slices[n - 1].stage:
            n -= 1
        return n


class Adviser:
    """Advisers of one seat.

    Parameters
    ----------
    session, seat
        The game, of which only the seat's knowledge and public acts are looked at.
    workers
        Who makes the rollouts; None for this process.
    """

    def __init__(self, session: Session, seat: Capital, workers: WarmWorkers | None = None) -> None:
        self._session = session
        self._seat = seat
        self._witness = Witness(session, seat)
        self._rollers: Rollers = SameProcess() if workers is None else workers
        self._asked: _Asked | None = None

    def prepare(self) -> None:
        """Let the workers get warm and follow the believed worlds up to now."""
        if not self._session.is_over and self._asked is None:
            question = question_of(self._session, self._seat, self._witness.seen(), ())
            try:
                self._rollers.warm(self._session.case, question)
            except WorkersGone:
                self._rollers = SameProcess()

    def ask(self, orders: Sequence[Order] = ()) -> None:
        """Ask about the open turn anew: staff papers, offers that wait, and these orders.

        Raises
        ------
        MalformedInput
            If an order names what does not exist.
        NotAllowedNow
            If the rules refuse one, or the game is over.
        """
        session = self._session
        if session.is_over:
            what = "the game is over: there is nothing left to advise on"
            raise NotAllowedNow(what)
        self.cancel()
        courses = self._courses(orders)
        question = question_of(
            session, self._seat, self._witness.seen(), [named.course for named in courses]
        )
        slices = slices_of(len(courses))
        self._asked = _Asked(question, courses, slices, self._begin(question, slices))

    def state(self, *, wait: bool = False, seconds: float = 0.0) -> AdviceState:
        """Return how far the advisers are; ask first if nothing was asked on this desk.

        ``wait`` waits for the standard number of rollouts, and leaves it at that; ``seconds``
        waits so long for the next portion.
        """
        if self._session.is_over:
            return AdviceState("idle", 0, 0, None)
        asked = self._asked
        if asked is None or self._is_stale(asked.question):
            self.ask()
            asked = self._asked
        if asked is None:
            return AdviceState("idle", 0, 0, None)
        self._look(asked, 0.0 if wait else seconds)
        while wait and asked.status == "working" and not _is_standard(asked):
            self._look(asked, _LOOK_SECONDS)
        if wait and asked.status == "working":
            self._rollers.cancel(asked.number)
            asked.status = "done"
        return _state_of(asked)

    def cancel(self) -> None:
        """Let the question under way go; what has been advised stays."""
        if self._asked is not None and self._asked.status == "working":
            self._rollers.cancel(self._asked.number)
            self._asked.status = "cancelled"

    # -------------------------------------------------------------- within

    def _is_stale(self, question: Question) -> bool:
        """Whether the desk is another than the one that was asked about."""
        is_same_turn = question.seen.now.turn == self._session.turn
        return not is_same_turn or question.desk != self._desk()

    def _desk(self) -> Desk:
        return desk_of(self._session, self._seat)

    def _begin(self, question: Question, slices: Sequence[Slice]) -> int:
        case = self._session.case
        try:
            return self._rollers.ask(case, question, slices)
        except WorkersGone:
            self._rollers = SameProcess()
            return self._rollers.ask(case, question, slices)

    def _look(self, asked: _Asked, seconds: float) -> None:
        """Take in what is done, and read it if another stage is whole."""
        if asked.status != "working":
            return
        try:
            asked.outcomes |= dict(self._rollers.collect(asked.number, seconds))
        except WorkersGone:
            self._rollers = SameProcess()
            asked.number = self._begin(asked.question, asked.slices)
            return
        if asked.n_whole() > asked.n_read:
            self._read(asked)
        if len(asked.outcomes) == len(asked.slices):
            asked.status = "done"

    def _read(self, asked: _Asked) -> None:
        session = self._session
        asked.n_read = asked.n_whole()
        reading = Reading(
            case=session.case,
            question=asked.question,
            courses=asked.courses,
            titles=session.titles,
            outcome=joined([asked.outcomes[n] for n in range(asked.n_read)]),
        )
        scores = forecast_scores(session, self._seat, opened=False)
        asked.advice = read_advice(reading, {score.by: score for score in scores.forecasters})
        session.keep_forecasts(read_forecasts(reading, asked.advice))

    # -------------------------------------------------------------- courses

    def _courses(self, orders: Sequence[Order]) -> tuple[NamedCourse, ...]:
        """List the courses to compare: the first leaves the desk as it is."""
        session, case = self._session, self._session.case
        named = [NamedCourse(Course(), LEFT_AS_IT_IS)]
        desk = self._desk()
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


def _is_standard(asked: _Asked) -> bool:
    return asked.advice is not None and asked.advice.n_rollouts >= STANDARD


def _state_of(asked: _Asked) -> AdviceState:
    per_world = len(asked.courses)
    done = sum(outcome.n_worlds for outcome in asked.outcomes.values()) * per_world
    wanted = asked.slices[-1].stop * per_world
    return AdviceState(asked.status, done, wanted, asked.advice)
