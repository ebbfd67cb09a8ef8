"""What happens inside a worker process, and how it tells what it is busy with.

This module imports nothing heavy: a worker reads it before its threads are limited.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from contextlib import contextmanager, redirect_stderr, suppress
from ctypes import c_double, c_longlong
from dataclasses import dataclass
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.context import SpawnContext

Receipt = TypeVar("Receipt")

_MOST_NICE = 19

_ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)


@dataclass(frozen=True)
class Marks:
    """Shared memory in which workers note what they began: no lock, so a kill cannot jam it.

    ``started`` holds the monotonic time at which the task of a place began, 0 while it
    waits and after it ended; ``pids`` the process that works on it.
    """

    started: Any
    pids: Any

    @classmethod
    def make(cls, context: SpawnContext, n_places: int) -> Marks:
        """Make marks for some places, all of them empty."""
        return cls(context.RawArray(c_double, n_places), context.RawArray(c_longlong, n_places))

    def clear(self, place: int) -> None:
        """Empty a place."""
        self.started[place] = 0.0
        self.pids[place] = 0


_marks: Marks | None = None


def start_worker(marks: Marks) -> None:
    """Prepare a worker: it leaves Ctrl-C to its parent and never outlives it."""
    global _marks  # noqa: PLW0603 - what one process knows of itself
    _marks = marks
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()


def end_with_parent() -> None:
    """End this process as soon as the one that started it has ended, however it ended."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def give_way() -> None:
    """Let this process work only where its siblings leave the processor idle: keys come first.

    Beside two workers on two processors a key waited for a time slice, about 4 ms, in one of
    five bursts of drawing with a niceness of 5, and in one of a hundred with the most there is.
    """
    with suppress(AttributeError, OSError):  # Windows has none
        os.nice(_MOST_NICE)


def work(task: Callable[[int], Receipt], block: int, place: int) -> Receipt:
    """Do a task in a worker, marked while it lasts."""
    if _marks is None:
        message = "this process was not started as a worker"
        raise RuntimeError(message)
    _marks.pids[place] = os.getpid()
    _marks.started[place] = time.monotonic()
    try:
        return task(block)
    finally:
        _marks.clear(place)


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def one_thread_each() -> Iterator[None]:
    """Let processes that are started meanwhile compute with one thread each."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back meanwhile; processes started meanwhile never get it.

    A terminal sends Ctrl-C to every process of the group, and a worker that is still
    importing would print a traceback of its own.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # It hands the number of sys.stderr on, and a screen's stand-in for it has none.
    with redirect_stderr(sys.__stderr__):
        resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
