"""Running a study: from a scenario's name to a folder of runs, resumable at any moment."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from rapprochement_sim.ensemble.spec import DEFAULT_BLOCK_SIZE, EnsembleSpec, LensWeights
from rapprochement_sim.ensemble.supervisor import DEFAULT_TIME_LIMIT, Failure, supervise
from rapprochement_sim.errors import MalformedInput, listed, nearest_name
from rapprochement_sim.experiments.block_files import BlockReceipt, BlockTask
from rapprochement_sim.experiments.folder import RunFolder
from rapprochement_sim.experiments.kept_scenario import keep_scenario
from rapprochement_sim.experiments.main_indicators import main_indicators
from rapprochement_sim.experiments.manifest import FORMAT, MANIFEST_FILE, Manifest
from rapprochement_sim.experiments.versions import code_hash, code_version, versions
from rapprochement_sim.model import load_case
from rapprochement_sim.scenario.loading import list_scenarios
from rapprochement_sim.vocabulary import CAPITAL_KEYS, LENSES

if TYPE_CHECKING:
    from pathlib import Path

    from rapprochement_sim.decision.case import Case

DEFAULT_EXPLAINED_RUNS = 64
_RUNS_WORTH_A_POOL = 256
_SUM_TOLERANCE = 1e-9

Lenses = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Study:
    """What is asked for.

    Attributes
    ----------
    scenario
        Name of a shipped scenario, or a path.
    runs
        Number of runs.
    seed
        Root seed.
    block_size
        Runs stepped side by side; the folder's own, or 128, if None. Never changes results.
    lenses
        Weights of schools of thought by capital, in place of the scenario's.
    indicators
        Indicators to keep by turn besides the main ones.
    explained_runs
        For how many of the first runs causes are kept.
    """

    scenario: str
    runs: int
    seed: int
    block_size: int | None = None
    lenses: Lenses | None = None
    indicators: tuple[str, ...] = ()
    explained_runs: int = DEFAULT_EXPLAINED_RUNS


@dataclass(frozen=True)
class Progress:
    """How far a study has come; ``begun_with`` of its blocks were there before."""

    runs_done: int
    runs_asked: int
    blocks_done: int
    blocks_asked: int


@dataclass(frozen=True)
class StudyResult:
    """Where a study's runs stand, and which blocks had to be given up."""

    folder: Path
    failures: tuple[Failure, ...]


def run_study(
    study: Study,
    folder: Path,
    *,
    workers: int | None = None,
    time_limit: float = DEFAULT_TIME_LIMIT,
    on_progress: Callable[[Progress], None] | None = None,
) -> StudyResult:
    """Run what is missing of a study, and keep it in a folder.

    Neither the number of workers, nor interruptions, nor the machine's load change a byte
    of the folder.

    Parameters
    ----------
    study
        What is asked for.
    folder
        Where to keep it: a new or empty folder, or one that holds a part of this study.
    workers
        Processes; by default one for few runs, else one for each core.
    time_limit
        Seconds that a block may take in a worker.
    on_progress
        Called at the start and after every block.

    Raises
    ------
    MalformedInput
        If the study cannot be understood.
    OutputProblem
        If the folder cannot be written to, or holds something else.
    WrongVersion
        If the folder was made by another version of the rules or the code.
    """
    case = load_case(study.scenario)
    spec = ensemble_spec(study, case, folder)
    manifest = make_manifest(spec, case)
    mark = study_hash(manifest)
    place = RunFolder(folder)
    place.prepare(manifest)
    with place.held():
        keep_scenario(case.loaded, folder)
        done = place.done_blocks(spec, mark)
        missing = sorted(set(range(spec.n_blocks)) - set(done))
        counter = _Counter(spec, done, on_progress)
        failures = supervise(
            BlockTask(spec, folder, mark, manifest.code_hash),
            missing,
            workers=_workers_for(workers, missing, spec, has_failed=place.has_failures()),
            on_receipt=counter.count,
            time_limit=time_limit,
        )
        place.write_failures(failures, spec)
    return StudyResult(folder, tuple(failures))


def ensemble_spec(study: Study, case: Case, folder: Path) -> EnsembleSpec:
    """Settle what is left open in a study."""
    is_shipped = study.scenario in list_scenarios()
    block_size = study.block_size
    if block_size is None and (folder / MANIFEST_FILE).is_file():
        block_size = Manifest.read(folder).block_size
    return EnsembleSpec(
        scenario=study.scenario if is_shipped else str(case.loaded.path),
        content_hash=case.loaded.content_hash,
        rules_hash=case.loaded.rules_hash,
        root_seed=study.seed,
        n_runs=study.runs,
        block_size=DEFAULT_BLOCK_SIZE if block_size is None else block_size,
        indicators=main_indicators(case, study.indicators),
        explained_runs=min(study.explained_runs, study.runs),
        lens_weights=lens_weights_of(case, study.lenses) if study.lenses else None,
    )


