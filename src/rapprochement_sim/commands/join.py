"""``rapprochement join``: a seat of a class, on the whole terminal or at a prompt."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapprochement_sim.commands.sitting import (
    ask,
    has_screen,
    named_capital,
    open_screens,
    plain_front,
)
from rapprochement_sim.errors import MalformedInput, OutputProblem

if TYPE_CHECKING:
    from rapprochement_sim.classroom.joining.coming_in import Place, Visit
    from rapprochement_sim.classroom.joining.kept import KeptTokens

_APP, _FILE, _NOTES = "rapprochement-sim", "classes.json", "class-notes"
EPILOG = """\b
Examples:
  rapprochement join http://192.168.1.20:8765/ --code KQXWPM --name Ann
  rapprochement join http://192.168.1.20:8765/
  rapprochement join http://192.168.1.20:8765/ --code KQXWPM --name Bo --watch

Who you are is kept on this computer, so the same command brings you back to your seat.
"""


@click.command("join", epilog=EPILOG)
@click.argument("link")
@click.option("--code", help="The six letters that the teacher reads out.")
@click.option("--name", help="Your name in the class.")
@click.option("--seat", metavar="CAPITAL", help="The seat to take. [default: you are asked]")
@click.option("--world", type=click.IntRange(1), help="Of several parallel worlds, this one.")
@click.option("--watch", is_flag=True, help="Take no seat: look on, line by line.")
@click.option("--word", default="", help="Your return word, to come back from another device.")
@click.option("--plain", is_flag=True, help="Line by line, not on the whole screen.")
@click.option("--someone-else", is_flag=True, help="Do not come back as who you were here.")
@click.option(
    "--certificate",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Trust this certificate of an encrypted class.",
)
def command(
    link: str,
    code: str | None,
    name: str | None,
    seat: str | None,
    world: int | None,
    watch: bool,
    word: str,
    plain: bool,
    someone_else: bool,
    certificate: Path | None,
) -> None:
    """Take a seat of the class at LINK, or come back to yours."""
    from rapprochement_sim.classroom.joining.address import parse_link
    from rapprochement_sim.classroom.joining.coming_in import Visit

    address, wished = parse_link(link), named_capital(seat) if seat else None
    tokens = _tokens()
    kept = None if someone_else or word else tokens.of(address.link)
    with closing(Visit(address, kept.token if kept else "", certificate)) as visit:
        if not visit.is_in:
            _come_in(visit, tokens, code or address.code, name, word)
        is_back = visit.seat is None and visit.world and wished is None
        if watch or (is_back and world in (None, visit.world)):
            place = visit.looking_on(world or visit.world or None)
            _watch(visit, place)
            return
        if visit.seat is None or (wished is not None and visit.seat != wished):
            place = visit.best_place(wished, world) if wished is not None else _chosen(visit, world)
            if not place.seat:
                _watch(visit, place)
                return
            click.echo(visit.take(place))
        else:
            click.echo(f"Welcome back, {visit.name}: {visit.seat.title}.")
        _play(visit, plain=plain or not has_screen())


def _come_in(
    visit: Visit, tokens: KeptTokens, code: str | None, name: str | None, word: str
) -> None:
    code = code or _asked("Code of the class", "--code")
    name = name or _asked("Your name", "--name")
    kept = visit.come_in(code, name, word)
    try:
        tokens.keep(visit.wiring.address.link, kept)
    except OutputProblem as problem:
        click.echo(str(problem), err=True)
    if not word:
        click.echo(f"You are in. Your return word, for another device: {kept.word}")


def _chosen(visit: Visit, world: int | None) -> Place:
    from rapprochement_sim.classroom.joining.coming_in import listed_places

    seats = tuple(place for place in visit.places() if world in (None, place.world))
    watching = (visit.looking_on(each) for each in sorted({place.world for place in seats}))
    places = (*seats, *watching) if visit.seat is None else seats
    click.echo("\n".join(["Seats:", *listed_places(places)]))
    text = _asked("Number of a seat", "--seat").strip()
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:6]) <= len(places)):
        what = f"'{text[:40]}' is none of them"
        raise MalformedInput(what, allowed=f"1 to {len(places)}")
    return places[int(text) - 1]


def _asked(what: str, option: str) -> str:
    """Ask somebody at a terminal; a pipe has to say it beforehand."""
    answer = ask(f"{what}: ") if sys.stdin.isatty() else None
    if not answer or not answer.strip():
        missing = f"{what[0].lower()}{what[1:]} is missing"
        raise MalformedInput(missing, todo=f"Say it with {option}.")
    return answer.strip()


def _watch(visit: Visit, place: Place) -> None:
    """Look on until all is over, or somebody has seen enough."""
    from contextlib import suppress

    from rapprochement_sim.classroom.joining.watching import watch

    click.echo(visit.take(place) if visit.world != place.world else "You look on again.")
    click.echo("It is told as it happens; Ctrl-C leaves.")
    with suppress(KeyboardInterrupt):
        watch(visit.wiring, click.echo)
    click.echo(f"Look on again with: rapprochement join {visit.wiring.address.link}")


def _tokens() -> KeptTokens:
    from platformdirs import user_config_path

    from rapprochement_sim.classroom.joining.kept import KeptTokens

    return KeptTokens(user_config_path(_APP, appauthor=False) / _FILE)


def _notes_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path(_APP, appauthor=False) / _NOTES


def _play(visit: Visit, *, plain: bool) -> None:
    seat = visit.sit_down(_notes_folder())
    with closing(seat.line):
        if not plain:
            open_screens(seat)
            return

        plain_front().play(seat)
