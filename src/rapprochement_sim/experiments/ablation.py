"""What a mechanism contributes: the same runs with it and without it.

Without a mechanism its coefficients stand at their neutral values; acts can still be
ordered and events still befall, and both sides meet the same chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.experiments.main_indicators import main_indicators
from rapprochement_sim.experiments.paired import PairedDifference, paired_difference
from rapprochement_sim.experiments.runs import Progress
from rapprochement_sim.model import RapprochementModel, compile_case
from rapprochement_sim.scenario.switching_off import switched_off

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.scenario.loading import LoadedScenario
    from rapprochement_sim.scenario.schema_mechanisms import Mechanism
    from rapprochement_sim.world.axes import Array

FEWEST_RUNS, MOST_RUNS = 2, 100_000
LANES_AT_ONCE = 128


@dataclass(frozen=True)
class Contribution:
    """What a mechanism does to one indicator.

    Attributes
    ----------
    name, span
        The indicator, and the width of its range.
    found
        With less without, in the mean over the turns of a run.
    """

    name: str
    span: float
    found: PairedDifference

    @property
    def is_told(self) -> bool:
        """Whether the interval leaves nought out."""
        return self.found.low > 0.0 or self.found.high < 0.0

    @property
    def size(self) -> float:
        """Difference as a share of the range, without sign."""
        return abs(self.found.difference) / self.span


@dataclass(frozen=True)
class Ablated:
    """A mechanism and what it contributes, the largest share of a range first.

    ``is_inert`` says that no main indicator moved in any run at any turn.
    """

    key: str
    mechanism: Mechanism
    contributions: tuple[Contribution, ...]
    is_inert: bool

    @property
    def told(self) -> tuple[Contribution, ...]:
        """Those whose interval leaves nought out."""
        return tuple(each for each in self.contributions if each.is_told)


@dataclass(frozen=True)
class Ablation:
    """A scenario with and without some mechanisms."""

    scenario: str
    n_runs: int
    n_turns: int
    seed: int
    ablated: tuple[Ablated, ...]


def ablate(
    loaded: LoadedScenario,
    mechanisms: Mapping[str, Mechanism],
    *,
    runs: int,
    seed: int,
    on_progress: Callable[[Progress], None] | None = None,
) -> Ablation:
    """Play a scenario with its rules as they are, and without each of some mechanisms.

    Parameters
    ----------
    loaded
        The scenario.
    mechanisms
        Those to do without, one at a time, by name.
    runs, seed
        Pairs of runs of each, and their root seed.
    on_progress
        Called at the start and after every block of runs.

    Raises
    ------
    MalformedInput
        If the number of runs is out of range.
    """
    if not FEWEST_RUNS <= runs <= MOST_RUNS:
        what = f"{runs} runs"
        raise MalformedInput(what, allowed=f"from {FEWEST_RUNS} to {MOST_RUNS}")
    whole = compile_case(loaded)
    counter = _Counter(runs, 1 + len(mechanisms), on_progress)
    extra = [name for entry in mechanisms.values() for name in entry.indicators]
    names = main_indicators(whole, extra)
    known = _played(whole, names, runs, seed, counter)
    ablated = []
    for key, mechanism in mechanisms.items():
        case = compile_case(switched_off(loaded, mechanism.without))
        without = _played(case, names, runs, seed, counter)
        ablated.append(_ablated(key, mechanism, whole, names, known, without))
    return Ablation(loaded.id, runs, whole.world.n_turns, seed, tuple(ablated))


class _Counter:
    """Counts runs for whoever wants to know how far it has come."""

    def __init__(self, runs: int, arms: int, tell: Callable[[Progress], None] | None) -> None:
        self._tell = tell
        self._asked = runs * arms
        self._blocks = -(-runs // LANES_AT_ONCE) * arms
        self._done = [0, 0]
        self._told()

    def count(self, runs: int) -> None:
        self._done = [self._done[0] + runs, self._done[1] + 1]
        self._told()

    def _told(self) -> None:
        if self._tell is not None:
            self._tell(Progress(self._done[0], self._asked, self._done[1], self._blocks))


def _played(case: Case, names: tuple[str, ...], runs: int, seed: int, counter: _Counter) -> Array:
    """Return main indicators at the end of each turn (indicator, turn, run)."""
    at = [case.indicators.by_name[name].index for name in names]
    blocks = []
    for first in range(0, runs, LANES_AT_ONCE):
        numbers = range(first, min(first + LANES_AT_ONCE, runs))
        model = RapprochementModel(case, root_seed=seed, runs=numbers, collect=False)
        turns = []
        while not model.is_over:
            model.step()
            turns.append(model.indicators[at, : len(numbers)])
        model.release()
        blocks.append(np.stack(turns, axis=1))
        counter.count(len(numbers))
    return np.concatenate(blocks, axis=-1)


def _ablated(
    key: str,
    mechanism: Mechanism,
    case: Case,
    names: tuple[str, ...],
    known: Array,
    without: Array,
) -> Ablated:
    contributions = []
    for number, name in enumerate(names):
        entry = case.indicators.by_name[name]
        found = paired_difference(known[number].mean(axis=0), without[number].mean(axis=0))
        contributions.append(Contribution(name, entry.high - entry.low, found))
    contributions.sort(key=lambda each: (not each.is_told, -each.size))
    is_inert = bool(np.array_equal(known, without))
    return Ablated(key, mechanism, tuple(contributions), is_inert)
