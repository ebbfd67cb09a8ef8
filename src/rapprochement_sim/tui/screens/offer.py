"""One offer of another capital, in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from rapprochement_sim.tui.boards.previews import offer_lines
from rapprochement_sim.tui.lines import BLANK, Line, Span, choice
from rapprochement_sim.tui.screens.base import BACK, LOOKING
from rapprochement_sim.tui.screens.sheet import Sheet
from rapprochement_sim.vocabulary import Order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.briefing import Offer
    from rapprochement_sim.tui.messages import SpotChosen
    from rapprochement_sim.vocabulary import Capital


class OfferScreen(Sheet):
    """What an offer may do if it comes about, and what a refusal does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Accept"),
        Binding("n", "answer(False)", "Refuse"),
        Binding("c", "counter", "Counter"),
        *LOOKING,
        BACK,
    ]

    def __init__(self, proposer: Capital) -> None:
        super().__init__()
        self._proposer = proposer

    @property
    def _offer(self) -> Offer | None:
        offers = self.desk.briefing.offers
        return next((offer for offer in offers if offer.proposer == self._proposer), None)

    def heading(self) -> str:
        """Name the proposer."""
        return f"An offer of {self._proposer.title}"

    def lines(self, width: int) -> Iterator[Line]:
        """Lay out the answers to choose from, and the offer."""
        offer = self._offer
        if offer is None:
            yield (Span("It is not on the table any more.", "dim"),)
            return
        yield (
            Span("[ Accept ]", "own", choice("accept")),
            Span("  y    "),
            Span("[ Refuse ]", "own", choice("refuse")),
            Span("  n    "),
            Span("[ Counter ]", "own", choice("counter")),
            Span("  c: refuse, offer own terms"),
        )
        yield BLANK
        yield from offer_lines(offer, width)

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Answer, or ask about a figure."""
        if message.spot.key == "counter":
            self.action_counter()
        elif message.spot.key in ("accept", "refuse"):
            self.action_answer(message.spot.key == "accept")
        elif message.spot.kind == "figure":
            self.action_source()

    def action_answer(self, accepts: bool) -> None:  # noqa: FBT001 - a key's action passes by position
        """Answer the offer."""
        if self.attempt(lambda: f"Noted: {self.desk.answer(self._proposer, accepts=accepts)}"):
            self.dismiss()

    def action_counter(self) -> None:
        """Refuse the offer and look at the same act on own terms; else at what can be offered."""
        offer, desk = self._offer, self.desk
        if offer is None or not self.attempt(
            lambda: f"Noted: {desk.answer(self._proposer, accepts=False)}"
        ):
            return
        action = offer.preview.key.partition(":")[0]
        is_ours = bool(desk.key_of(action, self._proposer))
        self.dismiss()
        if is_ours:
            self.host.go("order", Order(desk.seat.capital, action, self._proposer))
        else:
            self.host.go("offers")
