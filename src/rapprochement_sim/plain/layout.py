"""Text of 80 columns: wrapping, headings, figures."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDTH = 80
_SHARES = ("approval_", "protest_")
_POINTS = "political_capital_"


def heading(text: str) -> Iterator[str]:
    """Yield a heading with a blank line before it."""
    lines = textwrap.wrap(text, WIDTH)
    yield ""
    yield from lines
    yield "-" * max(map(len, lines))


def wrapped(text: str, indent: int = 0, *, first: str | None = None) -> list[str]:
    """Wrap a text; ``first`` replaces the indent of the first line."""
    margin = " " * indent
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=margin if first is None else first,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )


def item(text: str, mark: str = "*") -> list[str]:
    """Wrap an item of a list behind its mark."""
    return wrapped(text, len(mark) + 2, first=f" {mark} ")


def page(lines: Iterable[str]) -> str:
    """Join lines into a text that ends with a line break.

    An indented line that is too long, since a rule book has long titles, goes on in the
    next one; lines that are not indented (headings, places of files) stay as they are.
    """
    fitted = (part for line in lines for part in _fitted(line))
    return "\n".join(fitted) + "\n"


def _fitted(line: str) -> list[str]:
    if len(line) <= WIDTH or not line.startswith(" "):
        return [line]
    indent = len(line) - len(line.lstrip())
    return wrapped(line.strip(), indent + 4, first=" " * indent)


def capitalised(text: str) -> str:
    """Begin a sentence: only the first letter changes."""
    return text[:1].upper() + text[1:]


def shown_value(name: str, value: float, unit: str) -> str:
    """Show a figure as people read it: polls and approval in percent, indices from 0 to 1."""
    if unit == "percent":
        return f"{value:.0f}%"
    if name.startswith(_SHARES):
        return f"{100.0 * value:.0f}%"
    if unit == "points":
        return f"{value:.0f}"
    if name.startswith(_POINTS):
        return f"{100.0 * value:.0f}"
    return f"{value:.2f}"


def shown_change(name: str, change: float, unit: str, *, grain: float = 1.0) -> str:
    """Show a change with its sign, in the unit of :func:`shown_value`."""
    if name.startswith((*_SHARES, _POINTS)):
        change, grain = 100.0 * change, 100.0 * grain
    elif unit not in ("percent", "points"):
        return _signed(change, 3 if grain < _HUNDREDTH else 2)
    return _signed(change, 0 if grain >= 1.0 else 1)


def _signed(change: float, digits: int) -> str:
    rounded = round(change, digits)
    return f"{rounded:+.{digits}f}" if rounded else f"{0.0:.{digits}f}"


_HUNDREDTH = 0.01


def shown_margin(name: str, margin: float, unit: str) -> str:
    """Show the margin of a figure, empty where it is exact."""
    if margin == 0.0:
        return ""
    if unit in ("percent", "points"):
        return f"+-{margin:.0f}"
    if name.startswith((*_SHARES, _POINTS)):
        return f"+-{100.0 * margin:.0f}"
    return f"+-{margin:.2f}"


def bar(share: float, width: int = 10) -> str:
    """Draw a share of 0 to 1 as a bar of characters."""
    filled = round(min(max(share, 0.0), 1.0) * width)
    return "#" * filled + "." * (width - filled)
