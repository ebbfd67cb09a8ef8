"""Settings: everything that a player can set, each with what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rapprochement_sim.game.settings import CHOICES
from rapprochement_sim.tui.lines import BLANK, Line, Span, choice, paragraph
from rapprochement_sim.tui.screens.base import BACK
from rapprochement_sim.tui.screens.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.binding import BindingType

    from rapprochement_sim.tui.messages import SpotChosen

_TITLE, _VALUE = 14, 10
_NOTE = (
    "Kept for the next time. Ctrl+T changes colours anywhere; where NO_COLOR is set none are "
    "used. Letters are as large as your terminal draws them (often Ctrl and +)."
)


class SettingsScreen(Sheet):
    """Choose how the screens look and behave."""

    HEADING = "Settings: Enter chooses"
    IS_CARD = True
    BINDINGS: ClassVar[list[BindingType]] = [BACK]

    def lines(self, width: int) -> Iterator[Line]:
        """List what can be set, the present values marked."""
        settings = self.host.settings
        for name, each in CHOICES.items():
            for number, (value, about) in enumerate(each.values.items()):
                is_set = getattr(settings, name) == value
                mark = "(o)" if is_set else "( )"
                yield (
                    Span(f"{'' if number else each.title:<{_TITLE}}", "title"),
                    Span(
                        f"{mark} {value:<{_VALUE}}",
                        "own" if is_set else "plain",
                        choice(f"{name}:{value}"),
                    ),
                    Span(f" {about}", "dim"),
                )
            yield BLANK
        yield from paragraph(_NOTE, width, "dim")

    def on_spot_chosen(self, message: SpotChosen) -> None:
        """Set what was chosen."""
        name, _, value = message.spot.key.partition(":")
        self.host.choose_setting(name, value)
        self.show()
