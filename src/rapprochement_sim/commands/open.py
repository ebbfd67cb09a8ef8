"""``rapprochement open``: a run of a study on the plain screen, to read or to play on."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapprochement_sim.commands.masking import masked_option
from rapprochement_sim.commands.places import free_place, numbered_place
from rapprochement_sim.commands.sitting import ask, named_capital, sit_down
from rapprochement_sim.naming import capital_title, masked_word, shown, shown_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.experiments.opening import Reopened, StoredRun, StoredStudy
    from rapprochement_sim.vocabulary import Capital

EPILOG = """\b
Examples:
  rapprochement open study --run 31
  rapprochement open study --worst seoul --turn 4
  rapprochement open study --best tokyo --plain
  rapprochement open study --worst seoul --turn 4 --seat tokyo

The run is played again and compared with its stored row, bit for bit. In a
terminal it is read page by page; with --plain from a pipe as well; otherwise it
is told as a whole.
"""


@click.command("open", epilog=EPILOG)
@click.argument("rundir", type=click.Path(path_type=Path))
@click.option("--run", "run", type=int, help="Number of the run.")
@click.option("--worst", metavar="CAPITAL", help="The run with this seat's lowest score.")
@click.option("--best", metavar="CAPITAL", help="The run with this seat's highest score.")
@click.option("--turn", type=click.IntRange(1), help="Open it at this turn.")
@click.option("--view", metavar="CAPITAL", help="Whose pages to show. [default: seoul]")
@click.option("--seat", metavar="CAPITAL", help="Take this seat from the turn on.")
@click.option("--save", type=click.Path(path_type=Path), help="With --seat: file of the game.")
@click.option("--scenario", help="The runs' scenario, if it is not a shipped one.")
@click.option("--plain", is_flag=True, help="Line by line, also from a pipe.")
@masked_option
def command(
    rundir: Path,
    run: int | None,
    worst: str | None,
    best: str | None,
    turn: int | None,
    view: str | None,
    seat: str | None,
    save: Path | None,
    scenario: str | None,
    plain: bool,
) -> None:
    """Open a run of RUNDIR, a folder that `run --out` made: to read or to play on."""
    from rapprochement_sim.experiments.opening import open_study
    from rapprochement_sim.scenario.wearing import wear_labels

    if sum(given is not None for given in (run, worst, best)) != 1:
        message = "Say which run: one of --run N, --worst CAPITAL or --best CAPITAL."
        raise click.UsageError(message)
    if save is not None and seat is None:
        message = "--save belongs to --seat."
        raise click.UsageError(message)
    study = open_study(rundir, scenario)
    wear_labels(study.case.loaded.path)
    onlooker = named_capital(view or "seoul", "--view")
    taken = None if seat is None else named_capital(seat)
    row = study.row(_number(study, run, worst, best))
    _require_turn(turn, study)
    reopened = study.reopen(row)
    for line in _head(study, row, reopened):
        click.echo(line)
    if taken is not None:
        _take(study, row, turn or 1, taken, save, plain=plain)
    elif plain or (sys.stdin.isatty() and sys.stdout.isatty()):
        _leaf(study, row, turn or 1, onlooker)
    else:
        _tell(study, row, reopened, turn, onlooker)


def _number(study: StoredStudy, run: int | None, worst: str | None, best: str | None) -> int:
    if run is not None:
        return run
    if worst is not None:
        return study.extreme(named_capital(worst, "--worst"), best=False)
    return study.extreme(named_capital(best or "", "--best"), best=True)


def _require_turn(turn: int | None, study: StoredStudy) -> None:
    from rapprochement_sim.errors import MalformedInput

    if turn is not None and turn > study.manifest.turns:
        what = f"the runs have no turn {turn}"
        allowed = f"1 to {study.manifest.turns}"
        raise MalformedInput(what, where=str(study.folder), allowed=allowed)


def _head(study: StoredStudy, row: StoredRun, reopened: Reopened) -> Iterator[str]:
    from rapprochement_sim.plain.layout import wrapped

    manifest = study.manifest
    scenario = shown(manifest.scenario_title)
    yield from wrapped(f"Run {row.run} of {study.name}: {scenario}, seed {manifest.seed}")
    scores = ", ".join(f"{capital_title(key)} {score:.1f}" for key, score in row.scores.items())
    yield from wrapped(f"Scores: {scores}")
    met = [shown(manifest.outcomes[name]) for name, is_met in row.outcomes.items() if is_met]
    yield from wrapped(f"Came true: {'; '.join(met) or 'no outcome'}")
    if reopened.is_exact:
        verdict = "every figure and the digest agree with the stored row, bit for bit."
    else:
        verdict = "acts and figures agree with the stored row to 6 digits; the last bits "
        verdict += "do not, as between processors or versions of numpy."
    yield from wrapped(f"Played again: {verdict}")


def _take(
    study: StoredStudy,
    row: StoredRun,
    turn: int,
    seat: Capital,
    save: Path | None,
    *,
    plain: bool,
) -> None:
    from rapprochement_sim.game.branching import go_on

    stem = f"{study.name}-run{row.run}-{shown_id(seat.key)}-turn{turn}"
    path = free_place(save) if save is not None else numbered_place(Path(), stem)
    session = go_on(study.opened_at(row.run)(turn), (seat,), f"{study.name}, run {row.run}", path)
    click.echo(f"{seat.title} is yours from turn {turn} on. Saved in {path}")
    sit_down(session, seat, plain=plain)


def _leaf(study: StoredStudy, row: StoredRun, turn: int, onlooker: Capital) -> None:
    from rapprochement_sim.plain.leafing import Leafing

    pages = Leafing(f"run {row.run}", study.opened_at(row.run), study.manifest.turns, onlooker)
    pages.turn = turn
    pages.read(ask, lambda text: click.echo(text, nl=False))
    click.echo(
        f"\nTake a seat: rapprochement open {shlex.quote(str(study.folder))} --run {row.run} "
        f"--turn {min(pages.turn, study.manifest.turns)} --seat {shown_id(pages.onlooker.key)}"
        f"{masked_word()}"
    )


def _tell(
    study: StoredStudy, row: StoredRun, reopened: Reopened, turn: int | None, onlooker: Capital
) -> None:
    from rapprochement_sim.plain.layout import page
    from rapprochement_sim.plain.leafing import Leafing
    from rapprochement_sim.plain.story import retold_lines

    if turn is None:
        lines = retold_lines(reopened.session, None)
    else:
        pages = Leafing("", study.opened_at(row.run), study.manifest.turns, onlooker)
        lines = pages.page(turn)
    for line in lines:
        click.echo(page([line]), nl=False)
