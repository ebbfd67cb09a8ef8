"""A course in one row of braille dots, for lists that have room beside their figures."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SPARK_WIDTH = 13
"""Columns of a spark: two turns each, so that the longest game fits."""
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_LEVELS = len(_DOTS)
_BRAILLE = 0x2800


def spark(values: Sequence[float], smallest: float) -> str:
    """Draw the latest values from left to right, of a scale that spans at least ``smallest``.

    Moves within an error thus look as small as they are.
    """
    kept = list(values)[-2 * SPARK_WIDTH :]
    low, high = min(kept), max(kept)
    spare = max(smallest - (high - low), 0.0) / 2.0
    low, high = low - spare, high + spare
    rows = [round((high - value) / (high - low) * (_LEVELS - 1)) for value in kept]
    masks = [0] * SPARK_WIDTH
    masks[0] |= _DOTS[rows[0]][0]
    for place, (before, row) in enumerate(pairwise(rows), start=1):
        step = 1 if row > before else -1
        for level in range(before + step, row, step) if row != before else ():
            masks[place // 2] |= _DOTS[level][place % 2]
        masks[place // 2] |= _DOTS[row][place % 2]
    return "".join(chr(_BRAILLE + mask) if mask else " " for mask in masks)
