"""Lines of text with roles and spots: what every board is made of. Data, no Textual.

A *role* says what a piece of text is (``up``, ``dim``, ``title`` ..); the style sheet says
how it looks. A *spot* is a piece that the cursor can stand on.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

Role = Literal["plain", "dim", "title", "up", "down", "alert", "own", "key", "chart", "chart2"]
SpotKind = Literal["figure", "name", "choice", "text"]


@dataclass(frozen=True)
class Spot:
    """Something the cursor can stand on.

    ``figure`` spots name a figure (its detail, why and source can be asked), ``name``
    spots a name of the rule book, ``choice`` spots something to choose on this screen.
    """

    kind: SpotKind
    key: str


class Span(NamedTuple):
    """A piece of one line."""

    text: str
    role: Role = "plain"
    spot: Spot | None = None


Line = tuple[Span, ...]
Draw = Callable[[int], Iterable[Line]]
"""Lays a board out for a width."""

BLANK: Line = ()
GLUE = "\u00a0"
"""A blank at which a text is never broken; :func:`wrapped` shows it as any other."""


def line(*pieces: Span | str) -> Line:
    """Put a line together; bare strings are plain text."""
    return tuple(piece if isinstance(piece, Span) else Span(piece) for piece in pieces)


def figure_spot(name: str) -> Spot:
    """Make a figure's spot."""
    return Spot("figure", name)


def choice(key: str) -> Spot:
    """Make the spot of something to choose."""
    return Spot("choice", key)


def wrapped(text: str, width: int, *, indent: int = 0, first: str | None = None) -> Iterator[str]:
    """Break a text into lines of a width; ``first`` replaces the indent of the first."""
    margin = " " * indent
    parts = textwrap.wrap(
        text,
        max(width, indent + 8),
        initial_indent=margin if first is None else first,
        subsequent_indent=margin,
        break_on_hyphens=False,
    )
    yield from (part.replace(GLUE, " ") for part in parts)


def paragraph(
    text: str,
    width: int,
    role: Role = "plain",
    *,
    indent: int = 0,
    first: str | None = None,
    spot: Spot | None = None,
) -> Iterator[Line]:
    """Lay a text out over several lines; a spot covers all of them, from the first."""
    for part in wrapped(text, width, indent=indent, first=first):
        yield (Span(part, role, spot),)


def clipped(text: str, width: int) -> str:
    """Cut a text that is too long for its column, and say so by two dots."""
    return text if len(text) <= width else f"{text[: max(width - 2, 0)]}.."


def bar(share: float, width: int = 10) -> str:
    """Draw a share of 0 to 1 in characters that every terminal has."""
    filled = round(min(max(share, 0.0), 1.0) * width)
    return "#" * filled + "." * (width - filled)


def capitalised(text: str) -> str:
    """Begin a sentence: only the first letter changes."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Begin a sentence and end it."""
    return capitalised(text) if text.endswith((".", "!", "?")) else f"{capitalised(text)}."
