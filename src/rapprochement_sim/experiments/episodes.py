"""Episodes: stretches of a pair's record whose errors share their causes.

Six polls of Koreans between two turning points are not six independent tests. Skill is
therefore also resampled by episode: all rows of one respondent and target between two
turning points of the record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rapprochement_sim.experiments.observations import Observation

# Months since January 2010 at which the record takes another turn, each dated in events.csv.
TURNING_POINTS: dict[int, str] = {
    31: "2012-08: a president's visit to Dokdo/Takeshima",
    71: "2015-12: agreement on comfort women",
    105: "2018-10: ruling on forced labour",
    148: "2022-05: a new government in Seoul",
    158: "2023-03: plan for compensation and visit to Tokyo",
    185: "2025-06: a new government in Seoul",
}


def episode_of(observation: Observation) -> str:
    """Name the episode of an observation: its pair and the turning points before it."""
    period = sum(month <= observation.month for month in TURNING_POINTS)
    target = observation.target
    partner = "policy" if target is None else target.key
    return f"{observation.respondent.key}>{partner}:{period}"


def episodes_of(observations: Iterable[Observation]) -> tuple[str, ...]:
    """Name the episode of each observation."""
    return tuple(map(episode_of, observations))
