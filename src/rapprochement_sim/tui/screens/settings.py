"""Settings: the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rapprochement_sim.tui.lines import BLANK, Line, Span, choice, paragraph
from rapprochement_sim.tui.screens.base import BACK
from rapprochement_sim.tui.screens.sheet import Sheet
from rapprochement_sim.tui.settings import THEME_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.binding import BindingType

    from rapprochement_sim.tui.messages import SpotChosen

_ABOUT = {
    "dark": "light letters on a dark ground",
    "light": "dark letters on a light ground",
    "projector": "black on white, for a projector in a bright room",
}


class SettingsScreen(Sheet):
    """Choose how the screens look."""

    HEADING = "Settings"
    BINDINGS: ClassVar[list[BindingType]] = [BACK]

    def lines(self, width: int) -> Iterator[Line]:
        """List the themes."""
        yield (Span("Theme", "title"),)
        for theme in THEME_NAMES:
            mark = "(o)" if theme == self.app.theme else "( )"
            yield (Span(f"{mark} {theme:<10}", "plain", choice(theme)), Span(_ABOUT[theme], "dim"))
        yield BLANK
        text = (
            "Ctrl+T changes it anywhere. Where NO_COLOR is set no colours are used; signs and "
            "letters say the same."
        )
        yield from paragraph(text, width, "dim")

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Use a theme."""
        self.host.choose_theme(message.spot.key)
        self.show()
