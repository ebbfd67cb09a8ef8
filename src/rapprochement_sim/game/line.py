"""The line between a seat and a class elsewhere: what comes by itself, what people say.

A game in this process has none. A face that plays a seat with a line listens to it from time
to time, so that a turn that others end moves the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rapprochement_sim.vocabulary import Capital


@dataclass(frozen=True)
class Heard:
    """What has come down a line since it was asked last.

    Attributes
    ----------
    version
        Grows whenever a page of the seat may have changed.
    notices
        Sentences, each told once.
    trouble
        What holds the game up now, empty if nothing does.
    standing
        Where the class stands, in a few words.
    """

    version: int
    notices: tuple[str, ...] = ()
    trouble: str = ""
    standing: str = ""


@dataclass(frozen=True)
class Letter:
    """Something said in a class; ``to`` is in words."""

    number: int
    sender: str
    to: str
    turn: int
    text: str
    is_own: bool


@dataclass(frozen=True)
class Draft:
    """A decision put forward within a seat that several people share.

    Attributes
    ----------
    number
        By which it is named to the class.
    told
        What it is, in words.
    author, backers
        Who put it forward, and who is for it.
    is_backed, may_drop
        Whether the person here is for it already, and may take it off the table.
    """

    number: int
    told: str
    author: str
    backers: tuple[str, ...]
    is_backed: bool
    may_drop: bool


def draft_told(draft: Draft) -> str:
    """Say whose draft it is, and who is for it."""
    told = f"put forward by {draft.author}; for it: {', '.join(draft.backers)}"
    return f"{told} (you are for it)" if draft.is_backed else told


class Line(Protocol):
    """What a seat of a class elsewhere has beside its pages."""

    def heard(self) -> Heard:
        """Return what has come, without waiting."""

    def wait(self, version: int, seconds: float) -> bool:
        """Wait until pages are newer than a version; return whether they are."""

    def letters(self) -> tuple[Letter, ...]:
        """Return what was said to this seat and by it, the latest last."""

    def say(self, text: str, to: tuple[Capital, ...]) -> str:
        """Say something to some seats, or to everyone; return what came of it."""

    def reclaim(self) -> str:
        """Play the seat again instead of the model; return what came of it."""

    def drafts(self) -> tuple[Draft, ...]:
        """Return what is put forward within this seat."""

    def who_decides(self) -> str:
        """Say who decides for this seat, empty if one person alone sits here."""

    def back(self, draft: int) -> str:
        """Be for a draft of this seat; return what came of it."""

    def drop(self, draft: int) -> str:
        """Take a draft off the table; return what came of it."""

    def way_back(self) -> tuple[str, ...]:
        """Say that the seat is held, and how one comes back to it."""
