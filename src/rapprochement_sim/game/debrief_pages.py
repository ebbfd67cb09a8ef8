"""The pages of a debrief, by the words that every face calls them."""

from __future__ import annotations

from typing import NamedTuple

from rapprochement_sim.errors import MalformedInput, listed, nearest_name


class DebriefPage(NamedTuple):
    """A page of the debrief.

    Attributes
    ----------
    word, title
        What is typed for it, and its title in full.
    needs_worlds
        Whether worlds must be played for it.
    about
        What it answers, and how it is read, for who sees it for the first time.
    """

    word: str
    title: str
    needs_worlds: bool
    about: str


DEBRIEF_PAGES = (
    DebriefPage(
        "scores",
        "Scores",
        needs_worlds=False,
        about="How far each seat got towards its own goals, public and secret, from 0 to 100. To "
        "win, a seat must do better than it tends to do when it is left to its own government.",
    ),
    DebriefPage(
        "turning",
        "Turning points",
        needs_worlds=True,
        about="Which of your decisions moved your score most? Each was taken back, something else "
        "was decided in its place, and the game played on from there in many worlds.",
    ),
    DebriefPage(
        "luck",
        "Luck against choice",
        needs_worlds=True,
        about="How much of your score was your own doing? It is split into what was to be expected "
        "at the start, your choices, those of the others, and chance; these add up to it.",
    ),
    DebriefPage(
        "who",
        "Who decided",
        needs_worlds=True,
        about="What makes games of this scenario end differently: which government's decisions, or "
        "chance? This is about all games of it, not about yours alone.",
    ),
    DebriefPage(
        "forecasts",
        "Forecasts",
        needs_worlds=False,
        about="How good were the forecasts, yours and the advisers'? A probability is held against "
        "what came, a band against the figure that it should hold.",
    ),
    DebriefPage(
        "worlds",
        "Worlds beside this one",
        needs_worlds=True,
        about="Did it have to end like this? The same scenario, with other chance and every seat "
        "left to its own government, was played many times; this game is one among them.",
    ),
    DebriefPage(
        "seats",
        "All seats",
        needs_worlds=False,
        about="What was secret until now: what each seat wanted, how its goals counted, how its "
        "own government judges, and what it decided in every turn.",
    ),
    DebriefPage(
        "causes",
        "Exact causes",
        needs_worlds=False,
        about="Why each main figure ended where it did: every act and process with what it added "
        "(+) or took away (-) over the whole game. Nothing is left over.",
    ),
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
