"""The command palette: every command that does something now, with its key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from rapprochement_sim.game.session import Phase
from rapprochement_sim.tui.screens.base import GameScreen
from rapprochement_sim.tui.screens.room import PAGES, RoomScreen
from rapprochement_sim.tui.settings import CHOICES, THEME_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rapprochement_sim.tui.screens.base import Host


class Command(NamedTuple):
    """Something that can be done now: its title, what it does and its key, how."""

    title: str
    about: str
    run: Callable[[], object]


_AT_THE_START = (
    ("new_game", "New game", "Choose a scenario, a seat and a seed (n)"),
    ("load", "Load a game", "Every game you played is kept (l)"),
    ("open_run", "Open a run", "Of a study: read it, or take a seat in it"),
)
_BEFORE_THE_END = (
    ("proposals", "Proposals", "What others offer, and your own offer (p)"),
    ("orders", "Orders", "Staff papers and all orders (o)"),
    ("advisers", "Advisers", "Three voices, and every course played on (a)"),
    ("forecasts", "Forecasts", "Say what you expect; it is scored (f)"),
)
_IN_A_GAME = (
    ("timeline", "Timeline", "Past turns opened again (t)"),
    ("programmes", "Programmes", "What the articles recommend, step by step (r)"),
    ("codex", "Codex", "Orders, disputes, institutions, sources, figures (c)"),
    ("note", "Note", "Write a note, kept with the save (w)"),
    ("instructions", "Instructions", "What you are here for (b)"),
)
_ABOUT_PAGES = (
    "What matters most, at a glance",
    "Your government and your goals",
    "All polls, with their courses",
    "Who trusts and fears whom",
    "Each dispute, party by party",
    "Agreements and their rungs",
    "The map, and what threatens",
)


def commands(app: Host) -> Iterator[Command]:
    """List what can be done now, what matters most first."""
    if app.is_playing:
        yield from _of_the_turn(app)
        for place, title, about in _IN_A_GAME:
            yield Command(title, about, partial(app.go, place))
        for number, (title, about) in enumerate(zip(PAGES, _ABOUT_PAGES, strict=True)):
            told = f"{about} ({number + 1} in the situation room)"
            yield Command(f"Page: {title}", told, partial(_open_page, app, number))
        yield from _of_a_class(app)
        if app.desk.seat.lesson.is_open:
            yield Command(
                "Skip step", "Leave this step of the lesson out (x)", app.action_skip_step
            )
    else:
        for place, title, about in _AT_THE_START:
            yield Command(title, about, partial(app.go, place))
    yield Command(
        "Settings", "Colours, advisers, pace, movement, signs", partial(app.go, "settings")
    )
    for theme in THEME_NAMES:
        about = f"{CHOICES['theme'].values[theme].capitalize()} (Ctrl+T: the next)"
        yield Command(f"Colours: {theme}", about, partial(app.choose_setting, "theme", theme))
    yield Command("Keys", "Which key does what (h)", partial(app.go, "keys"))
    if app.is_playing:
        yield Command("Another game", "Back to the start screen; this one is kept", app.stand_up)
    yield Command("Leave", "Everything is saved (q)", app.action_leave)


def _of_the_turn(app: Host) -> Iterator[Command]:
    """List what the phase of the turn allows."""
    desk = app.desk
    phase = desk.seat.phase
    if phase is Phase.OVER:
        told = "Scores, turning points, luck, secrets, exact causes (d)"
        yield Command("Debrief", told, partial(app.go, "debrief"))
        yield Command(
            "Export", "The report to print, or a copy of the save", partial(app.go, "export")
        )
        if desk.seat.behind_the_mask():
            told = "Which history this was, and who was who (m in the debrief)"
            yield Command("Behind the mask", told, partial(app.go, "behind"))
        return
    for place, title, about in _BEFORE_THE_END:
        yield Command(title, about, partial(app.go, place))
    if phase is Phase.TALKS:
        yield Command("Offer", "All joint acts that you can offer now", partial(app.go, "offers"))
    undo = partial(_attempt, app, lambda: f"Taken back: {desk.undo()}")
    if desk.briefing.desk:
        yield Command("Undo", "Take back the last decision of this turn (u)", undo)
    ends = "Close the talks" if phase is Phase.TALKS else "End the turn"
    yield Command(ends, "Asks once more before it does (e)", partial(app.go, "closing"))


def _of_a_class(app: Host) -> Iterator[Command]:
    """List what can be done at a seat of a class alone."""
    line = app.desk.seat.line
    if line is not None:
        yield Command("Messages", "Of the class (m)", partial(app.go, "letters"))
        about = "What your seat has put forward: be for it, or drop it (v)"
        yield Command("Drafts", about, partial(app.go, "drafts"))
        take_back = partial(_attempt, app, line.reclaim)
        yield Command("Take the seat back", "From the model that played it", take_back)


def _open_page(app: Host, number: int) -> None:
    app.go("room")
    room = app.screen
    if isinstance(room, RoomScreen):
        room.action_page(number)


def _attempt(app: Host, decide: Callable[[], str]) -> None:
    screen = app.screen
    if isinstance(screen, GameScreen):
        screen.attempt(decide)


class Commands(Provider):
    """Finds commands for the palette."""

    @property
    def _commands(self) -> Iterator[Command]:
        return commands(cast("Host", self.app))

    async def discover(self) -> Hits:
        """List everything."""
        for command in self._commands:
            yield DiscoveryHit(command.title, command.run, help=command.about)

    async def search(self, query: str) -> Hits:
        """List what has the letters of a query in its title, or its words in the help."""
        matcher = self.matcher(query)
        folded = query.casefold()
        for command in self._commands:
            score = matcher.match(command.title)
            if score > 0:
                yield Hit(score, matcher.highlight(command.title), command.run, help=command.about)
            elif folded in command.about.casefold():
                yield Hit(_IN_THE_HELP, command.title, command.run, help=command.about)


_IN_THE_HELP = 0.01
