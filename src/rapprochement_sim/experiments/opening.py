"""Opening a run of a study: its stored row, and the game that it was, bit for bit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.ensemble.block import final_scores
from rapprochement_sim.errors import MalformedInput, OutputProblem, WrongVersion
from rapprochement_sim.experiments.folder import RunFolder
from rapprochement_sim.experiments.kept_scenario import scenario_of
from rapprochement_sim.experiments.manifest import Manifest
from rapprochement_sim.experiments.runs import study_hash
from rapprochement_sim.experiments.store import read_about, read_numbers, read_words
from rapprochement_sim.experiments.versions import code_hash, versions
from rapprochement_sim.game.journal import Header
from rapprochement_sim.game.opening import with_lenses
from rapprochement_sim.game.session import Session
from rapprochement_sim.game.table import LANE
from rapprochement_sim.model import load_case
from rapprochement_sim.vocabulary import CAPITAL_KEYS, Capital

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.world.axes import Array

TOLERANCE = 1e-6
"""Between processors and versions of numpy, figures agree to this."""


@dataclass(frozen=True)
class StoredRun:
    """A run as its folder keeps it.

    Attributes
    ----------
    run
        Its number.
    scores
        Capital to its score at the end, 0..100.
    outcomes
        Outcome to whether it came true.
    digest
        SHA-256 of every bit of its final state.
    series
        The manifest's indicators by turn, the start included (turn, indicator).
    acts
        What happened: turn (from 1), slot, act.
    """

    run: int
    scores: Mapping[str, float]
    outcomes: Mapping[str, bool]
    digest: str
    series: Array
    acts: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Reopened:
    """A run played again to its end: ``is_exact`` if to the bit, else to six digits."""

    session: Session
    is_exact: bool


@dataclass(frozen=True)
class StoredStudy:
    """A run folder, and the case that its runs were played by."""

    folder: Path
    manifest: Manifest
    case: Case
    scenario: str

    @property
    def name(self) -> str:
        """Name of the folder."""
        return self.folder.resolve().name

    def extreme(self, seat: Capital, *, best: bool) -> int:
        """Return the run that ended worst or best for a seat; of equal ones the first.

        Raises
        ------
        OutputProblem
            If no block of the folder is whole, or a file cannot be read.
        """
        place, manifest = RunFolder(self.folder), self.manifest
        blocks = [b for b in range(manifest.n_blocks) if place.is_done(b, is_explained=False)]
        if not blocks:
            raise _missing(self.folder, "no block of this run folder is whole", manifest)
        paths = [self.part("summary", block) for block in blocks]
        score = f"score_{seat.key}"
        columns = read_numbers(paths, ["run", score])
        found = np.argmax(columns[score]) if best else np.argmin(columns[score])
        return int(columns["run"][found])

    def row(self, run: int) -> StoredRun:
        """Read a run's stored row.

        Raises
        ------
        MalformedInput
            If the study has no such run.
        OutputProblem
            If the run is not there, or its files are another study's or cannot be read.
        """
        manifest = self.manifest
        if not 0 <= run < manifest.n_runs:
            what = f"this study has no run {run}"
            allowed = f"0 to {manifest.n_runs - 1}"
            raise MalformedInput(what, where=str(self.folder), allowed=allowed)
        block, at = divmod(run, manifest.block_size)
        if not RunFolder(self.folder).is_done(block, is_explained=False):
            raise _missing(self.folder, f"run {run} is not there: its block is missing", manifest)
        parts = {kind: self.part(kind, block) for kind in ("summary", "series", "acts")}
        names = [f"score_{key}" for key in CAPITAL_KEYS]
        outcomes = [f"outcome_{name}" for name in manifest.outcomes]
        found = read_numbers([parts["summary"]], ["run", *names, *outcomes])
        if found["run"].size <= at or found["run"][at] != run:
            raise _missing(self.folder, f"run {run} is not in its block", manifest)
        return StoredRun(
            run=run,
            scores={key: float(found[f"score_{key}"][at]) for key in CAPITAL_KEYS},
            outcomes={name: bool(found[f"outcome_{name}"][at]) for name in manifest.outcomes},
            digest=read_words([parts["summary"]], "digest").as_list()[at],
            series=_series(parts["series"], manifest, at),
            acts=_acts(parts["acts"], run),
        )

    def part(self, kind: str, block: int) -> Path:
        """Return a file of a block.

        Raises
        ------
        OutputProblem
            If it cannot be read, or belongs to another study.
        """
        path = RunFolder(self.folder).part(kind, block)
        about = read_about(path)
        if (about.get("study"), about.get("block")) != (study_hash(self.manifest), str(block)):
            what = "this file belongs to another study"
            todo = f"Delete it and repeat the run: {self.manifest.command}"
            raise OutputProblem(what, where=str(path), todo=todo)
        return path

    def header(self, run: int) -> Header:
        """Return what a run was started with, as a save's header tells it."""
        manifest = self.manifest
        return Header(
            scenario=self.scenario,
            content_hash=manifest.scenario_hash,
            rules_hash=manifest.rules_hash,
            program=manifest.code_version,
            seed=manifest.seed,
            run=run,
            seats=(),
            lenses=manifest.lens_weights,
        )

    def opened_at(self, run: int) -> Callable[[int], Session]:
        """Return what plays a run by itself up to where a turn opens, or to its end."""
        session = Session(self.case, self.header(run))

        def at(turn: int) -> Session:
            nonlocal session
            if session.turn >= turn:
                session = Session(self.case, self.header(run))
            while session.turn < turn - 1:
                session.play_turn()
            return session

        return at

    def reopen(self, row: StoredRun) -> Reopened:
        """Play a run again to its end and compare it with its stored row.

        Raises
        ------
        WrongVersion
            If it comes out otherwise since another version made it.
        OutputProblem
            If it comes out otherwise although nothing else was changed.
        """
        session = Session(self.case, self.header(row.run))
        while not session.is_over:
            session.play_turn()
        difference = _difference(self, row, session)
        if not difference:
            return Reopened(session, session.turns[-1].digest == row.digest)
        what = f"run {row.run} does not come out as it was stored: {difference}"
        manifest = self.manifest
        if (manifest.code_hash, manifest.versions) != (code_hash(), versions()):
            todo = f"Open it with what made it: version {manifest.code_version}, "
            todo += ", ".join(f"{name} {each}" for name, each in manifest.versions.items())
            raise WrongVersion(what, where=str(self.folder), todo=f"{todo}.")
        todo = f"Its files were changed; make them again: {manifest.command}"
        raise OutputProblem(what, where=str(self.folder), todo=todo)


