"""A seat of a class at the prompt: what comes by itself, what people say, waiting for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.game.line import draft_told
from rapprochement_sim.game.session import Phase
from rapprochement_sim.plain.choosing import find_capital
from rapprochement_sim.plain.debrief_page import debrief_lines
from rapprochement_sim.plain.layout import heading, page, wrapped
from rapprochement_sim.plain.turn_page import answers_lines, turn_over_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rapprochement_sim.game.line import Draft, Heard, Line
    from rapprochement_sim.game.seat import Seat
    from rapprochement_sim.vocabulary import Capital

_PATIENCE_SECONDS = 5.0
_ALL = "all"


class InClass:
    """What a seat of a class hears and says.

    Parameters
    ----------
    seat, line
        The seat, and its line to the class.
    say
        Shows text at once, while one waits.
    """

    def __init__(self, seat: Seat, line: Line, say: Callable[[str], object]) -> None:
        self._seat = seat
        self._line = line
        self._say = say
        self._trouble = ""
        self._version = 0
        self._notices: list[str] = []
        self._seen = self._stands()

    def _stands(self) -> tuple[int, Phase]:
        return self._seat.turn, self._seat.phase

    def _heard(self) -> Heard:
        heard = self._line.heard()
        self._version = heard.version
        self._notices += heard.notices
        return heard

    def saw(self) -> None:
        """Note that where the game stands has been told."""
        self._seen = self._stands()

    def hear(self) -> Iterator[str]:
        """Tell what has come since: news, what holds the game up, a new page."""
        heard = self._heard()
        if heard.trouble != self._trouble:
            self._trouble = heard.trouble
            yield from wrapped(heard.trouble or "All goes on.", 2, first="! ")
        notices, self._notices = self._notices, []
        for notice in notices:
            yield from wrapped(notice, 2, first="> ")
        turn, phase = self._seen
        if self._stands() == self._seen:
            return
        self.saw()
        if self._seat.turn > turn:
            yield from turn_over_lines(self._seat)
        elif self._seat.phase is Phase.OVER:
            yield from debrief_lines(self._seat.debrief())
        elif (phase, self._seat.phase) == (Phase.TALKS, Phase.ORDERS):
            yield from answers_lines(self._seat.brief())

    def wait(self, _: str) -> Iterator[str]:
        """Wait until the phase or the turn ends, telling what comes meanwhile."""
        stood = self._seen
        self._say(page(self.standing("")))
        try:
            while self._seen == stood and self._seat.phase is not Phase.OVER:
                self._line.wait(self._version, _PATIENCE_SECONDS)
                self._say("".join(f"{line}\n" for line in self.hear()))
        except KeyboardInterrupt:
            yield " Stopped waiting."

    def standing(self, _: str) -> Iterator[str]:
        """Say where the class stands."""
        heard = self._heard()
        yield from wrapped(heard.standing, 1)
        if heard.trouble:
            yield from wrapped(heard.trouble, 2, first="! ")

    def messages(self, _: str) -> Iterator[str]:
        """List what was said."""
        yield from heading("Messages")
        letters = self._line.letters()
        for letter in letters:
            yield f" {letter.sender} to {letter.to}, turn {letter.turn}:"
            for line in letter.text.split("\n"):
                yield from wrapped(line, 3)
        if not letters:
            yield " Nothing yet."
        yield ""
        yield " say CAPITAL: TEXT answers one seat, say all: TEXT everyone."

    def say(self, text: str) -> Iterator[str]:
        """Say something to some seats, or to everyone."""
        names, colon, words = text.partition(":")
        if not colon or not words.strip():
            what = "nobody is named, or nothing is said"
            raise MalformedInput(what, todo="For example: say tokyo: Shall we talk?")
        to = () if names.strip().casefold() == _ALL else tuple(_capitals(names))
        yield from wrapped(self._line.say(words.strip(), to), 1)

    def drafts(self, _: str) -> Iterator[str]:
        """List what is put forward within the seat."""
        yield from heading("Put forward by your seat")
        drafts = self._line.drafts()
        for number, draft in enumerate(drafts, start=1):
            yield from wrapped(f"{number}. {draft.told}", 4, first=" ")
            yield from wrapped(draft_told(draft), 4)
        if not drafts:
            yield " Nothing is put forward."
        decides = self._line.who_decides()
        if decides:
            yield ""
            told = f"{decides[:1].upper()}{decides[1:]}. back N is for a draft, drop N drops it."
            yield from wrapped(told, 1)

    def back(self, text: str) -> Iterator[str]:
        """Be for a draft, by its place in the list."""
        yield from wrapped(self._line.back(self._draft(text).number), 1)

    def drop(self, text: str) -> Iterator[str]:
        """Take a draft off the table, by its place in the list."""
        yield from wrapped(self._line.drop(self._draft(text).number), 1)

    def _draft(self, text: str) -> Draft:
        drafts = dict(enumerate(self._line.drafts(), start=1))
        named = text.strip()
        if not (named.isascii() and named.isdecimal() and int(named[:4]) in drafts):
            what = f"there is no draft '{named[:20]}'" if named else "no draft is named"
            allowed = f"1 to {len(drafts)}" if drafts else "nothing is put forward"
            raise MalformedInput(what, allowed=allowed, todo="`drafts` lists them.")
        return drafts[int(named[:4])]

    def reclaim(self, _: str) -> Iterator[str]:
        """Take the seat back from the model."""
        yield from wrapped(self._line.reclaim(), 1)


def _capitals(names: str) -> Iterator[Capital]:
    for name in names.split(","):
        yield find_capital(name.strip())
