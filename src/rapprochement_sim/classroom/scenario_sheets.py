"""A scenario as a class needs it when it is opened: read, not compiled, so that doors open soon."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from rapprochement_sim.classroom.facts import FigureChange, SeatDecision
from rapprochement_sim.classroom.sheets import PreparedLine, ScenarioSheet
from rapprochement_sim.scenario.afterwards import what_happened
from rapprochement_sim.scenario.injects import load_injects
from rapprochement_sim.scenario.wearing import behind_the_mask
from rapprochement_sim.vocabulary import CAPITALS

if TYPE_CHECKING:
    from rapprochement_sim.scenario.loading import LoadedScenario


def scenario_sheet(loaded: LoadedScenario) -> ScenarioSheet:
    """Lay out what a scenario offers a class.

    Raises
    ------
    MalformedInput
        If the injects prepared beside it are malformed.
    """
    scenario, rules = loaded.schema, loaded.rules
    return ScenarioSheet(
        name=scenario.title,
        title=scenario.title,
        summary=scenario.summary,
        content_hash=loaded.content_hash,
        rules_hash=loaded.rules_hash,
        program=_program_version(),
        n_turns=scenario.turns,
        seats=tuple(
            (capital.key, scenario.seats[capital.key].introduction)  # type: ignore[index]
            for capital in CAPITALS
        ),
        titles=tuple((capital.key, capital.title) for capital in CAPITALS),
        events=tuple((name, event.title, event.summary) for name, event in rules.events.items()),
        figures=tuple((name, survey.title, "percent") for name, survey in rules.surveys.items()),
        injects=tuple(
            PreparedLine(
                name,
                inject.title,
                inject.headline,
                inject.event,
                tuple(FigureChange(each.indicator, each.change) for each in inject.changes),
                tuple(
                    SeatDecision("order", act.capital, act.target, act.action)
                    for act in (inject.act,)
                    if act is not None
                ),
            )
            for name, inject in load_injects(loaded).items()
        ),
        behind=behind_the_mask(loaded.path),
        happened=what_happened(loaded),
    )


def _program_version() -> str:
    try:
        return version("rapprochement-sim")
    except PackageNotFoundError:
        return "unknown"
