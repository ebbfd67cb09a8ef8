"""Blocks of lines side by side, where a board is wide enough for more than one column."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from rich.cells import cell_len

from rapprochement_sim.tui.lines import BLANK, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rapprochement_sim.tui.lines import Line

_GAP = 3


def fitting(width: int, narrowest: int, most: int = 2) -> tuple[int, int]:
    """Return how many columns of at least a width fit, and how wide each may be."""
    n_columns = max(min((width + _GAP) // (narrowest + _GAP), most), 1)
    return n_columns, (width - _GAP * (n_columns - 1)) // n_columns


def columned(
    draw: Callable[[int], Iterable[Sequence[Line]]], width: int, narrowest: int, most: int = 2
) -> Iterator[Line]:
    """Lay blocks out in as many columns as fit, read downwards, blank lines between blocks.

    Parameters
    ----------
    draw
        Draws the blocks for the width of a column.
    """
    n_columns, room = fitting(width, narrowest, most)
    blocks = [list(block) for block in draw(room)]
    columns = _dealt(blocks, n_columns)
    height = max((len(column) for column in columns), default=0)
    for row in range(height):
        spans: list[Span] = []
        for number, column in enumerate(columns):
            line = column[row] if row < len(column) else ()
            spans += line
            used = sum(cell_len(span.text) for span in line)
            if number < len(columns) - 1:
                spans.append(Span(" " * (room + _GAP - used)))
        yield tuple(spans)


def _dealt(blocks: Sequence[Sequence[Line]], n_columns: int) -> list[list[Line]]:
    """Fill columns one after the other, each up to its share of all lines."""
    if len({len(block) for block in blocks}) == 1:
        return _dealt_evenly(blocks, n_columns)
    total = sum(len(block) + 1 for block in blocks)
    columns: list[list[Line]] = [[]]
    done = 0
    for block in blocks:
        is_full = done + (len(block) + 1) / 2 > total * len(columns) / n_columns
        if is_full and len(columns) < n_columns and columns[-1]:
            columns.append([])
        columns[-1] += [BLANK, *block] if columns[-1] else block
        done += len(block) + 1
    return columns


def _dealt_evenly(blocks: Sequence[Sequence[Line]], n_columns: int) -> list[list[Line]]:
    """Fill columns with blocks of one height; what is left over falls to the first."""
    least, over = divmod(len(blocks), n_columns)
    columns: list[list[Line]] = []
    rest = iter(blocks)
    for number in range(n_columns):
        column: list[Line] = []
        for block in islice(rest, least + (number < over)):
            column += [BLANK, *block] if column else block
        columns.append(column)
    return columns
