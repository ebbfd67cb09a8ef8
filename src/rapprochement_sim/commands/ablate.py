"""``rapprochement ablate``: what a mechanism contributes in a scenario."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapprochement_sim.commands.progress import Bar, terminated_as_interrupted

if TYPE_CHECKING:
    from rapprochement_sim.experiments.ablation import Ablation

INTERRUPTED = 130

EPILOG = """\b
Examples:
  rapprochement ablate rekindled_2023 --without no_panacea
  rapprochement ablate spiral_2018 --without 7 --without 26 --runs 500
  rapprochement ablate rekindled_2023 --all --out ablation
  rapprochement explain mechanisms        lists names and numbers

The same runs are played with a mechanism and without it: its coefficients then
stand at their neutral values, which `explain` tells.
"""


@click.command("ablate", epilog=EPILOG)
@click.argument("scenario")
@click.option("--without", multiple=True, metavar="MECHANISM", help="Name or number; repeatable.")
@click.option("--all", "is_all", is_flag=True, help="Each of the forty, one at a time.")
@click.option("--runs", default=200, show_default=True, help="Pairs of runs of each.")
@click.option("--seed", default=7, show_default=True, type=click.IntRange(0, 2**63 - 1))
@click.option("--out", type=click.Path(path_type=Path), help="New folder for the tables.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(
    scenario: str,
    without: tuple[str, ...],
    is_all: bool,
    runs: int,
    seed: int,
    out: Path | None,
    as_json: bool,
) -> int:
    """Play SCENARIO with and without a mechanism of the articles."""
    from rapprochement_sim.experiments.ablation import ablate
    from rapprochement_sim.experiments.ablation_text import ablation_json, ablation_text
    from rapprochement_sim.scenario.loading import load_scenario
    from rapprochement_sim.scenario.mechanisms import mechanism_named, shipped_mechanisms
    from rapprochement_sim.scenario.wearing import wear_labels

    if is_all == bool(without):
        message = "Say either --without MECHANISM or --all."
        raise click.UsageError(message)
    chosen = shipped_mechanisms() if is_all else dict(mechanism_named(n) for n in without)
    loaded = load_scenario(scenario)
    wear_labels(loaded.path)
    if out is not None:
        _new_folder(out)
    with terminated_as_interrupted(), Bar() as bar:
        try:
            found = ablate(loaded, chosen, runs=runs, seed=seed, on_progress=bar.show)
        except KeyboardInterrupt:
            bar.stop()
            click.echo("Stopped. Nothing was kept.", err=True)
            return INTERRUPTED
    click.echo((ablation_json if as_json else ablation_text)(found), nl=False)
    if out is not None:
        _write(found, out)
        click.echo(f"Tables written to {out}", err=True)
    return 0


def _new_folder(folder: Path) -> None:
    """Make a folder, and refuse one that holds something.

    Raises
    ------
    OutputProblem
        If it holds something or cannot be made.
    """
    from rapprochement_sim.errors import OutputProblem
    from rapprochement_sim.experiments.whole_files import cannot_write

    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_taken = any(folder.iterdir())
    except OSError as error:
        raise cannot_write(folder, error) from error
    if is_taken:
        what = "this folder holds something already"
        raise OutputProblem(what, where=str(folder), todo="Name another one.")


def _write(found: Ablation, folder: Path) -> None:
    from rapprochement_sim.experiments.ablation_text import (
        ablation_csv,
        ablation_json,
        ablation_text,
    )
    from rapprochement_sim.experiments.whole_files import write_text_whole

    write_text_whole(folder / "ablation.txt", ablation_text(found))
    write_text_whole(folder / "ablation.csv", ablation_csv(found))
    write_text_whole(folder / "ablation.json", ablation_json(found))
