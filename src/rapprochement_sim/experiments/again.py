"""Making a study again from its run folder: the same settings, and then the same bits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapprochement_sim.errors import WrongVersion
from rapprochement_sim.experiments.folder import RunFolder
from rapprochement_sim.experiments.kept_scenario import scenario_of
from rapprochement_sim.experiments.main_indicators import main_indicators
from rapprochement_sim.experiments.manifest import Manifest
from rapprochement_sim.experiments.runs import Study
from rapprochement_sim.experiments.store import read_numbers, read_words
from rapprochement_sim.experiments.versions import code_hash, versions
from rapprochement_sim.model import load_case

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Compared:
    """Runs that two folders share, by the digest of every bit of their last state.

    Attributes
    ----------
    n_runs
        Runs that both hold.
    differing
        Numbers of those that differ.
    is_same_code
        Whether the same code and the same versions of packages made both.
    """

    n_runs: int
    differing: tuple[int, ...]
    is_same_code: bool


def study_again(folder: Path, scenario: str | None = None) -> Study:
    """Read from a run folder what was asked for.

    Parameters
    ----------
    folder
        The run folder; its manifest is enough.
    scenario
        Name or path of its scenario, if it is neither a shipped one nor kept in the folder.

    Raises
    ------
    OutputProblem
        If this is no run folder.
    MalformedInput
        If the scenario is not found.
    WrongVersion
        If the scenario, the rules or what is kept of a run have changed since.
    """
    manifest = Manifest.read(folder)
    name = scenario or scenario_of(manifest, folder)
    case = load_case(name)
    usual = main_indicators(case)
    changed = [
        f"{what} (then {then[:12]}, now {now[:12]})"
        for what, then, now in (
            ("the scenario", manifest.scenario_hash, case.loaded.content_hash),
            ("the rules", manifest.rules_hash, case.loaded.rules_hash),
        )
        if then != now
    ]
    if not changed and manifest.indicators[: len(usual)] != list(usual):
        changed = ["the indicators that every run keeps"]
    if changed:
        what = f"these runs were made by another version of {' and of '.join(changed)}"
        todo = (
            f"For the same runs use version {manifest.code_version} of the program, with the rules "
            f"of that time. For such runs by the rules of today: {manifest.command}"
        )
        raise WrongVersion(what, where=str(folder), todo=todo)
    return Study(
        scenario=name,
        runs=manifest.n_runs,
        seed=manifest.seed,
        block_size=manifest.block_size,
        lenses=manifest.lens_weights,
        indicators=tuple(manifest.indicators[len(usual) :]),
        explained_runs=manifest.explained_runs,
    )


def compare_runs(then: Path, now: Path) -> Compared:
    """Compare the runs of two folders of one study by their digests."""
    old, new = _digests(then), _digests(now)
    shared = sorted(old.keys() & new.keys())
    was = Manifest.read(then)
    return Compared(
        n_runs=len(shared),
        differing=tuple(run for run in shared if old[run] != new[run]),
        is_same_code=(was.code_hash, was.versions) == (code_hash(), versions()),
    )


def _digests(folder: Path) -> dict[int, str]:
    place = RunFolder(folder)
    blocks = range(Manifest.read(folder).n_blocks)
    paths = [
        place.part("summary", block) for block in blocks if place.is_done(block, is_explained=False)
    ]
    if not paths:
        return {}
    runs = read_numbers(paths, ["run"])["run"].tolist()
    return dict(zip(runs, read_words(paths, "digest").as_list(), strict=True))
