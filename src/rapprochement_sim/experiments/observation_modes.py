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
CHANGED = "changed"
_NAMED = re.compile(r"\bmode\s*[:=]\s*([a-z][a-z -]*)")
_CHANGE = re.compile(
    r"\b(chang|switch|break|moved to|new mode|new method|not comparable|incomparable)"
    r"|\b(from|since) (19|20)\d\d\b"
)
_WAYS = {
    "mail": re.compile(r"\b(mail|post|postal)\b"),
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
        Of the column ``comparability_note``: ``mode: mail``, or words that tell both of a way
        of asking (mode, mail, online, telephone, face to face) and of a change of it (changed,
        break, not comparable, from 2020). A way alone is no change.
    """
    if cell:
        return cell.casefold()
    text = note.casefold()
    named = _NAMED.search(text)
    if named:
        return named[1].strip()
    ways = [way for way, pattern in _WAYS.items() if pattern.search(text)]
    if not _CHANGE.search(text) or not (ways or re.search(r"\bmode\b", text)):
        return ""
    return ways[0] if len(ways) == 1 else CHANGED


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
