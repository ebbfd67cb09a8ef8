"""Pieces of HTML. Every text goes through :func:`shown`, so that none of it is markup."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def shown(text: object) -> str:
    """Make a text safe to stand in HTML, between tags and in attributes."""
    return escape(_printable(str(text)))


def _printable(text: str) -> str:
    """Leave out what no HTML text may hold: control characters and halves of characters."""
    kept = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(char if char.isprintable() else " " for char in kept)


def paragraph(text: str, kind: str = "") -> str:
    """Write a paragraph of plain text."""
    return f"<p{_kind(kind)}>{shown(text)}</p>"


def section(key: str, title: str, parts: Iterable[str]) -> str:
    """Write a section with a heading that can be linked to."""
    body = "\n".join(parts)
    return (
        f'<section id="{shown(key)}" aria-labelledby="{shown(key)}-title">\n'
        f'<h2 id="{shown(key)}-title">{shown(title)}</h2>\n{body}\n</section>'
    )


def subtitle(text: str) -> str:
    """Write a heading within a section."""
    return f"<h3>{shown(text)}</h3>"


def items(texts: Iterable[str], kind: str = "") -> str:
    """Write a list of plain texts."""
    lines = "".join(f"<li>{shown(text)}</li>" for text in texts)
    return f"<ul{_kind(kind)}>{lines}</ul>"


def table(
    caption: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    n_texts: int = 1,
    kind: str = "",
) -> str:
    """Write a table of plain texts that scrolls by itself where it is too wide.

    Parameters
    ----------
    caption, head, rows
        What it shows; each row begins with its own heading.
    n_texts
        Columns from the left that hold words; those after them hold figures.
    kind
        ``full`` takes the whole width; ``cards`` as well, and on a narrow screen it shows
        each row as a card.
    """
    cells = "".join(
        f'<th scope="col"{_kind("" if n < n_texts else "number")}>{shown(text)}</th>'
        for n, text in enumerate(head)
    )
    lines = "\n".join(_row(row, n_texts, head) for row in rows)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{shown(caption)}">'
        f"<table{_kind(kind)}><caption>{shown(caption)}</caption>\n"
        f"<thead><tr>{cells}</tr></thead>\n<tbody>\n{lines}\n</tbody></table></div>"
    )


def _row(row: Sequence[str], n_texts: int, head: Sequence[str]) -> str:
    """Write a row; each cell repeats its heading, for screens too narrow for columns."""
    first, *rest = row
    cells = "".join(
        f'<td{_kind("" if n < n_texts else "number")} data-label="{shown(head[n])}">'
        f"{shown(text)}</td>"
        for n, text in enumerate(rest, start=1)
    )
    return f'<tr><th scope="row">{shown(first)}</th>{cells}</tr>'


def figures(charts: Iterable[str]) -> str:
    """Put charts side by side as far as there is room."""
    inner = "\n".join(charts)
    return f'<div class="charts">\n{inner}\n</div>'


def _kind(kind: str) -> str:
    return f' class="{kind}"' if kind else ""
