"""Honesty checks: whether the record's skill survives being told otherwise.

Each check varies what happens or what is known in the runs, never the scores. Quality is
always the same: the mean fair CRPS of the rolling origin, beside dressed persistence.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.experiments.baselines import PERSISTENCE
from rapprochement_sim.experiments.effective import read_prior
from rapprochement_sim.experiments.hindcast import Hindcast, plan_runs, predict
from rapprochement_sim.experiments.record import Record, RecordAct, load_record
from rapprochement_sim.experiments.rolling import Rolled, roll
from rapprochement_sim.experiments.scoring import fair_crps
from rapprochement_sim.experiments.updating import updated_draws
from rapprochement_sim.randomness import Process, study_generator
from rapprochement_sim.vocabulary import Capital

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rapprochement_sim.experiments.observations import Observation
    from rapprochement_sim.experiments.record_runs import RecordRuns

SHUFFLES = 200
JITTERS = 50
JITTER_SPREAD = 0.3
DRAWS = 512
PLACEBO = Path(__file__).resolve().parents[1] / "data" / "placebo.yaml"


@dataclass(frozen=True)
class Bench:
    """What every check starts from: the record, what may be fitted, and the plan of its runs.

    ``rolled`` are the forecasts from rolling origins of the record as it was, ``reference``
    the mean CRPS of dressed persistence at the same places.
    """

    record: Record
    observations: tuple[Observation, ...]
    runs: RecordRuns
    rolled: Rolled
    reference: float

    @property
    def skill(self) -> float:
        """Skill of the record as it was: one minus the ratio of mean CRPS."""
        return self._skill_of(self.rolled)

    def skill_of(self, runs: RecordRuns) -> float:
        """Return the skill of other runs at the same places."""
        hindcast = predict(self.record, self.observations, runs)
        return self._skill_of(roll(hindcast, with_baselines=False))

    def hindcast(self, runs: RecordRuns | None = None) -> Hindcast:
        """Return the free draws of runs, those of the record by default."""
        return predict(self.record, self.observations, runs or self.runs)

    def _skill_of(self, rolled: Rolled) -> float:
        return 1.0 - float(fair_crps(rolled.draws, rolled.values).mean()) / self.reference


def prepare(
    record: Record, observations: Sequence[Observation], *, n_draws: int = DRAWS, seed: int = 1
) -> Bench:
    """Prepare the bench of all checks, on rows that may be fitted and on prior draws."""
    rows = tuple(each for each in observations if each.is_fitted)
    runs = plan_runs(record, n_draws=n_draws, seed=seed, beliefs=read_prior(record.folder))
    rolled = roll(predict(record, rows, runs))
    reference = float(fair_crps(rolled.baselines[PERSISTENCE], rolled.values).mean())
    return Bench(record, rows, runs, rolled, reference)


def shuffled_skill(bench: Bench, number: int) -> float:
    """Return the skill of the record with its acts in each other's months, by shuffle."""
    months = np.array([act.month for act in bench.runs.acts])
    order = study_generator(number, Process.SHUFFLES).permutation(months.size)
    acts = (
        replace(act, month=int(month))
        for act, month in zip(bench.runs.acts, months[order], strict=True)
    )
    in_time = tuple(sorted(acts, key=lambda act: act.month))
    return bench.skill_of(replace(bench.runs, acts=in_time))


def jittered_skill(bench: Bench, number: int, spread: float = JITTER_SPREAD) -> float:
    """Return the skill of a rule book whose every effect and weight is multiplied by chance."""
    return bench.skill_of(replace(bench.runs, jitter=spread, jitter_seed=number))


def skill_without_acts(bench: Bench) -> float:
    """Return the skill of a record in which nothing happens."""
    return bench.skill_of(replace(bench.runs, acts=()))


@dataclass(frozen=True)
class DirectionCheck:
    """One direction is fitted, the other predicted from its first wave on.

    ``crps`` of the model; of persistence of that first wave, dressed with the spread that
    ``learnt`` rows give; ``n`` rows.
    """

    fitted: str
    predicted: str
    n: int
    crps: float
    blind: float


