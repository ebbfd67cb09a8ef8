"""The process that holds the worlds: asked through a pipe, one question at a time."""

from __future__ import annotations

import signal
import traceback
from typing import TYPE_CHECKING, Any

from rapprochement_sim.classroom.answering import answer
from rapprochement_sim.classroom.requests import Answered, Failed, Refused
from rapprochement_sim.classroom.tables import Tables
from rapprochement_sim.ensemble.workers import end_with_parent
from rapprochement_sim.errors import RapprochementError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


def serve(pipe: Connection) -> None:
    """Answer until the pipe is closed or the parent has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    tables = Tables()
    try:
        while True:
            pipe.send(_answered(tables, pipe.recv()))
    except (EOFError, OSError):
        return


def _answered(tables: Tables, request: Any) -> Answered | Refused | Failed:
    try:
        return Answered(answer(tables, request))
    except RapprochementError as error:
        return Refused(error)
    except Exception:  # noqa: BLE001 - the asker gets it; the next question is answered
        tables.forget(getattr(request, "world", 0))
        return Failed(traceback.format_exc())
