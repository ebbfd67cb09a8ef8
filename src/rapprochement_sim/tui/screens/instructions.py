"""What a player is here for, and how a turn goes: the first thing that a game shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from rapprochement_sim.tui.boards.standing import goal_texts, win_lines
from rapprochement_sim.tui.lines import BLANK, Line, Span, paragraph, wrapped
from rapprochement_sim.tui.screens.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEPS = (
    ("1-7", "pages of the situation room; Enter opens a figure, ? tells why it changed"),
    ("p", "proposals: answer what others offer; silence refuses"),
    ("o", "orders: staff papers first; Enter shows what one may do"),
    ("e", "end the talks, then the turn: see who did what, and why things moved"),
)
_KEY = 6


class InstructionsScreen(Sheet):
    """The seat's introduction, its goals, and the four steps of a turn."""

    IS_CARD = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,space", "back", "Begin", key_display="Enter", priority=True),
    ]

    def heading(self) -> str:
        """Name the seat."""
        briefing = self.desk.briefing
        return f"{briefing.scenario}: your instructions as {briefing.seat.title}"

    def lines(self, width: int) -> Iterator[Line]:
        """Lay out the introduction, a turn's steps, the goals."""
        briefing = self.desk.briefing
        yield from paragraph(briefing.introduction, width)
        yield BLANK
        yield (Span(f"A turn, {briefing.n_turns} in all", "title"),)
        for key, text in _STEPS:
            first, *more = wrapped(text, width, indent=_KEY)
            yield (Span(f" {key:<{_KEY - 1}}", "key"), Span(first[_KEY:]))
            yield from ((Span(line),) for line in more)
        yield BLANK
        yield (Span("Your goals", "title"),)
        yield from goal_texts(briefing, width)
        yield from win_lines(briefing, width)
        yield BLANK
        yield (
            Span("Every decision is saved when it is taken; q leaves and loses nothing.", "dim"),
        )
