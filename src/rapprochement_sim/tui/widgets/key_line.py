"""The last line of a screen: the keys that matter now. A click on one presses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
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
_USUAL = 1
_PLACES = {"enter": 0, "escape": 2, _MENU: 3, "q": 4}


class _Key(NamedTuple):
    key: str
    shown: str
    about: str
    is_extra: bool = False

    @property
    def width(self) -> int:
        return cell_len(self.shown) + 1 + cell_len(self.about)


class KeyLine(Widget):
    """Keys of the focused board, the screen and the application, in that sequence.

    Where there is room, keys of the screen's ``MORE_KEYS`` join them, the first named before
    the others. Where not even the usual ones fit, the menu's is left out first and then those
    before the last two, so that the way back and the way out always stand there. One line
    drawn at once: a footer of one widget a key took a third of the time that a screen needs
    to open.
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[_Key, ...] = ()
        self._more: tuple[str, ...] = ()

    def on_mount(self) -> None:
        """Follow what the screen's keys are."""
        self.screen.bindings_updated_signal.subscribe(self, self._read)
        self.call_after_refresh(self._read, self.screen)

    def _read(self, screen: Screen[object]) -> None:
        if not self.is_attached or screen is not self.screen:
            return
        found: dict[str, _Key] = {}
        more = getattr(screen, "MORE_KEYS", ())
        for _, binding, is_enabled, _ in screen.active_bindings.values():
            is_extra = binding.key in more
            if (binding.show or is_extra) and is_enabled:
                shown = self.app.get_key_display(binding)
                shown = shown if len(shown) == 1 else shown.capitalize()
                key = _Key(binding.key, shown, binding.description, is_extra)
                found.setdefault(binding.action, key)
        self._more = more
        # Enter first and the way back behind the others, on every screen alike.
        keys = tuple(sorted(found.values(), key=lambda key: _PLACES.get(key.key, _USUAL)))
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        del y
        styles = role_styles(self)
        # Bold, since keys must stand out from what they do without a colour too.
        pressed = styles["key"] + Style(bold=True)
        segments = []
        for _, key in self._placed():
            if key.shown:
                segments += [Segment(key.shown, pressed), Segment(" ", styles["plain"])]
            segments.append(Segment(key.about + " " * _GAP, styles["plain"]))
        return Strip(segments).adjust_cell_length(self.size.width, styles["plain"]).simplify()

    def _placed(self) -> Iterator[tuple[int, _Key]]:
        """Place the keys from left to right, as many as fit."""
        keys = list(self._keys)
        for left_out in reversed(self._more):
            if _width(keys) > self.size.width:
                keys = [key for key in keys if not (key.is_extra and key.key == left_out)]
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
