"""What a number of runs says about a mean: the estimate, its error and its interval."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

if TYPE_CHECKING:
    from rapprochement_sim.world.axes import Array

_UPPER = 0.975
_SEED_BITS = 63


@dataclass(frozen=True)
class Estimate:
    """A mean over runs.

    Attributes
    ----------
    value
        The mean.
    error
        Its standard error; 0 for what is known exactly.
    low, high
        Its 95% interval (Student's t).
    n_runs
        Runs it was taken from.
    """

    value: float
    error: float
    low: float
    high: float
    n_runs: int

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves zero out, so that the sign can be told."""
        return self.low > 0.0 or self.high < 0.0


def estimate_mean(values: Array) -> Estimate:
    """Estimate the mean that independent runs were drawn from.

    Parameters
    ----------
    values
        One value a run (run); of one run alone, nothing is known of the error and the
        interval is unbounded.

    Raises
    ------
    ValueError
        If there are no runs.
    """
    n = values.size
    if n == 0:
        msg = "no runs"
        raise ValueError(msg)
    value = float(values.mean())
    if n == 1:
        return Estimate(value, float("inf"), float("-inf"), float("inf"), 1)
    error = float(values.std(ddof=1) / np.sqrt(n))
    half = float(stdtrit(n - 1, _UPPER)) * error
    return Estimate(value, error, value - half, value + half, n)


def exactly(value: float, n_runs: int) -> Estimate:
    """Return what is known without error."""
    return Estimate(value, 0.0, value, value, n_runs)


def derived_seed(label: str, seed: int, run: int) -> int:
    """Return the seed of something computed about a game, never the game's own (0..2**63)."""
    digest = sha256(f"{label}:{seed}:{run}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - _SEED_BITS)