def check_directions(bench: Bench) -> tuple[DirectionCheck, ...]:
    """Fit each direction between Seoul and Tokyo and predict the other.

    Beside it stands the model that sees the same rows but no acts: what is gained is gained
    by the acts.
    """
    hindcast = bench.hindcast()
    without = bench.hindcast(replace(bench.runs, acts=()))
    found = []
    for own, other in ((Capital.TOKYO, Capital.SEOUL), (Capital.SEOUL, Capital.TOKYO)):
        rows = {
            who: [
                row
                for row, each in enumerate(hindcast.observations)
                if (each.respondent, each.target) == (who, partner)
            ]
            for who, partner in ((own, other), (other, own))
        }
        first = min(hindcast.observations[row].month for row in rows[other])
        level = [row for row in rows[other] if hindcast.observations[row].month == first]
        asked = _followed(hindcast, rows[other], level)
        known = rows[own] + level
        scores = [
            float(fair_crps(updated_draws(h, known, asked), h.values[asked]).mean())
            for h in (hindcast, without)
        ]
        found.append(DirectionCheck(own.key, other.key, len(asked), *scores))
    return tuple(found)


def _followed(hindcast: Hindcast, rows: list[int], level: list[int]) -> list[int]:
    """Return later rows of the series that the first wave has a level for."""
    known = {hindcast.links[row].key for row in level}
    return [row for row in rows if row not in level and hindcast.links[row].key in known]


@dataclass(frozen=True)
class CodingCheck:
    """An event told in two halves a month apart, or told twice: what became of the skill."""

    event_line: int
    act: str
    split: float
    doubled: float
    most_moved: float


def check_coding(bench: Bench, event_lines: Sequence[int]) -> Iterator[CodingCheck]:
    """Yield, for each event, the change of skill if it is split in two, or doubled.

    ``most_moved`` is the largest change of any predicted median when it is doubled, in
    points.
    """
    plain = np.median(bench.hindcast().latent, axis=1)
    for line in event_lines:
        split = _told(bench.runs.acts, line, _halves)
        doubled = _told(bench.runs.acts, line, lambda act: [act, act])
        moved = np.median(bench.hindcast(replace(bench.runs, acts=doubled)).latent, axis=1)
        yield CodingCheck(
            line,
            next(act.act for act in bench.runs.acts if act.event_line == line),
            bench.skill_of(replace(bench.runs, acts=split)) - bench.skill,
            bench.skill_of(replace(bench.runs, acts=doubled)) - bench.skill,
            float(np.abs(moved - plain).max()),
        )


def _halves(act: RecordAct) -> list[RecordAct]:
    return [replace(act, weight=0.5), replace(act, weight=0.5, month=act.month + 1)]


def _told(
    acts: Sequence[RecordAct], line: int, tell: Callable[[RecordAct], list[RecordAct]]
) -> tuple[RecordAct, ...]:
    told = [each for act in acts for each in (tell(act) if act.event_line == line else [act])]
    return tuple(sorted(told, key=lambda act: act.month))


def check_placebo(bench: Bench, n_acts: int = 24) -> float:
    """Return how far a placebo dispute moves any predicted share, in points: it must be 0.

    A dispute between Washington and Beijing is added to the rules, with acts in months
    drawn by chance; no row of the surveys between others may move.
    """
    with tempfile.TemporaryDirectory(prefix="rapprochement-") as parent:
        folder = Path(parent) / "placebo"
        shutil.copytree(bench.record.folder, folder)
        (folder / "rules").mkdir(exist_ok=True)
        shutil.copy(PLACEBO, folder / "rules" / "placebo.yaml")
        record = load_record(folder)
        runs = replace(bench.runs, record=str(folder))
        months = study_generator(0, Process.SHUFFLES).integers(0, record.months, n_acts)
        added = [RecordAct(0, 0, int(month), "event:placebo_injury") for month in months]
        acts = tuple(sorted([*runs.acts, *added], key=lambda act: act.month))
        plain = predict(record, bench.observations, runs)
        with_placebo = predict(record, bench.observations, replace(runs, acts=acts))
    return float(np.abs(with_placebo.latent - plain.latent).max())


def check_mean_field(bench: Bench) -> tuple[float, float]:
    """Return the skill of the mean-field twin, and how far its medians lie apart, in points."""
    runs = replace(bench.runs, is_mean_field=True)
    medians = [np.median(h.latent, axis=1) for h in (bench.hindcast(), bench.hindcast(runs))]
    return bench.skill_of(runs), float(np.abs(medians[0] - medians[1]).max())
