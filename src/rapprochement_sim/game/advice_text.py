"""Advice in words and figures, the same on every face."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import shown_change, shown_value, signed
from rapprochement_sim.game.knowledge import NORMAL_95

if TYPE_CHECKING:
    from rapprochement_sim.game.advice import Gain, Ground, OutcomeProspect, Outlook, Prospect
    from rapprochement_sim.game.forecasts import ForecasterScore

_FINE = 0.01
_LEAST = 0.005
HOW = (
    "Each course was played on in {worlds} worlds that fit what you know, all courses under the "
    "same chance. In brackets: nine rollouts of ten fall between."
)


def course_named(outlook: Outlook) -> str:
    """Name a course, with its staff paper if it has one."""
    return outlook.title if outlook.paper is None else f"paper {outlook.paper}, {outlook.title}"


def gain_shown(gain: Gain) -> str:
    """Tell what a school sees in a course, with the margin of 95 per cent."""
    return f"{signed(gain.value, 2)} +-{NORMAL_95 * gain.error:.2f}"


def ground_shown(ground: Ground) -> str:
    """Tell a figure that speaks for or against a course."""
    word = "for" if ground.speaks_for else "against"
    return f"{word}: {ground.title} {_ground_change(ground.change)}"


def _ground_change(change: float) -> str:
    """Show a change in hundredths; one below half of that as less than one."""
    if abs(change) >= _LEAST:
        return signed(change, 2)
    return f"{'+' if change > 0 else '-'}<0.01"


def band_shown(prospect: Prospect) -> str:
    """Tell the mean of a prospect and between which values nine rollouts of ten fall."""
    name, unit = prospect.figure, prospect.unit
    low, mean, high = (
        shown_value(name, value, unit) for value in (prospect.low, prospect.mean, prospect.high)
    )
    return f"{mean} [{low} to {high}]"


def record_shown(record: ForecasterScore | None) -> str:
    """Tell how good a voice's forecasts were so far."""
    if record is None or not record.n_chances:
        return "none to score yet"
    return (
        f"Brier {record.brier:.2f} on {record.n_chances} (climatology {record.climatology:.2f}), "
        f"{record.within_90.hits} of {record.n_bands} within their 90% bands"
    )


def apart_shown(outlook: Outlook, prospect: Prospect) -> str:
    """Tell how far a prospect differs from leaving the desk as it is; nothing for that itself."""
    if outlook.is_nothing_more:
        return ""
    name, unit = prospect.figure, prospect.unit
    change, error = (
        shown_change(name, value, unit, grain=_FINE)
        for value in (prospect.difference, prospect.error)
    )
    return f", against leaving it {change} (error {error.lstrip('+')})"


def mean_shown(prospect: Prospect) -> str:
    """Tell the mean of a prospect alone."""
    return shown_value(prospect.figure, prospect.mean, prospect.unit)


def difference_marked(prospect: Prospect) -> str:
    """Tell a difference alone; ``=`` where it is none, or cannot be told from none (95%)."""
    shown = shown_change(prospect.figure, prospect.difference, prospect.unit, grain=_FINE)
    is_clear = abs(prospect.difference) > NORMAL_95 * prospect.error
    return shown if is_clear and shown[:1] in ("+", "-") else "="


def outcomes_moved(outlook: Outlook, most: int = 3) -> tuple[OutcomeProspect, ...]:
    """Return the outcomes that a course changes most."""
    return tuple(sorted(outlook.outcomes, key=lambda outcome: -abs(outcome.difference))[:most])


def _points(difference: float) -> str:
    return shown_change("", 100.0 * difference, "points")


def outcome_shown(outlook: Outlook, outcome: OutcomeProspect) -> str:
    """Tell how likely an outcome is, and how much likelier than by leaving the desk as it is."""
    percent = f"{100.0 * outcome.probability:.0f}%"
    apart = "" if outlook.is_nothing_more else f", {_points(outcome.difference)} points"
    return f"{outcome.title}: {percent}{apart}"
