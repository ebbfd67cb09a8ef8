"""A note to oneself, kept with the game."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container
from textual.widgets import Input, Static

from rapprochement_sim.tui.screens.base import BACK, GameScreen
from rapprochement_sim.tui.widgets.entry import Entry
from rapprochement_sim.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class NoteScreen(GameScreen):
    """Write a note; Enter keeps it."""

    BINDINGS: ClassVar[list[BindingType]] = [BACK]
    AUTO_FOCUS = "Input"

    def compose(self) -> ComposeResult:
        """Compose the line to write on."""
        with Container(classes="sheet"):
            where = "with the save" if self.desk.seat.line is None else "on this computer alone"
            yield Static(f"A note to yourself, kept {where}. Enter keeps it, Esc does not.")
            yield Entry(placeholder="for example: wait for the election", id="note")
        yield KeyLine()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the note."""
        text = event.value.strip()
        if text and self.attempt(lambda: self._kept(text)):
            self.dismiss()

    def _kept(self, text: str) -> str:
        return f"Noted, {self.desk.seat.note(text)}."
