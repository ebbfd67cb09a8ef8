"""The hand at the keyboard and the mouse: sends what a terminal would, waits until all is quiet.

Textual's own pilot waits until the process has used no time for a while: 90 ms a key, and
guesswork on a machine that is busy otherwise. Here a key is done when the event loop has
nothing left to run and the screen nothing left to draw; threads are waited for by those
who started them (:meth:`Player.until`).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from textual import events

if TYPE_CHECKING:
    from collections.abc import Sized

    from textual.app import App

_NAMES = {"?": "question_mark", "/": "slash", ":": "colon", " ": "space", ".": "full_stop"}
_MANY = 2000


async def press(app: App[None], key: str) -> None:
    """Press a key, by Textual's name of it or by its character."""
    if len(key) == 1:
        event = events.Key(_NAMES.get(key, key), key)
    else:
        event = events.Key(key, next((sign for sign, name in _NAMES.items() if name == key), None))
    await _send(app, event)


async def click(app: App[None], x: int, y: int, *, times: int = 1) -> None:
    """Move the pointer to a cell and click it."""
    await _send(app, _mouse(events.MouseMove, x, y, 0))
    for _ in range(times):
        await _send(app, _mouse(events.MouseDown, x, y, 1))
        await _send(app, _mouse(events.MouseUp, x, y, 1))


async def turn_wheel(app: App[None], x: int, y: int, *, down: bool) -> None:
    """Turn the wheel by one notch over a cell."""
    await _send(app, _mouse(events.MouseScrollDown if down else events.MouseScrollUp, x, y, 0))


async def settle(app: App[None]) -> None:
    """Wait until nothing runs any more and everything is drawn; timers do not count."""
    ready = cast("Sized", asyncio.get_running_loop()._ready)  # type: ignore[attr-defined] # noqa: SLF001 - the loop has no public word for idle
    for _ in range(_MANY):
        rounds = 0
        await asyncio.sleep(0)
        while ready and rounds < _MANY:
            await asyncio.sleep(0)
            rounds += 1
        if not app.is_running or not app.screen_stack:
            return
        app.screen._on_timer_update()  # noqa: SLF001 - what the timer of each frame calls
        if not ready:
            return
    message = "the screens never came to rest"
    raise AssertionError(message)


def _mouse(kind: type[events.MouseEvent], x: int, y: int, button: int) -> events.MouseEvent:
    return kind(
        widget=None,
        x=x,
        y=y,
        delta_x=0,
        delta_y=0,
        button=button,
        shift=False,
        meta=False,
        ctrl=False,
        screen_x=x,
        screen_y=y,
    )


async def _send(app: App[None], event: events.InputEvent) -> None:
    driver = app._driver  # noqa: SLF001 - where a terminal's input comes in
    assert driver is not None
    driver.process_message(event)
    await settle(app)
