"""``rapprochement compare``: two scenarios, studies or games under the same chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rapprochement_sim.commands.masking import masked_option
from rapprochement_sim.commands.progress import Bar, terminated_as_interrupted

if TYPE_CHECKING:
    from rapprochement_sim.experiments.compare import Comparison

UNFINISHED, INTERRUPTED = 1, 130

EPILOG = """\b
Examples:
  rapprochement compare rekindled_2023 my_scenario --runs 2000
  rapprochement compare rekindled_2023 rekindled_2023 --lens-a seoul=realist:1
  rapprochement compare study other_study --runs 1000 --json
  rapprochement compare one.jsonl other.jsonl --turn 6 --precision 0.5

A and B are each a scenario, a folder that `run --out` made, or a saved game; the
last two go with --turn, and from there on every seat decides by itself. Runs that
stand in a folder of the same seed and code are read instead of played.
"""


@click.command("compare", epilog=EPILOG)
@click.argument("a")
@click.argument("b")
@click.option("--runs", default=2000, show_default=True, help="Runs of each side.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="[default: A's, B's, or 7]")
@click.option("--turn", type=click.IntRange(1), help="Turn from which saved games go on.")
@click.option("--lens-a", multiple=True, metavar="SEAT=LENS:WEIGHT[,...]", help="As in `run`.")
@click.option("--lens-b", multiple=True, metavar="SEAT=LENS:WEIGHT[,...]", help="As in `run`.")
@click.option("--scenario", help="The scenario of run folders, if it is not a shipped one.")
@click.option(
    "--precision",
    type=click.FloatRange(min=0, min_open=True),
    default=1.0,
    show_default=True,
    help="Wanted interval on both sides, in per cent of a measure's range.",
)
@click.option("--workers", type=int, help="Processes. [default: one for each core]")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@masked_option
def command(
    a: str,
    b: str,
    runs: int,
    seed: int | None,
    turn: int | None,
    lens_a: tuple[str, ...],
    lens_b: tuple[str, ...],
    scenario: str | None,
    precision: float,
    workers: int | None,
    as_json: bool,
) -> int:
    """Compare A with B, run by run under the same chance."""
    from rapprochement_sim.commands.run import parse_lenses
    from rapprochement_sim.experiments.compare import compare
    from rapprochement_sim.experiments.sides import read_side
    from rapprochement_sim.scenario.wearing import wear_labels

    sides = (
        read_side(a, parse_lenses(lens_a), turn, scenario),
        read_side(b, parse_lenses(lens_b), turn, scenario),
    )
    shown = {side.case.loaded.path for side in sides}
    wear_labels(shown.pop() if len(shown) == 1 else None)
    with terminated_as_interrupted(), Bar() as bar:
        try:
            found = compare(*sides, runs=runs, seed=seed, workers=workers, on_progress=bar.show)
        except KeyboardInterrupt:
            bar.stop()
            click.echo("Stopped. Nothing was kept.", err=True)
            return INTERRUPTED
    return _show(found, precision, as_json=as_json)


def _show(found: Comparison, precision: float, *, as_json: bool) -> int:
    from rapprochement_sim.experiments.compare_text import comparison_json, comparison_text

    lay_out = comparison_json if as_json else comparison_text
    click.echo(lay_out(found, precision), nl=False)
    for failure in found.failures[:5]:
        click.echo(f"Not finished, block {failure.block}: {failure.reason}", err=True)
    return UNFINISHED if found.failures else 0
