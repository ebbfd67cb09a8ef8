"""How long and how many: what a class takes at most. A flood is refused, not stored."""

from __future__ import annotations

import unicodedata

from rapprochement_sim.errors import MalformedInput, NotAllowedNow

MOST_NAME = 40
MOST_TEXT = 1000
MOST_REASON = 200
MOST_PERSONS = 400
MOST_WORLDS = 24
MOST_MEMBERS = 8
MOST_DRAFTS = 12
MOST_MESSAGES_A_TURN = 60
MOST_FORECASTS_A_TURN = 20
MOST_TOKENS = 20
MOST_CHANGES = 5
MOST_MINUTES = 24.0 * 60.0


def clean_line(text: str, what: str, most: int) -> str:
    """Return a text on one line without what no page should obey.

    Raises
    ------
    MalformedInput
        If nothing is left, or it is too long.
    """
    printable = (" " if _is_unseen(sign) else sign for sign in text)
    line = " ".join("".join(printable).split())
    return _sized(line, what, most)


def clean_text(text: str, what: str, most: int) -> str:
    """Return a text of several lines, as :func:`clean_line` does for each."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shown = ["".join(" " if _is_unseen(sign) else sign for sign in line) for line in lines]
    return _sized("\n".join(line.rstrip() for line in shown).strip(), what, most)


def _is_unseen(sign: str) -> bool:
    """Whether a sign is a control, half a character, or turns the direction of the text."""
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _sized(text: str, what: str, most: int) -> str:
    if not text:
        message = f"{what} is empty"
        raise MalformedInput(message, todo="Write something, then send it again.")
    if len(text) > most:
        message = f"{what} has {len(text)} characters"
        raise MalformedInput(message, allowed=f"at most {most}")
    return text


def check_room(found: int, most: int, what: str) -> None:
    """Refuse one more of something of which there are enough.

    Raises
    ------
    NotAllowedNow
        If there are.
    """
    if found >= most:
        message = f"there are {found} {what} already"
        raise NotAllowedNow(message, allowed=f"at most {most}")
