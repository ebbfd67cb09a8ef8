"""A scenario of one's own, kept in the run folder, so that the folder is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.experiments.whole_files import write_text_whole
from rapprochement_sim.scenario.fitting import own_posterior
from rapprochement_sim.scenario.loading import (
    OWN_RULES,
    SCENARIO_FILE,
    list_scenarios,
    load_scenario,
)

if TYPE_CHECKING:
    from pathlib import Path

    from rapprochement_sim.experiments.manifest import Manifest
    from rapprochement_sim.scenario.loading import LoadedScenario

KEPT = "scenario"


def keep_scenario(loaded: LoadedScenario, folder: Path) -> None:
    """Keep a scenario, with the rules of its own, unless a shipped one says the same.

    Raises
    ------
    OutputProblem
        If the folder cannot be written to.
    """
    if _is_shipped(loaded):
        return
    target = folder / KEPT
    if loaded.path.name == SCENARIO_FILE:
        target /= loaded.id
    for file in files_of(loaded):
        place = target / file.relative_to(loaded.path.parent)
        place.parent.mkdir(parents=True, exist_ok=True)
        write_text_whole(place, file.read_text(encoding="utf-8-sig"))


def files_of(loaded: LoadedScenario) -> list[Path]:
    """Return all files that a scenario is made of, its own one first."""
    folder = loaded.path.parent
    files = [loaded.path]
    posterior = own_posterior(loaded.schema.fit)
    if posterior:
        files.append(folder / posterior)
    if loaded.path.name == SCENARIO_FILE:
        files += sorted((folder / OWN_RULES).rglob("*.yaml"))
    return files


def _is_shipped(loaded: LoadedScenario) -> bool:
    if loaded.id not in list_scenarios():
        return False
    shipped = load_scenario(loaded.id)
    there = (shipped.content_hash, shipped.rules_hash)
    return there == (loaded.content_hash, loaded.rules_hash)


def scenario_of(manifest: Manifest, folder: Path) -> str:
    """Return the path of the scenario that a run folder keeps, or the name of a shipped one.

    Raises
    ------
    MalformedInput
        If it is neither kept nor shipped.
    """
    kept = folder / KEPT
    for path in (kept / manifest.scenario / SCENARIO_FILE, kept / f"{manifest.scenario}.yaml"):
        if path.is_file():
            return str(path)
    if manifest.scenario in list_scenarios():
        return manifest.scenario
    what = f"the scenario of these runs, '{manifest.scenario}', is not a shipped one"
    todo = "Name its folder or file as well."
    raise MalformedInput(what, where=str(folder), todo=todo)
