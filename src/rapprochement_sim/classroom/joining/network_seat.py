"""A seat of a class elsewhere: the same that a local seat answers, asked of the class."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from rapprochement_sim.classroom.joining.advisers import ClassAdvisers
from rapprochement_sim.errors import NotAllowedNow
from rapprochement_sim.game.session import Phase
from rapprochement_sim.scenario.explanation_text import WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

    from rapprochement_sim.classroom.joining.class_line import ClassLine
    from rapprochement_sim.classroom.joining.notes import ClassNotes
    from rapprochement_sim.classroom.joining.wiring import Fields
    from rapprochement_sim.game.account import Account
    from rapprochement_sim.game.advice import AdviceState
    from rapprochement_sim.game.briefing import Briefing, NewsItem, Reading
    from rapprochement_sim.game.debrief import Debrief
    from rapprochement_sim.game.forecast_page import ForecastPage
    from rapprochement_sim.game.lesson import LessonPage
    from rapprochement_sim.game.past import LookBack, PastTurn
    from rapprochement_sim.game.preview import Preview
    from rapprochement_sim.game.programmes import ProgrammePage
    from rapprochement_sim.game.seat import Option
    from rapprochement_sim.game.side_by_side import OtherGame, SideBySide
    from rapprochement_sim.game.why import Why
    from rapprochement_sim.scenario.codex import CodexPage, CodexSection
    from rapprochement_sim.scenario.lessons import Deed
    from rapprochement_sim.vocabulary import Capital, Order

_PERCENT = 100.0


class NetworkSeat:
    """A seat of a class elsewhere.

    Parameters
    ----------
    line
        The line to the class.
    capital
        Who sits here.
    notes
        Where notes are kept on this computer.
    """

    def __init__(self, line: ClassLine, capital: Capital, notes: ClassNotes) -> None:
        self.line = line
        self._capital = capital
        self._notes = notes
        self._advisers = ClassAdvisers(line, capital)
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

    def programmes(self) -> tuple[ProgrammePage, ...]:
        """Return what the articles recommend, as this seat can play it now."""
        found: tuple[ProgrammePage, ...] = self.line.ask("programmes")
        return found

    def behind_the_mask(self) -> tuple[str, ...]:
        """Say what was behind the mask, once the teacher has lifted it."""
        return self.line.standing.behind

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
        what = "not in a class: it keeps probabilities, not bands"
        raise NotAllowedNow(what, todo="Say how likely the figure is to pass the bound.")

    def note(self, text: str) -> str:
        """Keep a note on this computer, which the class never sees; return where."""
        world = self.line.standing.world
        self._notes.write(
            f"world {world}, {self.capital.title}, turn {self.brief().turn}, {self.phase.value}",
            text,
        )
        return f"on this computer alone, in {self._notes.path}"

    def save(self) -> str:
        """Return nothing: whatever is confirmed is safe with the class already."""
        return ""

    # -------------------------------------------------------------- advisers

    def prepare_advice(self) -> None:
        """Do nothing: they get ready when somebody asks, for not everybody does."""

    def ask_advice(self, orders: Sequence[Order] = ()) -> None:
        """Ask the advisers anew: staff papers, offers that wait, and an order of one's own."""
        self._advisers.ask(orders)

    def advice(self, *, wait: bool = False) -> AdviceState:
        """Return how far the advisers are; ask first if nothing was asked on this desk."""
        return self._advisers.state(wait=wait)

    def cancel_advice(self) -> None:
        """Let the question to the advisers go."""
        self._advisers.cancel()

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
        """Refuse: it needs the whole game, which only the class has."""
        del keep_on
        _refuse("worlds beside this one need the whole game, and that stays with your teacher")

    def account(self) -> Account:
        """Refuse: it needs the save."""
        _refuse("a report needs the whole game, and that stays with your teacher")

    def others(self) -> tuple[OtherGame, ...]:
        """Return none: a class's world stands in no folder of one's own."""
        return ()

    def beside(self, save: str) -> SideBySide:
        """Refuse: it needs the save."""
        del save
        _refuse("only games that are saved on one computer can be set side by side")

    def branch(self, turn: int) -> str:
        """Refuse: going back is the teacher's."""
        del turn
        _refuse("all play one world, and only your teacher can take it back to an earlier turn")

    def copy(self, place: str) -> None:
        """Refuse: there is no save of a game that changes hands and is given injects."""
        del place
        _refuse("the class's file holds what everybody wrote, and stays with your teacher")


def _refuse(why: str) -> NoReturn:
    what = f"not in a class: {why}"
    todo = "The debrief opens everything at the end; `rapprochement play` has the rest."
    raise NotAllowedNow(what, todo=todo)
