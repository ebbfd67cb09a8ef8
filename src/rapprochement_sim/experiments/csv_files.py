"""Tables in CSV files, read strictly: every fault has a file and a line."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, listed, nearest_name
from rapprochement_sim.scenario.text_files import read_text, shown_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LARGEST_FILE_BYTES = 10_000_000

Row = tuple[int, dict[str, str]]


def read_table(path: Path, columns: Sequence[str]) -> tuple[Row, ...]:
    """Read a CSV file with a header: each row with the line it starts on, cells trimmed.

    Columns beyond those asked for are kept in the rows.

    Raises
    ------
    MalformedInput
        If the file cannot be read, is not UTF-8 text, is no CSV, lacks a column or names
        one twice, has a row of another length, or has no rows.
    """
    rows = _rows(_read_text(path), path)
    _, header = next(rows, (1, []))
    header = [name.strip() for name in header]
    _check_header(header, columns, path)
    table = []
    for line, cells in rows:
        if len(cells) != len(header):
            what = f"this row has {len(cells)} cells and the header {len(header)}"
            todo = "Put a text that holds a comma in double quotes."
            raise MalformedInput(what, where=place(path, line), todo=todo)
        trimmed = (cell.strip() for cell in cells)
        table.append((line, dict(zip(header, trimmed, strict=True))))
    if not table:
        what = "the file has a header and no rows"
        raise MalformedInput(what, where=place(path, 1), todo="Add rows beneath the header.")
    return tuple(table)


def place(path: Path, line: int = 0, column: str = "") -> str:
    """Name a place in a file: ``file``, ``file:line`` or ``file:line:column``."""
    parts = [shown_path(path), str(line) if line else "", column if line else ""]
    return ":".join(part for part in parts if part)


def _read_text(path: Path) -> str:
    text = read_text(path, kind="CSV", largest=LARGEST_FILE_BYTES)
    if not text.strip():
        what = "the file is empty"
        raise MalformedInput(what, where=place(path), todo="Write a header and rows.")
    return text


def _rows(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as problem:
            what = f"this is not CSV ({problem})"
            raise MalformedInput(what, where=place(path, line)) from None
        if cells is None:
            return
        if cells:
            yield line, cells


def _check_header(header: Sequence[str], columns: Sequence[str], path: Path) -> None:
    where = place(path, 1)
    for name in columns:
        if name in header:
            continue
        near = nearest_name(name, [found for found in header if found not in columns])
        instead = f"; '{near}' is no column it knows" if near else ""
        what = f"the column '{name}' is missing{instead}"
        todo = "Columns are separated by commas." if len(header) == 1 else ""
        raise MalformedInput(what, where=where, allowed=listed(columns), todo=todo)
    twice = [name for name in columns if header.count(name) > 1]
    if twice:
        what = f"the column '{twice[0]}' stands {header.count(twice[0])} times"
        raise MalformedInput(what, where=where, todo="Keep one of them.")
