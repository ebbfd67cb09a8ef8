"""The codex: everything that has a name, with a search; Enter explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Input

from rapprochement_sim.tui.lines import BLANK, Line, Span, Spot, clipped
from rapprochement_sim.tui.screens.base import BACK, GameScreen
from rapprochement_sim.tui.widgets.board import Board
from rapprochement_sim.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual.app import ComposeResult

    from rapprochement_sim.tui.messages import SpotChosen


class CodexScreen(GameScreen):
    """Actions, disputes, institutions, sources and all figures, by name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search", key_display="/"),
        Binding("s", "source", "Explain"),
        BACK,
    ]

    def compose(self) -> ComposeResult:
        """Compose the search and the list."""
        with Container(classes="sheet"):
            yield Board(self._lines, title="Codex: Enter explains a name", id="sheet")
            yield Input(placeholder="a word; Enter to the list", id="search")
        yield KeyLine()

    def _lines(self, width: int) -> Iterator[Line]:
        word = self.query_one("#search", Input).value.strip().casefold()
        for number, (section, names) in enumerate(self._sections().items()):
            found = {
                name: title for name, title in names.items() if word in f"{name} {title}".casefold()
            }
            if not found:
                continue
            if number:
                yield BLANK
            yield (Span(section, "title"),)
            for name, title in found.items():
                yield (Span(f"  {clipped(title, width - 2)}", "plain", Spot("name", name)),)

    def _sections(self) -> Mapping[str, Mapping[str, str]]:
        briefing = self.desk.briefing
        sources = {key for paper in briefing.papers for key in paper.preview.sources}
        return {
            "Orders": {o.action: o.title.split(" (")[0] for o in self.desk.options},
            "Disputes": {dispute.id: dispute.title for dispute in briefing.disputes},
            "Institutions": {ladder.id: ladder.title for ladder in briefing.ladders},
            "Schools of thought": {
                name: name.capitalize() for name in ("realist", "liberal", "constructivist")
            },
            "Sources of the staff papers": {key: key for key in sorted(sources)},
            "Figures": {reading.name: reading.title for reading in self.desk.figures.values()},
        }

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

    def on_input_submitted(self) -> None:
        """Go from the search line to what it found."""
        self.query_one("#sheet").focus()
