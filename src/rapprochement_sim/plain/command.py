"""Commands that can be typed: found by name, listed, and the menu of what can be done now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, nearest_name
from rapprochement_sim.game.menu import MARKS
from rapprochement_sim.plain.layout import heading, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rapprochement_sim.game.menu import Entry
    from rapprochement_sim.scenario.lessons import Deed

_TYPED = 40
_MARK = 8
_ENTRY = 24


@dataclass(frozen=True)
class Command:
    """A word that can be typed: what it takes, what it does, and the code behind it.

    ``deed`` is what a player has done with it, for a lesson.
    """

    takes: str
    about: str
    run: Callable[[str], Iterable[str]]
    deed: Deed | None = None


def named_command(word: str, commands: Mapping[str, Command], shorts: Mapping[str, str]) -> Command:
    """Find a command by its name or a short form.

    Raises
    ------
    MalformedInput
        If there is none; the error gives the nearest name.
    """
    folded = word.casefold()
    folded = shorts.get(folded, folded)
    if folded not in commands:
        what = f"there is no command '{word}'"
        near = nearest_name(folded, [*commands, *shorts])
        raise MalformedInput(what, nearest=near, todo="`help` lists them.")
    return commands[folded]


def command_lines(groups: Mapping[str, Mapping[str, Command]]) -> Iterator[str]:
    """List commands with what they take and do, under the headings of their groups."""
    for title, commands in groups.items():
        if commands:
            yield from heading(f"Commands: {title}")
        for name, command in commands.items():
            yield f" {f'{name} {command.takes}':<{_TYPED}} {command.about}"


def menu_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """List what can be done now, each with what to type."""
    yield from heading("What can be done now: what to type, then what it does")
    for entry in entries:
        yield from entry_lines(entry.typed, entry.title, entry.about)


def entry_lines(typed: str, title: str, about: str) -> Iterator[str]:
    """Lay out one thing that can be done, behind what is typed for it."""
    told = f"{title}: {about}" if about else title
    yield from wrapped(told, _ENTRY + 2, first=f" {typed:<{_ENTRY}} ")


def mark_lines() -> Iterator[str]:
    """Say what the marks beside figures and news mean."""
    yield from heading("Marks")
    for mark, about in MARKS:
        yield from wrapped(about, _MARK + 1, first=f" {mark:<{_MARK}}")
