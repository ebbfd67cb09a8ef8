"""The worlds of a class as the server sees them: ask, and another process answers.

The process is warm between questions and holds nothing that the log does not: if it dies
a new one makes the worlds again.
"""

from __future__ import annotations

import multiprocessing
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Any

from rapprochement_sim.classroom.requests import Answered, Refused
from rapprochement_sim.ensemble.workers import interrupts_held, one_thread_each
from rapprochement_sim.errors import NotAllowedNow, OutputProblem
from rapprochement_sim.naming import REAL, Skin, wear

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from rapprochement_sim.classroom.requests import LookAtScenario, Request

LONGEST_SECONDS = 240.0
"""Far longer than any answer takes: a computer that is busy elsewhere loads the model slowly."""
_GOODBYE_SECONDS = 1.0
_TRIES = 2


class Worlds:
    """A process that holds worlds; :meth:`ask` may be called from any thread.

    Parameters
    ----------
    skin
        What the process wears.
    """

    def __init__(self, skin: Skin = REAL) -> None:
        self._skin = skin
        self._lock = Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._is_closed = False

    @property
    def pid(self) -> int:
        """Process id of the worker, 0 while there is none."""
        return (self._process.pid or 0) if self._process is not None else 0

    def start(self) -> None:
        """Start the process, so that the first question is answered sooner."""
        with self._lock:
            self._started()

    def ask(self, request: Request | LookAtScenario) -> Any:
        """Ask, and wait for the answer.

        Raises
        ------
        RapprochementError
            If the rules refuse what was asked.
        OutputProblem
            If the process ended at it, or did not answer, again and again.
        RuntimeError
            If it is a fault of the program.
        """
        with self._lock:
            for _ in range(_TRIES):
                if self._is_closed:
                    what = "the class is being closed"
                    raise NotAllowedNow(what)
                try:
                    return self._asked(request)
                except (EOFError, OSError):
                    self._end()
        what = "this computer cannot play the worlds: their process ends or does not answer"
        todo = "Close other programs: memory or time is short. It is started anew when asked."
        raise OutputProblem(what, todo=todo)

    def close(self) -> None:
        """End the process."""
        self._is_closed = True
        process = self._process
        if process is not None and process.is_alive():
            process.terminate()
        with self._lock:
            self._end()

    # ---------------------------------------------------------------- within

    def _asked(self, request: Request | LookAtScenario) -> Any:
        pipe = self._started()
        pipe.send(request)
        if not pipe.poll(LONGEST_SECONDS):
            raise EOFError
        reply = pipe.recv()
        if isinstance(reply, Answered):
            return reply.found
        if isinstance(reply, Refused):
            raise reply.error
        raise RuntimeError(reply.trace)

    def _started(self) -> Connection:
        if self._pipe is not None:
            return self._pipe
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=_serve, args=(theirs, self._skin), name="worlds", daemon=True
        )
        with one_thread_each(), interrupts_held():
            process.start()
        theirs.close()
        self._process, self._pipe = process, ours
        return ours

    def _end(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            with suppress(OSError):
                self._process.terminate()
            self._process.join(_GOODBYE_SECONDS)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
        self._pipe = self._process = None


def _serve(pipe: Connection, skin: Skin) -> None:
    wear(skin)
    # The asking process must stay small: only this one loads the model.
    from rapprochement_sim.classroom.world_worker import serve  # noqa: PLC0415

    serve(pipe)
