"""Messages of a class: what seats have said to this one, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container

from rapprochement_sim.errors import MalformedInput, listed
from rapprochement_sim.tui.lines import BLANK, Line, Span, paragraph
from rapprochement_sim.tui.screens.base import BACK, GameScreen
from rapprochement_sim.tui.widgets.board import Board
from rapprochement_sim.tui.widgets.entry import Entry
from rapprochement_sim.tui.widgets.key_line import KeyLine
from rapprochement_sim.vocabulary import CAPITALS, Capital

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widgets import Input

_ALL = "all"


class LettersScreen(GameScreen):
    """Read messages, the latest first, and write one."""

    BINDINGS: ClassVar[list[BindingType]] = [BACK]
    AUTO_FOCUS = "Input"

    def compose(self) -> ComposeResult:
        """Compose the messages over the line to write on."""
        with Container(classes="sheet"):
            yield Board(self._lines, title="Messages, the latest first", id="sheet")
            yield Entry(placeholder="tokyo: Shall we talk?   or   all: ...", id="letter")
        yield KeyLine()

    def _lines(self, width: int) -> Iterator[Line]:
        line = self.desk.seat.line
        letters = line.letters() if line is not None else ()
        for letter in reversed(letters):
            head = f"{letter.sender} to {letter.to}, turn {letter.turn}"
            yield from paragraph(head, width, "own" if letter.is_own else "title")
            for part in letter.text.split("\n"):
                yield from paragraph(part, width, indent=2, first="  ")
            yield BLANK
        if not letters:
            yield (Span("Nothing yet.", "dim"),)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Send what is written."""
        if event.value.strip() and self.attempt(lambda: self._sent(event.value)):
            event.input.value = ""

    def _sent(self, text: str) -> str:
        names, colon, words = text.partition(":")
        line = self.desk.seat.line
        if line is None or not colon or not words.strip():
            what = "nobody is named, or nothing is said"
            raise MalformedInput(what, todo="For example: tokyo: Shall we talk?")
        is_all = names.strip().casefold() == _ALL
        to = () if is_all else tuple(_named(name) for name in names.split(","))
        return line.say(words.strip(), to)


def _named(text: str) -> Capital:
    typed = text.strip().casefold()
    found = [c for c in CAPITALS if typed and c.title.casefold().startswith(typed)]
    if len(found) != 1:
        what = f"there is no capital '{text.strip()}'"
        raise MalformedInput(what, allowed=listed([*(c.title for c in CAPITALS), _ALL]))
    return found[0]
