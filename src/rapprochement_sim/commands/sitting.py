"""Taking a seat of a game at the prompt; a pipe will do as well as a terminal."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from rapprochement_sim.errors import MalformedInput, listed, nearest_name

if TYPE_CHECKING:
    from rapprochement_sim.game.session import Session
    from rapprochement_sim.vocabulary import Capital


def named_capital(text: str, option: str = "--seat") -> Capital:
    """Read the name of a seat.

    Raises
    ------
    MalformedInput
        If there is no such seat.
    """
    from rapprochement_sim.vocabulary import CAPITAL_KEYS, Capital

    key = text.strip().casefold()
    if key not in CAPITAL_KEYS:
        what = f"there is no seat '{text}'"
        raise MalformedInput(
            what,
            where=option,
            allowed=listed(CAPITAL_KEYS),
            nearest=nearest_name(key, CAPITAL_KEYS),
        )
    return Capital(CAPITAL_KEYS.index(key))


def sit_down(session: Session, capital: Capital) -> None:
    """Play a seat of a game at the prompt until the player leaves."""
    from rapprochement_sim.game.local_seat import LocalSeat
    from rapprochement_sim.plain.game import PlainGame

    PlainGame(LocalSeat(session, capital), ask, lambda text: click.echo(text, nl=False)).play()


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
