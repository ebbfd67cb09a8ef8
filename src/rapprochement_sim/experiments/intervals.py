"""Intervals for what is estimated from a number of runs."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

_NORMAL_975 = 1.959963984540054


@dataclass(frozen=True)
class Probability:
    """How often something came true, and the 95% interval of its probability."""

    count: int
    runs: int
    estimate: float
    low: float
    high: float


def wilson(count: int, runs: int) -> Probability:
    """Return the Wilson score interval [Wilson1927]_ of a share of runs.

    It stays inside 0..1 and says something even if nothing or everything came true, where
    the usual interval has no width.

    Raises
    ------
    ValueError
        If there are no runs, or more successes than runs.
    """
    if not 0 <= count <= runs or runs == 0:
        message = f"{count} of {runs} runs"
        raise ValueError(message)
    share, square = count / runs, _NORMAL_975**2
    middle = (share + square / (2 * runs)) / (1 + square / runs)
    half = _NORMAL_975 * sqrt(share * (1 - share) / runs + square / (4 * runs**2))
    half /= 1 + square / runs
    low = 0.0 if count == 0 else middle - half
    high = 1.0 if count == runs else middle + half
    return Probability(count, runs, share, low, high)
