"""Text of 80 columns: wrapping, headings, bars."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDTH = 80
_LEAST_WIDTH = 20


def heading(text: str) -> Iterator[str]:
    """Yield a heading with a blank line before it."""
    lines = textwrap.wrap(text, WIDTH)
    yield ""
    yield from lines
    yield "-" * max(map(len, lines))


def refused(error: Exception) -> list[str]:
    """Lay out what was wrong, line by line as the error tells it."""
    parts = str(error).split("\n")
    return [line for part in parts for line in wrapped(part, 2, first="! ")]


def wrapped(
    text: str, indent: int = 0, *, first: str | None = None, width: int = WIDTH
) -> list[str]:
    """Wrap a text; ``first`` replaces the indent of the first line."""
    margin = " " * indent
    return textwrap.wrap(
        text,
        width,
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


def narrowed(text: str, width: int) -> str:
    """Break the lines of a text between words where a terminal is narrower than they are."""
    if width >= WIDTH or width < _LEAST_WIDTH:
        return text
    return "".join(
        part if len(part) <= width else "\n".join(_broken(part.rstrip("\n"), width)) + "\n"
        for part in text.splitlines(keepends=True)
    )


def _broken(line: str, width: int) -> list[str]:
    if not line.strip("=-"):
        return [line[:width]]
    indent = " " * min(len(line) - len(line.lstrip()), width // 4)
    return textwrap.wrap(
        " ".join(line.split()),
        width,
        initial_indent=indent,
        subsequent_indent=f"{indent}  " if indent else "",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _fitted(line: str) -> list[str]:
    if len(line) <= WIDTH or not line.startswith(" "):
        return [line]
    indent = len(line) - len(line.lstrip())
    return wrapped(line.strip(), indent + 4, first=" " * indent)


def capitalised(text: str) -> str:
    """Begin a sentence: only the first letter changes."""
    return text[:1].upper() + text[1:]


def bar(share: float, width: int = 10) -> str:
    """Draw a share of 0 to 1 as a bar of characters."""
    filled = round(min(max(share, 0.0), 1.0) * width)
    return "#" * filled + "." * (width - filled)
