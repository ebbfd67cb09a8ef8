"""``rapprochement calibrate``: fit the effective parameters to rows that may be fitted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rapprochement_sim.experiments.calibration import Fit

EPILOG = """\b
Examples:
  rapprochement calibrate
  rapprochement calibrate --method least-squares
  rapprochement calibrate --out posterior.json

Only rows of role fit are met, and only where the rules know the survey. Without --out
nothing is written.
"""


@click.command("calibrate", epilog=EPILOG)
@click.argument("record", default="record_2010")
@click.option(
    "--observations",
    type=click.Path(path_type=Path),
    help="Polls to fit: a CSV file with the columns of the shipped polls. [default: those]",
)
@click.option(
    "--method",
    type=click.Choice(["smoother", "least-squares"]),
    default="smoother",
    show_default=True,
    help="Ensemble smoother, or least squares with Laplace's approximation.",
)
@click.option("--seed", default=1, show_default=True, help="Seed of ensemble and chance.")
@click.option("--out", type=click.Path(path_type=Path), help="File to keep the posterior in.")
def command(
    record: str, observations: Path | None, method: str, seed: int, out: Path | None
) -> int:
    """Fit the effective parameters of RECORD to surveys.

    RECORD is a shipped record or a folder of one's own.
    """
    from rapprochement_sim.experiments.calibration import (
        fit_by_least_squares,
        fit_by_smoother,
        pose,
    )
    from rapprochement_sim.experiments.effective import posterior_text
    from rapprochement_sim.experiments.observations import read_observations
    from rapprochement_sim.experiments.record import load_record
    from rapprochement_sim.experiments.whole_files import write_text_whole

    read = load_record(record)
    rows = read_observations(observations, months=read.months).observations
    problem = pose(read, rows, seed=seed)
    if method == "smoother":
        fit = fit_by_smoother(problem, seed=seed)
    else:
        fit = fit_by_least_squares(problem)
    _tell(fit)
    if out is not None:
        about = {
            "record": read.name,
            "method": method,
            "seed": seed,
            "rows": fit.n_rows,
            "misfit": round(fit.misfit, 4),
        }
        write_text_whole(out, posterior_text(fit.posterior, about))
        click.echo(f"\nKept in {out}")
    return 0


def _tell(fit: Fit) -> None:
    prior, posterior = fit.prior.middles(), fit.posterior.middles()
    click.echo(f"{fit.n_rows} rows met; mean squared residual {fit.misfit:.2f} of its error\n")
    click.echo(f"{'parameter':<40}{'prior':>16}{'posterior':>18}{'narrower by':>13}")
    for name, share in fit.contraction.items():
        before, after = prior[name], posterior[name]
        click.echo(
            f"{name:<40}{before[0]:>8.2f} ({before[1]:.2f}){after[0]:>10.2f} ({after[1]:.2f})"
            f"{share:>12.0%}"
        )
    click.echo("\nMiddle and, in brackets, spread: of a factor its logarithm's.")
