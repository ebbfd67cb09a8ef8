"""Before the talks or the turn end: what is decided, what is left open."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from rapprochement_sim.game.session import Phase
from rapprochement_sim.tui.boards.matters import desk_lines
from rapprochement_sim.tui.lines import BLANK, Line, Span, choice, paragraph
from rapprochement_sim.tui.screens.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator


class ClosingScreen(Sheet):
    """Confirm the end of the talks or of the turn."""

    IS_CARD = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "close", "Yes", key_display="Enter", priority=True),
        Binding("f", "place('forecasts')", "Forecast first"),
        Binding("escape", "back", "Not yet", key_display="Esc"),
    ]

    WHEN_TALKS_CLOSE = "proposals"

    def heading(self) -> str:
        """Name what ends."""
        is_talks = self.desk.seat.phase is Phase.TALKS
        return "Close the talks of this turn" if is_talks else "End the turn"

    def lines(self, width: int) -> Iterator[Line]:
        """Lay out what is decided and what is left open."""
        briefing = self.desk.briefing
        is_talks = briefing.phase == Phase.TALKS
        yield (Span("Decided in this turn", "title"),)
        yield from desk_lines(briefing, width)
        yield BLANK
        for text in self._open_matters():
            yield from paragraph(text, width, "alert", indent=2, first="! ")
        if is_talks:
            text = "The others will answer your offer, and you will know. Orders come after that."
        else:
            text = "All orders are carried out together. A resolved turn is final."
        yield from paragraph(text, width, "dim")
        yield BLANK
        yes = "Close the talks" if is_talks else "End the turn"
        yield (
            Span(f"[ {yes} ]", "own", choice("close")),
            Span("  Enter", "dim"),
            Span("    Esc: not yet", "dim"),
        )

    def _open_matters(self) -> Iterator[str]:
        briefing = self.desk.briefing
        if briefing.phase == Phase.TALKS:
            waiting = [offer.proposer.title for offer in briefing.offers if offer.answer is None]
            if waiting:
                yield f"Unanswered, so refused: {', '.join(waiting)}."
            return
        if not any(item.kind == "order" for item in briefing.desk):
            yield f"No order is given; attention {briefing.attention:g} would go unused."
        if not any(q.said is not None for q in self.desk.seat.forecasts().questions):
            yield "You have said nothing yet of what you expect: f."

    def on_spot_chosen(self) -> None:
        """Close, by Enter or by mouse."""
        self.action_close()

    def action_close(self) -> None:
        """End the phase and show what came of it."""
        desk, before = self.desk, self.desk.seat.turn
        was_talks = desk.seat.phase is Phase.TALKS
        self.attempt(desk.commit)
        self.host.go("room")
        if desk.seat.turn > before:
            self.host.go("resolution")
        elif was_talks and desk.seat.phase is Phase.ORDERS:
            self.host.go("proposals")
        else:
            self.app.notify("The phase ends when the other seats are done as well.")
