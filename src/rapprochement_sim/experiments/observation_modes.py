"""How a survey was asked, as a row tells it, and where that changed.

A series that is asked by mail after years of visits answers another question: only its level
is comparable. A poll file may say so in a column ``mode``, or in its notes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MODE_COLUMN = "mode"
CHANGED = "changed mode"
_NAMED = re.compile(r"\bmode\s*[:=]\s*([a-z][a-z -]*)")
_CHANGE = re.compile(
    r"\bmode (break|change|effect)|\bnew mode\b|\b(change|break)s? (of|in) mode\b"
    r"|\bmode (has )?changed\b"
)
_WAYS = {
    "mail": re.compile(r"\b(by |via )?(mail|post|postal)\b"),
    "online": re.compile(r"\b(online|internet|web)\b"),
    "telephone": re.compile(r"\b(tele)?phone\b"),
    "face to face": re.compile(r"\bface[- ]to[- ]face\b|\bin[- ]person\b|\binterviews?\b"),
}


def mode_of(cell: str, note: str) -> str:
    """Return how a row was asked, as far as it says so; empty if it does not.

    Parameters
    ----------
    cell
        Of the column ``mode``, if the file has one.
    note
        Of the column ``comparability_note``: ``mode: mail``, one way of asking by name (mail,
        online, telephone, face to face), or that the mode has changed.
    """
    if cell:
        return f"{cell.casefold()} mode"
    text = note.casefold()
    named = _NAMED.search(text)
    if named:
        return f"{named[1].strip()} mode"
    if _CHANGE.search(text):
        return CHANGED
    ways = [way for way, pattern in _WAYS.items() if pattern.search(text)]
    return f"{ways[0]} mode" if len(ways) == 1 else ""


def modes_in_time(modes: Sequence[str]) -> list[str]:
    """Return the mode of each row of a series beside the one in which it began.

    Parameters
    ----------
    modes
        Of its rows, in time; empty where a row says nothing: it was asked as the row before.

    Returns
    -------
    list of str
        Empty for rows asked as the first one was, else the mode.
    """
    first, now, found = "", "", []
    for number, mode in enumerate(modes):
        if number == 0 and mode != CHANGED:
            first = mode
        now = mode or now
        found.append("" if now == first else now)
    return found
