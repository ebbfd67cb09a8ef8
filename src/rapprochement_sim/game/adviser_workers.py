"""The adviser's workers as the game sees them: ask, collect, cancel.

Nothing here waits unless it is told to: letters to a worker and what it answers are carried
by threads, which hold nobody up while a worker has not the processor to read or to write.
"""

from __future__ import annotations

import atexit
import multiprocessing
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count
from multiprocessing.reduction import ForkingPickler
from queue import Empty, SimpleQueue
from threading import RLock, Thread
from typing import TYPE_CHECKING, Protocol

from rapprochement_sim.ensemble.workers import interrupts_held, one_thread_each
from rapprochement_sim.game.adviser_rollouts import roll_out
from rapprochement_sim.game.adviser_worker import (
    Cancelled,
    CaseKey,
    CaseSent,
    Failed,
    Rolled,
    Task,
    WarmWorlds,
    serve,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.game.adviser_question import Question
    from rapprochement_sim.game.adviser_rollouts import Outcome
    from rapprochement_sim.game.adviser_slices import Slice

N_WORKERS = 2
MOST_DEATHS = 3
"""Deaths of workers, without a portion done in between, after which they are given up."""
_GOODBYE_SECONDS = 1.0


class WorkersGone(Exception):  # noqa: N818 - a fact told to the caller, not an error of a person
    """The workers cannot be had: the caller does the work itself."""


class Rollers(Protocol):
    """Who rolls worlds out."""

    def warm(self, case: Case, question: Question) -> None:
        """Follow the believed worlds of a question, without an answer."""

    def ask(self, case: Case, question: Question, slices: Sequence[Slice]) -> int:
        """Begin to answer a question; return its number."""

    def collect(self, number: int, seconds: float = 0.0) -> list[tuple[int, Outcome]]:
        """Return portions of a question that are done; wait so long for the first one."""

    def cancel(self, number: int) -> None:
        """Let a question go."""


def case_key(case: Case) -> CaseKey:
    """Return what tells a case from others."""
    loaded = case.loaded
    return loaded.content_hash, loaded.rules_hash, case.lens_weights.tobytes()


@dataclass
class _Asked:
    case: Case
    task: Task
    waiting: list[set[int]]
    done: list[tuple[int, Outcome]] = field(default_factory=list)


class _Hand:
    """A worker process, what it has been sent, and the threads that carry letters.

    ``heard`` takes in what it says, with the hand itself; None once it has ended.
    """

    def __init__(self, heard: SimpleQueue[tuple[_Hand, Rolled | Failed | None]]) -> None:
        self.process, self._pipe = _started()
        self.cases: set[CaseKey] = set()
        self._heard = heard
        self._outbox: SimpleQueue[bytes | None] = SimpleQueue()
        self._sender = Thread(target=self._send_all, name="letters to an adviser", daemon=True)
        self._listener = Thread(target=self._listen, name="words of an adviser", daemon=True)
        self._sender.start()
        self._listener.start()

    def send(self, letter: bytes) -> None:
        """Send what :func:`_letter` made, as soon as the worker listens."""
        self._outbox.put(letter)

    def end(self) -> None:
        """Ask the process to end."""
        self.process.terminate()

    def wait(self) -> None:
        """Wait until the process has ended; kill one that does not."""
        self.process.join(_GOODBYE_SECONDS)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self._listener.join(_GOODBYE_SECONDS)

    def _send_all(self) -> None:
        with suppress(OSError):  # of a dead worker the listener hears
            for letter in iter(self._outbox.get, None):
                self._pipe.send_bytes(letter)

    def _listen(self) -> None:
        with suppress(EOFError, OSError):
            while True:
                self._heard.put((self, self._pipe.recv()))
        self._outbox.put(None)
        self._sender.join()
        self._pipe.close()
        self._heard.put((self, None))


class WarmWorkers:
    """Worker processes kept alive between questions.

    They start with the first question, take portions in turn, begin again where one of
    them died, and end with this process.
    """

    def __init__(self, n_workers: int = N_WORKERS) -> None:
        self._n_workers = n_workers
        self._hands: list[_Hand] = []
        self._heard: SimpleQueue[tuple[_Hand, Rolled | Failed | None]] = SimpleQueue()
        self._latest_case: tuple[CaseKey | None, bytes] = (None, b"")
        self._asked: dict[int, _Asked] = {}
        self._numbers = count(1)
        self._deaths = 0
        self._lock = RLock()

    @property
    def pids(self) -> list[int]:
        """Process ids of the workers that have been started."""
        return [hand.process.pid or 0 for hand in self._hands]

    def start(self) -> None:
        """Start the workers, unless they run.

        Raises
        ------
        WorkersGone
            If no process can be started.
        """
        with self._lock:
            while len(self._hands) < self._n_workers:
                self._hands.append(self._hired())

    def warm(self, case: Case, question: Question) -> None:
        """Follow the believed worlds of a question, without an answer."""
        with self._lock:
            self.start()
            task = _letter(Task(next(self._numbers), case_key(case), question, ()))
            for place in range(self._n_workers):
                self._send_case(place, case)
                self._hands[place].send(task)

    def ask(self, case: Case, question: Question, slices: Sequence[Slice]) -> int:
        """Begin to answer a question; return its number."""
        with self._lock:
            self.start()
            number = next(self._numbers)
            task = Task(number, case_key(case), question, tuple(slices))
            shares = [set(range(k, len(slices), self._n_workers)) for k in range(self._n_workers)]
            self._asked[number] = _Asked(case, task, shares)
            for place in range(self._n_workers):
                self._hand_out(place, number)
            return number

    def collect(self, number: int, seconds: float = 0.0) -> list[tuple[int, Outcome]]:
        """Return portions of a question that are done; wait so long for the first one.

        Raises
        ------
        WorkersGone
            If workers die again and again.
        """
        until = time.monotonic() + seconds
        with self._lock:
            while True:
                self._exchange(max(until - time.monotonic(), 0.0))
                asked = self._asked.get(number)
                if asked is None:
                    return []
                if asked.done or time.monotonic() >= until:
                    done, asked.done = asked.done, []
                    if not any(asked.waiting):
                        del self._asked[number]
                    return done

    def cancel(self, number: int) -> None:
        """Let a question go; workers stop after the turn that they are playing."""
        with self._lock:
            if self._asked.pop(number, None) is not None:
                letter = _letter(Cancelled(number))
                for hand in self._hands:
                    hand.send(letter)

    def close(self) -> None:
        """End the workers and wait until they have."""
        with self._lock:
            for hand in self._hands:
                hand.end()
            for hand in self._hands:
                hand.wait()
            self._hands.clear()
            self._asked.clear()

    # -------------------------------------------------------------- within

    def _hired(self) -> _Hand:
        try:
            return _Hand(self._heard)
        except (OSError, RuntimeError) as error:
            raise WorkersGone from error

    def _hand_out(self, place: int, number: int) -> None:
        """Send a worker its share of a question."""
        asked = self._asked[number]
        wanted = sorted(asked.waiting[place])
        if wanted:
            self._send_case(place, asked.case)
            share = tuple(asked.task.slices[index] for index in wanted)
            self._hands[place].send(_letter(replace(asked.task, slices=share)))

    def _send_case(self, place: int, case: Case) -> None:
        hand, key = self._hands[place], case_key(case)
        if key in hand.cases:
            return
        if self._latest_case[0] != key:
            self._latest_case = key, _letter(CaseSent(key, case.loaded, case.lens_weights))
        hand.cases.add(key)
        hand.send(self._latest_case[1])

    def _exchange(self, seconds: float) -> None:
        """Take in what workers have said, waiting so long for the first word."""
        with suppress(Empty):
            self._understand(*self._heard.get(block=seconds > 0.0, timeout=seconds))
            while True:
                self._understand(*self._heard.get_nowait())

    def _understand(self, hand: _Hand, message: Rolled | Failed | None) -> None:
        if hand not in self._hands:
            return
        place = self._hands.index(hand)
        if message is None:
            self._replace(place)
            return
        asked = self._asked.get(message.number)
        if isinstance(message, Failed):
            self._asked.pop(message.number, None)
            msg = f"an adviser's rollouts failed:\n{message.trace}"
            raise RuntimeError(msg)  # noqa: TRY004 - it is about the work, not a type
        self._deaths = 0
        if asked is not None and message.index in asked.waiting[place]:
            asked.waiting[place].discard(message.index)
            asked.done.append((message.index, message.outcome))

    def _replace(self, place: int) -> None:
        """Start a worker in place of one that died, and give it what that one had to do."""
        self._deaths += 1
        self._hands[place].wait()
        if self._deaths > MOST_DEATHS:
            self.close()
            raise WorkersGone
        self._hands[place] = self._hired()
        for number in list(self._asked):
            self._hand_out(place, number)


def _letter(message: CaseSent | Task | Cancelled) -> bytes:
    """Put a message down as it travels; whoever writes it is the one who knows what is in it."""
    return bytes(ForkingPickler.dumps(message))


def _started() -> tuple[BaseProcess, Connection]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), name="adviser", daemon=True)
    try:
        with one_thread_each(), interrupts_held():
            process.start()
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()
    return process, ours


