"""A time limit on work that is done in this very process."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_AT_ONCE = 1e-3


class TooLate(BaseException):
    """The time is up: no error of a task's own, so none that a task would catch."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """End what is done meanwhile once the time is up.

    The alarm of the operating system interrupts what Python does; a single call into
    compiled code is ended when it returns. Only the main thread hears it: in another one,
    and where there is no such alarm (Windows), there is no limit. An alarm that was set
    before rings as it would have.

    Raises
    ------
    TooLate
        If the time is up.
    """
    if not hasattr(signal, "setitimer") or not _is_main_thread():
        yield
        return
    is_over = False

    def ring(_: int, __: FrameType | None) -> None:
        if not is_over:
            raise TooLate

    began = time.monotonic()
    heard_before = signal.signal(signal.SIGALRM, ring)
    left, every = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        is_over = True
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, heard_before)
        if left:
            left = max(left - (time.monotonic() - began), _AT_ONCE)
            signal.setitimer(signal.ITIMER_REAL, left, every)


def _is_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()
