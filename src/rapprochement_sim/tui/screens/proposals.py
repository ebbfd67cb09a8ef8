"""Proposals: what others offer, the own offer, and how the talks ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container

from rapprochement_sim.game.session import Phase
from rapprochement_sim.tui.boards.matters import desk_lines
from rapprochement_sim.tui.boards.previews import offer_lines, offers_lines
from rapprochement_sim.tui.lines import BLANK, Line, Span, paragraph
from rapprochement_sim.tui.screens.base import BACK
from rapprochement_sim.tui.screens.sheet import Sheet
from rapprochement_sim.tui.widgets.board import Board
from rapprochement_sim.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from rapprochement_sim.game.briefing import Offer
    from rapprochement_sim.tui.messages import SpotChosen


class ProposalsScreen(Sheet):
    """Answer offers and make one."""

    HEADING = "Proposals"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Accept"),
        Binding("n", "answer(False)", "Refuse"),
        Binding("o", "offer", "Orders"),
        Binding("u", "undo", "Undo"),
        Binding("e", "end", "Close"),
        BACK,
    ]

    def compose(self) -> ComposeResult:
        """Compose the offers, and the one under the cursor in full where there is room."""
        with Container(classes="pair"):
            yield Board(self.lines, title=self.heading(), id="sheet")
            yield Board(self._aside, title="What it may do", id="aside")
        yield KeyLine()

    def _aside(self, width: int) -> Iterator[Line]:
        offer = self._offer()
        if offer is not None:
            return offer_lines(offer, width)
        return desk_lines(self.desk.briefing, width)

    def on_spot_reached(self) -> None:
        """Show beside the list what the offer under the cursor may do."""
        self.query_one("#aside", Board).redraw()

    def lines(self, width: int) -> Iterator[Line]:
        """Lay out offers received and made, or the answers."""
        briefing = self.desk.briefing
        if briefing.phase != Phase.TALKS:
            yield (Span("How the talks of this turn ended", "title"),)
            for answer in briefing.answers:
                yield from paragraph(answer, width, indent=2, first="* ")
            if not briefing.answers:
                yield (Span("Nothing was offered to you, nor by you."),)
            yield BLANK
            yield from paragraph(
                "The talks are closed. Next: o, choose up to two orders.", width, "key"
            )
            return
        yield (Span("Offered to you", "title"),)
        yield from offers_lines(briefing, width)
        yield BLANK
        yield (Span("Offered by you", "title"),)
        own = [item for item in briefing.desk if item.kind == "offer"]
        for item in own:
            yield from paragraph(item.text, width, "own", indent=2, first="> ")
        if not own:
            text = "Nothing yet. o lists what you can offer; one joint act a turn."
            yield from paragraph(text, width, "dim")
        yield BLANK
        text = (
            "An offer left unanswered when the talks close counts as refused. To counter: Enter "
            "opens an offer, c refuses it and shows the same act on your own terms."
        )
        yield from paragraph(text, width, "dim")

    def _offer(self) -> Offer | None:
        spot = self.board.spot
        for offer in self.desk.briefing.offers:
            if spot is not None and spot.key == f"offer:{offer.proposer.key}":
                return offer
        return None

    # -------------------------------------------------------------- keys

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Open an offer, or ask about a figure of one."""
        if message.spot.kind == "choice":
            self.action_open()
        else:
            self.host.go("source", message.spot.key)

    def action_open(self) -> None:
        """Open the offer under the cursor."""
        offer = self._offer()
        if offer is not None:
            self.host.go("offer", offer.proposer)

    def action_answer(self, accepts: bool) -> None:  # noqa: FBT001 - a key's action passes by position
        """Answer the offer under the cursor."""
        offer = self._offer()
        if offer is None:
            self.app.notify("Put the cursor on an offer first.")
            return
        self.attempt(lambda: f"Noted: {self.desk.answer(offer.proposer, accepts=accepts)}")

    def action_offer(self) -> None:
        """Choose something to offer; once the talks are closed, an order."""
        if self.desk.seat.phase is Phase.TALKS:
            self.host.go("offers")
        else:
            self.dismiss()
            self.host.go("orders")

    def action_undo(self) -> None:
        """Take back the last decision."""
        self.attempt(lambda: f"Taken back: {self.desk.undo()}")

    def action_end(self) -> None:
        """Close the talks."""
        self.host.go("closing")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only the keys that matter now."""
        del parameters
        is_open = self.desk.seat.phase is Phase.TALKS
        return is_open or action not in ("answer", "end", "undo")
