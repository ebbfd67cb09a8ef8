"""Rows of the shipped record, found by the keys that sources name.

``polls:genron_eai:2022`` names the rows of ``data/polls.csv`` in which every part of the
key is the whole of some field.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from rapprochement_sim.errors import nearest_name

Row = dict[str, str]

_DATA = Path(__file__).resolve().parents[1] / "data"
_LONGEST_KEY = 40
_OF_THE_ROW_ITSELF = frozenset({"source", "quote", "verified", "weight_seen", "confidence"})
_HOW_TO_USE_IT = frozenset({"role", "note", "use", "series_overlap"})
_NOT_TOLD = _OF_THE_ROW_ITSELF | _HOW_TO_USE_IT


@cache
def data_files() -> tuple[str, ...]:
    """Names of the shipped data files."""
    return tuple(sorted(path.name for path in _DATA.glob("*.csv")))


def table_rows(file: str) -> tuple[Row, ...]:
    """Return all rows of a data file, in its sequence."""
    return _rows(file)


def matching_rows(file: str, key: str) -> list[Row]:
    """Find the rows of a data file that a key names, in the sequence of the file."""
    found = list(_rows(file))
    for part in key.split(":"):
        found = [row for row in found if part in row.values()]
    return found


def unmatched_part(file: str, key: str) -> tuple[str, str]:
    """Name the first part of a key that no row holds together with the parts before it.

    Returns
    -------
    tuple
        The part, and the nearest text that would have been found, or an empty text.
    """
    found = list(_rows(file))
    for part in key.split(":"):
        left = [row for row in found if part in row.values()]
        if not left:
            texts = {text for row in found for text in row.values() if len(text) <= _LONGEST_KEY}
            return part, nearest_name(part, sorted(texts - {""}))
        found = left
    return "", ""


def row_text(row: Row) -> str:
    """Write a row in one line: its facts, without what is about the row itself."""
    told = {name: text for name, text in row.items() if text and name not in _NOT_TOLD}
    return "; ".join(f"{name.replace('_', ' ')}: {text}" for name, text in told.items())


@cache
def _rows(file: str) -> tuple[Row, ...]:
    with (_DATA / file).open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))