def lens_weights_of(case: Case, lenses: Lenses) -> LensWeights:
    """Return the lens weights of a case in which some seats judge otherwise (capital, lens).

    Raises
    ------
    MalformedInput
        If a name is not known, or the weights of a seat sum to nothing.
    """
    weights = case.lens_weights.tolist()
    for capital, by_lens in lenses.items():
        _require_name(capital, CAPITAL_KEYS, "capital")
        for lens in by_lens:
            _require_name(lens, [each.value for each in LENSES], "school of thought")
        total = sum(by_lens.values())
        if not 0.0 < total < float("inf") or min(by_lens.values()) < 0.0:
            what = f"the weights of {capital}'s schools of thought sum to {total:g}"
            raise MalformedInput(what, allowed="weights from 0 on, one of them above 0")
        if abs(total - 1.0) < _SUM_TOLERANCE:
            total = 1.0  # weights that a manifest kept come back to the bit
        row = [by_lens.get(each.value, 0.0) / total for each in LENSES]
        weights[CAPITAL_KEYS.index(capital)] = row
    return tuple(tuple(row) for row in weights)


def _require_name(name: str, known: Iterable[str], kind: str) -> None:
    if name not in known:
        what = f"there is no {kind} '{name}'"
        raise MalformedInput(what, allowed=listed(known), nearest=nearest_name(name, known))


def make_manifest(spec: EnsembleSpec, case: Case) -> Manifest:
    """Write down whose runs these are."""
    scenario = case.loaded.schema
    lenses: dict[str, dict[str, float]] = {}
    for capital, row in zip(CAPITAL_KEYS, spec.lens_weights or (), strict=False):
        lenses[capital] = {lens.value: weight for lens, weight in zip(LENSES, row, strict=True)}
    return Manifest(
        format=FORMAT,
        scenario=case.loaded.id,
        scenario_title=scenario.title,
        scenario_hash=case.loaded.content_hash,
        rules_hash=case.loaded.rules_hash,
        code_version=code_version(),
        code_hash=code_hash(),
        versions=versions(),
        seed=spec.root_seed,
        n_runs=spec.n_runs,
        block_size=spec.block_size,
        turns=scenario.turns,
        start=scenario.start,
        turn_months=scenario.turn_months,
        explained_runs=spec.explained_runs,
        lens_weights=lenses,
        indicators=list(spec.indicators),
        outcomes={name: each.title for name, each in scenario.outcomes.items()},
        command=_command(spec, case, lenses),
    )


def _command(spec: EnsembleSpec, case: Case, lenses: dict[str, dict[str, float]]) -> str:
    """Return the command that makes the same runs, whoever asked for them and however."""
    words = ["rapprochement", "run", case.loaded.id, f"--runs {spec.n_runs}"]
    words.append(f"--seed {spec.root_seed}")
    if spec.block_size != DEFAULT_BLOCK_SIZE:
        words.append(f"--block-size {spec.block_size}")
    if spec.explained_runs != min(DEFAULT_EXPLAINED_RUNS, spec.n_runs):
        words.append(f"--explain-runs {spec.explained_runs}")
    for capital, by_lens in lenses.items():
        weights = ",".join(f"{lens}:{weight!r}" for lens, weight in by_lens.items() if weight)
        words.append(f"--lens {capital}={weights}")
    usual = main_indicators(case)
    words.extend(f"--indicator {name}" for name in spec.indicators if name not in usual)
    return " ".join(words)


def study_hash(manifest: Manifest) -> str:
    """SHA-256 of what decides a study's bytes."""
    facts = asdict(manifest)
    text = json.dumps(facts, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _workers_for(
    asked: int | None, missing: list[int], spec: EnsembleSpec, *, has_failed: bool
) -> int:
    """Settle the number of workers; 1 means that everything happens in this process.

    A single block is left to a worker too if one was asked for, or if blocks failed before:
    what kills or hangs must not meet the process that keeps account of it.
    """
    if asked is not None:
        if asked < 1:
            what = f"the number of workers is {asked}"
            raise MalformedInput(what, allowed="1 or more")
        return min(asked, max(2, len(missing)))
    if has_failed:
        return max(2, min(usable_cores(), len(missing)))
    if len(missing) * spec.block_size <= _RUNS_WORTH_A_POOL:
        return 1
    return min(usable_cores(), len(missing))


def usable_cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Counter:
    """Counts receipts and tells how far the study has come."""

    def __init__(
        self,
        spec: EnsembleSpec,
        done: list[int],
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        self.spec, self.on_progress = spec, on_progress
        self.blocks = len(done)
        self.runs = sum(len(spec.block_runs(block)) for block in done)
        self.tell()

    def count(self, receipt: BlockReceipt) -> None:
        self.blocks += 1
        self.runs += receipt.n_runs
        self.tell()

    def tell(self) -> None:
        if self.on_progress is not None:
            spec = self.spec
            self.on_progress(Progress(self.runs, spec.n_runs, self.blocks, spec.n_blocks))
