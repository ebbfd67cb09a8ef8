"""What a person types as a forecast, the same on every face."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput

if TYPE_CHECKING:
    from rapprochement_sim.scenario.schema import Outcome

_NUMBER = r"-?\d+(?:\.\d+)?"
_PERCENT = re.compile(rf"^\s*({_NUMBER})\s*%?\s*$", re.ASCII)
_BAND = re.compile(
    rf"^\s*(?:between\s+)?({_NUMBER})\s*%?\s*(?:to|and|\.\.)\s*({_NUMBER})\s*%?\s*$",
    re.ASCII | re.IGNORECASE,
)
_WHEN = (" at the end", " at some time")
"""How titles of outcomes may end; a forecast says when by its own turn."""


def outcome_text(outcome: Outcome, turn: int) -> str:
    """Say what is forecast of an outcome, and when it is looked at: once."""
    title = outcome.title
    for words in _WHEN:
        title = title.removesuffix(words)
    if outcome.when == "at_end":
        return f"{title} when turn {turn} is over"
    return f"{title} by the end of turn {turn}"


def parse_answer(text: str) -> tuple[float, tuple[float, float] | None]:
    """Read a probability in per cent, or a band: return it as 0..1, or the band.

    Raises
    ------
    MalformedInput
        If it is neither.
    """
    percent = _PERCENT.match(text)
    if percent is not None:
        return float(percent[1]) / 100.0, None
    band = _BAND.match(text)
    if band is None:
        what = f"'{text.strip()}' is neither a probability nor a band"
        raise MalformedInput(what, allowed="0% to 100%, or for example 44 to 51")
    return 0.0, (float(band[1]), float(band[2]))
