"""The codex: everything that has a name, with a search; Enter explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Center, Container
from textual.widgets import Input

from rapprochement_sim.naming import shown_id
from rapprochement_sim.tui.boards.codex import entry_lines
from rapprochement_sim.tui.lines import BLANK, Line, Span, Spot, clipped, paragraph
from rapprochement_sim.tui.screens.base import BACK, GameScreen
from rapprochement_sim.tui.widgets.board import Board
from rapprochement_sim.tui.widgets.entry import Entry
from rapprochement_sim.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.timer import Timer

    from rapprochement_sim.tui.messages import SpotChosen

_REST_SECONDS = 0.1


class CodexScreen(GameScreen):
    """Words, capitals, orders, disputes, events, parameters, sources, figures: all by name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search", key_display="/"),
        Binding("s", "source", "Explain"),
        BACK,
    ]

    def __init__(self) -> None:
        super().__init__()
        self._resting: Timer | None = None

    def compose(self) -> ComposeResult:
        """Compose the search and the list."""
        with Container(classes="pair"):
            yield Board(self._lines, title="Codex: Enter explains a name", id="sheet")
            yield Board(self._aside, title="What it means", id="aside")
        with Center():
            yield Entry(placeholder="a word; Enter to the list", id="search")
        yield KeyLine()

    def _lines(self, width: int) -> Iterator[Line]:
        word = self.query_one("#search", Input).value.strip().casefold()
        is_first = True
        for title, entries in self._sections().items():
            found = {
                name: shown
                for name, shown in entries.items()
                if word in f"{shown_id(name)} {shown}".casefold()
            }
            if not found:
                continue
            if not is_first:
                yield BLANK
            is_first = False
            yield (Span(f"{title} ({len(found)})", "title"),)
            for name, shown in found.items():
                yield (Span(f"  {clipped(shown, width - 2)}", "plain", Spot("name", name)),)
        if is_first:
            yield from paragraph("Nothing is called so. Esc clears the search.", width, "dim")

    def _aside(self, width: int) -> Iterator[Line]:
        """Explain, where there is room, the name under the cursor."""
        spot = self.query_one("#sheet", Board).spot
        if spot is not None:
            yield from entry_lines(self.desk.seat.codex.page(spot.key, width), width)

    def on_spot_reached(self) -> None:
        """Explain what the cursor came to once it rests: some explanations take a while."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(_REST_SECONDS, self._explain)

    def _explain(self) -> None:
        aside = self.query_one("#aside", Board)
        if aside.display and aside.size.width:
            aside.redraw()
            aside.scroll_home(animate=False)

    def _sections(self) -> dict[str, dict[str, str]]:
        sections = {
            section.title: {entry.name: entry.title for entry in section.entries}
            for section in self.desk.seat.codex.sections
        }
        sections["Figures that you know"] = {
            reading.name: reading.title for reading in self.desk.figures.values()
        }
        return sections

    # -------------------------------------------------------------- keys

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Explain a name."""
        self.host.did("codex_used")
        self.host.go("source", message.spot.key)

    def action_search(self) -> None:
        """Go to the search line."""
        self.query_one("#search").focus()

    def on_input_changed(self) -> None:
        """Narrow the list down while one types."""
        self.query_one("#sheet", Board).redraw()
        self.on_spot_reached()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Search where one is not typing already: there a slash is a sign like any other."""
        del parameters
        return action != "search" or not isinstance(self.focused, Input)

    def action_back(self) -> None:
        """Clear the search first, then close the screen."""
        search = self.query_one("#search", Input)
        if search.value:
            search.value = ""
            self.query_one("#sheet").focus()
        else:
            super().action_back()

    def on_input_submitted(self) -> None:
        """Go from the search line to what it found."""
        self.query_one("#sheet").focus()
