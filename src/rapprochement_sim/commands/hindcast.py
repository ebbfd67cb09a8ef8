"""``rapprochement hindcast``: run the record freely and hold it against surveys."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapprochement_sim.errors import OutputProblem

if TYPE_CHECKING:
    from rapprochement_sim.experiments.against_record import Verdict

EPILOG = """\b
Examples:
  rapprochement hindcast
  rapprochement hindcast --observations polls.csv --out hindcast
  rapprochement hindcast --draws 200 --json

A poll file has the columns of the shipped polls. Rows of role fit or start
anchor their series; all others are only scored. What publics answered never
enters a run.
"""


@click.command("hindcast", epilog=EPILOG)
@click.argument("record", default="record_2010")
@click.option(
    "--observations",
    type=click.Path(path_type=Path),
    help="Polls to score: a CSV file. [default: the shipped polls]",
)
@click.option(
    "--draws",
    type=click.IntRange(min=20),
    default=1000,
    show_default=True,
    help="Draws of parameters and chance.",
)
@click.option("--seed", default=1, show_default=True, help="Seed of all draws.")
@click.option(
    "--workers", type=click.IntRange(min=1), help="Processes. [default: one for each core]"
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder for scores.json and chart.svg.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the scores as JSON.")
def command(
    record: str,
    observations: Path | None,
    draws: int,
    seed: int,
    workers: int | None,
    out: Path | None,
    as_json: bool,
) -> int:
    """Run RECORD freely and hold it against surveys, beside baselines.

    RECORD is a shipped record or a folder of one's own.
    """
    from rapprochement_sim.experiments.against_record import (
        hold_against,
        n_blocks,
        require_forecasts,
    )
    from rapprochement_sim.experiments.observations import read_observations
    from rapprochement_sim.experiments.record import load_record

    loaded = load_record(record)
    read = read_observations(observations, months=loaded.months)
    require_forecasts(loaded, read.observations)
    if out is not None:
        _prepare(out)
    label = f"Running {draws} draws of {loaded.months} months, fitted and unfitted"
    with click.progressbar(length=n_blocks(draws), label=label, file=sys.stderr) as progress:
        verdict = hold_against(
            loaded,
            read,
            n_draws=draws,
            seed=seed,
            workers=workers or os.cpu_count() or 1,
            on_block=lambda: progress.update(1),
        )
    if out is not None:
        _write(verdict, out)
    if as_json:
        click.echo(json.dumps(verdict.scores, indent=1, ensure_ascii=False))
    else:
        _tell(verdict, out)
    return 0


def _prepare(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"this folder cannot be made ({error.strerror or error})"
        raise OutputProblem(what, where=str(out), todo="Name another place.") from error


def _write(verdict: Verdict, out: Path) -> None:
    from rapprochement_sim.experiments.score_chart import chart
    from rapprochement_sim.experiments.whole_files import write_text_whole

    text = json.dumps(verdict.scores, indent=1, ensure_ascii=False) + "\n"
    write_text_whole(out / "scores.json", text)
    title = f"{verdict.scores['record']}: {verdict.scores['draws']} draws, by {_by(verdict)}"
    write_text_whole(out / "chart.svg", chart(verdict.free, verdict.baselines, title))


def _by(verdict: Verdict) -> str:
    return f"the {verdict.scores['beliefs']} of the effective parameters"


def _tell(verdict: Verdict, out: Path | None) -> None:
    from rapprochement_sim.experiments.score_text import scores_text

    for line in scores_text(verdict.scores):
        click.echo(line)
    if out is not None:
        click.echo(f"\nKept in {out}: scores.json, chart.svg")
