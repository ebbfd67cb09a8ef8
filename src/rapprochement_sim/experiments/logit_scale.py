"""The scale on which shares are shifted, stretched and given errors: log odds.

A share in per cent never leaves 0..100 there, and five points mean more near the ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rapprochement_sim.world.axes import Array

_CLOSEST_TO_THE_END = 0.5


def to_logit(per_cent: Array | float) -> Array:
    """Return log odds of shares in per cent; shares within half a point of an end count as that."""
    share = np.clip(per_cent, _CLOSEST_TO_THE_END, 100.0 - _CLOSEST_TO_THE_END) / 100.0
    odds: Array = np.log(share / (1.0 - share))
    return odds


def from_logit(odds: Array) -> Array:
    """Return shares in per cent."""
    share: Array = 100.0 / (1.0 + np.exp(-odds))
    return share
