"""An adviser's worker: it keeps compiled cases and believed worlds warm and rolls them out.

It is told what to do by a pipe, looks into it after every turn it has played, and sends
each portion of rollouts back as soon as it is done.
"""

from __future__ import annotations

import signal
import traceback
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rapprochement_sim.ensemble.workers import end_with_parent, give_way
from rapprochement_sim.game.adviser_rollouts import Outcome, roll_out
from rapprochement_sim.game.believed_worlds import BelievedWorlds, Seen
from rapprochement_sim.model import compile_case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.game.adviser_question import Question
    from rapprochement_sim.game.adviser_slices import Slice
    from rapprochement_sim.scenario.loading import LoadedScenario
    from rapprochement_sim.world.axes import Array

_WORLDS_KEPT = 6
_CASES_KEPT = 3
CaseKey = tuple[str, str, bytes]


@dataclass(frozen=True)
class CaseSent:
    """A case as it travels: a worker compiles it again."""

    key: CaseKey
    loaded: LoadedScenario
    lens_weights: Array


@dataclass(frozen=True)
class Task:
    """Portions of a question that a worker shall answer; with none it only gets warm."""

    number: int
    key: CaseKey
    question: Question
    slices: tuple[Slice, ...]


@dataclass(frozen=True)
class Cancelled:
    """Word that nobody waits for an answer any more."""

    number: int


@dataclass(frozen=True)
class Rolled:
    """A portion's outcome, and the question that it answers."""

    number: int
    index: int
    outcome: Outcome


@dataclass(frozen=True)
class Failed:
    """Word that a question cannot be answered, and the traceback."""

    number: int
    trace: str


class WarmWorlds:
    """Believed worlds kept from question to question; they only follow what is new."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[CaseKey, int], tuple[BelievedWorlds, Seen]] = OrderedDict()

    def of(self, key: CaseKey, case: Case, question: Question) -> BelievedWorlds:
        """Return the worlds of a question."""
        at, seen = (key, question.worlds_seed), question.seen
        worlds, followed = self._kept.pop(at, (None, None))
        if worlds is None or followed is None or not _continues(followed, seen):
            worlds, followed = BelievedWorlds(case, question.worlds_seed, seen.start), None
        for turn in seen.turns[worlds.turn - seen.start.turn :]:
            worlds.follow(turn)
        self._kept[at] = (worlds, seen)
        while len(self._kept) > _WORLDS_KEPT:
            self._kept.popitem(last=False)
        return worlds


def _continues(earlier: Seen, later: Seen) -> bool:
    """Whether what was seen later begins with what was seen earlier, bit for bit."""
    n = len(earlier.turns)
    if n > len(later.turns):
        return False
    return _bits(earlier) == _bits(Seen(later.start, later.turns[:n]))


def _bits(seen: Seen) -> list[Any]:
    known = [seen.start, *(turn.knowledge for turn in seen.turns)]
    told: list[Any] = [turn.acts for turn in seen.turns]
    for knowledge in known:
        view = vars(knowledge.view)
        told += [view[name].tobytes() for name in view]
        told += [knowledge.polls.tobytes(), knowledge.poll_errors.tobytes(), knowledge.attention]
    return told


class _Worker:
    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._cases: OrderedDict[CaseKey, Case] = OrderedDict()
        self._worlds = WarmWorlds()
        self._tasks: OrderedDict[int, Task] = OrderedDict()
        self._working: tuple[Task, Slice, Iterator[Outcome | None]] | None = None

    def run(self) -> None:
        """Listen and work until the pipe is closed."""
        while True:
            is_idle = not self._tasks and self._working is None
            while is_idle or self._pipe.poll():
                self._hear(self._pipe.recv())
                is_idle = not self._tasks
            self._work()

    def _hear(self, message: CaseSent | Task | Cancelled) -> None:
        if isinstance(message, CaseSent):
            compiled = compile_case(message.loaded)
            self._cases[message.key] = replace(compiled, lens_weights=message.lens_weights)
            while len(self._cases) > _CASES_KEPT:
                self._cases.popitem(last=False)
        elif isinstance(message, Task):
            self._tasks[message.number] = message
        else:
            self._tasks.pop(message.number, None)
            if self._working is not None and self._working[0].number == message.number:
                self._working = None

    def _work(self) -> None:
        """Take one step: a turn of a portion."""
        if self._working is None:
            self._take_up()
            return
        task, portion, steps = self._working
        try:
            outcome = next(steps)
        except Exception:  # noqa: BLE001 - whatever it was, the one who asked must hear of it
            self._give_up(task)
            return
        if outcome is not None:
            self._working = None
            self._pipe.send(Rolled(task.number, portion.index, outcome))

    def _take_up(self) -> None:
        """Begin the next portion; questions take turns."""
        number, task = self._tasks.popitem(last=False)
        portion, rest = next(iter(task.slices), None), task.slices[1:]
        if rest:
            self._tasks[number] = replace(task, slices=rest)
        try:
            case = self._cases[task.key]
            worlds = self._worlds.of(task.key, case, task.question)
        except Exception:  # noqa: BLE001 - whatever it was, the one who asked must hear of it
            self._give_up(task)
            return
        if portion is not None:
            steps = roll_out(case, worlds, task.question, portion.numbers)
            self._working = (task, portion, steps)

    def _give_up(self, task: Task) -> None:
        self._working = None
        self._tasks.pop(task.number, None)
        self._pipe.send(Failed(task.number, traceback.format_exc()))


def serve(pipe: Connection) -> None:
    """Work in this process until the parent closes the pipe or ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    give_way()
    try:
        _Worker(pipe).run()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
