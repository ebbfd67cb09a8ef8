"""Two sides under the same chance, run by run: what differs, and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rapprochement_sim.errors import MalformedInput, RapprochementError
from rapprochement_sim.experiments.paired import (
    PairedDifference,
    paired_difference,
    paired_shares,
)
from rapprochement_sim.experiments.sides import Sample, Side, sample_of, stored_sample
from rapprochement_sim.experiments.strands import Strand, play_strands, strand_spec
from rapprochement_sim.vocabulary import CAPITALS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rapprochement_sim.ensemble.supervisor import Failure
    from rapprochement_sim.experiments.runs import Progress

DEFAULT_SEED = 7

MeasureKind = Literal["score", "outcome", "indicator"]


@dataclass(frozen=True)
class Measure:
    """Something measured on both sides.

    Attributes
    ----------
    kind, name, title
        What it is: a seat's score, an outcome, or an indicator at the end.
    unit
        A hundredth of its range, in which precision is counted: a point of a score, a
        per cent of an outcome.
    found
        A less B.
    """

    kind: MeasureKind
    name: str
    title: str
    unit: float
    found: PairedDifference


@dataclass(frozen=True)
class Comparison:
    """Two sides, measure by measure.

    Attributes
    ----------
    a, b
        The sides.
    seed, n_runs
        Root seed, and pairs of runs.
    was_read
        Whether the runs of A and of B were read from their folders instead of played.
    measures
        What both sides have.
    failures
        Blocks that could not be played; their runs are left out on both sides.
    """

    a: Side
    b: Side
    seed: int
    n_runs: int
    was_read: tuple[bool, bool]
    measures: tuple[Measure, ...]
    failures: tuple[Failure, ...]


def compare(
    a: Side,
    b: Side,
    *,
    runs: int,
    seed: int | None = None,
    workers: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Comparison:
    """Compare two sides on the same seed: run k meets the same chance on both.

    Runs that stand in a run folder of this seed, this code and these versions are read;
    all others are played.

    Parameters
    ----------
    a, b
        The sides.
    runs, seed
        Pairs of runs, and their root seed; by default that of the first side that has one.
    workers
        Processes; by default one for little work, else one for each core.
    on_progress
        Called at the start and after every block.

    Raises
    ------
    MalformedInput
        If a saved game is compared with something else, or numbers are out of range.
    RapprochementError
        If nothing could be played.
    """
    if (a.state is None) != (b.state is None):
        game, other = (a, b) if a.state is not None else (b, a)
        what = f"{game.name} is a saved game and {other.name} is none"
        raise MalformedInput(what, todo="Compare two saved games, or two scenarios or studies.")
    seeds = (seed, a.seed, b.seed, DEFAULT_SEED)
    root = next(each for each in seeds if each is not None)
    pair, was_read, failures = _samples((a, b), root, runs, workers, on_progress)
    measures = tuple(_measures(a, *pair))
    return Comparison(a, b, root, measures[0].found.n_runs, was_read, measures, failures)


def _samples(
    sides: tuple[Side, Side],
    seed: int,
    runs: int,
    workers: int | None,
    on_progress: Callable[[Progress], None] | None,
) -> tuple[tuple[Sample, Sample], tuple[bool, bool], tuple[Failure, ...]]:
    """Read or play both sides, and keep the runs that both have."""
    specs = [strand_spec(s.case, seed=seed, runs=runs, scenario=s.scenario) for s in sides]
    read = {n: stored_sample(side, seed, runs) for n, side in enumerate(sides)}
    found = {n: sample for n, sample in read.items() if sample is not None}
    missing = [n for n in read if n not in found]
    failures: tuple[Failure, ...] = ()
    if missing:
        strands = [Strand(specs[n], sides[n].state, past=sides[n].past) for n in missing]
        played = play_strands(strands, workers=workers, on_progress=on_progress)
        failures = played.failures
        if not played.futures:
            what = f"nothing could be played: {failures[0].reason}"
            raise RapprochementError(what)
        found = {n: sample.at(played.futures[0].runs) for n, sample in found.items()}
        for n, futures in zip(missing, played.futures, strict=True):
            found[n] = sample_of(futures)
    return (found[0], found[1]), (0 not in missing, 1 not in missing), failures


def _measures(side: Side, a: Sample, b: Sample) -> Iterator[Measure]:
    """Compare what both samples hold; titles and ranges are the first side's."""
    for capital in CAPITALS:
        found = paired_difference(a.scores[capital.key], b.scores[capital.key])
        yield Measure("score", capital.key, capital.title, 1.0, found)
    for name, outcome in side.case.loaded.schema.outcomes.items():
        if name in a.outcomes and name in b.outcomes:
            found = paired_shares(a.outcomes[name], b.outcomes[name])
            yield Measure("outcome", name, outcome.title, 0.01, found)
    for name, values in a.finals.items():
        if name in b.finals:
            entry = side.case.indicators.by_name[name]
            found = paired_difference(values, b.finals[name])
            unit = (entry.high - entry.low) / 100.0
            yield Measure("indicator", name, name, unit, found)
