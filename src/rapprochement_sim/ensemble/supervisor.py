"""The supervisor of a process pool: no killed, hung or broken block stops the others."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import Counter, deque
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from rapprochement_sim.ensemble.deadline import TooLate, deadline
from rapprochement_sim.ensemble.workers import (
    Marks,
    interrupts_held,
    one_thread_each,
    start_worker,
    work,
)
from rapprochement_sim.errors import RapprochementError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Receipt = TypeVar("Receipt")

MOST_ATTEMPTS = 3
DEFAULT_TIME_LIMIT = 600.0
_LOOK_EVERY = 0.25


@dataclass(frozen=True)
class Failure:
    """A block that was given up, and why."""

    block: int
    reason: str


def supervise(
    task: Callable[[int], Receipt],
    blocks: Iterable[int],
    *,
    workers: int,
    on_receipt: Callable[[Receipt], None],
    time_limit: float = DEFAULT_TIME_LIMIT,
) -> list[Failure]:
    """Do a task for every block, in this process or in a pool of workers.

    A task must be idempotent: a block whose worker died is done again. A block whose
    worker dies three times while it runs alone, or that takes longer than ``time_limit``
    seconds three times, is given up, as is one that raises; the rest goes on.

    Parameters
    ----------
    task
        Picklable; what it returns should be small.
    blocks
        Numbers to call it with.
    workers
        Processes; with one, everything happens in this process.
    on_receipt
        Called in this process with what each call returns, in the sequence of finishing.
    time_limit
        Seconds that a block may take; see :func:`~rapprochement_sim.ensemble.deadline.deadline`
        for what can be held to it in this process.

    Returns
    -------
    list of Failure
        Blocks given up.

    Raises
    ------
    RapprochementError
        If a block raises one: such an error would meet every other block as well.
    """
    if workers == 1:
        return _do_here(task, blocks, on_receipt, time_limit)
    return _Supervisor(task, blocks, workers, on_receipt, time_limit).run()


def _do_here(
    task: Callable[[int], Receipt],
    blocks: Iterable[int],
    on_receipt: Callable[[Receipt], None],
    time_limit: float,
) -> list[Failure]:
    failures = []
    for block in blocks:
        try:
            receipt = _done_in_time(task, block, time_limit)
        except RapprochementError:
            raise
        except TooLate:
            failures.append(Failure(block, f"{_late(time_limit)}, {MOST_ATTEMPTS} times"))
        except Exception as error:  # noqa: BLE001 - one block's fault must not end the others
            failures.append(Failure(block, told(error)))
        else:
            on_receipt(receipt)
    return failures


def _done_in_time(task: Callable[[int], Receipt], block: int, time_limit: float) -> Receipt:
    """Do a block here, again if it takes too long."""
    for _ in range(MOST_ATTEMPTS - 1):
        with suppress(TooLate), deadline(time_limit):
            return task(block)
    with deadline(time_limit):
        return task(block)


def _late(time_limit: float) -> str:
    return f"it took longer than {time_limit:g} seconds"


class _Supervisor(Generic[Receipt]):
    """Keeps a few blocks per worker in flight, and rebuilds the pool when it breaks."""

    def __init__(
        self,
        task: Callable[[int], Receipt],
        blocks: Iterable[int],
        workers: int,
        on_receipt: Callable[[Receipt], None],
        time_limit: float,
    ) -> None:
        self.task, self.on_receipt, self.time_limit = task, on_receipt, time_limit
        self.workers = workers
        self.waiting = deque(blocks)
        self.suspects: deque[int] = deque()
        self.in_flight: dict[Future[Receipt], tuple[int, int]] = {}
        self.attempts: Counter[int] = Counter()
        self.hung: set[int] = set()
        self.failures: list[Failure] = []
        self.barren_pools = 0
        self.context = multiprocessing.get_context("spawn")
        self.marks = Marks.make(self.context, 2 * workers)
        self.pool: ProcessPoolExecutor | None = None

    def run(self) -> list[Failure]:
        """Work until every block is done or given up."""
        try:
            with one_thread_each():
                while self.waiting or self.suspects or self.in_flight:
                    self._fill()
                    self._collect()
        finally:
            # A second Ctrl-C must not leave this waiting for a block that still runs.
            with interrupts_held():
                self._kill_running()
                self._close_pool()
        return self.failures

    def _fill(self) -> None:
        """Hand out blocks: suspects one at a time and alone, the others together."""
        if self.suspects:
            if not self.in_flight:
                self._submit(self.suspects[0])
            return
        while self.waiting and len(self.in_flight) < 2 * self.workers:
            if not self._submit(self.waiting[0]):
                return
            self.waiting.popleft()

    def _submit(self, block: int) -> bool:
        taken = {place for _, place in self.in_flight.values()}
        place = next(n for n in range(2 * self.workers) if n not in taken)
        self.marks.clear(place)
        with interrupts_held():
            if self.pool is None:
                self.pool = ProcessPoolExecutor(
                    self.workers, self.context, initializer=start_worker, initargs=(self.marks,)
                )
            try:
                future = self.pool.submit(work, self.task, block, place)
            except BrokenProcessPool:
                self._bury()
                return False
        self.in_flight[future] = (block, place)
        return True

    def _collect(self) -> None:
        """Take receipts in; notice broken pools and blocks that hang."""
        done, _ = wait(self.in_flight, timeout=_LOOK_EVERY, return_when=FIRST_COMPLETED)
        is_broken = False
        for future in done:
            error = future.exception()
            if isinstance(error, BrokenProcessPool):
                is_broken = True
                continue
            block, _ = self.in_flight.pop(future)
            self.barren_pools = 0
            if error is None:
                self._take_in(block, future)
            elif isinstance(error, RapprochementError) or not isinstance(error, Exception):
                raise error
            else:
                self._give_up(block, told(error))
        if is_broken:
            self._bury()
        else:
            self._kill_hung()

    def _take_in(self, block: int, future: Future[Receipt]) -> None:
        self._clear(block)
        self.on_receipt(future.result())

    def _clear(self, block: int) -> None:
        if self.suspects and self.suspects[0] == block:
            self.suspects.popleft()

    def _give_up(self, block: int, reason: str) -> None:
        self._clear(block)
        self.failures.append(Failure(block, reason))

    def _kill_hung(self) -> None:
        now = time.monotonic()
        for block, place in self.in_flight.values():
            started = self.marks.started[place]
            if started and now - started > self.time_limit and block not in self.hung:
                self.hung.add(block)
                kill(self.marks.pids[place])

    def _bury(self) -> None:
        """Take leave of a broken pool and decide what becomes of the blocks it held.

        A pool that breaks takes all its blocks along. Which of those under way broke it is
        known only if it was alone or was killed for being late; else all become suspects,
        and run alone before any of them is counted.
        """
        wait(self.in_flight)
        held, self.in_flight = self.in_flight, {}
        begun = {block for block, place in held.values() if self.marks.started[place]}
        is_alone = bool(self.suspects)
        self._close_pool()
        self._count_barren(is_barren=not begun)
        back = []
        for future, (block, _) in held.items():
            if future.exception() is None:
                self._take_in(block, future)
            elif block in self.hung:
                self._count_attempt(block, _late(self.time_limit))
            elif is_alone:
                if block in begun:
                    self._count_attempt(block, "its worker process died")
            elif block in begun and not self.hung:
                self.suspects.append(block)
            else:
                back.append(block)
        self.hung.clear()
        self.waiting.extendleft(reversed(back))

    def _count_attempt(self, block: int, reason: str) -> None:
        self.attempts[block] += 1
        if self.attempts[block] >= MOST_ATTEMPTS:
            self._give_up(block, f"{reason}, {MOST_ATTEMPTS} times")
        elif block not in self.suspects:
            self.waiting.append(block)

    def _count_barren(self, *, is_barren: bool) -> None:
        self.barren_pools = self.barren_pools + 1 if is_barren else 0
        if self.barren_pools >= MOST_ATTEMPTS:
            what = "worker processes end before they begin"
            todo = (
                "Use one worker; a script that starts a study needs "
                'its `if __name__ == "__main__":` line.'
            )
            raise RapprochementError(what, todo=todo)

    def _kill_running(self) -> None:
        """End the workers whose blocks nobody waits for any more; when all went well, none."""
        for _, place in self.in_flight.values():
            if self.marks.started[place]:
                kill(self.marks.pids[place])

    def _close_pool(self) -> None:
        if self.pool is not None:
            self.pool.shutdown(wait=True, cancel_futures=True)
            self.pool = None


def kill(pid: int) -> None:
    """End a process at once, if it still runs."""
    if pid:
        with suppress(ProcessLookupError):
            os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))


def told(error: BaseException) -> str:
    """Name an error that is nobody's message, with its text."""
    return f"{type(error).__name__}: {error}"
