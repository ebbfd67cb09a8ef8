"""What differs between two sets of runs that met the same chance, and how surely."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import ceil, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import stdtr, stdtrit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rapprochement_sim.world.axes import Array

_TAIL = 0.975
_NORMAL_975 = 1.959963984540054
_ALMOST = 0.001


@dataclass(frozen=True)
class PairedDifference:
    """A less B, over pairs of runs of the same number.

    Attributes
    ----------
    n_runs
        Pairs.
    mean_a, mean_b
        Means over the runs of each.
    difference
        Mean of A less B.
    low, high
        Its 95% interval: what the number of runs leaves open, not what the model does.
    share_above, share_equal
        Share of pairs in which A is above B, and in which both are equal.
    prob_above
        Probability that the mean of A is above that of B, given these pairs and no other
        knowledge: the t distribution of the difference.
    spread
        Standard deviation of A less B over pairs.
    spread_unpaired
        The same for runs that share no chance.
    """

    n_runs: int
    mean_a: float
    mean_b: float
    difference: float
    low: float
    high: float
    share_above: float
    share_equal: float
    prob_above: float
    spread: float
    spread_unpaired: float

    @property
    def variance_reduction(self) -> float | None:
        """How many times as many unpaired runs would say the same; None if nothing varies."""
        if self.spread == 0.0:
            return None
        return (self.spread_unpaired / self.spread) ** 2

    def runs_for(self, precision: float, *, is_paired: bool = True) -> int:
        """Return the runs of each side that give an interval of ``precision`` on both sides."""
        spread = self.spread if is_paired else self.spread_unpaired
        return max(2, ceil((_NORMAL_975 * spread / precision) ** 2))


def paired_difference(a: Array, b: Array) -> PairedDifference:
    """Compare two measures of the same runs.

    Parameters
    ----------
    a, b
        The measure in each run (run), in the same sequence of runs.

    Raises
    ------
    ValueError
        If there are fewer than two runs, or not as many of both.
    """
    apart = _differences(a, b)
    n, mean, spread = apart.size, float(apart.mean()), float(apart.std(ddof=1))
    error = spread / sqrt(n)
    half = float(stdtrit(n - 1, _TAIL)) * error
    return _compared(a, b, (mean - half, mean + half), _prob_above(mean, error, n))


def paired_shares(a: NDArray[np.bool_], b: NDArray[np.bool_]) -> PairedDifference:
    """Compare how often something came true in the same runs.

    The interval adds half a run to each of the four cells [AgrestiMin2005]_, so that it has
    a width even if both sides always agree.

    Raises
    ------
    ValueError
        If there are fewer than two runs, or not as many of both.
    """
    apart = _differences(a.astype(np.float64), b.astype(np.float64))
    only_a, only_b = float(np.sum(apart > 0)) + 0.5, float(np.sum(apart < 0)) + 0.5
    n = apart.size + 2
    middle = (only_a - only_b) / n
    error = sqrt(only_a + only_b - (only_a - only_b) ** 2 / n) / n
    interval = (middle - _NORMAL_975 * error, middle + _NORMAL_975 * error)
    above = _prob_above(middle, error, n)
    return _compared(a.astype(np.float64), b.astype(np.float64), interval, above)


def difference_data(found: PairedDifference) -> dict[str, Any]:
    """Return a paired difference as plain data."""
    return {**asdict(found), "variance_reduction": found.variance_reduction}


def shown_probability(share: float) -> str:
    """Show a probability in percent, never as certain."""
    if share < _ALMOST:
        return "<0.1%"
    if share > 1.0 - _ALMOST:
        return ">99.9%"
    return f"{100 * share:.1f}%"


def _differences(a: Array, b: Array) -> Array:
    if a.size != b.size or a.size < 2:
        message = f"{a.size} and {b.size} runs make no pairs"
        raise ValueError(message)
    apart: Array = a - b
    return apart


def _prob_above(mean: float, error: float, n: int) -> float:
    if error == 0.0:
        return 0.5 + 0.5 * float(np.sign(mean))
    return float(stdtr(n - 1, mean / error))


def _compared(
    a: Array, b: Array, interval: tuple[float, float], prob_above: float
) -> PairedDifference:
    apart = a - b
    return PairedDifference(
        n_runs=apart.size,
        mean_a=float(a.mean()),
        mean_b=float(b.mean()),
        difference=float(apart.mean()),
        low=interval[0],
        high=interval[1],
        share_above=float(np.mean(apart > 0)),
        share_equal=float(np.mean(apart == 0)),
        prob_above=prob_above,
        spread=float(apart.std(ddof=1)),
        spread_unpaired=sqrt(float(a.var(ddof=1) + b.var(ddof=1))),
    )
