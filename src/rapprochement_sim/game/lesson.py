"""The lesson of a game: which step comes next, moved on by what the player really does.

A step is behind once its deed has been done, or the player skipped it. The step that is
shown is the first that is not behind and can be done now, so that nothing waits for what
this game does not bring. A lesson takes the first turns of its game: after the last of them
it says that it is over, whatever was left out, and the game goes on without it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapprochement_sim.errors import OutputProblem
from rapprochement_sim.game.journal import LessonMark
from rapprochement_sim.naming import shown, shown_id
from rapprochement_sim.scenario.lessons import FIRST_LESSON, first_lesson

if TYPE_CHECKING:
    from rapprochement_sim.game.session import Phase, Session
    from rapprochement_sim.scenario.lessons import Deed, LessonStep, Need
    from rapprochement_sim.vocabulary import Capital


@dataclass(frozen=True)
class LessonPage:
    """What a lesson says now.

    ``number`` of ``n_steps`` is the step to do; ``about`` says why, ``screens`` and
    ``plain`` how. Once the lesson is over, ``is_done``, and ``number`` tells the steps behind.
    """

    number: int
    n_steps: int
    about: str
    screens: str
    plain: str
    is_done: bool


class LessonDesk:
    """A seat's lesson, if the game has one.

    Parameters
    ----------
    session, capital
        The game, and whose lesson it is.
    """

    def __init__(self, session: Session, capital: Capital) -> None:
        self._session = session
        self._capital = capital

    @property
    def is_open(self) -> bool:
        """Whether there is a lesson and the player has not left it."""
        mark = self._session.lesson
        return (
            mark is not None
            and not mark.is_left
            and mark.name == FIRST_LESSON
            and mark.seat == self._capital
        )

    def page(self) -> LessonPage | None:
        """Return what to do now; None without a lesson."""
        if not self.is_open:
            return None
        text, steps = first_lesson(), first_lesson().steps
        step, words = self._next(), text.closing
        number = len(steps) - len(self._ahead())
        if step is not None:
            number, words = steps.index(step) + 1, step
        elif self._session.is_over:
            words = text.afterwards
        about, screens, plain = (shown(each) for each in (words.about, words.screens, words.plain))
        return LessonPage(number, len(steps), about, screens, shown_id(plain), is_done=step is None)

    def did(self, deed: Deed) -> bool:
        """Take note of a deed; return whether it put a step behind, the shown one first."""
        if not self.is_open:
            return False
        shown, ahead = self._next(), self._ahead()
        for step in ahead if shown is None else [shown, *ahead]:
            # What has been done could be done; only a look back needs something to look at.
            looks_at = (need for need in step.needs if need in ("a_turn", "after"))
            if step.until == deed and all(self._is_met(need) for need in looks_at):
                self._put_behind(step)
                return True
        return False

    def phase_ended(self, turn: int, phase: Phase) -> None:
        """Take note of the end of a phase, given where the game stood before it."""
        session = self._session
        if phase == "talks" and (session.phase != "talks" or session.turn > turn):
            self.did("talks_closed")
        if session.turn > turn:
            self.did("turn_resolved")
        if self._is_met("after"):
            self.did("last_turn_resolved")

    def skip(self) -> None:
        """Put the step that is shown behind without doing it; after the last, leave."""
        step = self._next()
        if step is None:
            self.leave()
        elif self.is_open:
            self._put_behind(step)

    def leave(self) -> None:
        """End the lesson; the game goes on."""
        mark = self._session.lesson
        if mark is not None:
            self._keep(replace(mark, is_left=True))

    # -------------------------------------------------------------- within

    def _ahead(self) -> list[LessonStep]:
        mark = self._session.lesson
        behind = mark.behind if mark is not None else ()
        return [step for step in first_lesson().steps if step.id not in behind]

    def _next(self) -> LessonStep | None:
        if self._session.is_over:
            return None
        is_after = self._is_met("after")
        ahead = [step for step in self._ahead() if ("after" in step.needs) == is_after]
        doable = (step for step in ahead if self._can_be_done(step))
        return next(doable, ahead[0] if ahead else None)

    def _can_be_done(self, step: LessonStep) -> bool:
        return all(self._is_met(need) for need in step.needs)

    def _is_met(self, need: Need) -> bool:
        session = self._session
        is_talking = session.phase == "talks"
        if need == "talks":
            return is_talking
        if need == "offer":
            return is_talking and bool(session.offers_to(self._capital))
        if need == "a_turn":
            return session.turn > 0
        if need == "after":
            return session.turn >= first_lesson().turns
        return not session.is_over

    def _put_behind(self, step: LessonStep) -> None:
        mark = self._session.lesson
        if mark is not None:
            self._keep(replace(mark, behind=(*mark.behind, step.id)))

    def _keep(self, mark: LessonMark) -> None:
        # A full disk is told when a decision cannot be saved; the lesson need not stop for it.
        with suppress(OutputProblem):
            keep_mark(self._session, mark)


def begin_lesson(session: Session, capital: Capital) -> None:
    """Make a game the first lesson's."""
    keep_mark(session, LessonMark(FIRST_LESSON, capital))


def keep_mark(session: Session, mark: LessonMark) -> None:
    """Keep with the save how far a lesson is."""
    session.lesson = mark
    session.save()


def is_lesson(scenario: str, capital: Capital) -> bool:
    """Whether a scenario played from a seat is the first lesson."""
    text = first_lesson()
    return scenario == text.scenario and capital.key == text.seat
