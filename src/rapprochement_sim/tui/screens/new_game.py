"""A new game: scenario cards, the seat, how the others judge, the seed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Input
from textual.worker import get_current_worker

from rapprochement_sim.errors import RapprochementError
from rapprochement_sim.game.lesson import is_lesson
from rapprochement_sim.game.library import LENS_MIXES, NewGame, drawn_seed, others_judging
from rapprochement_sim.tui.lines import BLANK, Line, Span, choice, paragraph
from rapprochement_sim.tui.screens.base import BACK, GameScreen
from rapprochement_sim.tui.widgets.board import Board, Form
from rapprochement_sim.tui.widgets.entry import Entry
from rapprochement_sim.tui.widgets.key_line import KeyLine
from rapprochement_sim.vocabulary import CAPITALS, Capital

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.app import ComposeResult

    from rapprochement_sim.game.library import ScenarioCard
    from rapprochement_sim.tui.lines import Role
    from rapprochement_sim.tui.messages import SpotChosen

_LARGEST_SEED = 2**63 - 1
_LABEL = 13
_MARKS = {True: "(o)", False: "( )"}
_FIRST = "rekindled_2023"


class NewGameScreen(GameScreen):
    """Choose a game to play."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "begin", "Begin"),
        Binding("s", "seed", "Seed"),
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
        """Compose the choices, what they mean, and the seed."""
        with Container(classes="pair"):
            yield Form(self._lines, title="A new game: Enter chooses, b begins", id="sheet")
            yield Board(self._about, title="What it is about", id="aside")
        yield Entry(
            placeholder="a number that fixes all chance; Enter begins, Esc leaves it to chance",
            id="seed",
            type="integer",
        )
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the scenarios beside drawing."""
        self.query_one("#seed").display = False
        self._read()

    @work(thread=True, exclusive=True)
    def _read(self) -> None:
        cards = self.host.library.cards()
        self.app.call_from_thread(self._know, cards)

    def _know(self, cards: tuple[ScenarioCard, ...]) -> None:
        # What a newcomer begins with stands first.
        self._cards = tuple(sorted(cards, key=lambda card: card.id != _FIRST))
        self.show()
        self.query_one("#sheet", Board).move_to(choice("begin"))

    @property
    def _has_aside(self) -> bool:
        return bool(self.query_one("#aside").display) and self.has_class("-wide")

    def _lines(self, width: int) -> Iterator[Line]:
        if not self._cards:
            yield (Span("Reading the scenarios ..", "dim"),)
            return
        what = "Setting the table .." if self._is_opening else "[ Begin ]"
        yield (Span(what, "own", choice("begin")), Span("  Enter, or b anywhere", "dim"))
        yield BLANK
        titles = self._cards[self._scenario].titles
        seats = ((f"seat:{each.key}", titles[each], each == self._seat) for each in CAPITALS)
        yield from _row("Your seat", seats, width)
        lenses = (
            (f"lens:{each}", each if mix else "as usual", each == self._lens)
            for each, mix in LENS_MIXES.items()
        )
        yield from _row("Others judge", lenses, width)
        seed = self.query_one("#seed", Input).value.strip()
        told = f"{seed}   (s: another)" if seed else "drawn by chance   (s: a number that fixes it)"
        yield (Span(f"{'Seed':<{_LABEL}}", "title"), Span(told, "dim"))
        yield BLANK
        yield (Span("Scenario", "title"),)
        longest = max(len(card.title) for card in self._cards)
        for number, card in enumerate(self._cards):
            is_chosen = number == self._scenario
            head = f"{_MARKS[is_chosen]} {card.title:<{longest}}"
            role: Role = "own" if is_chosen else "plain"
            yield (
                Span(head, role, choice(f"scenario:{number}")),
                Span(f"  {card.length}, {card.difficulty}", "dim"),
            )
        if not self._has_aside:
            yield BLANK
            yield from self._about(width)

    def _about(self, width: int) -> Iterator[Line]:
        """Tell what the scenario under the cursor, or the chosen one, is about."""
        if not self._cards:
            return
        spot = self.query_one("#sheet", Board).spot
        kind, _, number = (spot.key if spot is not None else "").partition(":")
        card = self._cards[int(number) if kind == "scenario" else self._scenario]
        yield from paragraph(f"{card.title}: {card.era}. {card.summary}", width)
        yield from paragraph(f"Teaches: {card.teaches}", width, "dim")
        yield BLANK
        for seat in (self._seat,) if not self._has_aside else CAPITALS:
            head = f"As {card.titles[seat]}: "
            role: Role = "own" if seat == self._seat else "plain"
            yield from paragraph(head + card.seats[seat], width, role)
            yield BLANK

    def on_spot_reached(self) -> None:
        """Tell about what the cursor has come to."""
        self.query_one("#aside" if self._has_aside else "#sheet", Board).redraw()

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
        self.show()

    def on_input_submitted(self) -> None:
        """Enter on the seed begins."""
        self.action_begin()

    def action_seed(self) -> None:
        """Type a seed."""
        line = self.query_one("#seed", Input)
        line.display = True
        line.focus()

    def action_back(self) -> None:
        """Leave the seed to chance first, then the screen."""
        line = self.query_one("#seed", Input)
        if not line.display:
            super().action_back()
            return
        line.value = ""
        line.display = False
        self.query_one("#sheet").focus()
        self.show()

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
        if not get_current_worker().is_cancelled:  # another was chosen meanwhile
            self.app.call_from_thread(self.host.play, seat)


def _row(label: str, choices: Iterable[tuple[str, str, bool]], width: int) -> Iterator[Line]:
    """Lay choices out behind their label, over as many lines as they need."""
    spans, used = [Span(f"{label:<{_LABEL}}", "title")], _LABEL
    for key, title, is_chosen in choices:
        text = f"{_MARKS[is_chosen]} {title}"
        if used + len(text) > width:
            yield tuple(spans)
            spans, used = [Span(" " * _LABEL)], _LABEL
        spans += [Span(text, "own" if is_chosen else "plain", choice(key)), Span(" ")]
        used += len(text) + 1
    yield tuple(spans)
