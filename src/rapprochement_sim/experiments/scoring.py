"""How good a forecast of shares was: error, fair CRPS, coverage, skill with its interval.

An ensemble has the shape (observation, draw), values the shape (observation); both are in
per cent. Definitions and reasons: docs/concepts/validation.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.experiments.intervals import Probability, wilson
from rapprochement_sim.randomness import Chance, Process

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rapprochement_sim.world.axes import Array, Booleans, Integers

RESAMPLES = 2000
COVERED = (50, 90)


@dataclass(frozen=True)
class Score:
    """Scores of one forecaster over a number of observations.

    Parameters
    ----------
    n
        Observations.
    mean_absolute_error
        Of the ensemble's median, percentage points.
    crps
        Mean fair CRPS, percentage points.
    coverage_50, coverage_90
        Observations inside the central interval, with the interval of that share.
    """

    n: int
    mean_absolute_error: float
    crps: float
    coverage_50: Probability
    coverage_90: Probability


@dataclass(frozen=True)
class Skill:
    """One minus a ratio of mean CRPS: above 0 is better than the baseline, 1 is perfect.

    ``low`` and ``high`` are the 95% interval over resampled units, ``units`` their number,
    ``above_zero`` the share of resamples with skill.
    """

    estimate: float
    low: float
    high: float
    above_zero: float
    units: int


def fair_crps(draws: Array, values: Array) -> Array:
    """Return the fair CRPS of each observation (observation), percentage points.

    Mean distance of the draws to the value, less half the mean distance between two
    *different* draws: its expectation does not depend on the number of draws [Ferro2014]_.

    Parameters
    ----------
    draws
        Ensemble (observation, draw), at least two draws.
    values
        What was observed (observation).

    Raises
    ------
    ValueError
        If there are fewer than two draws, or another number of values.
    """
    _check(draws, values)
    m = draws.shape[1]
    weights = 2.0 * np.arange(m) - m + 1.0
    spread = (np.sort(draws, axis=1) * weights).sum(axis=1) / (m * (m - 1))
    crps: Array = np.abs(draws - values[:, np.newaxis]).mean(axis=1) - spread
    return crps


def absolute_error(draws: Array, values: Array) -> Array:
    """Return the distance of the ensemble's median to the value (observation)."""
    _check(draws, values)
    error: Array = np.abs(np.median(draws, axis=1) - values)
    return error


def is_covered(draws: Array, values: Array, per_cent: float) -> Booleans:
    """Say which values lie inside the central interval of that width (observation)."""
    _check(draws, values)
    tail = (1.0 - per_cent / 100.0) / 2.0
    low, high = np.quantile(draws, [tail, 1.0 - tail], axis=1)
    inside: Booleans = (low <= values) & (values <= high)
    return inside


def score(draws: Array, values: Array) -> Score:
    """Score an ensemble over all its observations.

    Raises
    ------
    ValueError
        If there are no observations, or fewer than two draws.
    """
    _check(draws, values)
    n = values.size
    half, ninety = (wilson(int(is_covered(draws, values, each).sum()), n) for each in COVERED)
    error = float(absolute_error(draws, values).mean())
    return Score(n, error, float(fair_crps(draws, values).mean()), half, ninety)


def skill(
    crps: Array, reference: Array, units: Sequence[object] | None = None, *, seed: int = 0
) -> Skill:
    """Return one minus the ratio of mean CRPS to a reference's, with a bootstrap interval.

    Parameters
    ----------
    crps, reference
        Fair CRPS of forecaster and baseline at the same observations (observation).
    units
        What is drawn again as a whole, a name for each observation: errors that share a
        cause count once. Without it, each observation is a unit of its own.
    seed
        Of the resampling.

    Raises
    ------
    ValueError
        If there are no observations or the lengths differ.
    """
    names = list(units) if units is not None else list(range(crps.size))
    if not crps.size == reference.size == len(names) or not names:
        message = f"{crps.size} scores, {reference.size} of the reference, {len(names)} units"
        raise ValueError(message)
    members, n_units = _numbered(names)
    own = np.bincount(members, weights=crps, minlength=n_units)
    other = np.bincount(members, weights=reference, minlength=n_units)
    uniforms = Chance(seed, np.arange(RESAMPLES)).uniforms(Process.RESAMPLING, 0, n_units)
    drawn = (uniforms * n_units).astype(np.int64)
    ratios = _ratio(own[drawn].sum(axis=0), other[drawn].sum(axis=0))
    low, high = np.quantile(1.0 - ratios, [0.025, 0.975])
    estimate = 1.0 - float(_ratio(own.sum(), other.sum()))
    return Skill(estimate, float(low), float(high), float((ratios < 1.0).mean()), n_units)


def _check(draws: Array, values: Array) -> None:
    if draws.ndim != 2 or draws.shape[1] < 2 or draws.shape[0] != values.size or not values.size:
        message = f"an ensemble of shape {draws.shape} for {values.size} observations"
        raise ValueError(message)


def _numbered(names: Sequence[object]) -> tuple[Integers, int]:
    number = {name: index for index, name in enumerate(dict.fromkeys(names))}
    return np.array([number[name] for name in names], dtype=np.int64), len(number)


def _ratio(own: Array, other: Array) -> Array:
    """Divide; equal zeros are equal forecasts, and nothing beats a perfect reference."""
    own, other = np.asarray(own), np.asarray(other)
    safe = np.where(other > 0.0, other, 1.0)
    return np.where(other > 0.0, own / safe, np.where(own > 0.0, np.inf, 1.0))
