"""The one thread that changes a class: commands in, facts to disk, then answers out.

Commands that wait together are written together and flushed once. A sender is answered
after the flush, never before. A command that is sent again under its key gets its first
answer and changes nothing. If the disk refuses, nothing of the batch counts, the class is
*held* with the reason, and the next command tries again.
"""

from __future__ import annotations

import sqlite3
import time
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from rapprochement_sim.classroom.deciding import decide
from rapprochement_sim.classroom.outcome import Asked
from rapprochement_sim.classroom.reducing import Recorded, reduce_facts
from rapprochement_sim.errors import NotAllowedNow, OutputProblem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rapprochement_sim.classroom.commands import Command
    from rapprochement_sim.classroom.log import ClassLog
    from rapprochement_sim.classroom.state import ClassState

MOST_AT_ONCE = 256


@dataclass(frozen=True)
class _Waiting:
    command: Command
    by: int
    key: str
    answer: Future[str]


class ClassWriter:
    """A class that is open: its state, and the door through which it changes.

    Parameters
    ----------
    log
        The file; the writer closes it.
    listen
        Told, in the writer's thread, of every batch that is safe on disk; of no facts when
        the class begins to be held or goes on.
    clock
        Returns the time in epoch seconds.
    """

    def __init__(
        self,
        log: ClassLog,
        listen: Callable[[ClassState, tuple[Recorded, ...]], None] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._log = log
        self._listen = listen
        self._clock = clock
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        try:
            self.history: list[Recorded] = list(log.read())
            self.state = reduce_facts(self.history)
            self._answers = log.answers()
        except BaseException:
            log.close()
            raise
        self.trouble = ""
        self._is_closed = False
        self._thread = Thread(target=self._run, name="class writer", daemon=True)
        self._thread.start()

    @property
    def path(self) -> Path:
        """File of the class."""
        return self._log.path

    def submit(self, command: Command, *, by: int, key: str = "") -> Future[str]:
        """Ask for a command; the answer comes when it is safe on disk.

        Parameters
        ----------
        command, by
            What is asked, and who asks: a person's number, the teacher or the clock.
        key
            Tells the same wish sent twice; empty for one that is never repeated.
        """
        waiting = _Waiting(command, by, key, Future())
        # Whoever stops waiting for the answer does not take back what was asked.
        waiting.answer.set_running_or_notify_cancel()
        if self._is_closed:
            waiting.answer.set_exception(_ended())
        else:
            self._queue.put(waiting)
        return waiting.answer

    def listen_with(
        self, listen: Callable[[ClassState, tuple[Recorded, ...]], None] | None
    ) -> None:
        """Name who is told of every batch that is safe on disk."""
        self._listen = listen

    def answered(self, key: str) -> str | None:
        """Return the first answer to a key that is safe on disk."""
        return self._answers.get(key) if key else None

    def close(self) -> None:
        """Carry out what waits, then close the file."""
        if not self._is_closed:
            self._is_closed = True
            self._queue.put(None)
        self._thread.join()

    # ---------------------------------------------------------------- the thread

    def _run(self) -> None:
        is_last = False
        try:
            while not is_last:
                first = self._queue.get()
                batch = [] if first is None else [first]
                is_last = first is None
                with suppress(Empty):
                    while len(batch) < MOST_AT_ONCE:
                        more = self._queue.get_nowait()
                        if more is None:
                            is_last = True
                        else:
                            batch.append(more)
                self._carry_out(batch)
        finally:
            self._log.close()

    def _carry_out(self, batch: list[_Waiting]) -> None:
        told: list[tuple[_Waiting, str | Exception]] = []
        state = self.state
        records: list[Recorded] = []
        try:
            self._log.begin()
            for waiting in batch:
                state, new, answer = self._one(state, waiting)
                records += new
                told.append((waiting, answer))
            self._log.commit()
        except (sqlite3.Error, OSError) as error:
            self._hold(batch, error)
            return
        was_held, self.trouble = bool(self.trouble), ""
        self.state = state
        self.history += records
        if (records or was_held) and self._listen is not None:
            self._listen(state, tuple(records))
        for waiting, answer in told:
            if isinstance(answer, str) and waiting.key:
                self._answers[waiting.key] = answer
            if isinstance(answer, str):
                waiting.answer.set_result(answer)
            else:
                waiting.answer.set_exception(answer)

    def _one(
        self, state: ClassState, waiting: _Waiting
    ) -> tuple[ClassState, tuple[Recorded, ...], str | Exception]:
        first = self._log.answer_to(waiting.key) if waiting.key else None
        if first is not None:
            return state, (), first
        at = self._clock()
        try:
            outcome = decide(state, waiting.command, Asked(waiting.by, at))
            new = tuple(
                Recorded(state.seq + number, at, waiting.by, fact)
                for number, fact in enumerate(outcome.facts, 1)
            )
            after = reduce_facts(new, state)
        except Exception as error:  # noqa: BLE001 - the sender gets it; the class goes on
            return state, (), error
        self._log.append(new, waiting.key, outcome.answer)
        return after, new, outcome.answer

    def _hold(self, batch: list[_Waiting], error: Exception) -> None:
        self._log.roll_back()
        is_new = not self.trouble
        self.trouble = f"this computer cannot write the class down ({error})"
        if is_new and self._listen is not None:
            self._listen(self.state, ())
        for waiting in batch:
            todo = "The class is held until there is room; what was confirmed is safe."
            waiting.answer.set_exception(OutputProblem(self.trouble, todo=todo))


def _ended() -> NotAllowedNow:
    what = "the class is being closed"
    return NotAllowedNow(what, todo="Come back when it is open again.")
