"""Baselines that know no events, *dressed*: each carries the spread of its own past errors.

A bare line has no probabilities and would lose to any ensemble by that alone. So every
baseline is tried on the fitted rows: from each row it forecasts the later ones of its
series. The squared errors, on the scale of log odds, are fitted by a + b * years ahead; a
series whose errors were larger or smaller is widened or narrowed, drawn towards the others
if its rows are few. Nothing is ever learnt from a row that is not fitted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import nnls

from rapprochement_sim.experiments.baseline_points import (
    History,
    Point,
    damped_trend,
    last_value,
    mean_value,
    relaxation,
)
from rapprochement_sim.experiments.logit_scale import from_logit, to_logit
from rapprochement_sim.randomness import Chance, Process

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rapprochement_sim.experiments.placing import Placed
    from rapprochement_sim.world.axes import Array

PERSISTENCE, MEAN, TREND, RELAXATION = (
    "dressed_persistence",
    "fitted_mean",
    "damped_trend",
    "event_blind_relaxation",
)
BASELINES: dict[str, tuple[Point, tuple[float, ...]]] = {
    PERSISTENCE: (last_value, (0.0,)),
    MEAN: (mean_value, (0.0,)),
    TREND: (damped_trend, (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)),
    RELAXATION: (relaxation, (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0)),
}
ONE_STEP = "one_step_persistence"
# How many errors of a series weigh as much as those of all series together.
POOLED_WEIGHT = 4.0
FEWEST_ERRORS = 6
_LEAST_VARIANCE = 0.05**2


@dataclass(frozen=True)
class Dressed:
    """A baseline that has learnt its rate and its error.

    Parameters
    ----------
    point
        What it says.
    rate
        What it learnt: the damping or the speed of relaxation.
    at_once, a_year
        Variance of its error in squared log odds: ``at_once + a_year * years ahead``.
    widths
        Factor of that variance for each segment tried; 1 for others.
    """

    point: Point
    rate: float
    at_once: float
    a_year: float
    widths: Mapping[str, float]

    def spread(self, segment: str, years_ahead: float) -> float:
        """Return the standard deviation of its error, log odds."""
        variance = self.at_once + self.a_year * years_ahead
        return float(np.sqrt(max(variance * self.widths.get(segment, 1.0), _LEAST_VARIANCE)))


@dataclass(frozen=True)
class Asked:
    """A row to be forecast and the comparable rows that are known for it, in time."""

    row: Placed
    known: tuple[Placed, ...]


@dataclass(frozen=True)
class _Errors:
    segment: tuple[str, ...]
    ahead: Array
    squared: Array
    is_next: Array


def learn(rows: Iterable[Placed]) -> dict[str, Dressed]:
    """Let every baseline learn from the fitted rows among those given.

    Raises
    ------
    ValueError
        If the fitted rows give too few errors to learn a spread from.
    """
    tracks = _tracks(rows)
    learnt = {}
    for name, (point, rates) in BASELINES.items():
        tried = {rate: _errors(point, rate, tracks) for rate in rates}
        best = min(rates, key=lambda rate: float((tried[rate].squared * tried[rate].is_next).sum()))
        learnt[name] = _dress(point, best, tried[best])
    return learnt


def learn_one_step(rows: Iterable[Placed]) -> dict[str, Dressed]:
    """Let persistence learn the error of a single step: last row to next, however far apart.

    Raises
    ------
    ValueError
        If the fitted rows give too few errors to learn a spread from.
    """
    errors = _errors(last_value, 0.0, _tracks(rows))
    mean = float((errors.squared * errors.is_next).sum() / errors.is_next.sum())
    of_all = np.full_like(errors.squared, max(mean, _LEAST_VARIANCE))
    return {ONE_STEP: Dressed(last_value, 0.0, mean, 0.0, _widths(errors, of_all))}


def forecast(
    learnt: Mapping[str, Dressed], asked: Sequence[Asked], *, n_draws: int, seed: int = 0
) -> dict[str, Array]:
    """Forecast rows by every baseline: name to an ensemble in per cent (asked, draw).

    All baselines meet the same chance, so that what parts them is not luck.
    """
    chance = Chance(seed, np.arange(n_draws))
    normals = chance.normals(Process.DRESSING, 0, max(len(asked), 1))[: len(asked)]
    ensembles = {}
    for name, baseline in learnt.items():
        centres, spreads = np.zeros(len(asked)), np.zeros(len(asked))
        for number, each in enumerate(asked):
            history, year = _history(each.known), each.row.year
            centres[number] = baseline.point(history, year, baseline.rate)
            ahead = abs(year - history.years[-1])
            spreads[number] = baseline.spread(each.row.segment, ahead)
        ensembles[name] = from_logit(centres[:, np.newaxis] + spreads[:, np.newaxis] * normals)
    return ensembles


def known_when_running_free(row: Placed, rows: Iterable[Placed]) -> tuple[Placed, ...]:
    """Return the rows from which a row is forecast freely: fitted ones of its segment before it.

    A segment without fitted rows is known by those that set its level, or by its anchors; a
    row before all of them by the first.
    """
    others = [r for r in rows if r.segment == row.segment and r.observation != row.observation]
    levels = [each for each in others if each.observation.is_fitted]
    levels = levels or [each for each in others if each.sets_level]
    levels = levels or [each for each in others if each.observation.is_anchor]
    levels.sort(key=_time)
    before = tuple(each for each in levels if each.year < row.year)
    return before or tuple(levels[:1])


def known_one_step_ahead(row: Placed, rows: Iterable[Placed]) -> tuple[Placed, ...]:
    """Return all earlier rows of a row's segment, scored ones too: they were published by then."""
    before = [r for r in rows if r.segment == row.segment and r.year < row.year]
    return tuple(sorted(before, key=_time))


