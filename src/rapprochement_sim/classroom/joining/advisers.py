"""Advisers of a joined seat: told what the seat knows by its class, they reckon here.

The rules are read and compiled in a thread of their own when somebody asks first, so that no
key waits. Whatever is in the way is told in a sentence.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from rapprochement_sim.errors import MalformedInput, RapprochementError
from rapprochement_sim.game.advice import AdviceState
from rapprochement_sim.game.session import Phase
from rapprochement_sim.scenario.wearing import named_scenario

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rapprochement_sim.classroom.adviser_papers import AdviserPaper
    from rapprochement_sim.classroom.joining.class_line import ClassLine
    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.game.adviser import Adviser
    from rapprochement_sim.game.adviser_desk import Asked
    from rapprochement_sim.game.adviser_question import Question
    from rapprochement_sim.game.forecasts import ForecasterScore, ForecastSheet
    from rapprochement_sim.vocabulary import Capital, Order

NOT_THE_SAME_RULES = (
    "Not in this class: advisers reckon on this computer, which has other rules than the class, "
    "or not its scenario. Staff papers and previews say what an order may do."
)


class ClassDesk:
    """A seat of a class as its advisers see it.

    Parameters
    ----------
    line
        The line to the class, which says what the seat knows.
    seat
        Who is advised.
    case
        The scenario of the class, compiled here.
    """

    def __init__(self, line: ClassLine, seat: Capital, case: Case) -> None:
        self._line = line
        self._seat = seat
        self._stood: object = None
        self.case = case

    @property
    def titles(self) -> Mapping[str, str]:
        """Titles of figures, by name."""
        return {reading.name: reading.title for reading in self._line.pages.figures}

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to advise on."""
        return self._line.standing.is_ended or self._line.pages.phase == Phase.OVER.value

    def question(self) -> Question:
        """Return what the seat has seen, without a course."""
        return self.asked(())[0]

    def asked(self, orders: Sequence[Order]) -> Asked:
        """Return the question of the open turn: staff papers, offers that wait, these orders."""
        from rapprochement_sim.classroom.joining.adviser_questions import (  # noqa: PLC0415 - the model
            read_question,
        )

        self._stood = self._standing()
        paper = adviser_paper_of(self._line, orders)
        try:
            return read_question(self.case, self._seat, self._line.standing.world, paper)
        except (ValueError, TypeError, AttributeError) as error:
            what = "what the class tells the advisers is not understood here"
            raise MalformedInput(what, where=type(error).__name__) from None

    def is_another(self, question: Question) -> bool:
        """Whether the desk has changed since the last question."""
        del question
        return self._stood != self._standing()

    def records(self) -> Mapping[str, ForecasterScore]:
        """Return nothing: a class keeps no forecasts of advisers."""
        return {}

    def keep(self, sheets: Sequence[ForecastSheet]) -> None:
        """Keep nothing."""

    def write_down(self) -> None:
        """Write nothing."""

    def _standing(self) -> object:
        page = self._line.pages.briefing
        return page.turn, page.phase, page.desk, page.answers, page.offers


def adviser_paper_of(line: ClassLine, orders: Sequence[Order] = ()) -> AdviserPaper:
    """Ask the class what its seat's advisers may know; one order of one's own may be compared."""
    words: list[tuple[str, str]] = []
    for order in orders[:1]:
        words = [("action", order.action), ("target", order.target.key)]
        words += [("modifier", name) for name in order.modifiers]
    found: AdviserPaper = line.ask("advisers", *words)
    return found


class ClassAdvisers:
    """Advisers of one seat of a class; nobody waits for them unless told to."""

    def __init__(self, line: ClassLine, seat: Capital) -> None:
        self._line = line
        self._seat = seat
        self._adviser: Adviser | None = None
        self._problem = ""
        self._orders: Sequence[Order] = ()
        self._getting_ready: threading.Thread | None = None

    def ask(self, orders: Sequence[Order] = ()) -> None:
        """Ask anew, also about an order of one's own.

        Raises
        ------
        RapprochementError
            If the class refuses that order.
        """
        if self._adviser is not None:
            self._adviser.ask(orders)
        else:
            adviser_paper_of(self._line, orders)
            self._orders = orders

    def state(self, *, wait: bool = False) -> AdviceState:
        """Return how far the advisers are; get them ready first."""
        adviser = self._ready(wait=wait)
        if adviser is None:
            return AdviceState("idle" if self._problem else "working", 0, 0, None, self._problem)
        try:
            if self._orders:
                orders, self._orders = self._orders, ()
                adviser.ask(orders)
            return adviser.state(wait=wait)
        except RapprochementError as error:
            return AdviceState("idle", 0, 0, None, str(error))

    def cancel(self) -> None:
        """Let the question under way go."""
        if self._adviser is not None:
            self._adviser.cancel()

    # ---------------------------------------------------------------- within

    def _ready(self, *, wait: bool) -> Adviser | None:
        if self._adviser is None and self._getting_ready is None:
            self._problem = ""
            self._getting_ready = threading.Thread(
                target=self._get_ready, name="advisers", daemon=True
            )
            self._getting_ready.start()
        thread = self._getting_ready
        if thread is not None and (wait or not thread.is_alive()):
            thread.join()
            # After a problem the next question tries again: the class may be reached by then.
            self._getting_ready = None
        return self._adviser

    def _get_ready(self) -> None:
        try:
            self._adviser = _adviser_of(self._line, self._seat)
        except RapprochementError as error:
            self._problem = str(error)


def _adviser_of(line: ClassLine, seat: Capital) -> Adviser:
    # The model is loaded only if somebody asks: a seat is joined in a moment without it.
    from rapprochement_sim.game.adviser import Adviser  # noqa: PLC0415
    from rapprochement_sim.game.adviser_workers import shared_workers  # noqa: PLC0415

    return Adviser(ClassDesk(line, seat, _same_case(adviser_paper_of(line))), shared_workers())


def _same_case(paper: AdviserPaper) -> Any:
    """Compile the scenario of the class, if it and the rules are the same here."""
    from rapprochement_sim.model import load_case  # noqa: PLC0415

    if not paper.scenario:
        raise _other_rules()
    case = load_case(named_scenario(paper.scenario))
    if (case.loaded.content_hash, case.loaded.rules_hash) != (
        paper.content_hash,
        paper.rules_hash,
    ):
        raise _other_rules()
    return case


def _other_rules() -> MalformedInput:
    return MalformedInput(NOT_THE_SAME_RULES)
