"""Many worlds played in a process of its own, so that whoever looks on is never slowed down."""

from __future__ import annotations

import multiprocessing
import signal
import traceback
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapprochement_sim.ensemble.workers import (
    end_with_parent,
    give_way,
    interrupts_held,
    one_thread_each,
)
from rapprochement_sim.game.analysis import analyse
from rapprochement_sim.game.past import LookBack
from rapprochement_sim.game.replaying import rebuilt
from rapprochement_sim.model import compile_case

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from rapprochement_sim.game.analysis import Analysis, Effort
    from rapprochement_sim.game.journal import Journal
    from rapprochement_sim.game.session import Session
    from rapprochement_sim.scenario.loading import LoadedScenario
    from rapprochement_sim.world.axes import Array

_BLINK_SECONDS = 0.1
_GOODBYE_SECONDS = 5.0


@dataclass(frozen=True)
class GameSent:
    """A game as it travels to the process: it is compiled and played again there."""

    loaded: LoadedScenario
    lens_weights: Array
    journal: Journal
    effort: Effort


@dataclass(frozen=True)
class Failed:
    """Word that the analysis cannot go on, and the traceback."""

    trace: str


class _Stopped(Exception):  # noqa: N818 - it is a wish, not an error
    """Word that nobody waits for the analysis any more."""


def looks_of(session: Session, effort: Effort, keep_on: Callable[[], bool]) -> Generator[LookBack]:
    """Analyse a game in this process, as long as it is asked to keep on."""

    def ask(_: float) -> None:
        if not keep_on():
            raise _Stopped

    with suppress(_Stopped):
        for analysis in analyse(session, effort=effort, progress=ask):
            yield LookBack(1.0 if analysis.is_final else 0.0, analysis)


def looks_beside(
    session: Session, effort: Effort, keep_on: Callable[[], bool]
) -> Generator[LookBack]:
    """Analyse a game in a process that ends with the iterator, or with this process.

    It tells where it stands every blink, and asks whether to keep on. Where no process can
    be started, and where it is ended by somebody else, the analysis is made in this process.
    """
    case = session.case
    sent = GameSent(case.loaded, case.lens_weights, session.journal(), effort)
    try:
        process, pipe = _started(sent)
    except (OSError, RuntimeError):
        yield from looks_of(session, effort, keep_on)
        return
    try:
        yield from _heard(pipe, keep_on)
    except (EOFError, OSError):
        yield from looks_of(session, effort, keep_on)
    finally:
        pipe.close()
        process.terminate()
        process.join(_GOODBYE_SECONDS)
        if process.is_alive():
            process.kill()
            process.join()


def _heard(pipe: Connection, keep_on: Callable[[], bool]) -> Iterator[LookBack]:
    look = LookBack(0.0, None)
    yield look
    while not look.is_done and keep_on():
        while pipe.poll(_BLINK_SECONDS) and not look.is_done:
            look = _with(look, pipe.recv())
        yield look


def _with(look: LookBack, message: float | Analysis | Failed) -> LookBack:
    if isinstance(message, Failed):
        msg = f"the analysis failed:\n{message.trace}"
        raise RuntimeError(msg)  # noqa: TRY004 - it is about the work, not a type
    if isinstance(message, float):
        return replace(look, share=message)
    return replace(look, analysis=message)


def _started(sent: GameSent) -> tuple[BaseProcess, Connection]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, sent), name="debrief", daemon=True)
    try:
        with one_thread_each(), interrupts_held():
            process.start()
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()
    return process, ours


def serve(pipe: Connection, sent: GameSent) -> None:
    """Analyse in this process and tell it by a pipe, until that is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    give_way()
    with suppress(BrokenPipeError, ConnectionResetError):
        try:
            _tell(pipe, sent)
        except (BrokenPipeError, ConnectionResetError):
            raise
        except Exception:  # noqa: BLE001 - whatever it was, the one who asked must hear of it
            pipe.send(Failed(traceback.format_exc()))


def _tell(pipe: Connection, sent: GameSent) -> None:
    case = replace(compile_case(sent.loaded), lens_weights=sent.lens_weights)
    session = rebuilt(case, sent.journal)
    for analysis in analyse(session, effort=sent.effort, progress=pipe.send):
        pipe.send(analysis)
