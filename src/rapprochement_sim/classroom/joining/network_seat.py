"""A seat of a class elsewhere: the same that a local seat answers, asked of the class."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from rapprochement_sim.errors import NotAllowedNow
from rapprochement_sim.game.advice import AdviceState
from rapprochement_sim.game.session import Phase
from rapprochement_sim.scenario.explanation_text import WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from rapprochement_sim.classroom.joining.class_line import ClassLine
    from rapprochement_sim.classroom.joining.wiring import Fields
    from rapprochement_sim.game.account import Account
    from rapprochement_sim.game.briefing import Briefing, NewsItem, Reading
    from rapprochement_sim.game.debrief import Debrief
    from rapprochement_sim.game.forecast_page import ForecastPage
    from rapprochement_sim.game.lesson import LessonPage
    from rapprochement_sim.game.past import LookBack, PastTurn
    from rapprochement_sim.game.preview import Preview
    from rapprochement_sim.game.seat import Option
    from rapprochement_sim.game.side_by_side import OtherGame, SideBySide
    from rapprochement_sim.game.why import Why
    from rapprochement_sim.scenario.codex import CodexPage, CodexSection
    from rapprochement_sim.scenario.lessons import Deed
    from rapprochement_sim.vocabulary import Capital, Order

_NO_ADVICE = (
    "A class has no advisers: one computer serves everybody. Staff papers and previews say "
    "what an order may do."
)
_PERCENT = 100.0


class NetworkSeat:
    """A seat of a class elsewhere.

    Parameters
    ----------
    line
        The line to the class.
    capital
        Who sits here.
    """

    def __init__(self, line: ClassLine, capital: Capital) -> None:
        self.line = line
        self._capital = capital
        self.lesson = NoLesson()
        self.codex = ClassCodex(line)
        self.past = ClassPast(line)

    @property
    def capital(self) -> Capital:
        """Who sits here."""
        return self._capital

    @property
    def phase(self) -> Phase:
        """Where the open turn stands; a class that has ended is over for everyone."""
        return Phase.OVER if self.line.standing.is_ended else Phase(self.line.pages.phase)

    @property
    def turn(self) -> int:
        """Turns resolved so far."""
        return self.line.pages.turn

    # -------------------------------------------------------------- looking

    def brief(self) -> Briefing:
        """Return the page of the open turn."""
        return self.line.pages.briefing

    def options(self) -> tuple[Option, ...]:
        """Return every order and offer of the seat, with reasons against those refused."""
        return self.line.pages.options

    def figures(self) -> tuple[Reading, ...]:
        """Return every figure that the seat knows."""
        return self.line.pages.figures

    def forecasts(self) -> ForecastPage:
        """Return the questions of the turn, the player's forecasts, and all scores so far."""
        return self.line.pages.forecasts

    def preview(self, order: Order) -> Preview:
        """Say what an order would cost and may do."""
        modifiers = (("modifier", name) for name in order.modifiers)
        found: Preview = self.line.ask(
            "preview", ("action", order.action), ("target", order.target.key), *modifiers
        )
        return found

    def why(self, figure: str, turn: int | None = None) -> Why:
        """Split a figure's change over a turn (the last by default), as far as is known."""
        found: Why = self.line.ask("why", ("figure", figure), ("turn", str(turn or 0)))
        return found

    def chronicle(self, turn: int) -> tuple[NewsItem, ...]:
        """Return what everyone learnt of a resolved turn, counted from 1."""
        found: tuple[NewsItem, ...] = self.line.ask("chronicle", ("turn", str(turn)))
        return found

    def explain(self, name: str) -> str:
        """Explain a name of the rule book, with numbers and sources."""
        return self.codex.page(name).text

    def debrief(self) -> Debrief:
        """Open everything, once the game or the class is over."""
        found: Debrief = self.line.ask("debrief")
        return found

    # -------------------------------------------------------------- deciding

    def submit(self, order: Order) -> str:
        """Give an order or offer; return what came of it."""
        at = (order.action, order.target)
        is_joint = any(o.is_joint for o in self.options() if (o.action, o.target) == at)
        kind = "offer" if is_joint else "order"
        named = (("kind", kind), ("action", order.action), ("target", order.target.key))
        modifiers = (("modifier", name) for name in order.modifiers)
        return self._decide((*named, *modifiers), f"an {kind}")

    def answer(self, proposer: Capital, *, accepts: bool) -> str:
        """Answer an offer; return what came of it."""
        word = "accept" if accepts else "refuse"
        fields = (("kind", "answer"), ("partner", proposer.key), ("answer", word))
        return self._decide(fields, f"{word} {proposer.title}'s offer")

    def undo(self) -> str:
        """Take back the last decision; return what came of it."""
        told = self.line.send("/undo", self._open_phase(), "taking the last decision back")
        return told.removeprefix("Taken back: ")

    def commit(self) -> None:
        """Say that the seat is done; the class goes on when the others are, too."""
        self.line.send("/done", (*self._open_phase(), ("done", "yes")), "being done")

    def forecast(self, figure: str, above: float, turn: int, probability: float) -> str:
        """Keep a forecast of the player's own with the class; return what came of it."""
        fields = (
            ("figure", figure),
            ("above", repr(above)),
            ("turn", str(turn)),
            ("percent", repr(_PERCENT * probability)),
        )
        return self.line.send("/forecast", fields, "a forecast")

    def forecast_band(self, figure: str, low: float, high: float, turn: int) -> str:
        """Refuse a band: a class keeps probabilities alone."""
        del figure, low, high, turn
        what = "a class keeps probabilities, not bands"
        raise NotAllowedNow(what, todo="Say how likely the figure is to pass the bound.")

    def note(self, text: str) -> None:
        """Refuse a note: there is no save of one's own to keep it with."""
        del text
        what = "a class keeps no notes: the save is not yours alone"
        raise NotAllowedNow(what, todo="Write it down elsewhere, or send a message.")

    def save(self) -> str:
        """Return nothing: whatever is confirmed is safe with the class already."""
        return ""

    # -------------------------------------------------------------- advisers

    def prepare_advice(self) -> None:
        """Do nothing: a class has no advisers."""

    def ask_advice(self, orders: Sequence[Order] = ()) -> None:
        """Do nothing: a class has no advisers."""

    def advice(self, *, wait: bool = False) -> AdviceState:
        """Say that a class has no advisers, and what there is instead."""
        del wait
        return AdviceState("idle", 0, 0, None, _NO_ADVICE)

    def cancel_advice(self) -> None:
        """Do nothing: a class has no advisers."""

    # -------------------------------------------------------------- within

    def _open_phase(self) -> Fields:
        return ("turn", str(self.turn + 1)), ("phase", self.line.pages.phase)

    def _decide(self, fields: Fields, about: str) -> str:
        told = self.line.send("/decide", (*self._open_phase(), *fields), about)
        return told.removeprefix("Decided: ")


