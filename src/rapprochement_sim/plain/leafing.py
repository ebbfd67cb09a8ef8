"""A game that is over, page by page: what a seat saw as each turn opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, RapprochementError, nearest_name
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.plain.answers import Answers
from rapprochement_sim.plain.briefing_page import briefing_lines
from rapprochement_sim.plain.choosing import find_capital
from rapprochement_sim.plain.debrief_page import debrief_lines
from rapprochement_sim.plain.layout import heading, page, refused, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rapprochement_sim.game.session import Session
    from rapprochement_sim.vocabulary import Capital

_SHORT = {"n": "next", "b": "back", "t": "turn", "w": "why", "h": "help", "?": "help"}
_LEAVING = ("quit", "q", "exit")


class Leafing:
    """The pages of a game.

    Parameters
    ----------
    title
        What the game is called.
    open_at
        Makes the game as it stood when a turn opened; the turn after the last is its end.
    n_turns
        Turns of the game.
    onlooker
        Whose pages are shown first.
    """

    def __init__(
        self, title: str, open_at: Callable[[int], Session], n_turns: int, onlooker: Capital
    ) -> None:
        self.title = title
        self.n_turns = n_turns
        self.onlooker = onlooker
        self.turn = 1
        self._open_at = open_at
        self._seat: LocalSeat | None = None

    def page(self, turn: int) -> Iterator[str]:
        """Open a turn and lay out its page; after the last turn that is the debrief.

        Raises
        ------
        MalformedInput
            If there is no such turn.
        """
        if not 1 <= turn <= self.n_turns + 1:
            what = f"there is no page {turn}"
            allowed = f"turns 1 to {self.n_turns}, {self.n_turns + 1} for the debrief"
            raise MalformedInput(what, allowed=allowed)
        if turn != self.turn:
            self.turn, self._seat = turn, None
        yield from self._lines()

    def read(self, ask: Callable[[str], str | None], say: Callable[[str], object]) -> None:
        """Let a person leaf through it until the person leaves or the input ends."""
        say(page(self._lines()))
        while True:
            try:
                line = ask(f"{self.title}, {self._where()} > ")
            except KeyboardInterrupt:
                return
            if line is None or line.strip().casefold() in _LEAVING:
                return
            try:
                say(page(self._obey(line.strip())))
            except RapprochementError as error:
                say(page(refused(error)))

    def _obey(self, text: str) -> Iterable[str]:
        word, _, rest = text.partition(" ")
        folded = word.casefold() or "next"
        if folded.isdecimal():
            folded, rest = "turn", folded
        folded = _SHORT.get(folded, folded)
        moves = {"next": self.turn + 1, "back": self.turn - 1}
        if folded in moves:
            return self.page(moves[folded])
        if folded == "turn":
            return self.page(int(rest) if rest.strip().isdecimal() else 0)
        if folded == "from":
            self.onlooker, self._seat = find_capital(rest), None
            return self._lines()
        looks = self._looks()
        if folded not in looks:
            what = f"there is no command '{word}'"
            near = nearest_name(folded, ("next", "back", "turn", "from", *looks, *_LEAVING))
            raise MalformedInput(what, nearest=near, todo="`help` lists them.")
        return list(looks[folded](rest.strip()))

    def _looks(self) -> dict[str, Callable[[str], Iterable[str]]]:
        answers = Answers(self._seated())
        return {
            "briefing": lambda _: self._lines(),
            "polls": answers.polls,
            "disputes": answers.disputes,
            "trust": answers.trust,
            "institutions": answers.institutions,
            "goals": answers.goals,
            "papers": answers.papers,
            "offers": answers.offers,
            "figures": answers.figures,
            "why": answers.why,
            "orders": answers.orders,
            "preview": answers.preview,
            "explain": answers.explain,
            "sources": answers.sources,
            "help": self._help,
        }

    def _help(self, _: str) -> Iterator[str]:
        yield from heading("Pages")
        yield " next, or an empty line     the next turn; the debrief after the last"
        yield " back                       the turn before"
        yield " turn N, or N               that turn"
        yield " from CAPITAL               the same page, as another capital saw it"
        yield " quit                       leave"
        looks = ", ".join(name for name in self._looks() if name != "help")
        yield from wrapped(f"As in a game: {looks}.", 1)

    def _seated(self) -> LocalSeat:
        if self._seat is None:
            self._seat = LocalSeat(self._open_at(self.turn), self.onlooker)
        return self._seat

    def _lines(self) -> Iterator[str]:
        seat = self._seated()
        if self.turn > self.n_turns:
            yield from debrief_lines(seat.debrief())
        else:
            yield from briefing_lines(seat.brief(), is_first=self.turn == 1)

    def _where(self) -> str:
        if self.turn > self.n_turns:
            return "the end"
        return f"turn {self.turn} of {self.n_turns}, from {self.onlooker.title}"
