"""``rapprochement draws``: a scenario under draws of what a record has taught."""

from __future__ import annotations

import sys
from pathlib import Path

import click

EPILOG = """\b
Examples:
  rapprochement draws rekindled_2023 --out drawn
  rapprochement draws spiral_2018 --draws 16 --runs 200 --out drawn
  rapprochement draws my_scenario.yaml --fit posterior.json --out drawn

Every draw has a run folder of its own, draw_01 and so on, which the other
commands read. The same command goes on where it was stopped.
"""


@click.command("draws", epilog=EPILOG)
@click.argument("scenario")
@click.option(
    "--fit",
    default="record_2010",
    show_default=True,
    help="Record with a posterior, or the file of one.",
)
@click.option("--draws", default=8, show_default=True, help="How many draws of it, 2 to 64.")
@click.option(
    "--runs", type=click.IntRange(min=2), default=64, show_default=True, help="Worlds of each draw."
)
@click.option("--seed", default=7, show_default=True, help="Root seed of all chance.")
@click.option(
    "--workers", type=click.IntRange(min=1), help="Processes. [default: one for each core]"
)
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="Folder to keep every run in."
)
def command(
    scenario: str, fit: str, draws: int, runs: int, seed: int, workers: int | None, out: Path
) -> int:
    """Run SCENARIO under draws of a posterior.

    SCENARIO is a name that `rapprochement scenarios` lists, a folder or a file.

    Says how much of the spread at the end is what the record leaves open of sizes and speeds,
    and how much is chance and what governments choose.
    """
    from rapprochement_sim.experiments.drawn import drawn_figures, run_drawn
    from rapprochement_sim.experiments.runs import Study

    study = Study(scenario=scenario, runs=runs, seed=seed, explained_runs=0)
    places = run_drawn(study, out, fit=fit, n_draws=draws, workers=workers)
    with click.progressbar(places, length=draws, label="Running", file=sys.stderr) as shown:
        folders = list(shown)
    click.echo(f"{Path(scenario).stem}: {draws} draws of {fit}, {runs} runs each, seed {seed}\n")
    click.echo(f"{'At the end':<48}{'median':>8}{'5 to 95%':>14}{'by draws':>10}")
    for figure in drawn_figures(folders):
        low, middle, high = figure.band.low, figure.band.middle, figure.band.high
        digits = 1 if max(abs(low), abs(high)) >= 10.0 else 2
        span = f"{low:.{digits}f}-{high:.{digits}f}"
        name = figure.name
        if len(name) > 47:
            click.echo(name)
            name = ""
        click.echo(f"{name:<48}{middle:>8.{digits}f}{span:>14}{figure.by_parameters:>10.0%}")
    click.echo("\nBy draws: share of the variance between draws of the posterior.")
    click.echo(f"Kept in {out}: draw_01 and so on")
    return 0
