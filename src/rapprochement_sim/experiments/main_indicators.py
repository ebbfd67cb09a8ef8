"""Which indicators a study keeps by turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, nearest_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rapprochement_sim.decision.case import Case

HEADLINES = (
    "rapprochement",
    "security_cooperation",
    "deterrence",
    "korea_unfavourable_of_japan",
    "japan_unfavourable_of_korea",
    "trust_seoul_tokyo",
    "trust_tokyo_seoul",
    "approval_seoul",
    "approval_tokyo",
    "hurt_forced_labour_seoul",
    "hurt_forced_labour_tokyo",
    "institution_gsomia_seoul_tokyo",
    "interoperability_seoul_tokyo",
    "threat_seoul_pyongyang",
    "threat_tokyo_pyongyang",
    "escalation_seoul_pyongyang",
)
"""Kept by every study whose rules know them, in this sequence."""


def main_indicators(case: Case, extra: Iterable[str] = ()) -> tuple[str, ...]:
    """Name the headlines, what outcomes and goals look at, and what was asked for.

    Raises
    ------
    MalformedInput
        If an indicator that was asked for does not exist.
    """
    known = case.indicators.by_name
    wanted = list(extra)
    for name in wanted:
        if name not in known:
            what = f"there is no indicator '{name}'"
            todo = "Names are listed by `rapprochement explain` for each variable."
            raise MalformedInput(what, nearest=nearest_name(name, known), todo=todo)
    scenario = case.loaded.schema
    seats = scenario.seats.values()
    goals = [goal for seat in seats for goal in (*seat.public_goals, *seat.secret_goals)]
    names = [
        *(name for name in HEADLINES if name in known),
        *(outcome.indicator for outcome in scenario.outcomes.values()),
        *(goal.indicator for goal in goals),
        *wanted,
    ]
    return tuple(dict.fromkeys(names))
