"""The process that holds the worlds: asked through a pipe, one question at a time.

What a scenario offers is answered first, for the class's door waits for it; only then the
model is loaded, while people come in.
"""

from __future__ import annotations

import importlib
import signal
import sys
import traceback
from types import ModuleType
from typing import TYPE_CHECKING, Any

from rapprochement_sim.classroom.requests import Answered, Failed, LookAtScenario, Refused
from rapprochement_sim.classroom.scenario_sheets import scenario_sheet
from rapprochement_sim.ensemble.workers import end_with_parent
from rapprochement_sim.errors import RapprochementError
from rapprochement_sim.scenario.loading import load_scenario
from rapprochement_sim.scenario.wearing import wear_labels

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from rapprochement_sim.classroom.tables import Tables


class LoadedWhenUsed(ModuleType):
    """Stands for a module until somebody uses something of it, and loads it then."""

    def __getattr__(self, name: str) -> Any:
        """Return what the module itself has under a name."""
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def serve(pipe: Connection) -> None:
    """Answer until the pipe is closed or the parent has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    # Mesa 3.3 names it for tables that no class asks for; it would take thirty megabytes.
    sys.modules.setdefault("pandas", LoadedWhenUsed("pandas"))
    tables: Tables | None = None
    try:
        while True:
            request = pipe.recv()
            if isinstance(request, LookAtScenario):
                pipe.send(_scenario(request))
                tables = tables or _new_tables()
                tables.prepare(request.scenario)
            else:
                tables = tables or _new_tables()
                pipe.send(_answered(tables, request))
    except (EOFError, OSError):
        return


def _scenario(request: LookAtScenario) -> Answered | Refused | Failed:
    try:
        wear_labels(request.scenario)
        return Answered(scenario_sheet(load_scenario(request.scenario)))
    except RapprochementError as error:
        return Refused(error)
    except Exception:  # noqa: BLE001 - the asker gets it
        return Failed(traceback.format_exc())


def _new_tables() -> Tables:
    from rapprochement_sim.classroom.tables import Tables  # noqa: PLC0415 - loads the model

    return Tables()


def _answered(tables: Tables, request: Any) -> Answered | Refused | Failed:
    from rapprochement_sim.classroom.answering import answer  # noqa: PLC0415 - loads the model

    try:
        return Answered(answer(tables, request))
    except RapprochementError as error:
        return Refused(error)
    except Exception:  # noqa: BLE001 - the asker gets it; the next question is answered
        tables.forget(getattr(request, "world", 0))
        return Failed(traceback.format_exc())
