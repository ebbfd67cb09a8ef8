"""Skills of repeated checks, kept line by line, so that a stopped check goes on."""

from __future__ import annotations

import hashlib
import json
from functools import partial
from typing import TYPE_CHECKING

from rapprochement_sim.ensemble.supervisor import supervise
from rapprochement_sim.errors import OutputProblem, WrongVersion
from rapprochement_sim.experiments.effective import PRIOR_FILE
from rapprochement_sim.experiments.record import DATA, SHIPPED_RECORD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rapprochement_sim.experiments.honesty import Bench


def identity_of(bench: Bench) -> str:
    """Return what decides a repeat: record, rules, priors and draws, as one hash."""
    own = bench.record.folder / PRIOR_FILE
    prior = own if own.is_file() else DATA / SHIPPED_RECORD / PRIOR_FILE
    loaded = bench.record.loaded
    acts = (bench.record.folder / "acts.csv").read_bytes()
    parts = [loaded.content_hash, loaded.rules_hash, str(bench.runs.n_draws), str(bench.runs.seed)]
    return hashlib.sha256("|".join(parts).encode() + prior.read_bytes() + acts).hexdigest()[:16]


class KeptSkills:
    """Skills by check and repeat, in a file of JSON lines if one is named.

    Parameters
    ----------
    path
        The file; none keeps nothing beyond the process.
    identity
        Of the bench: skills of another are refused.

    Raises
    ------
    WrongVersion
        If the file holds skills of another record, other rules or other draws.
    """

    def __init__(self, path: Path | None, identity: str) -> None:
        self.path = path
        self.identity = identity
        self._skills: dict[tuple[str, int], float] = {}
        self._is_torn = False
        if path is not None and path.exists():
            self._read(path)

    def _read(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        self._is_torn = bool(text) and not text.endswith("\n")
        for number, line in enumerate(text.splitlines(), start=1):
            try:
                kept = json.loads(line)
                check, repeat, skill = str(kept["check"]), int(kept["repeat"]), float(kept["skill"])
                of = kept["of"]
            except (ValueError, KeyError, TypeError):
                continue  # A line that a killed process left unfinished is computed again.
            if of != self.identity:
                what = "these skills are of another record, other rules or another number of draws"
                raise WrongVersion(what, where=f"{path}:{number}", todo="Name another file.")
            self._skills[check, repeat] = skill

    def known(self, check: str, repeats: int) -> int:
        """Return how many of the first repeats of a check are kept already."""
        return sum((check, repeat) in self._skills for repeat in range(repeats))

    def all_of(
        self,
        check: str,
        repeats: int,
        compute: Callable[[int], float],
        *,
        workers: int = 1,
        on_skill: Callable[[], None] | None = None,
    ) -> list[float]:
        """Return the skill of every repeat of a check; those that lack are computed and kept.

        Parameters
        ----------
        check, repeats
            Name of the check, and how many repeats are asked for.
        compute
            Skill of a repeat by its number; picklable if there are several workers.
        workers
            Processes; skills do not depend on their number.
        on_skill
            Called after each repeat that is computed.

        Raises
        ------
        OutputProblem
            If a repeat could not be finished, or the file cannot be written.
        """

        def keep(found: tuple[int, float]) -> None:
            self._add(check, *found)
            if on_skill is not None:
                on_skill()

        missing = [repeat for repeat in range(repeats) if (check, repeat) not in self._skills]
        failures = supervise(partial(_numbered, compute), missing, workers=workers, on_receipt=keep)
        if failures:
            what = f"{len(failures)} repeats failed: {failures[0].reason}"
            raise OutputProblem(what, todo="Run again; report it if it happens twice.")
        return [self._skills[check, repeat] for repeat in range(repeats)]

    def _add(self, check: str, repeat: int, skill: float) -> None:
        self._skills[check, repeat] = skill
        if self.path is None:
            return
        kept = {"of": self.identity, "check": check, "repeat": repeat, "skill": skill}
        try:
            with self.path.open("a", encoding="utf-8") as stream:
                stream.write("\n" * self._is_torn + json.dumps(kept) + "\n")
        except OSError as problem:
            what = f"this file cannot be written ({problem.strerror or problem})"
            raise OutputProblem(what, where=str(self.path), todo="Name another.") from problem
        self._is_torn = False


def _numbered(compute: Callable[[int], float], repeat: int) -> tuple[int, float]:
    return repeat, compute(repeat)
