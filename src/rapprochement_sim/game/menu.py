"""What can be done now, on either face: titles, what they do, their keys and what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rapprochement_sim.game.session import Phase
from rapprochement_sim.game.settings import CHOICES, THEME_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.seat import Seat


class Entry(NamedTuple):
    """Something that can be done now.

    Attributes
    ----------
    name
        What it is: a screen by its name, or a deed.
    title, about
        What people read.
    typed
        The command of the plain game.
    key
        What to press on the screens, empty where the menu alone leads there.
    """

    name: str
    title: str
    about: str
    typed: str
    key: str = ""


GAME_TITLE = "R A P P R O C H E M E N T"
ABOUT_GAME = (
    "Seoul and Tokyo between old quarrels and new dangers. You sit in one of five capitals; "
    "the others decide for themselves. Every figure can tell why it changed and who says so."
)
START = (
    Entry("lesson", "First lesson", "five turns as Seoul, gentle", "lesson", "f"),
    Entry("new_game", "New game", "choose a scenario, a seat and a seed", "new", "n"),
    Entry("load", "Load a game", "every game you played is kept", "load", "l"),
    Entry("open_run", "Open a run", "of a study: read it, or take a seat in it", "open"),
    Entry("settings", "Settings", "colours, advisers, pace, movement, signs", "settings"),
    Entry("keys", "Keys", "what can be pressed or typed, and the marks", "help", "h"),
    Entry("leave", "Leave", "", "quit", "q"),
)
"""What the start offers below a game to go on with."""
MARKS = (
    ("+ - =", "a figure rose, fell, or moved by less than its error; no praise or blame"),
    ("+-4", "margin of 95 per cent"),
    ("~", "an estimate of your intelligence"),
    ("* x !", "done; refused or failed; befell"),
)
_AT_THE_START = (
    Entry("new_game", "New game", "Choose a scenario, a seat and a seed", "new", "n"),
    Entry("load", "Load a game", "Every game you played is kept", "load", "l"),
    Entry("open_run", "Open a run", "Of a study: read it, or take a seat in it", "open"),
)
_BEFORE_THE_END = (
    Entry("proposals", "Proposals", "What others offer, and your own offer", "offers", "p"),
    Entry("orders", "Orders", "Staff papers and all orders", "papers, orders", "o"),
    Entry("advisers", "Advisers", "Three voices, and every course played on", "advisers", "a"),
    Entry("forecasts", "Forecasts", "Say what you expect; it is scored", "forecast", "f"),
)
_OFFER = Entry("offers", "Offer", "All joint acts that you can offer now", "orders offer")
_UNDO = Entry("undo", "Undo", "Take back the last decision of this turn", "undo", "u")
_AT_THE_END = (
    Entry(
        "debrief", "Debrief", "Scores, turning points, luck, secrets, exact causes", "debrief", "d"
    ),
    Entry("export", "Export", "The report to print, or a copy of the save", "export FILE"),
)
_BEHIND = Entry(
    "behind",
    "Behind the mask",
    "Which history this was, and who was who",
    "unmask",
    "m in the debrief",
)
_IN_A_GAME = (
    Entry("timeline", "Timeline", "Past turns opened again", "timeline", "t"),
    Entry(
        "programmes", "Programmes", "What the articles recommend, step by step", "programmes", "r"
    ),
    Entry("codex", "Codex", "Orders, disputes, institutions, sources, figures", "codex", "c"),
    Entry("note", "Note", "Write a note, kept with the save", "note TEXT", "w"),
    Entry("instructions", "Instructions", "What you are here for", "instructions", "b"),
)
PAGES = (
    Entry("page:0", "Room", "What matters most, at a glance", "briefing", "1"),
    Entry("page:1", "Home", "Your government and your goals", "goals", "2"),
    Entry("page:2", "Publics", "All polls, with their courses", "polls", "3"),
    Entry("page:3", "Relations", "Who trusts and fears whom", "trust", "4"),
    Entry("page:4", "Disputes", "Each dispute, party by party", "disputes", "5"),
    Entry("page:5", "Institutions", "Agreements and their rungs", "institutions", "6"),
    Entry("page:6", "Region", "The map, and what threatens", "region", "7"),
)
_IN_A_CLASS = (
    Entry("letters", "Messages", "Of the class", "messages", "m"),
    Entry(
        "drafts", "Drafts", "What your seat has put forward: be for it, or drop it", "drafts", "v"
    ),
    Entry("reclaim", "Take the seat back", "From the model that played it", "reclaim"),
)
_SKIP = Entry("skip", "Skip step", "Leave this step of the lesson out", "lesson skip", "x")
_SETTINGS = Entry("settings", "Settings", "Colours, advisers, pace, movement, signs", "settings")
_KEYS = Entry("keys", "Keys", "What can be pressed or typed, and the marks", "help", "h")
_ANOTHER = Entry("another", "Another game", "Back to the start; this one is kept", "another")
_LEAVE = Entry("leave", "Leave", "Everything is saved", "quit", "q")


def menu(seat: Seat | None) -> Iterator[Entry]:
    """List what can be done now, what matters most first; without a seat at the start."""
    if seat is None:
        yield from _AT_THE_START
    else:
        yield from _of_the_turn(seat)
        yield from _IN_A_GAME
        for page in PAGES:
            key = f"{page.key} in the situation room"
            yield page._replace(title=f"Page: {page.title}", key=key)
        if seat.line is not None:
            yield from _IN_A_CLASS
        if seat.lesson.is_open:
            yield _SKIP
    yield _SETTINGS
    for theme in THEME_NAMES:
        about = CHOICES["theme"].values[theme].capitalize()
        typed = f"settings theme {theme}"
        yield Entry(f"theme:{theme}", f"Colours: {theme}", about, typed, "Ctrl+T: the next")
    yield _KEYS
    if seat is not None:
        yield _ANOTHER
    yield _LEAVE


def _of_the_turn(seat: Seat) -> Iterator[Entry]:
    """List what the phase of the turn allows."""
    if seat.phase is Phase.OVER:
        yield from _AT_THE_END
        if seat.behind_the_mask():
            yield _BEHIND
        return
    yield from _BEFORE_THE_END
    is_talking = seat.phase is Phase.TALKS
    if is_talking:
        yield _OFFER
    if seat.brief().desk:
        yield _UNDO
    title = "Close the talks" if is_talking else "End the turn"
    typed = "talks" if is_talking else "resolve"
    yield Entry("closing", title, "Asks once more before it does", typed, "e")
