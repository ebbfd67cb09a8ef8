"""What a survey would have published in every month: the bands of a chart.

A survey is asked once a year, the model knows every month between. The slow drift of a
month is drawn given that at the dates of the rows, so that bands meet the forecasts there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.experiments.logit_scale import from_logit, to_logit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rapprochement_sim.world.axes import Array, Integers

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def drift_by_month(
    months: Integers, drift: Array, n_months: int, noise: Array, numbers: Mapping[str, float]
) -> Array:
    """Draw the slow drift of a pair in every month, given that at some (month, draw), logits.

    Parameters
    ----------
    months
        Months since January 2010 at which it is given (row,).
    drift
        What it is there (row, draw).
    n_months
        How many months to draw, from January 2010.
    noise
        Standard normals (month, draw).
    numbers
        ``drift_spread`` and ``drift_half_life_years``.
    """
    unique, first = np.unique(months, return_index=True)
    known = unique.astype(np.float64)
    variance = numbers["drift_spread"] ** 2
    if variance == 0.0:
        return np.zeros_like(noise)
    half_life = 12.0 * numbers["drift_half_life_years"]

    def shared(one: Array, other: Array) -> Array:
        apart = np.abs(one[:, np.newaxis] - other)
        found: Array = variance * 2.0 ** (-apart / half_life)
        return found

    asked = np.arange(n_months, dtype=np.float64)
    across = shared(asked, known)
    weights = np.asarray(np.linalg.solve(shared(known, known), across.T).T, dtype=np.float64)
    left = np.maximum(variance - (weights * across).sum(axis=1), 0.0)
    given = np.einsum("ij,jk->ik", weights, drift[first])
    drawn: Array = given + np.sqrt(left)[:, np.newaxis] * noise
    return drawn


def course_quantiles(
    shares: Array, drift: Array, *, sign: float, level: Array, scale: Array, error: Array
) -> Array:
    """Return quantiles of what would have been published (quantile, month), per cent.

    Parameters
    ----------
    shares
        The public's share month by month (month, draw), 0..1.
    drift
        Slow drift (month, draw), logits.
    sign
        +1 or -1, as the survey counts.
    level, scale
        Of the series (draw,); 0 and 1 for a survey that the rules know.
    error
        Of sampling and wave, drawn (month, draw), logits.
    """
    warm = sign * (to_logit(100.0 * shares) + drift)
    found: Array = np.quantile(from_logit(level + scale * warm + error), QUANTILES, axis=1)
    return found
