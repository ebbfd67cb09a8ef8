"""The game at a prompt: one line in, an answer out, until the end or end of input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.errors import OutputProblem, RapprochementError, listed
from rapprochement_sim.game.menu import menu
from rapprochement_sim.game.parting import parting_lines
from rapprochement_sim.game.session import Phase
from rapprochement_sim.game.settings import Settings
from rapprochement_sim.plain.answers import Answers
from rapprochement_sim.plain.briefing_page import briefing_lines
from rapprochement_sim.plain.class_page import InClass
from rapprochement_sim.plain.command import (
    Command,
    command_lines,
    mark_lines,
    menu_lines,
    named_command,
)
from rapprochement_sim.plain.debrief_page import debrief_lines
from rapprochement_sim.plain.hindsight import Hindsight
from rapprochement_sim.plain.layout import page, refused, wrapped
from rapprochement_sim.plain.lesson_page import lesson_lines
from rapprochement_sim.plain.settings_page import settings_answer
from rapprochement_sim.plain.turn_page import answers_lines, turn_over_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rapprochement_sim.game.seat import Seat


class PlainGame:
    """One seat's game, line by line.

    Parameters
    ----------
    seat
        The seat that is played.
    ask
        Shows a prompt and returns a line; None at the end of input.
    say
        Shows text.
    settings
        What the player has set; as usual by default.
    """

    def __init__(
        self,
        seat: Seat,
        ask: Callable[[str], str | None],
        say: Callable[[str], object],
        settings: Settings | None = None,
    ) -> None:
        self.seat = seat
        self._ask = ask
        self._say = say
        self._is_leaving = False
        self.wants_another = False
        self._settings = settings or Settings()
        self._answers = Answers(seat, self._settings)
        self._hindsight = Hindsight(seat, say)
        self._class = InClass(seat, seat.line, say) if seat.line is not None else None
        self._groups = self._grouped()
        self.commands = {
            name: each for group in self._groups.values() for name, each in group.items()
        }

    def play(self) -> None:
        """Play until the player leaves or the input ends; everything is saved by then."""
        is_first = self.seat.turn == 0
        if self.seat.phase is Phase.OVER:
            self._tell(debrief_lines(self.seat.debrief()))
        else:
            self._tell(briefing_lines(self.seat.brief(), is_first=is_first))
        lesson = self.seat.lesson.page()
        if lesson is not None:
            self._tell(lesson_lines(lesson))
        while not self._is_leaving:
            self._hear()
            try:
                line = self._ask(self._prompt())
            except KeyboardInterrupt:
                line = None
            if line is None:
                self._tell(self._leave(""))
                return
            self.obey(line)

    def obey(self, line: str) -> None:
        """Do what one line says; a line that cannot be understood is told so."""
        text = line.strip()
        if not text or text.startswith("#"):
            return
        word, _, rest = text.partition(" ")
        before = self.seat.lesson.page()
        try:
            command = self._command(word)
            self._tell(command.run(rest.strip()))
            if command.deed:
                self.seat.lesson.did(command.deed)
        except RapprochementError as error:
            self._tell(refused(error))
        page = self.seat.lesson.page()
        if page is not None and page != before and not self._is_leaving:
            self._tell(lesson_lines(page))

    def _command(self, word: str) -> Command:
        folded = word.casefold()
        folded = _SHORT.get(folded, folded)
        if folded.isdecimal():
            number = folded
            return Command("", "", lambda _: self._answers.preview(number), "order_opened")
        return named_command(folded, self.commands, _SHORT)

    def _prompt(self) -> str:
        if self.seat.phase is Phase.OVER:
            return "the game is over > "
        return f"{self.seat.capital.title}, turn {self.seat.turn + 1}, {self.seat.phase.value} > "

    def _tell(self, lines: Iterable[str]) -> None:
        self._say(page(lines))

    # -------------------------------------------------------------- commands

    def _grouped(self) -> dict[str, dict[str, Command]]:
        return {
            "looking": self._looking(),
            "deciding": self._deciding(),
            "what stands behind it": self._explaining(),
            "looking back": self._looking_back(),
            "the class": self._class_commands(),
            "everywhere": self._everywhere(),
        }

    def _looking(self) -> dict[str, Command]:
        answers = self._answers
        return {
            "briefing": Command("", "the page of this turn", answers.briefing, "resolution_read"),
            "instructions": Command("", "who you are, and how a turn goes", answers.instructions),
            "goals": Command("", "what you are here for", answers.goals, "goals_seen"),
            "polls": Command("", "all published polls", answers.polls),
            "disputes": Command("", "what surveys say on each dispute", answers.disputes),
            "trust": Command("", "who trusts and fears whom", answers.trust),
            "institutions": Command("", "agreements and their rungs", answers.institutions),
            "region": Command("", "how each pair stands, what threatens", answers.region),
            "figures": Command("[WORD]", "every figure you know", answers.figures),
            "figure": Command(
                "FIGURE", "one figure: value, margin, course", answers.figure, "figure_opened"
            ),
            "why": Command("FIGURE", "what changed a figure last turn", answers.why, "why_asked"),
        }

    def _deciding(self) -> dict[str, Command]:
        answers = self._answers
        return {
            "offers": Command("", "offers that wait for you", answers.offers),
            "accept": Command("CAPITAL", "accept its offer", answers.accept),
            "refuse": Command("CAPITAL", "refuse its offer", answers.refuse),
            "counter": Command(
                "CAPITAL [with MODIFIER, ..]", "refuse, and offer own terms", answers.counter
            ),
            "papers": Command("", "the staff papers again", answers.papers),
            "orders": Command("[WORD]", "all your orders, with reasons", answers.orders),
            "programmes": Command("[N [order STEP]]", "what articles ask for", answers.programmes),
            "preview": Command(
                "N or ORDER", "what an order may do", answers.preview, "order_opened"
            ),
            "modifiers": Command("ORDER", "its modifiers, both edges", answers.modifiers),
            "advisers": Command(
                "[ORDER]", "three voices, by rollouts", answers.advisers, "advice_read"
            ),
            "forecast": Command(
                "[N: P%, or N: X to Y]", "your forecasts, and all scores", answers.forecast
            ),
            "order": Command("N or ORDER [with MODIFIER, ..]", "give or offer it", answers.order),
            "undo": Command("", "take back the last decision", answers.undo),
            "talks": Command("", "close the talks, learn the answers", self._close_talks),
            "resolve": Command("", "end the turn", self._resolve),
        }

    def _explaining(self) -> dict[str, Command]:
        answers = self._answers
        return {
            "explain": Command(
                "NAME", "anything in the rules, with numbers", answers.explain, "source_seen"
            ),
            "codex": Command("[WORD]", "what can be explained", answers.codex, "codex_used"),
            "sources": Command("ORDER or NAME", "who says so", answers.sources, "source_seen"),
        }

    def _looking_back(self) -> dict[str, Command]:
        hindsight = self._hindsight
        return {
            "timeline": Command(
                "[N] [desk or record]", "a past turn again", hindsight.timeline, "timeline_opened"
            ),
            "beside": Command("[SAVE]", "another save, turn by turn", hindsight.beside),
            "branch": Command("N", "a game of its own from turn N", hindsight.branch),
            "debrief": Command("[PAGE]", "everything opened, at the end", hindsight.debrief),
            "export": Command("FILE", "the report (.html), the save (.jsonl)", hindsight.export),
            "unmask": Command("", "at the end: what was behind the mask", hindsight.behind),
        }

    def _everywhere(self) -> dict[str, Command]:
        answers = self._answers
        return {
            "lesson": Command(
                "[skip or leave]", "the step of the lesson that is next", self._lesson
            ),
            "note": Command("TEXT", "keep a note with the save", answers.note),
            "save": Command("", "where the game is saved", answers.save),
            "settings": Command("[NAME VALUE]", "what can be set", self._set),
            "menu": Command("", "what can be done now", self._menu),
            "help": Command("[COMMAND]", "every command", self._help),
            "another": Command("", "back to the start; this game is kept", self._another),
            "quit": Command("", "leave; the game is saved", self._leave),
        }

    def _class_commands(self) -> dict[str, Command]:
        if self._class is None:
            return {}
        return {
            "wait": Command("", "until the class goes on; Ctrl-C stops", self._class.wait),
            "standing": Command("", "where the class stands", self._class.standing),
            "messages": Command("", "what seats have said to yours", self._class.messages),
            "say": Command("CAPITAL[, ..] or ALL: TEXT", "say something", self._class.say),
            "drafts": Command("", "what your seat has put forward", self._class.drafts),
            "back": Command("N", "be for a draft", self._class.back),
            "drop": Command("N", "take a draft off the table", self._class.drop),
            "reclaim": Command("", "take the seat back from the model", self._class.reclaim),
        }

    def _hear(self) -> None:
        """Tell what has come from a class meanwhile."""
        if self._class is None or self._is_leaving:
            return
        try:
            self._say("".join(f"{line}\n" for line in self._class.hear()))
        except RapprochementError as error:
            self._tell(refused(error))

    def _close_talks(self, _: str) -> Iterator[str]:
        if self.seat.phase is Phase.OVER:
            yield " The game is over."
        elif not self._is_talking():
            yield " The talks of this turn are closed. Give orders, then resolve."
        else:
            self.seat.commit()
            if self._is_talking():
                yield " The talks close when the other seats are done as well."
                return
            self._saw()
            yield from answers_lines(self.seat.brief())

    def _resolve(self, _: str) -> Iterator[str]:
        if self._is_over():
            yield " The game is over."
            return
        before = self.seat.turn
        problem = self._commit()
        if self.seat.turn == before:
            yield " The turn resolves when the other seats are done as well."
            return
        if problem:
            yield from wrapped(f"The turn is resolved, but: {problem}", 2, first="! ")
        self._saw()
        yield from turn_over_lines(self.seat)

    def _saw(self) -> None:
        """Note that the page on which the game stands has been told."""
        if self._class is not None:
            self._class.saw()

    def _commit(self) -> str:
        """Commit to every phase up to the end of the turn; return what went wrong in saving."""
        problem, before, stands = "", self.seat.turn, ""
        while self.seat.turn == before and stands != self.seat.phase:
            stands = self.seat.phase
            try:
                self.seat.commit()
            except OutputProblem as error:
                problem = str(error)
        return problem

    def _is_over(self) -> bool:
        return self.seat.phase is Phase.OVER

    def _is_talking(self) -> bool:
        return self.seat.phase is Phase.TALKS

    def _lesson(self, word: str) -> Iterator[str]:
        lesson = self.seat.lesson
        if not lesson.is_open:
            yield " This game is no lesson. `rapprochement play --lesson` begins one."
            return
        if word == "skip":
            lesson.skip()
        elif word == "leave":
            lesson.leave()
            yield " The lesson is left; the game goes on."
        page = lesson.page()
        if page is not None and not word:
            yield from lesson_lines(page)

    def _help(self, word: str) -> Iterator[str]:
        if word:
            command = self._command(word)
            yield from wrapped(f"{word} {command.takes}: {command.about}", 2)
            return
        yield from command_lines(self._groups)
        shorts = listed(f"{short} {name}" for short, name in _SHORT.items())
        yield from wrapped(f"Short forms: {shorts}. A bare number previews that staff paper.", 1)
        yield from wrapped(
            "A turn: answer offers and make one; `talks` tells the answers; give up to two "
            "orders; `resolve`. Orders given before the talks close stand.",
            1,
        )
        yield from mark_lines()

    def _menu(self, _: str) -> Iterable[str]:
        return menu_lines(menu(self.seat))

    def _set(self, text: str) -> Iterable[str]:
        return settings_answer(self._settings, text)

    def _another(self, _: str) -> Iterator[str]:
        yield from ("", *parting_lines(self.seat))
        self._is_leaving = self.wants_another = True

    def _leave(self, _: str) -> Iterator[str]:
        # First, since a game that cannot be saved is not left.
        parting = tuple(parting_lines(self.seat))
        self._is_leaving = True
        yield from ("", *parting, "Goodbye.")


_SHORT = {
    "a": "advisers",
    "b": "briefing",
    "p": "preview",
    "o": "order",
    "w": "why",
    "r": "resolve",
    "u": "undo",
    "h": "help",
    "?": "help",
    "q": "quit",
    "exit": "quit",
    "submit": "order",
    "offer": "order",
    "reject": "refuse",
}