def known_at(origin: int, row: Placed, rows: Iterable[Placed]) -> tuple[Placed, ...]:
    """Return the fitted rows of a row's segment up to an origin (months since January 2010)."""
    fitted = [r for r in rows if r.segment == row.segment and r.observation.is_fitted]
    return tuple(sorted((r for r in fitted if r.observation.month <= origin), key=_time))


def _time(row: Placed) -> float:
    return row.year


def _history(rows: Sequence[Placed]) -> History:
    values = np.array([row.observation.value for row in rows])
    return History(np.array([row.year for row in rows]), to_logit(values))


def _tracks(rows: Iterable[Placed]) -> dict[str, History]:
    members: dict[str, list[Placed]] = defaultdict(list)
    for row in rows:
        if row.observation.is_fitted:
            members[row.segment].append(row)
    return {
        segment: _history(sorted(found, key=_time))
        for segment, found in members.items()
        if len(found) > 1
    }


def _errors(point: Point, rate: float, tracks: Mapping[str, History]) -> _Errors:
    found = [
        (segment, *error)
        for segment, track in tracks.items()
        for error in _errors_of(point, rate, track)
    ]
    if len(found) < FEWEST_ERRORS:
        message = f"{len(found)} errors of fitted rows: a spread needs {FEWEST_ERRORS}"
        raise ValueError(message)
    segments, ahead, squared, is_next = zip(*found, strict=True)
    return _Errors(segments, np.array(ahead), np.array(squared), np.array(is_next, dtype=float))


def _errors_of(point: Point, rate: float, track: History) -> list[tuple[float, float, bool]]:
    errors = []
    for n_known in range(1, track.odds.size):
        known = History(track.years[:n_known], track.odds[:n_known])
        for later in range(n_known, track.odds.size):
            error = track.odds[later] - point(known, track.years[later], rate)
            ahead = track.years[later] - track.years[n_known - 1]
            errors.append((ahead, error * error, later == n_known))
    return errors


def _dress(point: Point, rate: float, errors: _Errors) -> Dressed:
    design = np.stack([np.ones_like(errors.ahead), errors.ahead], axis=1)
    (at_once, a_year), _ = nnls(design, errors.squared)
    expected = np.maximum(at_once + a_year * errors.ahead, _LEAST_VARIANCE)
    return Dressed(point, rate, float(at_once), float(a_year), _widths(errors, expected))


def _widths(errors: _Errors, expected: Array) -> dict[str, float]:
    """Return how much larger the squared errors of each series are than those of all."""
    relative = errors.squared / expected * errors.is_next
    widths = {}
    for segment in dict.fromkeys(errors.segment):
        own = np.array([each == segment for each in errors.segment])
        n_own = float(errors.is_next[own].sum())
        widths[segment] = float((relative[own].sum() + POOLED_WEIGHT) / (n_own + POOLED_WEIGHT))
    return widths
