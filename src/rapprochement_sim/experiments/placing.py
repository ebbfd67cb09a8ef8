"""Which rows may be compared with each other, and which are scored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rapprochement_sim.experiments.observations import Observation


@dataclass(frozen=True)
class Placed:
    """An observation and its place among comparable rows.

    Parameters
    ----------
    observation
        The row.
    segment
        Name of the rows it may be compared with: series, pair and measure, and the mode of
        asking where that changed.
    sets_level
        Whether the level of the segment is taken from it.
    """

    observation: Observation
    segment: str
    sets_level: bool

    @property
    def is_scored(self) -> bool:
        """Whether a forecast of it counts as held out: it anchors nothing and sets no level."""
        return not (self.sets_level or self.observation.is_anchor)

    @property
    def year(self) -> float:
        """Years since January 2010."""
        return self.observation.month / 12.0

    @property
    def use(self) -> str:
        """``scored``, ``anchor``, or ``level`` for a row spent on the level of its segment."""
        if self.observation.is_anchor:
            return "anchor"
        return "level" if self.sets_level else "scored"
