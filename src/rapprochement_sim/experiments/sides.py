"""What can be compared: scenarios, run folders and saved games, each under settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.errors import MalformedInput, listed, nearest_name
from rapprochement_sim.experiments.folder import RunFolder
from rapprochement_sim.experiments.manifest import MANIFEST_FILE
from rapprochement_sim.experiments.opening import StoredStudy, open_study
from rapprochement_sim.experiments.runs import lens_weights_of
from rapprochement_sim.experiments.store import read_numbers
from rapprochement_sim.experiments.strands import one_lane
from rapprochement_sim.experiments.versions import code_hash, versions
from rapprochement_sim.game.branching import state_at
from rapprochement_sim.game.journal_files import read_journal
from rapprochement_sim.model import load_case
from rapprochement_sim.scenario.loading import list_scenarios
from rapprochement_sim.vocabulary import CAPITAL_KEYS

if TYPE_CHECKING:
    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.game.futures import Futures
    from rapprochement_sim.world.axes import Array, Booleans, Integers
    from rapprochement_sim.world.state import WorldState

Lenses = Mapping[str, Mapping[str, float]]
_RULE_FILES = (".yaml", ".yml")


@dataclass(frozen=True)
class Side:
    """One side of a comparison.

    Attributes
    ----------
    name
        As it was asked for, settings included.
    scenario
        Name or path of the scenario.
    case
        The case, with the lens weights of this side.
    seed
        Seed that it was made with; None for a scenario.
    study
        The run folder, if its rows can stand for this side's runs.
    state, past
        Where it starts and what went before, for a saved game.
    """

    name: str
    scenario: str
    case: Case
    seed: int | None = None
    study: StoredStudy | None = None
    state: WorldState | None = None
    past: tuple[WorldState, ...] = ()


@dataclass(frozen=True)
class Sample:
    """Measures of runs 0, 1, 2...: by capital, outcome and indicator, each (run)."""

    scores: Mapping[str, Array]
    outcomes: Mapping[str, Booleans]
    finals: Mapping[str, Array]

    def at(self, runs: Integers) -> Sample:
        """Return the measures of some runs."""
        return Sample(
            scores={name: each[runs] for name, each in self.scores.items()},
            outcomes={name: each[runs] for name, each in self.outcomes.items()},
            finals={name: each[runs] for name, each in self.finals.items()},
        )


def read_side(text: str, lenses: Lenses, turn: int | None, scenario: str | None = None) -> Side:
    """Find what a side is: a run folder, a saved game, or a scenario.

    Parameters
    ----------
    text
        A name or a path.
    lenses
        Weights of schools of thought by capital, in place of its own.
    turn
        Turn at whose start a saved game is taken up.
    scenario
        Scenario of a run folder's runs, if it is not a shipped one.

    Raises
    ------
    MalformedInput
        If it is none of these, or a turn is named or missing where it must not be.
    OutputProblem, WrongVersion
        If a run folder or a save cannot be used.
    """
    path = Path(text)
    if (path / MANIFEST_FILE).is_file():
        side = _of_study(open_study(path, scenario), text)
    elif path.is_file() and path.suffix.casefold() not in _RULE_FILES:
        return _with_lenses(_of_save(path, text, turn), lenses)
    else:
        side = _of_scenario(text)
    if turn is not None:
        what = f"{text} is no saved game, and only those are taken up at a turn"
        raise MalformedInput(what, where="--turn")
    return _with_lenses(side, lenses)


def _of_study(study: StoredStudy, text: str) -> Side:
    manifest = study.manifest
    is_ours = (manifest.code_hash, manifest.versions) == (code_hash(), versions())
    return Side(text, study.scenario, study.case, manifest.seed, study if is_ours else None)


def _of_save(path: Path, text: str, turn: int | None) -> Side:
    journal = read_journal(path)
    if turn is None:
        what = f"{text} is a saved game, and no turn is named"
        allowed = f"1 to {len(journal.turns) + 1}"
        raise MalformedInput(what, where="--turn", allowed=allowed)
    session = state_at(journal, path, turn)
    states = [one_lane(state) for state in session.states]
    header = journal.header
    return Side(
        f"{text} from turn {turn}",
        header.scenario,
        session.case,
        header.seed,
        state=states[-1],
        past=tuple(states[:-1]),
    )


def _of_scenario(text: str) -> Side:
    shipped = list_scenarios()
    if text not in shipped and not Path(text).exists():
        what = f"there is no scenario, run folder or saved game '{text}'"
        raise MalformedInput(what, allowed=listed(shipped), nearest=nearest_name(text, shipped))
    return Side(text, text, load_case(text))


def _with_lenses(side: Side, lenses: Lenses) -> Side:
    if not lenses:
        return side
    weights = np.array(lens_weights_of(side.case, lenses))
    told = ", ".join(
        f"{seat}={','.join(f'{lens}:{weight:g}' for lens, weight in mix.items())}"
        for seat, mix in lenses.items()
    )
    case = replace(side.case, lens_weights=weights)
    return replace(side, name=f"{side.name}, {told}", case=case, study=None)


def stored_sample(side: Side, seed: int, runs: int) -> Sample | None:
    """Read a side's runs from its folder; None if they do not stand there.

    Raises
    ------
    OutputProblem
        If a file cannot be read, or is another study's.
    """
    study = side.study
    if study is None or study.manifest.seed != seed or study.manifest.n_runs < runs:
        return None
    manifest, place = study.manifest, RunFolder(study.folder)
    blocks = range(-(-runs // manifest.block_size))
    if not all(place.is_done(block, is_explained=False) for block in blocks):
        return None
    paths = [study.part("summary", block) for block in blocks]
    scores = {key: f"score_{key}" for key in CAPITAL_KEYS}
    outcomes = {name: f"outcome_{name}" for name in manifest.outcomes}
    finals = {name: f"final_{name}" for name in manifest.indicators}
    names = [*scores.values(), *outcomes.values(), *finals.values()]
    found = {name: column[:runs] for name, column in read_numbers(paths, names).items()}
    return Sample(
        scores={key: np.asarray(found[name], np.float64) for key, name in scores.items()},
        outcomes={key: np.asarray(found[name], np.bool_) for key, name in outcomes.items()},
        finals={key: np.asarray(found[name], np.float64) for key, name in finals.items()},
    )


def sample_of(futures: Futures) -> Sample:
    """Read the measures off futures that were played."""
    return Sample(
        scores=dict(zip(CAPITAL_KEYS, futures.scores, strict=True)),
        outcomes=dict(zip(futures.outcome_names, futures.outcomes, strict=True)),
        finals={name: futures.final(name) for name in futures.indicators},
    )
