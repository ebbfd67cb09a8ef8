"""Where things are drawn on the projector's map. A scheme of five capitals, not a chart of land."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rapprochement_sim.classroom.sheets import PublicSheet

_PLACES = {
    "beijing": (90, 130),
    "pyongyang": (270, 70),
    "seoul": (285, 190),
    "tokyo": (500, 210),
    "washington": (700, 110),
}


@dataclass(frozen=True)
class Dot:
    """A capital on the map."""

    key: str
    x: int
    y: int


@dataclass(frozen=True)
class Line:
    """A link on the map; ``kind`` is its rung, as a class of the style sheet."""

    x1: int
    y1: int
    x2: int
    y2: int
    kind: str
    is_tense: bool


@dataclass(frozen=True)
class Map:
    """The map of a world."""

    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]


def map_of(sheet: PublicSheet) -> Map:
    """Lay out the map: links that stand for something or are tense."""
    lines = tuple(
        Line(*_PLACES[link.a], *_PLACES[link.b], link.rung.replace(" ", "-"), link.is_tense)
        for link in sheet.links
        if link.title or link.is_tense
    )
    return Map(tuple(Dot(key, x, y) for key, (x, y) in _PLACES.items()), lines)
