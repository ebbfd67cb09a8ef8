"""A seat's advisers: ask, look at how far they are, let go. Nothing waits unless told to.

The rollouts are made by warm workers where they can be had, else in this process, a turn
at each look. What is advised is the same either way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapprochement_sim.errors import NotAllowedNow
from rapprochement_sim.game.advice import Advice, AdviceState, Status
from rapprochement_sim.game.adviser_reading import (
    NamedCourse,
    Reading,
    read_advice,
    read_forecasts,
)
from rapprochement_sim.game.adviser_rollouts import Outcome, joined
from rapprochement_sim.game.adviser_slices import STANDARD, Slice, slices_of
from rapprochement_sim.game.adviser_workers import SameProcess, WarmWorkers, WorkersGone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rapprochement_sim.game.adviser_desk import AdviserDesk
    from rapprochement_sim.game.adviser_question import Question
    from rapprochement_sim.game.adviser_workers import Rollers
    from rapprochement_sim.vocabulary import Order

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
    desk
        The seat's game, as advisers see it.
    workers
        Who makes the rollouts; None for this process.
    """

    def __init__(self, desk: AdviserDesk, workers: WarmWorkers | None = None) -> None:
        self._desk = desk
        self._rollers: Rollers = SameProcess() if workers is None else workers
        self._asked: _Asked | None = None

    def prepare(self) -> None:
        """Let the workers get warm and follow the believed worlds up to now."""
        if not self._desk.is_over and self._asked is None:
            try:
                self._rollers.warm(self._desk.case, self._desk.question())
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
        if self._desk.is_over:
            what = "the game is over: there is nothing left to advise on"
            raise NotAllowedNow(what)
        self.cancel()
        question, courses = self._desk.asked(orders)
        slices = slices_of(len(courses))
        self._asked = _Asked(question, courses, slices, self._begin(question, slices))

    def state(self, *, wait: bool = False, seconds: float = 0.0) -> AdviceState:
        """Return how far the advisers are; ask first if nothing was asked on this desk.

        ``wait`` waits for the standard number of rollouts, and leaves it at that; ``seconds``
        waits so long for the next portion.
        """
        if self._desk.is_over:
            return AdviceState("idle", 0, 0, None)
        asked = self._asked
        if asked is None or self._desk.is_another(asked.question):
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
        if wait:
            self._desk.write_down()
        return _state_of(asked)

    def cancel(self) -> None:
        """Let the question under way go; what has been advised stays."""
        if self._asked is not None and self._asked.status == "working":
            self._rollers.cancel(self._asked.number)
            self._asked.status = "cancelled"
        self._desk.write_down()

    # -------------------------------------------------------------- within

    def _begin(self, question: Question, slices: Sequence[Slice]) -> int:
        case = self._desk.case
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
        desk = self._desk
        asked.n_read = asked.n_whole()
        reading = Reading(
            case=desk.case,
            question=asked.question,
            courses=asked.courses,
            titles=desk.titles,
            outcome=joined([asked.outcomes[n] for n in range(asked.n_read)]),
        )
        asked.advice = read_advice(reading, desk.records())
        desk.keep(read_forecasts(reading, asked.advice))


def _is_standard(asked: _Asked) -> bool:
    return asked.advice is not None and asked.advice.n_rollouts >= STANDARD


def _state_of(asked: _Asked) -> AdviceState:
    per_world = len(asked.courses)
    done = sum(outcome.n_worlds for outcome in asked.outcomes.values()) * per_world
    wanted = asked.slices[-1].stop * per_world
    return AdviceState(asked.status, done, wanted, asked.advice)
