"""``rapprochement host``: a class plays together, in browsers."""

from __future__ import annotations

import secrets
import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from rapprochement_sim.commands.masking import masked_option
from rapprochement_sim.errors import MalformedInput, OutputProblem

if TYPE_CHECKING:
    from rapprochement_sim.classroom.classroom import Classroom
    from rapprochement_sim.classroom.opening import Settings
    from rapprochement_sim.classroom.web.serving import Place
    from rapprochement_sim.classroom.worlds import Worlds

DEFAULT_SCENARIO = "rekindled_2023"
DEFAULT_PORT = 8765
_SEEDS = 1_000_000
_LONGEST_ROSTER = 64 * 1024
EPILOG = """\b
Example:
  rapprochement host rekindled_2023 --bind 0.0.0.0 --worlds 2
"""
_NEEDED = "pip install 'rapprochement-sim[classroom]'"


@click.command("host", epilog=EPILOG)
@click.argument("scenario", required=False)
@click.option(
    "--class",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File of the class: a new one, or one to go on with.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, show_default=True)
@click.option(
    "--bind",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; 0.0.0.0 lets the whole network in.",
)
@click.option("--name", "names", multiple=True, help="A further name of this computer.")
@click.option("--worlds", type=click.IntRange(1, 24), default=1, show_default=True)
@click.option("--seed", type=click.IntRange(0), help="Fixes all chance.")
@click.option(
    "--submit",
    type=click.Choice(["captain", "majority"]),
    default="captain",
    show_default=True,
    help="Who decides for a seat of several.",
)
@click.option(
    "--minutes",
    type=click.FloatRange(0, 1440),
    default=0.0,
    show_default=True,
    help="Of each phase; 0 for no clock.",
)
@click.option("--by-hand", is_flag=True, help="Only the teacher ends a phase.")
@click.option(
    "--roster",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Names that may come in, one a line.",
)
@click.option("--rehearse", is_flag=True, help="Try the lesson out: you act for every seat.")
@click.option(
    "--certificate",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Encrypts the pages: certificate in PEM.",
)
@click.option(
    "--key",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Key of the certificate.",
)
@masked_option
def command(
    scenario: str | None,
    file: Path | None,
    port: int,
    bind: str,
    names: tuple[str, ...],
    worlds: int,
    seed: int | None,
    submit: str,
    minutes: float,
    by_hand: bool,
    roster: Path | None,
    rehearse: bool,
    certificate: Path | None,
    key: Path | None,
) -> None:
    """Let a class play SCENARIO in browsers, or go on with the class of a file."""
    if (certificate is None) != (key is None):
        message = "--certificate and --key belong together."
        raise click.UsageError(message)
    from rapprochement_sim.classroom.opening import Settings, was_masked
    from rapprochement_sim.classroom.worlds import Worlds
    from rapprochement_sim.naming import wear, worn
    from rapprochement_sim.scenario.name_table import masked_skin
    from rapprochement_sim.scenario.wearing import named_scenario

    settings = Settings(
        scenario=named_scenario(scenario or DEFAULT_SCENARIO),
        seed=secrets.randbelow(_SEEDS) if seed is None else seed,
        n_worlds=worlds,
        submit_rule=submit,
        minutes=minutes,
        is_automatic=not by_hand,
        roster=_names_of(roster),
        is_rehearsal=rehearse,
        is_masked=worn().hides_history,
    )
    path = file or _new_place(settings.scenario)
    if path.exists() and scenario is not None:
        what = "there is a class of that name already"
        todo = "To go on with it leave the scenario out; else name another file."
        raise OutputProblem(what, where=str(path), todo=todo)
    if path.exists() and path.stat().st_size > 0 and was_masked(path):
        wear(masked_skin())
    click.echo("Setting the tables ...")
    worlds_of_class = Worlds(worn())
    try:
        # The worlds read the scenario while this process reads what a server needs.
        worlds_of_class.start()
        _serve(path, settings, worlds_of_class, (bind, port, names, certificate, key))
    finally:
        worlds_of_class.close()


def _serve(path: Path, settings: Settings, worlds: Worlds, place: tuple[Any, ...]) -> None:
    try:
        from rapprochement_sim.classroom.web.serving import (
            Place,
            allow_many_lines,
            check_certificate,
            listening,
            serve,
            stop_quietly,
        )
    except ModuleNotFoundError as error:
        what = f"a class needs more than is installed ({error.name})"
        raise OutputProblem(what, todo=f"Install it: {_NEEDED}") from None
    from rapprochement_sim.naming import wear, worn

    served = Place(*place)
    check_certificate(served)
    stop_quietly()
    allow_many_lines()
    # The door first: where it cannot be had, no file of a class is begun.
    with listening(served) as opened:
        room = _opened(path, settings, worlds)
        wear(replace(worn(), titles=dict(room.scenario.titles)))
        try:
            serve(
                room,
                served,
                opened,
                lambda link: click.echo(_told(room, link, path, way_on(path, served, link))),
            )
        finally:
            room.writer.close()


def _opened(path: Path, settings: Settings, worlds: Worlds) -> Classroom:
    from rapprochement_sim.classroom.classroom import Classroom
    from rapprochement_sim.classroom.opening import open_again, open_new

    is_there = path.exists() and path.stat().st_size > 0
    writer, sheet = open_again(path, worlds) if is_there else open_new(path, settings, worlds)
    return Classroom(writer, worlds, sheet)


def way_on(path: Path, served: Place, link: str) -> str:
    """Return the command that goes on with a class at the same link, as it can be pasted here."""
    typed = Path(sys.argv[0])
    program = str(typed) if typed.name == "rapprochement" else "rapprochement"
    words = [program, "host", "--class", str(path), "--bind", served.bind]
    port = urlsplit(link).port
    if port not in (None, DEFAULT_PORT):
        words += ["--port", str(port)]
    for name in served.names:
        words += ["--name", name]
    if served.certificate is not None and served.key is not None:
        words += ["--certificate", str(served.certificate), "--key", str(served.key)]
    return shlex.join(words)


def _told(room: Classroom, link: str, path: Path, again: str) -> str:
    from rapprochement_sim.classroom.opening import teacher_secret

    state = room.state
    return "\n".join(
        (
            f"{room.scenario.title}: {len(state.worlds)} world(s), kept in {path}",
            f"Students open   {link}",
            f"and type        {state.code}",
            f"You open        {link}teacher/enter/{teacher_secret(state.signing_key)}",
            "Keep that last link to yourself: it opens everything. Ctrl-C ends; nothing is lost.",
            f"Go on later     {again}",
        )
    )


def _new_place(scenario: str) -> Path:
    from rapprochement_sim.commands.places import saves_folder

    folder, stem = saves_folder(), Path(scenario).stem
    number, path = 1, folder / f"{stem}.class"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.class"
    return path


def _names_of(roster: Path | None) -> tuple[str, ...]:
    if roster is None:
        return ()
    try:
        text = roster.read_bytes()[: _LONGEST_ROSTER + 1].decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        what = f"the list of names cannot be read ({error})"
        raise MalformedInput(what, where=str(roster)) from None
    if len(text) > _LONGEST_ROSTER:
        what = "the list of names is too long"
        raise MalformedInput(what, where=str(roster))
    from rapprochement_sim.classroom.limits import MOST_NAME, clean_line

    lines = (line for line in text.splitlines() if line.strip())
    return tuple(dict.fromkeys(clean_line(line, "a name", MOST_NAME) for line in lines))
