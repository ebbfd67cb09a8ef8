"""The last line of a screen: the keys that matter now. A click on one presses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from rapprochement_sim.tui.widgets.roles import role_styles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.screen import Screen

_GAP = 1
_KEPT_AT_THE_END = 2
_LEFT_OUT = ".."
_MENU = "colon"


class _Key(NamedTuple):
    key: str
    shown: str
    about: str

    @property
    def width(self) -> int:
        return cell_len(self.shown) + 1 + cell_len(self.about)


class KeyLine(Widget):
    """Keys of the focused board, the screen and the application, in that sequence.

    Where they do not fit, the menu's is left out first and then those before the last two,
    so that the way back and the way out always stand there. One line drawn at once: a
    footer of one widget a key took a third of the time that a screen needs to open.
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[_Key, ...] = ()

    def on_mount(self) -> None:
        """Follow what the screen's keys are."""
        self.screen.bindings_updated_signal.subscribe(self, self._read)
        self.call_after_refresh(self._read, self.screen)

    def _read(self, screen: Screen[object]) -> None:
        if not self.is_attached or screen is not self.screen:
            return
        found: dict[str, _Key] = {}
        for _, binding, is_enabled, _ in screen.active_bindings.values():
            if binding.show and is_enabled:
                shown = self.app.get_key_display(binding)
                shown = shown if len(shown) == 1 else shown.capitalize()
                found.setdefault(binding.action, _Key(binding.key, shown, binding.description))
        keys = tuple(found.values())
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        del y
        styles = role_styles(self)
        segments = []
        for _, key in self._placed():
            if key.shown:
                segments += [Segment(key.shown, styles["key"]), Segment(" ", styles["plain"])]
            segments.append(Segment(key.about + " " * _GAP, styles["plain"]))
        return Strip(segments).adjust_cell_length(self.size.width, styles["plain"]).simplify()

    def _placed(self) -> Iterator[tuple[int, _Key]]:
        """Place the keys from left to right, as many as fit."""
        keys = list(self._keys)
        if _width(keys) > self.size.width:
            keys = [key for key in keys if key.key != _MENU]
        dots = _Key("", "", _LEFT_OUT)
        while len(keys) > _KEPT_AT_THE_END and _width(keys) > self.size.width:
            last = len(keys) - _KEPT_AT_THE_END
            keys = [*keys[: last - (2 if dots in keys else 1)], dots, *keys[last:]]
        x = 0
        for key in keys:
            yield x, key
            x += key.width + _GAP

    def on_click(self, event: events.Click) -> None:
        """Press the key under the pointer."""
        for x, key in self._placed():
            if key.key and x <= event.x < x + key.width:
                self.app.simulate_key(key.key)


def _width(keys: list[_Key]) -> int:
    return sum(key.width + _GAP for key in keys) - _GAP