@cache
def shared_workers() -> WarmWorkers:
    """Return the workers that all seats of this process share."""
    workers = WarmWorkers()
    atexit.register(workers.close)
    return workers


class SameProcess:
    """Rollouts without workers: each look at a question plays a turn of it."""

    def __init__(self) -> None:
        self._worlds = WarmWorlds()
        self._asked: dict[int, Iterator[tuple[int, Outcome] | None]] = {}
        self._numbers = count(1)

    def warm(self, case: Case, question: Question) -> None:
        """Follow the believed worlds of a question, without an answer."""
        self._worlds.of(case_key(case), case, question)

    def ask(self, case: Case, question: Question, slices: Sequence[Slice]) -> int:
        """Begin to answer a question; return its number."""
        number = next(self._numbers)
        self._asked[number] = self._steps(case, question, slices)
        return number

    def collect(self, number: int, seconds: float = 0.0) -> list[tuple[int, Outcome]]:
        """Return the portion that is done, if one is; work so long for it, a turn at least."""
        until = time.monotonic() + seconds
        steps = self._asked.get(number, iter(()))
        for found in steps:
            if found is not None:
                return [found]
            if time.monotonic() >= until:
                return []
        self._asked.pop(number, None)
        return []

    def cancel(self, number: int) -> None:
        """Let a question go."""
        self._asked.pop(number, None)

    def _steps(
        self, case: Case, question: Question, slices: Sequence[Slice]
    ) -> Iterator[tuple[int, Outcome] | None]:
        worlds = self._worlds.of(case_key(case), case, question)
        for portion in slices:
            for outcome in roll_out(case, worlds, question, portion.numbers):
                yield None if outcome is None else (portion.index, outcome)
