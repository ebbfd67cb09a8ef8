"""How an answer goes with another of the same survey: a line through waves that had both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.experiments.logit_scale import from_logit, to_logit
from rapprochement_sim.experiments.observations import read_observations

if TYPE_CHECKING:
    from rapprochement_sim.scenario.schema import Survey
    from rapprochement_sim.world.axes import Array

LEAST_WAVES = 3


@dataclass(frozen=True)
class Line:
    """A straight line between log odds: ``asked = level + slope * beside``."""

    level: float
    slope: float
    n_waves: int

    def share_beside(self, share: Array) -> Array:
        """Return the share of the question that belongs to a share beside it, both per cent."""
        return from_logit(self.level + self.slope * to_logit(share))


def line_beside(survey: Survey, measure: str, *, left_out: tuple[str, ...]) -> Line:
    """Fit the line by least squares to the shipped polls.

    Parameters
    ----------
    survey
        Survey of the rules; its own series is the first poll among its sources.
    measure
        The other question of that series, of the same people about the same country.
    left_out
        Dates of waves that are not used.

    Raises
    ------
    MalformedInput
        If fewer than three waves are left.
    """
    series = next(ref.split(":")[1] for ref in survey.sources if ref.startswith("polls:"))
    return _line(series, survey.respondent, survey.target, survey.answer, measure, left_out)


@cache
def _line(
    series: str, respondent: str, target: str, answer: str, measure: str, left_out: tuple[str, ...]
) -> Line:
    waves: dict[str, dict[str, float]] = {answer: {}, measure: {}}
    for row in read_observations().observations:
        pair = (row.respondent.key, "" if row.target is None else row.target.key)
        if row.series == series and pair == (respondent, target) and row.measure in waves:
            waves[row.measure][row.date] = row.value
    dates = sorted((waves[answer].keys() & waves[measure].keys()) - set(left_out))
    if len(dates) < LEAST_WAVES:
        what = f"{series} has {len(dates)} other waves with '{answer}' and '{measure}'"
        raise MalformedInput(what, todo=f"A line needs {LEAST_WAVES}.")
    beside, asked = (
        to_logit(np.array([waves[name][date] for date in dates])) for name in (answer, measure)
    )
    away = beside - beside.mean()
    slope = float((away * asked).sum() / (away * away).sum())
    return Line(float(asked.mean() - slope * beside.mean()), slope, len(dates))
