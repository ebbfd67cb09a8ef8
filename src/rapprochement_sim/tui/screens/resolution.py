"""After a turn: what each capital did as this seat can know it, then changes with causes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from rapprochement_sim.game.session import Phase
from rapprochement_sim.tui.boards.changes import moved_readings, why_lines
from rapprochement_sim.tui.boards.matters import MARKS, ahead_lines, told_lines
from rapprochement_sim.tui.boards.standing import goals_lines, standing_lines
from rapprochement_sim.tui.lines import BLANK, Line, Span, Spot, paragraph
from rapprochement_sim.tui.screens.base import LOOKING
from rapprochement_sim.tui.screens.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.tui.messages import SpotChosen

_CAUSES_SHOWN = 4
_PAIR_POLLS = 4


class ResolutionScreen(Sheet):
    """Paced by the player: one piece of news at a time, then what moved and why."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "next", "Next", key_display="Enter", priority=True),
        Binding("escape,end", "skip", "Skip ahead", key_display="Esc", priority=True),
        *LOOKING,
    ]

    HUGS = False
    BESIDE = "How things stand now"
    TELLS_TURNS = True

    def __init__(self) -> None:
        super().__init__()
        self._shown = 1

    def on_mount(self) -> None:
        """Tell all news at once to a player who wants that."""
        if self.host.settings.news == "together":
            self._shown = max(self._n_news, 1)

    @property
    def _n_news(self) -> int:
        return len(self.desk.briefing.news)

    @property
    def _tells_changes(self) -> bool:
        return self._shown > self._n_news

    def heading(self) -> str:
        """Say which turn is over."""
        return f"Turn {self.desk.seat.turn} is over"

    def lines(self, width: int) -> Iterator[Line]:
        """Lay out the news told so far, or the changes."""
        if self._tells_changes:
            yield from self._changes(width)
            return
        news = self.desk.briefing.news
        yield (Span(f"What happened ({self._shown} of {len(news)})", "title"),)
        yield (Span(MARKS, "dim"),)
        yield BLANK
        yield from told_lines(news[: self._shown], width)

    def aside(self, width: int) -> Iterator[Line]:
        """Lay out, where there is room, where the turn has led."""
        briefing = self.desk.briefing
        yield from standing_lines(briefing, width)
        yield BLANK
        yield (Span("Your goals", "title"),)
        yield from goals_lines(briefing, width)
        yield BLANK
        yield (Span("Ahead", "title"),)
        yield from ahead_lines(briefing, width)

    def _changes(self, width: int) -> Iterator[Line]:
        briefing = self.desk.briefing
        yield (Span("What moved, and why", "title"),)
        polls = briefing.polls[:_PAIR_POLLS]
        moved = moved_readings((*briefing.headlines, *polls, briefing.approval))
        for reading in moved:
            yield BLANK
            why = self.desk.seat.why(reading.name)
            yield from why_lines(why, width, most=_CAUSES_SHOWN)
        if not moved:
            yield BLANK
            yield from paragraph("No headline figure moved by more than its error.", width)
        yield BLANK
        text = "? on any figure of the situation room tells why it changed."
        yield from paragraph(text, width, "dim")

    # -------------------------------------------------------------- keys

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Open what was clicked: a figure's causes, or an act."""
        self.host.go("why" if message.spot.kind == "figure" else "source", message.spot.key)

    def action_next(self) -> None:
        """Tell one thing more; after the last, go on to the next turn."""
        if self._tells_changes:
            self._leave()
            return
        newest = self.desk.briefing.news[self._shown : self._shown + 1]
        self._shown += 1
        self.board.redraw()
        if newest:
            self.board.move_to(Spot("name", newest[0].name))
            self.board.scroll_end(animate=False)
        else:
            self.board.action_edge(-1)

    def action_skip(self) -> None:
        """Skip to the changes, then to the next turn."""
        if self._tells_changes:
            self._leave()
            return
        self._shown = self._n_news + 1
        self.board.redraw()
        self.board.action_edge(-1)

    def _leave(self) -> None:
        self.host.did("resolution_read")
        self.dismiss()
        if self.desk.seat.phase is Phase.OVER:
            self.host.go("debrief")
