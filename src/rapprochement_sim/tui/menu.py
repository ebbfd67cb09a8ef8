"""The command palette: every command that does something now, with its key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from rapprochement_sim.game.menu import menu
from rapprochement_sim.tui.screens.base import GameScreen
from rapprochement_sim.tui.screens.room import RoomScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rapprochement_sim.tui.screens.base import Host


class Command(NamedTuple):
    """Something that can be done now: its title, what it does and its key, how."""

    title: str
    about: str
    run: Callable[[], object]


def commands(app: Host) -> Iterator[Command]:
    """List what can be done now, what matters most first."""
    for entry in menu(app.desk.seat if app.is_playing else None):
        told = f"{entry.about} ({entry.key})" if entry.key else entry.about
        yield Command(entry.title, told, _deed(app, entry.name))


def _deed(app: Host, name: str) -> Callable[[], object]:
    """Return what does an entry of the menu; most of them open the screen of their name."""
    kind, _, key = name.partition(":")
    if kind == "page":
        return partial(_open_page, app, int(key))
    if kind == "theme":
        return partial(app.choose_setting, "theme", key)
    deeds: dict[str, Callable[[], object]] = {
        "undo": lambda: _attempt(app, lambda: f"Taken back: {app.desk.undo()}"),
        "reclaim": lambda: _reclaim(app),
        "skip": app.action_skip_step,
        "another": app.stand_up,
        "leave": app.action_leave,
    }
    return deeds.get(name, partial(app.go, name))


def _reclaim(app: Host) -> None:
    line = app.desk.seat.line
    if line is not None:
        _attempt(app, line.reclaim)


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
