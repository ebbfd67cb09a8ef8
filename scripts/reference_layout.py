"""How pages of the reference are put together: a head, tables, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Lines = list[str]
WRITTEN = "<!-- Written by scripts/refresh_docs.py from the rules. Do not edit by hand. -->"


def page(title: str, about: str, lines: Iterable[str]) -> str:
    """Return a page: its title, what it is about, its lines."""
    return "\n".join([f"# {title}", "", WRITTEN, "", about, "", *lines]).rstrip() + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Lines:
    """Return a table and an empty line."""
    columns = list(head)
    lines = [_row(columns), _row("---" for _ in columns)]
    lines += [_row(cells) for cells in rows]
    return [*lines, ""]


def _row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
