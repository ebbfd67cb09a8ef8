"""Taking a seat of a game at the prompt; a pipe will do as well as a terminal."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from rapprochement_sim.errors import MalformedInput, listed, nearest_name
from rapprochement_sim.plain.layout import narrowed

if TYPE_CHECKING:
    from rapprochement_sim.game.seat import Seat
    from rapprochement_sim.game.session import Session
    from rapprochement_sim.plain.front import Front
    from rapprochement_sim.vocabulary import Capital


def named_capital(text: str, option: str = "--seat") -> Capital:
    """Read the name of a seat.

    Raises
    ------
    MalformedInput
        If there is no such seat.
    """
    from rapprochement_sim.naming import shown_id
    from rapprochement_sim.vocabulary import CAPITAL_KEYS, Capital

    keys = {shown_id(key): Capital(place) for place, key in enumerate(CAPITAL_KEYS)}
    key = text.strip().casefold().replace(" ", "_")
    if key in CAPITAL_KEYS:
        return Capital(CAPITAL_KEYS.index(key))
    if key not in keys:
        what = f"there is no seat '{text}'"
        raise MalformedInput(
            what,
            where=option,
            allowed=listed(keys),
            nearest=nearest_name(key, keys),
        )
    return keys[key]


def has_screen() -> bool:
    """Whether the whole terminal can be drawn on: Textual reads stdin and draws on stderr."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return all(stream.isatty() for stream in streams) and os.environ.get("TERM") != "dumb"


def sit_down(session: Session, capital: Capital, *, plain: bool = False) -> None:
    """Play a seat until the player leaves: on the whole terminal if there is one."""
    from rapprochement_sim.game.adviser_workers import shared_workers
    from rapprochement_sim.game.local_seat import LocalSeat

    seat = LocalSeat(session, capital, workers=shared_workers())
    if has_screen() and not plain:
        open_screens(seat)
        return
    plain_front().play(seat)


def plain_front() -> Front:
    """Make the start of the game line by line."""
    from rapprochement_sim.commands.places import saves_folder
    from rapprochement_sim.game.library import Library
    from rapprochement_sim.game.settings import Settings, settings_file
    from rapprochement_sim.plain.front import Front

    return Front(Library(saves_folder()), Settings.read(settings_file()), ask, say)


def say(text: str) -> None:
    """Show text; in a terminal too narrow for it, broken between words."""
    if sys.stdout.isatty():
        text = narrowed(text, shutil.get_terminal_size().columns)
    click.echo(text, nl=False)


def open_screens(seat: Seat | None = None) -> None:
    """Open the game on the whole terminal: at a seat, or where one chooses a game."""
    from rapprochement_sim.commands.places import saves_folder
    from rapprochement_sim.game.library import Library
    from rapprochement_sim.tui.launching import launch

    status = launch(Library(saves_folder()), click.echo, seat)
    if status:
        click.get_current_context().exit(status)


def ask(prompt: str) -> str | None:
    """Read a line; from a pipe it is repeated, so that a transcript reads like a game."""
    if sys.stdin.isatty():
        try:
            return input(f"\n{prompt}")
        except EOFError:
            return None
    click.echo(f"\n{prompt}", nl=False)
    with suppress(AttributeError, ValueError):
        sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]
    line = sys.stdin.readline()
    click.echo(line.rstrip("\n"))
    return line or None
