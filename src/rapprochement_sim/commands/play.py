"""``rapprochement play``: a game, at a prompt or told by itself."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapprochement_sim.errors import MalformedInput, OutputProblem, listed, nearest_name

if TYPE_CHECKING:
    from rapprochement_sim.game.session import Session
    from rapprochement_sim.vocabulary import Capital

SHORT_GAME = 4
DEFAULT_SCENARIO = "rekindled_2023"
DEFAULT_SEAT = "seoul"
DEMONSTRATION_SEED = 1
_SEEDS = 1_000_000

EPILOG = """\b
Examples:
  rapprochement play
  rapprochement play --seat tokyo --plain
  rapprochement play --seat tokyo --seed 7 --save tokyo.jsonl
  rapprochement play --resume tokyo.jsonl
  rapprochement play --branch tokyo.jsonl --turn 4
  rapprochement play --auto --seat washington
  printf 'order 1\\nresolve\\nquit\\n' | rapprochement play --plain

Every decision is saved at once. Without a terminal, and without --plain, a short
game plays itself.
"""


@click.command("play", epilog=EPILOG)
@click.argument("scenario", default=None, required=False)
@click.option("--seat", metavar="CAPITAL", help="Who you are. [default: seoul]")
@click.option("--plain", is_flag=True, help="Line by line, also from a pipe.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="Fixes all chance.")
@click.option("--run", "run", type=click.IntRange(0), default=0, help="Run of an ensemble to play.")
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
@click.option("--auto", is_flag=True, help="Let every seat decide by itself, and be told.")
@click.option("--turns", type=click.IntRange(1), help="With --auto: stop after so many turns.")
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
    auto: bool,
    turns: int | None,
) -> None:
    """Play a game of SCENARIO, or go on with a saved one."""
    if branch is not None or turn is not None:
        _require_alone(
            "--branch", (scenario, seed, run or None, resume, auto or None, lenses or None)
        )
        _branch_off(branch, turn, seat, save)
        return
    if resume is not None:
        _require_alone("--resume", (scenario, seat, seed, save, auto or None, lenses or None))
        _play_on(resume)
        return
    name = scenario or DEFAULT_SCENARIO
    capital = _capital(seat or DEFAULT_SEAT)
    has_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if auto or not (plain or has_terminal):
        _tell_story(name, capital, seed, run, lenses, save, turns if auto else SHORT_GAME, auto)
        return
    if turns is not None:
        message = "--turns belongs to --auto."
        raise click.UsageError(message)
    _play_new(name, capital, seed, run, lenses, save)


def _require_alone(option: str, others: tuple[object, ...]) -> None:
    if any(given is not None for given in others):
        message = f"{option} goes on with a game as it was started: leave the other options out."
        raise click.UsageError(message)


def _capital(text: str) -> Capital:
    from rapprochement_sim.vocabulary import CAPITAL_KEYS, Capital

    key = text.strip().casefold()
    if key not in CAPITAL_KEYS:
        what = f"there is no seat '{text}'"
        raise MalformedInput(
            what,
            where="--seat",
            allowed=listed(CAPITAL_KEYS),
            nearest=nearest_name(key, CAPITAL_KEYS),
        )
    return Capital(CAPITAL_KEYS.index(key))


def _play_new(
    name: str,
    capital: Capital,
    seed: int | None,
    run: int,
    lenses: tuple[str, ...],
    save: Path | None,
) -> None:
    import secrets

    from rapprochement_sim.game.opening import start_game

    number = secrets.randbelow(_SEEDS) if seed is None else seed
    path = _free(save) if save is not None else _default_save(name, capital, number)
    session = start_game(
        name, seats=[capital], seed=number, run=run, lenses=_weights(lenses), path=path
    )
    click.echo(f"A new game, seed {number}, saved in {path}")
    _at_the_prompt(session, capital)


def _play_on(path: Path) -> None:
    from rapprochement_sim.game.replaying import open_game

    session = open_game(path)
    if not session.seats:
        what = "nobody plays in this game: every seat decides by itself"
        raise MalformedInput(what, where=str(path), todo="`rapprochement replay` tells it.")
    for note in session.notes:
        click.echo(f"Your note of turn {note.turn}: {note.text}")
    _at_the_prompt(session, session.seats[0])


def _branch_off(branch: Path | None, turn: int | None, seat: str | None, save: Path | None) -> None:
    from rapprochement_sim.game.branching import branch_game

    if branch is None or turn is None:
        message = "--branch SAVE and --turn N belong together."
        raise click.UsageError(message)
    capital = None if seat is None else _capital(seat)
    path = (
        _free(save) if save is not None else _numbered(branch.parent, f"{branch.stem}-turn{turn}")
    )
    session = branch_game(branch, turn, seat=capital, path=path)
    click.echo(
        f"A game that shares the turns before turn {turn} with {branch.name}, saved in {path}"
    )
    _at_the_prompt(session, session.seats[0])


def _at_the_prompt(session: Session, capital: Capital) -> None:
    from rapprochement_sim.game.local_seat import LocalSeat
    from rapprochement_sim.plain.game import PlainGame

    PlainGame(LocalSeat(session, capital), _ask, lambda text: click.echo(text, nl=False)).play()


def _ask(prompt: str) -> str | None:
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
        path=_free(save) if save is not None else None,
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


# ------------------------------------------------------------------ where saves go


def _free(path: Path) -> Path:
    if path.exists():
        what = "there is a file of that name already"
        todo = "Go on with it by --resume, or name another file."
        raise OutputProblem(what, where=str(path), todo=todo)
    return path


def _default_save(scenario: str, capital: Capital, seed: int) -> Path:
    """Name a new file in a folder of the user's, or here if there is none to write to."""
    return _numbered(_saves_folder(), f"{Path(scenario).stem}-{capital.key}-{seed}")


def _numbered(folder: Path, stem: str) -> Path:
    """Name a new file, with a number if there is one of that name."""
    number, path = 1, folder / f"{stem}.jsonl"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.jsonl"
    return path


def _saves_folder() -> Path:
    here = Path("rapprochement-saves")
    try:
        from platformdirs import user_data_path

        folder = user_data_path("rapprochement-sim", appauthor=False) / "saves"
        folder.mkdir(parents=True, exist_ok=True)
    except (ImportError, OSError):
        return here
    return folder
