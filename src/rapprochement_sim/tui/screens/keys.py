"""Which key does what."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from rapprochement_sim.game.menu import MARKS
from rapprochement_sim.tui.lines import BLANK, Line, Span, paragraph
from rapprochement_sim.tui.screens.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

_ABOUT = 14
_KEYS = (
    (
        "Everywhere",
        (
            ("arrows", "move the cursor from figure to figure, or down a list"),
            ("Tab", "go to the next panel"),
            ("Enter", "open what is under the cursor, a figure in detail"),
            ("?", "why a figure changed, and its course"),
            ("s", "source: what stands behind it and who says so"),
            ("Esc", "back"),
            ("h", "this page"),
            (":", "all commands, with a search"),
            ("Ctrl+T", "dark, light, projector"),
            ("x", "in a lesson: leave this step out"),
            ("q", "leave; every decision is saved when it is taken"),
        ),
    ),
    (
        "Situation room",
        (
            ("1-7", "pages: room, home, publics, relations, disputes, institutions, region"),
            ("p", "proposals: answer what others offer"),
            ("o", "orders and offers of your own"),
            ("r", "programmes: what the articles recommend, step by step"),
            ("a", "advisers: three voices, and every course played on"),
            ("f", "forecasts: say what you expect; it is scored"),
            ("e", "close the talks, then end the turn"),
            ("u", "take back the last decision"),
            ("w", "write a note, kept with the save"),
            ("b", "your instructions and goals"),
            ("t", "timeline: past turns opened again"),
            ("c", "codex: everything that has a name, explained"),
            ("d", "debrief, when the game is over"),
        ),
    ),
    (
        "Orders",
        (
            ("1-7", "look at a staff paper"),
            ("/", "search all orders"),
            ("Space", "take or leave a modifier"),
            ("g", "give the order"),
        ),
    ),
    (
        "Forecasts and codex",
        (
            ("Left/right", "from a question of the forecasts to its percentages"),
            ("t", "type another percentage, or a band such as 44 to 51"),
            ("/", "search the codex; Enter goes to what was found"),
        ),
    ),
    (
        "Timeline",
        (
            ("Left/right", "turn by turn"),
            ("1-4", "what happened, the desk then, the record, side by side"),
            ("b", "a branch: a game of its own from this turn"),
            ("o", "another save to set this game beside"),
        ),
    ),
    (
        "Debrief",
        (
            ("1-8", "pages: scores, turning points, luck, who decided, and so on"),
            ("f", "to a file: the report to print, or a copy of the save"),
            ("m", "in a masked game: what was behind the mask"),
            ("z", "stop playing worlds, or play them again"),
        ),
    ),
    (
        "Marks",
        MARKS,
    ),
)


class KeysScreen(Sheet):
    """The keys and marks."""

    HEADING = "Keys and marks"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,h,f1,enter", "back", "Back", key_display="Esc", priority=True),
    ]

    def lines(self, width: int) -> Iterator[Line]:
        """Lay the keys out by place."""
        for number, (place, keys) in enumerate(_KEYS):
            if number:
                yield BLANK
            yield (Span(place, "title"),)
            for key, about in keys:
                first, *others = paragraph(about, width, indent=_ABOUT, first=" " * _ABOUT)
                yield (Span(f"  {key}".ljust(_ABOUT), "key"), Span(first[0].text[_ABOUT:]))
                yield from others
