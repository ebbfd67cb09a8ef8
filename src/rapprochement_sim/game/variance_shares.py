"""Shares of a variance by source, by pick-freeze: all but one source frozen, one drawn anew.

With the same worlds played once more with one source of chance exchanged, the *first-order*
share of the source is what it explains alone, the *total* share what it takes part in
[Saltelli2010]_, [Jansen1999]_. First-order shares sum to one minus what only interactions
explain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.randomness import Chance, Process

if TYPE_CHECKING:
    from rapprochement_sim.world.axes import Array, Integers

RESAMPLES = 400
_TAIL = 0.025
_NO_VARIANCE = 1e-12


@dataclass(frozen=True)
class Share:
    """A share of a variance with its 95% bootstrap interval.

    Estimates of shares near zero can fall below it; they are shown as they are.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class VarianceShares:
    """Who moves a number.

    Attributes
    ----------
    variance
        Of the number over worlds.
    first, total
        Of each source: what it explains alone, and with the others.
    interactions
        What no source explains alone: one minus all first-order shares.
    """

    variance: float
    first: tuple[Share, ...]
    total: tuple[Share, ...]
    interactions: Share


def variance_shares(
    base: Array, other: Array, swapped: Array, resampled: Integers
) -> VarianceShares | None:
    """Estimate the shares of sources in the variance of a number.

    Parameters
    ----------
    base, other
        The number in two independent sets of worlds (world).
    swapped
        The number in worlds that are ``base`` but for one source, which is that of
        ``other`` (source, world).
    resampled
        Bootstrap samples of worlds, as indices (world, resample).

    Returns
    -------
    VarianceShares or None
        None if the number does not vary.
    """
    whole = np.arange(base.size)[:, np.newaxis]
    variance, first, total = _shares(base, other, swapped, whole)
    if float(variance[0]) <= _NO_VARIANCE:
        return None
    varied, first_drawn, total_drawn = _shares(base, other, swapped, resampled)
    kept = varied > _NO_VARIANCE
    first_drawn, total_drawn = first_drawn[:, kept], total_drawn[:, kept]
    alone = 1.0 - first.sum(axis=0)
    return VarianceShares(
        variance=float(variance[0]),
        first=tuple(map(_share, first[:, 0], first_drawn)),
        total=tuple(map(_share, total[:, 0], total_drawn)),
        interactions=_share(float(alone[0]), 1.0 - first_drawn.sum(axis=0)),
    )


def bootstrap_worlds(seed: int, n_worlds: int, n_resamples: int = RESAMPLES) -> Integers:
    """Draw bootstrap samples of worlds, as indices (world, resample)."""
    chance = Chance(seed, np.arange(n_resamples, dtype=np.int64))
    uniforms = chance.uniforms(Process.RESAMPLING, 0, n_worlds)
    return (uniforms * n_worlds).astype(np.int64)


def _shares(
    base: Array, other: Array, swapped: Array, picked: Integers
) -> tuple[Array, Array, Array]:
    """Return the variance (resample), first-order and total shares (source, resample)."""
    a, b, mixed = base[picked], other[picked], swapped[:, picked]
    both = np.concatenate([a, b])
    variance = both.var(axis=0, ddof=1)
    scale = np.where(variance > _NO_VARIANCE, variance, 1.0)
    centred = b - both.mean(axis=0)
    first = (centred * (mixed - a)).mean(axis=1) / scale
    total = 0.5 * ((a - mixed) ** 2).mean(axis=1) / scale
    return variance, first, total


def _share(value: float, drawn: Array) -> Share:
    low, high = np.quantile(drawn, [_TAIL, 1.0 - _TAIL])
    return Share(float(value), float(low), float(high))