def open_study(folder: Path, scenario: str | None = None) -> StoredStudy:
    """Open a run folder.

    Parameters
    ----------
    folder
        Where the runs are.
    scenario
        Name or path of their scenario, if it is not a shipped one.

    Raises
    ------
    OutputProblem
        If this is no run folder.
    MalformedInput
        If the scenario is not found.
    WrongVersion
        If the scenario or the rules have changed since.
    """
    manifest = Manifest.read(folder)
    case = _case_of(manifest, folder, scenario)
    changed = [
        name
        for name, then, now in (
            ("rules", manifest.rules_hash, case.loaded.rules_hash),
            ("scenario", manifest.scenario_hash, case.loaded.content_hash),
        )
        if then != now
    ]
    if changed:
        what = f"these runs were made by another version of the {' and the '.join(changed)}"
        todo = f"Open them with version {manifest.code_version} of the program."
        raise WrongVersion(what, where=str(folder), todo=todo)
    names = scenario or manifest.scenario
    known = case.indicators.by_name
    if not set(manifest.indicators) <= set(known):
        raise Manifest.spoilt(folder)
    return StoredStudy(folder, manifest, with_lenses(case, manifest.lens_weights), names)


def _case_of(manifest: Manifest, folder: Path, scenario: str | None) -> Case:
    if scenario is not None:
        return load_case(scenario)
    try:
        return load_case(scenario_of(manifest, folder))
    except MalformedInput as error:
        what = f"the scenario of these runs, '{manifest.scenario}', is not a shipped one"
        todo = "Name its folder or file with --scenario."
        raise MalformedInput(what, where=str(folder), todo=todo) from error


def _series(path: Path, manifest: Manifest, at: int) -> Array:
    n_turns = manifest.turns + 1
    columns = read_numbers([path], manifest.indicators)
    rows = slice(at * n_turns, (at + 1) * n_turns)
    return np.stack([np.asarray(columns[name])[rows] for name in manifest.indicators], axis=1)


def _acts(path: Path, run: int) -> tuple[tuple[int, int, str], ...]:
    columns, acts = read_numbers([path], ["run", "turn", "slot"]), read_words([path], "act")
    own = np.flatnonzero(columns["run"] == run)
    return tuple(
        (int(columns["turn"][n]), int(columns["slot"][n]), acts.words[acts.codes[n]]) for n in own
    )


def _difference(study: StoredStudy, row: StoredRun, session: Session) -> str:
    """Name the first thing in which a run played again differs from its row; empty if nothing."""
    case, names = study.case, study.manifest.indicators
    read = [case.indicators.read(state) for state in session.states]
    for turn, found in enumerate(read):
        for name, stored in zip(names, row.series[turn], strict=True):
            value = found[case.indicators.by_name[name].index, LANE]
            if abs(value - stored) > TOLERANCE:
                return f"turn {turn}: {name} was {stored:g} and is {value:g}"
    acts = tuple((turn.turn, act.slot, act.key) for turn in session.turns for act in turn.acts)
    for was, now in zip(row.acts, acts, strict=False):
        if was != now:
            return f"turn {was[0]}: {was[2]} was, {now[2]} in turn {now[0]} is"
    if len(row.acts) != len(acts):
        return f"{len(row.acts)} acts were and {len(acts)} are"
    scores = final_scores(case, read[-1])[:, LANE]
    for key, score in zip(CAPITAL_KEYS, scores, strict=True):
        if abs(score - row.scores[key]) > TOLERANCE:
            return f"the score of {key} was {row.scores[key]:g} and is {score:g}"
    is_same_machine = study.manifest.versions == versions()
    if is_same_machine and session.turns[-1].digest != row.digest:
        return "the digest of its last state"
    return ""


def _missing(folder: Path, what: str, manifest: Manifest) -> OutputProblem:
    todo = f"The same command makes what is missing: {manifest.command}"
    return OutputProblem(what, where=str(folder), todo=todo)
