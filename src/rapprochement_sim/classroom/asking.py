"""Who waits for the worlds: what somebody decides goes first, what is only looked at last."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from queue import Empty, PriorityQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

from rapprochement_sim.classroom import requests

if TYPE_CHECKING:
    from collections.abc import Callable

_DECIDED, _WAITED_FOR, _WATCHED = range(3)
_URGENCY: dict[type[requests.Request], int] = {
    requests.Judge: _DECIDED,
    requests.JudgeTakingBack: _DECIDED,
    requests.PlayTurn: _DECIDED,
    requests.LookAtSeat: _WAITED_FOR,
    requests.LookAtOrder: _WAITED_FOR,
    requests.AskSeat: _WAITED_FOR,
}
_LAST = _WATCHED + 1


@dataclass(frozen=True, order=True)
class _Waiting:
    urgency: int
    number: int
    request: requests.Request | None = field(compare=False)
    answer: Future[Any] = field(compare=False)


class Asker:
    """A thread that asks for everyone, one question at a time, the most urgent first.

    Parameters
    ----------
    ask
        Answers a question, or raises; it may block.
    """

    def __init__(self, ask: Callable[[requests.Request], Any]) -> None:
        self._ask = ask
        self._queue: PriorityQueue[_Waiting] = PriorityQueue()
        self._numbers = count()
        self._is_closed = False
        self._thread = Thread(target=self._run, name="worlds", daemon=True)
        self._thread.start()

    def ask(self, request: requests.Request) -> Future[Any]:
        """Ask; the answer comes when it is this question's turn."""
        urgency = _URGENCY.get(type(request), _WATCHED)
        waiting = _Waiting(urgency, next(self._numbers), request, Future())
        self._queue.put(waiting)
        if self._is_closed:
            self._let_go()
        return waiting.answer

    def close(self) -> None:
        """Ask nothing more; who still waits is told so."""
        self._is_closed = True
        self._let_go()
        self._queue.put(_Waiting(_LAST, next(self._numbers), None, Future()))

    def _run(self) -> None:
        while True:
            waiting = self._queue.get()
            if waiting.request is None:
                return
            if not waiting.answer.set_running_or_notify_cancel():
                continue
            try:
                waiting.answer.set_result(self._ask(waiting.request))
            except Exception as error:  # noqa: BLE001 - the asker gets it; the next is asked
                waiting.answer.set_exception(error)

    def _let_go(self) -> None:
        with suppress(Empty):
            while True:
                waiting = self._queue.get_nowait()
                if waiting.request is None:
                    self._queue.put(waiting)
                    return
                waiting.answer.cancel()
