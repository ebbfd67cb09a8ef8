"""Pages of a seat as JSON and back: the very dataclasses that the screens show.

Only the kinds of page that a face may ask of a seat travel. Whatever else is handed over by
mistake, a session or a world, is no page and is refused where it would be sent.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from rapprochement_sim.classroom.veiling import laid_open, veiled
from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.vocabulary import Capital, Lens, Order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.briefing import Briefing, Reading
    from rapprochement_sim.game.forecast_page import ForecastPage
    from rapprochement_sim.game.seat import Option

VERSION = 3
"""Of the interface between a class and a joined seat."""

_KIND = "is"
_PAGES = (
    "classroom.adviser_papers",
    "game.briefing",
    "game.debrief",
    "game.forecast_page",
    "game.forecasts",
    "game.line",
    "game.odds",
    "game.past",
    "game.preview",
    "game.programmes",
    "game.published_record",
    "game.seat",
    "game.why",
    "game.winning",
    "scenario.codex",
)
_DEEPEST = 40


@dataclass(frozen=True)
class SeatPages:
    """What a joined seat reads again and again: the page of the open turn and its lists.

    Attributes
    ----------
    turn, phase
        Turns resolved so far, and where the open one stands.
    briefing, options, figures, forecasts
        As the seat answers them.
    """

    turn: int
    phase: str
    briefing: Briefing
    options: tuple[Option, ...]
    figures: tuple[Reading, ...]
    forecasts: ForecastPage


@cache
def _kinds() -> dict[str, type[Any]]:
    found: dict[str, type[Any]] = {
        kind.__name__: kind for kind in (SeatPages, Capital, Lens, Order)
    }
    for module in _PAGES:
        name = f"rapprochement_sim.{module}"
        for kind in vars(import_module(name)).values():
            if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == name:
                found[kind.__name__] = kind
    return found


def packed(page: object) -> str:
    """Write a page as JSON.

    Raises
    ------
    TypeError
        If it holds what is no page.
    """
    return json.dumps(veiled(_plain(page)), allow_nan=False, separators=(",", ":"))


def _plain(value: object) -> Any:
    if value is None or (isinstance(value, (bool, str)) and not isinstance(value, Enum)):
        return value
    kind = type(value).__name__
    if isinstance(value, Enum):
        if _kinds().get(kind) is type(value):
            return {_KIND: kind, "name": value.name}
        return value.value
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    if is_dataclass(value) and _kinds().get(kind) is type(value):
        own = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {_KIND: kind, **own}
    msg = f"{kind} is no page of a seat"
    raise TypeError(msg)


def unpacked(text: str | bytes) -> Any:
    """Read a page; nothing in it can command a terminal.

    Raises
    ------
    MalformedInput
        If it is none of this version's.
    """
    try:
        return _read(laid_open(json.loads(text)), 0)
    except (ValueError, TypeError, KeyError, RecursionError, AttributeError) as error:
        what = "the class answers in a way that is not understood here"
        todo = "Use the version of the program that the class is played with."
        raise MalformedInput(what, where=type(error).__name__, todo=todo) from None


def _read(value: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        msg = "a page lies too deep"
        raise ValueError(msg)
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, list):
        return tuple(_read(each, depth + 1) for each in value)
    if not isinstance(value, dict):
        return value
    kind = _kinds()[value.pop(_KIND)]
    if issubclass(kind, Enum):
        return kind[value["name"]]
    return kind(**{str(name): _read(each, depth + 1) for name, each in value.items()})


def harmless(text: str) -> str:
    """Return a text without signs that a terminal would obey; line ends stay."""
    return "".join(_shown(text)) if not text.isprintable() else text


def _shown(text: str) -> Iterator[str]:
    for sign in text:
        yield sign if sign.isprintable() or sign == "\n" else " "
