"""A new game: scenario cards, the seat, how the others judge, the seed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Input

from rapprochement_sim.errors import RapprochementError
from rapprochement_sim.game.lesson import is_lesson
from rapprochement_sim.game.library import LENS_MIXES, NewGame, drawn_seed, others_judging
from rapprochement_sim.tui.lines import BLANK, Line, Span, choice, clipped, paragraph
from rapprochement_sim.tui.screens.base import BACK, GameScreen
from rapprochement_sim.tui.widgets.board import Board
from rapprochement_sim.tui.widgets.key_line import KeyLine
from rapprochement_sim.vocabulary import CAPITALS, Capital

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from rapprochement_sim.game.library import ScenarioCard
    from rapprochement_sim.tui.lines import Role
    from rapprochement_sim.tui.messages import SpotChosen

_LARGEST_SEED = 2**63 - 1
_HEAD = 44
_FIRST = "rekindled_2023"


class NewGameScreen(GameScreen):
    """Choose a game to play."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "begin", "Begin"),
        BACK,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._cards: tuple[ScenarioCard, ...] = ()
        self._scenario = 0
        self._seat = Capital.SEOUL
        self._lens = next(iter(LENS_MIXES))
        self._is_opening = False

    def compose(self) -> ComposeResult:
        """Compose the choices and the seed."""
        with Container(classes="sheet"):
            yield Board(self._lines, title="A new game: Enter chooses, b begins", id="sheet")
            yield Input(
                placeholder="seed: a number fixes all chance; empty draws one",
                id="seed",
                type="integer",
            )
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the scenarios beside drawing."""
        self._read()

    @work(thread=True, exclusive=True)
    def _read(self) -> None:
        cards = self.host.library.cards()
        self.app.call_from_thread(self._know, cards)

    def _know(self, cards: tuple[ScenarioCard, ...]) -> None:
        self._cards = cards
        ids = [card.id for card in cards]
        self._scenario = ids.index(_FIRST) if _FIRST in ids else 0
        board = self.query_one("#sheet", Board)
        board.redraw()
        board.move_to(choice("begin"))

    def _lines(self, width: int) -> Iterator[Line]:
        if not self._cards:
            yield (Span("Reading the scenarios ..", "dim"),)
            return
        what = "Setting the table .." if self._is_opening else "[ Begin ]"
        yield (Span(what, "own", choice("begin")), Span("  Enter, or b anywhere", "dim"))
        yield BLANK
        yield (Span("Scenario", "title"),)
        for number, each in enumerate(self._cards):
            yield from self._card(number, each, width)
        card = self._cards[self._scenario]
        yield BLANK
        yield (Span("Your seat", "title"),)
        yield from self._seats(card)
        yield from paragraph(card.seats[self._seat], width, "dim", indent=4)
        yield BLANK
        yield (Span("How the other governments judge", "title"),)
        spans = []
        for lens in LENS_MIXES:
            mark = "(o)" if lens == self._lens else "( )"
            spans += [
                Span(
                    f"{mark} {lens}",
                    "own" if lens == self._lens else "plain",
                    choice(f"lens:{lens}"),
                ),
                Span("  "),
            ]
        yield tuple(spans)

    def _card(self, number: int, card: ScenarioCard, width: int) -> Iterator[Line]:
        """List a scenario; the chosen one stands open."""
        is_chosen = number == self._scenario
        head = f"{'(o)' if is_chosen else '( )'} {card.title}"
        role: Role = "own" if is_chosen else "plain"
        yield (
            Span(f"{clipped(head, _HEAD):<{_HEAD}} ", role, choice(f"scenario:{number}")),
            Span(f"{card.length}, {card.difficulty}", "dim"),
        )
        if is_chosen:
            yield from paragraph(f"{card.era}. {card.summary}", width, indent=4)
            yield from paragraph(f"Teaches: {card.teaches}", width, "dim", indent=4)

    def _seats(self, card: ScenarioCard) -> Iterator[Line]:
        spans = []
        for capital in CAPITALS:
            is_chosen = capital == self._seat
            mark = "(o)" if is_chosen else "( )"
            role: Role = "own" if is_chosen else "plain"
            spans += [
                Span(f"{mark} {card.titles[capital]}", role, choice(f"seat:{capital.key}")),
                Span("  "),
            ]
        yield tuple(spans)

    # -------------------------------------------------------------- keys

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Take a choice, or begin."""
        kind, _, key = message.spot.key.partition(":")
        if kind == "begin":
            self.action_begin()
        elif kind == "scenario":
            self._scenario = int(key)
        elif kind == "seat":
            self._seat = next(c for c in CAPITALS if c.key == key)
        elif kind == "lens":
            self._lens = key
        self.query_one("#sheet", Board).redraw()

    def on_input_submitted(self) -> None:
        """Enter on the seed begins."""
        self.action_begin()

    def action_begin(self) -> None:
        """Begin the game."""
        if self._is_opening or not self._cards:
            return
        text = self.query_one("#seed", Input).value.strip()
        seed = int(text) if text.lstrip("+-").isdecimal() else drawn_seed()
        if not 0 <= seed <= _LARGEST_SEED:
            self.app.notify(f"A seed is a number from 0 to {_LARGEST_SEED}.", severity="warning")
            return
        self._is_opening = True
        self.query_one("#sheet", Board).redraw()
        lenses = others_judging(self._seat, self._lens)
        scenario = self._cards[self._scenario].id
        lesson = is_lesson(scenario, self._seat)
        self._open(NewGame(scenario, self._seat, seed, lenses=lenses, is_lesson=lesson))

    @work(thread=True, exclusive=True, group="opening")
    def _open(self, game: NewGame) -> None:
        try:
            seat = self.host.library.start(game)
            # The first page takes a second: it is read here, where no key waits for it.
            seat.brief()
        except RapprochementError as error:
            self._is_opening = False
            self.app.call_from_thread(
                self.app.notify, str(error), title="Not started", severity="error", markup=False
            )
            return
        self.app.call_from_thread(self.host.play, seat)
