"""A scenario under draws of a posterior: how much of the spread is what the record leaves open.

Each draw is a study of its own, with a scenario file of two lines and a run folder that can be
opened, repeated and continued like any other. All draws meet the same chance, so what parts
their means is the parameters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.errors import MalformedInput, OutputProblem
from rapprochement_sim.experiments.folder import RunFolder
from rapprochement_sim.experiments.kept_scenario import files_of
from rapprochement_sim.experiments.manifest import Manifest
from rapprochement_sim.experiments.runs import Study, run_study
from rapprochement_sim.experiments.store import read_numbers
from rapprochement_sim.experiments.summary import Band, band
from rapprochement_sim.experiments.whole_files import write_text_whole
from rapprochement_sim.scenario.fitting import own_posterior
from rapprochement_sim.scenario.loading import SCENARIO_FILE, list_scenarios, load_scenario
from rapprochement_sim.scenario.text_files import read_text, shown_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rapprochement_sim.world.axes import Array

LARGEST_POSTERIOR_BYTES = 1_000_000


@dataclass(frozen=True)
class DrawnFigure:
    """An indicator at the end, over all draws and runs.

    ``by_parameters`` is the share of its variance that lies between draws, 0..1, less what
    chance alone would put there.
    """

    name: str
    band: Band
    by_parameters: float


def run_drawn(
    study: Study, folder: Path, *, fit: str, n_draws: int, workers: int | None = None
) -> Iterator[Path]:
    """Run a study under each of the first draws of a posterior, and yield each run folder.

    Parameters
    ----------
    study
        What every draw is asked; its scenario names no fit of its own.
    folder
        Where the run folders ``draw_01``, ``draw_02`` and their scenario files are kept.
    fit
        Name of the record with the posterior, or a file that holds one.
    n_draws
        How many draws, at least two.
    workers
        Processes.

    Raises
    ------
    MalformedInput
        If there are too few draws, or no such scenario, fit or draw.
    OutputProblem
        If the folder cannot be written to, or a block could not be finished.
    """
    if n_draws < 2:
        what = f"{n_draws} draw says nothing about what the record leaves open"
        raise MalformedInput(what, where="--draws", allowed="2 or more")
    for number in range(1, n_draws + 1):
        scenario = _with_fit(study.scenario, folder / "scenarios", fit, number)
        place = folder / f"draw_{number:02d}"
        result = run_study(replace(study, scenario=str(scenario)), place, workers=workers)
        if result.failures:
            what = f"draw {number}: {result.failures[0].reason}"
            raise OutputProblem(what, where=str(place), todo="The same command goes on from here.")
        yield place


def _with_fit(scenario: str, folder: Path, fit: str, number: int) -> Path:
    """Write a scenario with a draw of a fit in it; return what can be run."""
    name, files = Path(fit).name, {}
    if own_posterior(fit):
        files[name] = read_text(Path(fit), kind="JSON", largest=LARGEST_POSTERIOR_BYTES)
    line = f"fit: {name}:{number}\n"
    if scenario in list_scenarios():
        own = folder / f"{scenario}_draw_{number:02d}.yaml"
        files[own.name] = f"based_on: {scenario}\n{line}"
    else:
        loaded = load_scenario(scenario)
        if loaded.schema.fit:
            what = "this scenario names a fit of its own"
            todo = "Leave its line 'fit' out: every draw puts in its own."
            raise MalformedInput(what, where=shown_path(loaded.path), todo=todo)
        own = folder / f"{loaded.id}_draw_{number:02d}.yaml"
        if loaded.path.name == SCENARIO_FILE:
            own = own.with_suffix("") / SCENARIO_FILE
        source = loaded.path.parent
        for file in files_of(loaded):
            files[str(file.relative_to(source))] = file.read_text(encoding="utf-8-sig")
        files[own.name] = f"{files.pop(loaded.path.name).rstrip()}\n{line}"
    for relative, text in files.items():
        place = own.parent / relative
        _make(place.parent)
        write_text_whole(place, text)
    return own if own.name != SCENARIO_FILE else own.parent


def drawn_figures(folders: Sequence[Path]) -> tuple[DrawnFigure, ...]:
    """Sum up run folders of draws: every kept indicator at the end."""
    names = Manifest.read(folders[0]).indicators
    ends = [_at_the_end(folder, names) for folder in folders]
    return tuple(
        DrawnFigure(
            name,
            band(np.concatenate([end[name] for end in ends])),
            share_between(np.stack([end[name] for end in ends])),
        )
        for name in names
    )


def share_between(values: Array) -> float:
    """Return the share of variance between groups (group, run): 0..1, free of chance's part.

    An analysis of variance with groups as random effects; a share below 0 counts as 0.
    """
    n_runs = values.shape[1]
    within = float(values.var(axis=1, ddof=1).mean()) if n_runs > 1 else 0.0
    between = float(values.mean(axis=1).var(ddof=1)) - within / n_runs
    total = max(between, 0.0) + within
    return max(between, 0.0) / total if total > 0.0 else 0.0


def _at_the_end(folder: Path, names: Sequence[str]) -> dict[str, Array]:
    manifest, place = Manifest.read(folder), RunFolder(folder)
    paths = [place.part("series", block) for block in range(manifest.n_blocks)]
    columns = read_numbers(paths, list(names))
    return {
        name: column.astype(np.float64).reshape(-1, manifest.turns + 1)[:, -1]
        for name, column in columns.items()
    }


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"this folder cannot be made ({error.strerror or error})"
        raise OutputProblem(what, where=str(folder), todo="Name another place.") from error
