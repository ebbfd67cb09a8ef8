"""A turn-based game and a research instrument on rapprochement, over one agent-based model.

Importing the package is light: its public names load when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rapprochement_sim.errors import RapprochementError
    from rapprochement_sim.experiments.runs import Study, run_study
    from rapprochement_sim.experiments.summary import summarise
    from rapprochement_sim.model import RapprochementModel, load_case
    from rapprochement_sim.scenario.explaining import explain
    from rapprochement_sim.scenario.loading import list_scenarios, load_rules, load_scenario
    from rapprochement_sim.vocabulary import Capital, Lens, Order

__all__ = [
    "Capital",
    "Lens",
    "Order",
    "RapprochementError",
    "RapprochementModel",
    "Study",
    "explain",
    "list_scenarios",
    "load_case",
    "load_rules",
    "load_scenario",
    "run_study",
    "summarise",
]

_HOMES = {
    "Capital": "vocabulary",
    "Lens": "vocabulary",
    "Order": "vocabulary",
    "RapprochementError": "errors",
    "RapprochementModel": "model",
    "Study": "experiments.runs",
    "explain": "scenario.explaining",
    "list_scenarios": "scenario.loading",
    "load_case": "model",
    "load_rules": "scenario.loading",
    "load_scenario": "scenario.loading",
    "run_study": "experiments.runs",
    "summarise": "experiments.summary",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
