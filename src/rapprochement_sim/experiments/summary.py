"""What the runs of a study say together. Data only; how it is shown is the faces' business."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.errors import OutputProblem
from rapprochement_sim.experiments.folder import RunFolder
from rapprochement_sim.experiments.intervals import Probability, wilson
from rapprochement_sim.experiments.manifest import Manifest
from rapprochement_sim.experiments.store import read_numbers, read_words
from rapprochement_sim.vocabulary import CAPITAL_KEYS

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

LEVELS = (0.05, 0.5, 0.95)
_CELLS_AT_ONCE = 50_000_000


@dataclass(frozen=True)
class Band:
    """Three quantiles over runs: 5, 50 and 95%."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class SeatScore:
    """How far a seat reached its goals at the end, 0..100."""

    mean: float
    band: Band


@dataclass(frozen=True)
class ActFrequency:
    """An act: how often in a run, and in which share of runs at all."""

    act: str
    per_run: float
    share_of_runs: float


@dataclass(frozen=True)
class CauseShare:
    """A cause: what it did to an indicator over all turns, in the mean over runs."""

    cause: str
    mean: float


@dataclass(frozen=True)
class Causes:
    """Who moved an indicator: its mean change, and every cause's part of it.

    The parts sum to the change. ``by_cause`` is in the sequence of size.
    """

    change: float
    by_cause: tuple[CauseShare, ...]


@dataclass(frozen=True)
class StudySummary:
    """What a study says.

    Attributes
    ----------
    manifest
        Whose runs these are.
    n_runs
        Runs that are there; fewer than asked for if some are missing.
    bands
        Indicator name to its band by turn, the start included.
    outcomes
        Outcome name to its probability.
    scores
        Capital to its score.
    acts
        What happened, the most frequent first.
    explained_runs
        How many of the runs the causes are taken from.
    causes
        Indicator name to its causes.
    """

    manifest: Manifest
    n_runs: int
    bands: dict[str, tuple[Band, ...]]
    outcomes: dict[str, Probability]
    scores: dict[str, SeatScore]
    acts: tuple[ActFrequency, ...]
    explained_runs: int
    causes: dict[str, Causes]


def summarise(folder: Path) -> StudySummary:
    """Read a run folder and sum up what is there.

    Raises
    ------
    OutputProblem
        If the place is no run folder, holds no finished block, or cannot be read.
    """
    manifest, place = Manifest.read(folder), RunFolder(folder)
    blocks = _finished(place, manifest)
    if not blocks:
        what = "no block of this run folder is finished"
        raise OutputProblem(what, where=str(folder), todo="Repeat the run.")
    summaries = [place.part("summary", block) for block in blocks]
    n_runs = read_numbers(summaries, ["run"])["run"].size
    explained_runs, causes = _causes(place, blocks, manifest)
    return StudySummary(
        manifest=manifest,
        n_runs=n_runs,
        bands=_bands([place.part("series", block) for block in blocks], manifest, n_runs),
        outcomes=_outcomes(summaries, manifest),
        scores=_scores(summaries),
        acts=_acts([place.part("acts", block) for block in blocks], n_runs),
        explained_runs=explained_runs,
        causes=causes,
    )


def _finished(place: RunFolder, manifest: Manifest) -> list[int]:
    return [
        block
        for block in range(manifest.n_blocks)
        if place.is_done(block, is_explained=block * manifest.block_size < manifest.explained_runs)
    ]


def band(values: NDArray[np.float64]) -> Band:
    """Return the 5, 50 and 95% quantiles over runs."""
    low, middle, high = (float(each) for each in np.quantile(values, LEVELS))
    return Band(low, middle, high)


def _bands(paths: list[Path], manifest: Manifest, n_runs: int) -> dict[str, tuple[Band, ...]]:
    n_turns = manifest.turns + 1
    at_once = max(1, _CELLS_AT_ONCE // (n_runs * n_turns))
    bands = {}
    for first in range(0, len(manifest.indicators), at_once):
        names = manifest.indicators[first : first + at_once]
        for name, column in read_numbers(paths, names).items():
            levels = np.quantile(column.reshape(n_runs, n_turns), LEVELS, axis=0).T
            bands[name] = tuple(Band(*(float(each) for each in row)) for row in levels)
    return bands


def _outcomes(paths: list[Path], manifest: Manifest) -> dict[str, Probability]:
    columns = read_numbers(paths, [f"outcome_{name}" for name in manifest.outcomes])
    return {
        name: wilson(int(column.sum()), column.size)
        for name, column in zip(manifest.outcomes, columns.values(), strict=True)
    }


def _scores(paths: list[Path]) -> dict[str, SeatScore]:
    columns = read_numbers(paths, [f"score_{key}" for key in CAPITAL_KEYS])
    scores = zip(CAPITAL_KEYS, columns.values(), strict=True)
    return {key: SeatScore(float(np.mean(column)), band(column)) for key, column in scores}  # type: ignore[arg-type]


def _acts(paths: list[Path], n_runs: int) -> tuple[ActFrequency, ...]:
    words = read_words(paths, "act")
    runs = read_numbers(paths, ["run"])["run"]
    counts = np.bincount(words.codes, minlength=len(words.words))
    pairs = np.unique(np.stack([words.codes, runs.astype(np.int64)]), axis=1)
    in_runs = np.bincount(pairs[0], minlength=len(words.words))
    found = [
        ActFrequency(act, int(counts[code]) / n_runs, int(in_runs[code]) / n_runs)
        for code, act in enumerate(words.words)
    ]
    return tuple(sorted(found, key=lambda each: (-each.per_run, each.act)))


def _causes(
    place: RunFolder, blocks: list[int], manifest: Manifest
) -> tuple[int, dict[str, Causes]]:
    explained = [b for b in blocks if b * manifest.block_size < manifest.explained_runs]
    if not explained:
        return 0, {}
    paths = [place.part("causes", block) for block in explained]
    n_runs = sum(
        min((block + 1) * manifest.block_size, manifest.explained_runs)
        - block * manifest.block_size
        for block in explained
    )
    indicators, causes = read_words(paths, "indicator"), read_words(paths, "cause")
    amounts = np.asarray(read_numbers(paths, ["amount"])["amount"], dtype=np.float64)
    places = indicators.codes * len(causes.words) + causes.codes
    size = len(indicators.words) * len(causes.words)
    means = np.bincount(places, weights=amounts, minlength=size) / n_runs
    by_indicator = means.reshape(len(indicators.words), len(causes.words))
    return n_runs, {
        name: _sorted_causes(by_indicator[indicators.words.index(name)], causes.words)
        for name in manifest.indicators
        if name in indicators.words
    }


def _sorted_causes(means: NDArray[np.float64], words: tuple[str, ...]) -> Causes:
    shares = [CauseShare(word, float(mean)) for word, mean in zip(words, means, strict=True)]
    moved = [share for share in shares if share.mean != 0.0]
    moved.sort(key=lambda share: (-abs(share.mean), share.cause))
    return Causes(float(means.sum()), tuple(moved))
