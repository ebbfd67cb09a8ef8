"""Simple forecasts that know nothing of events: what they say, before their error is added.

Each is a function of the rows known of a series (time in years and log odds, in time) and
of the time asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from rapprochement_sim.world.axes import Array

SHORTEST_GAP = 1.0 / 12.0


@dataclass(frozen=True)
class History:
    """Rows known of one series: times in years and log odds (row), in time, at least one."""

    years: Array
    odds: Array


class Point(Protocol):
    """A forecast of log odds at a time, from what is known."""

    def __call__(self, history: History, year: float, rate: float) -> float:
        """Forecast; ``rate`` is the one number it learns."""
        ...


def last_value(history: History, year: float, rate: float) -> float:  # noqa: ARG001
    """Stay where it was last seen: persistence."""
    return float(history.odds[-1])


def mean_value(history: History, year: float, rate: float) -> float:  # noqa: ARG001
    """Return to the mean of what was seen, at once."""
    return float(history.odds.mean())


def damped_trend(history: History, year: float, rate: float) -> float:
    """Go on as between the last two rows, slower by a factor ``rate`` with each year."""
    if history.odds.size < 2:
        return float(history.odds[-1])
    gap = max(history.years[-1] - history.years[-2], SHORTEST_GAP)
    slope = (history.odds[-1] - history.odds[-2]) / gap
    ahead = max(year - history.years[-1], 0.0)
    stretch = (rate**ahead - 1.0) / np.log(rate) if rate > 0.0 else 0.0
    return float(history.odds[-1] + slope * stretch)


def relaxation(history: History, year: float, rate: float) -> float:
    """Relax from the last row to the mean of what was seen, ``rate`` a year."""
    mean, last = history.odds.mean(), history.odds[-1]
    return float(mean + (last - mean) * np.exp(-rate * abs(year - history.years[-1])))
