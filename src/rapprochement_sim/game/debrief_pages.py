"""The pages of a debrief, by the words that every face calls them."""

from __future__ import annotations

from typing import NamedTuple

from rapprochement_sim.errors import MalformedInput, listed, nearest_name


class DebriefPage(NamedTuple):
    """A page: its word, its title in full, and whether worlds must be played for it."""

    word: str
    title: str
    needs_worlds: bool


DEBRIEF_PAGES = (
    DebriefPage("scores", "Scores", needs_worlds=False),
    DebriefPage("turning", "Turning points", needs_worlds=True),
    DebriefPage("luck", "Luck against choice", needs_worlds=True),
    DebriefPage("who", "Who decided", needs_worlds=True),
    DebriefPage("forecasts", "Forecasts", needs_worlds=False),
    DebriefPage("worlds", "Worlds beside this one", needs_worlds=True),
    DebriefPage("seats", "All seats", needs_worlds=False),
    DebriefPage("causes", "Exact causes", needs_worlds=False),
)


def page_named(word: str) -> DebriefPage:
    """Find a page by its word.

    Raises
    ------
    MalformedInput
        If there is no such page.
    """
    words = [page.word for page in DEBRIEF_PAGES]
    if word.casefold() not in words:
        what = f"the debrief has no page '{word}'"
        raise MalformedInput(what, nearest=nearest_name(word, words), allowed=listed(words))
    return DEBRIEF_PAGES[words.index(word.casefold())]
