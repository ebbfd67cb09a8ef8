"""``rapprochement play``: a game, on the whole terminal, at a prompt, or told by itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapprochement_sim.commands.masking import masked_option
from rapprochement_sim.commands.places import default_save, free_place, numbered_place
from rapprochement_sim.commands.sitting import (
    has_screen,
    named_capital,
    open_screens,
    plain_front,
    sit_down,
)
from rapprochement_sim.errors import MalformedInput

if TYPE_CHECKING:
    from rapprochement_sim.vocabulary import Capital

SHORT_GAME = 4
DEFAULT_SCENARIO = "rekindled_2023"
DEFAULT_SEAT = "seoul"
LESSON_SCENARIO = "sandbox"
DEMONSTRATION_SEED = 1
_SEEDS = 1_000_000

EPILOG = """\b
Examples:
  rapprochement play
  rapprochement play --lesson
  rapprochement play --seat tokyo --plain
  rapprochement play --seat tokyo --seed 7 --save tokyo.jsonl
  rapprochement play --resume tokyo.jsonl
  rapprochement play --branch tokyo.jsonl --turn 4
  rapprochement play --auto --seat washington
  printf 'order 1\\nresolve\\nquit\\n' | rapprochement play --plain

Every decision is saved at once. In a terminal the game takes the whole screen, and
without further words it begins where one chooses a game; so does --plain, line by
line. From a pipe --plain begins a game at once, and `another` leads to the choice.
Without a terminal, and without --plain, a short game plays itself.
"""


@click.command("play", epilog=EPILOG)
@click.argument("scenario", default=None, required=False)
@click.option("--seat", metavar="CAPITAL", help="Who you are. [default: seoul]")
@click.option(
    "--plain", is_flag=True, help="Line by line, not on the whole screen; also from a pipe."
)
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="Fixes all chance.")
@click.option(
    "--run", "run", type=click.IntRange(0, 2**62 - 1), default=0, help="Run of an ensemble to play."
)
@click.option(
    "--lens",
    "lenses",
    multiple=True,
    metavar="SEAT=LENS:WEIGHT[,...]",
    help="Let a seat judge by these schools of thought.",
)
@click.option("--save", "save", type=click.Path(path_type=Path), help="File to save the game in.")
@click.option("--resume", type=click.Path(path_type=Path), help="Go on with a saved game.")
@click.option(
    "--branch",
    type=click.Path(path_type=Path),
    metavar="SAVE",
    help="Go on from an earlier turn of a saved game, in a game of its own.",
)
@click.option("--turn", type=click.IntRange(1), help="With --branch: the turn to go on from.")
@click.option("--lesson", is_flag=True, help="The first lesson: Seoul, five turns, step by step.")
@click.option("--auto", is_flag=True, help="Let every seat decide by itself, and be told.")
@click.option("--turns", type=click.IntRange(1), help="With --auto: stop after so many turns.")
@masked_option
def command(
    scenario: str | None,
    seat: str | None,
    plain: bool,
    seed: int | None,
    run: int,
    lenses: tuple[str, ...],
    save: Path | None,
    resume: Path | None,
    branch: Path | None,
    turn: int | None,
    lesson: bool,
    auto: bool,
    turns: int | None,
) -> None:
    """Play a game of SCENARIO, or go on with a saved one."""
    if lesson:
        _require_alone("--lesson", (scenario, seat, resume, branch, turn, auto or None))
        scenario = LESSON_SCENARIO
    scenario = _shown(scenario, branch or resume)
    if branch is not None or turn is not None:
        _require_alone(
            "--branch", (scenario, seed, run or None, resume, auto or None, lenses or None)
        )
        _branch_off(branch, turn, seat, save, plain=plain)
        return
    if resume is not None:
        _require_alone("--resume", (scenario, seat, seed, save, auto or None, lenses or None))
        _play_on(resume, plain=plain)
        return
    name = scenario or DEFAULT_SCENARIO
    capital = named_capital(seat or DEFAULT_SEAT)
    has_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if auto or not (plain or has_terminal):
        _tell_story(name, capital, seed, run, lenses, save, turns if auto else SHORT_GAME, auto)
        return
    if turns is not None:
        message = "--turns belongs to --auto."
        raise click.UsageError(message)
    is_open = not (run or any((scenario, seat, seed is not None, save, lenses)))
    if plain and has_terminal and is_open:
        plain_front().open()
        return
    if has_screen() and is_open and not plain:
        open_screens()
        return
    _play_new(name, capital, seed, run, lenses, save, plain)


def _shown(scenario: str | None, save: Path | None) -> str | None:
    """Call the chairs as the scenario does that is to be played; return its id."""
    from rapprochement_sim.game.journal_files import read_journal
    from rapprochement_sim.scenario.wearing import named_scenario, wear_labels

    name = None if scenario is None else named_scenario(scenario)
    has_save = save is not None and save.is_file()
    wear_labels(read_journal(save).header.scenario if save and has_save else name)
    return name


def _require_alone(option: str, others: tuple[object, ...]) -> None:
    if any(given is not None for given in others):
        message = f"{option} settles how the game is started: leave the other options out."
        raise click.UsageError(message)


def _play_new(
    name: str,
    capital: Capital,
    seed: int | None,
    run: int,
    lenses: tuple[str, ...],
    save: Path | None,
    plain: bool,
) -> None:
    import secrets

    from rapprochement_sim.game.lesson import begin_lesson, is_lesson
    from rapprochement_sim.game.opening import start_game
    from rapprochement_sim.scenario.lessons import first_lesson

    lesson = first_lesson() if is_lesson(name, capital) else None
    drawn = lesson.seed if lesson is not None else secrets.randbelow(_SEEDS)
    number = drawn if seed is None else seed
    path = free_place(save) if save is not None else default_save(name, capital, number)
    session = start_game(
        name, seats=[capital], seed=number, run=run, lenses=_weights(lenses), path=path
    )
    if lesson is not None:
        begin_lesson(session, capital)
    click.echo(f"A new game, seed {number}, saved in {path}")
    sit_down(session, capital, plain=plain)


def _play_on(path: Path, *, plain: bool) -> None:
    from rapprochement_sim.game.replaying import open_game

    session = open_game(path)
    if not session.seats:
        what = "nobody plays in this game: every seat decides by itself"
        raise MalformedInput(what, where=str(path), todo="`rapprochement replay` tells it.")
    for note in session.notes:
        click.echo(f"Your note of turn {note.turn}: {note.text}")
    sit_down(session, session.seats[0], plain=plain)


def _branch_off(
    branch: Path | None, turn: int | None, seat: str | None, save: Path | None, *, plain: bool
) -> None:
    from rapprochement_sim.game.branching import branch_game

    if branch is None or turn is None:
        message = "--branch SAVE and --turn N belong together."
        raise click.UsageError(message)
    capital = None if seat is None else named_capital(seat)
    path = (
        free_place(save)
        if save is not None
        else numbered_place(branch.parent, f"{branch.stem}-turn{turn}")
    )
    session = branch_game(branch, turn, seat=capital, path=path)
    click.echo(
        f"A game that shares the turns before turn {turn} with {branch.name}, saved in {path}"
    )
    sit_down(session, session.seats[0], plain=plain)


def _tell_story(
    name: str,
    capital: Capital,
    seed: int | None,
    run: int,
    lenses: tuple[str, ...],
    save: Path | None,
    n_turns: int | None,
    is_asked_for: bool,
) -> None:
    from rapprochement_sim.game.opening import start_game
    from rapprochement_sim.plain.layout import page
    from rapprochement_sim.plain.story import story_lines

    session = start_game(
        name,
        seed=DEMONSTRATION_SEED if seed is None else seed,
        run=run,
        lenses=_weights(lenses),
        path=free_place(save) if save is not None else None,
    )
    for line in story_lines(session, capital, n_turns):
        click.echo(page([line]), nl=False)
    if not is_asked_for:
        click.echo(
            "\nThere is no terminal here, so a short game played itself. To play, start\n"
            "`rapprochement play` in a terminal, or pipe commands to\n"
            "`rapprochement play --plain`."
        )


def _weights(lenses: tuple[str, ...]) -> dict[str, dict[str, float]]:
    from rapprochement_sim.commands.run import parse_lenses

    weights = parse_lenses(lenses)
    totals = {seat: sum(mix.values()) for seat, mix in weights.items()}
    return {
        seat: {lens: weight / totals[seat] for lens, weight in mix.items()} if totals[seat] else mix
        for seat, mix in weights.items()
    }