class NoLesson:
    """A class is no lesson."""

    is_open = False

    def page(self) -> LessonPage | None:
        """Return nothing."""
        return None

    def did(self, deed: Deed) -> bool:
        """Take no note."""
        del deed
        return False

    def skip(self) -> None:
        """Do nothing."""

    def leave(self) -> None:
        """Do nothing."""


class ClassCodex:
    """The codex of the class's scenario, an entry at a time."""

    def __init__(self, line: ClassLine) -> None:
        self._line = line

    @property
    def sections(self) -> tuple[CodexSection, ...]:
        """Everything that can be looked up."""
        found: tuple[CodexSection, ...] = self._line.ask("sections")
        return found

    def page(self, name: str, width: int = WIDTH) -> CodexPage:
        """Explain a name, at most ``width`` columns wide, and say what to read next."""
        found: CodexPage = self._line.ask("codex", ("name", name), ("width", str(width)))
        return found


class ClassPast:
    """The past of a class's world: its turns can be opened again; worlds beside it cannot."""

    def __init__(self, line: ClassLine) -> None:
        self._line = line

    def turn(self, turn: int) -> PastTurn:
        """Open a resolved turn again, counted from 1."""
        found: PastTurn = self._line.ask("past", ("turn", str(turn)))
        return found

    def looks(self, keep_on: Callable[[], bool]) -> Generator[LookBack]:
        """Refuse: the class's computer serves everybody."""
        del keep_on
        _refuse("worlds beside a class's game")

    def account(self) -> Account:
        """Refuse: it needs the save."""
        _refuse("the report of a class's game")

    def others(self) -> tuple[OtherGame, ...]:
        """Return none: a class's world stands in no folder of one's own."""
        return ()

    def beside(self, save: str) -> SideBySide:
        """Refuse: it needs the save."""
        del save
        _refuse("setting a class's game beside another")

    def branch(self, turn: int) -> str:
        """Refuse: going back is the teacher's."""
        del turn
        _refuse("going on from an earlier turn")

    def copy(self, place: str) -> None:
        """Refuse: the save is the class's."""
        del place
        _refuse("a copy of a class's game")


def _refuse(what: str) -> NoReturn:
    reason = f"{what} is not to be had from a joined seat"
    raise NotAllowedNow(reason, todo="Ask your teacher.")
