"""``rapprochement run``: many worlds of a scenario, kept in a folder and summed up."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapprochement_sim.commands.masking import masked_option
from rapprochement_sim.commands.progress import Bar, terminated_as_interrupted
from rapprochement_sim.errors import MalformedInput

if TYPE_CHECKING:
    from rapprochement_sim.experiments.runs import Progress, Study, StudyResult

UNFINISHED, INTERRUPTED = 1, 130
_DECIDING = ("runs", "seed", "block_size", "lenses", "indicators", "explain_runs")

EPILOG = """\b
Examples:
  rapprochement run rekindled_2023 --runs 200
  rapprochement run rekindled_2023 --runs 2000 --workers 2 --out study
  rapprochement run rekindled_2023 --runs 500 --lens seoul=realist:1 --json
  rapprochement run my_scenario --runs 64 --indicator glow_seoul_tokyo
  rapprochement run --again study --out study_again

The same command goes on where it was stopped. Equal seeds give equal runs, bit
for bit, however many workers there are.
"""


@click.command("run", epilog=EPILOG)
@click.argument("scenario", required=False)
@click.option("--runs", default=1000, show_default=True, help="How many worlds.")
@click.option("--seed", default=7, show_default=True, help="Root seed of all chance.")
@click.option("--workers", type=int, help="Processes. [default: one for each core]")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder to keep every run in. Without it only the summary is left.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option(
    "--block-size", type=int, help="Worlds stepped side by side, 2 to 128. [default: 128]"
)
@click.option(
    "--lens",
    "lenses",
    multiple=True,
    metavar="SEAT=LENS:WEIGHT[,...]",
    help="Judge by these schools of thought, e.g. seoul=realist:2,liberal:1.",
)
@click.option("--indicator", "indicators", multiple=True, help="Keep this indicator as well.")
@click.option(
    "--explain-runs", type=int, default=64, show_default=True, help="Keep causes of so many runs."
)
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    default=600.0,
    show_default=True,
    help="Seconds a block may take.",
)
@click.option(
    "--again",
    type=click.Path(path_type=Path),
    metavar="RUNDIR",
    help="Make the runs of a kept study again, and compare them with it.",
)
@click.pass_context
@masked_option
def command(
    ctx: click.Context,
    scenario: str | None,
    runs: int,
    seed: int,
    workers: int | None,
    out: Path | None,
    as_json: bool,
    block_size: int | None,
    lenses: tuple[str, ...],
    indicators: tuple[str, ...],
    explain_runs: int,
    time_limit: float,
    again: Path | None,
) -> int:
    """Run many worlds of SCENARIO and say what they have in common.

    SCENARIO is a name that `rapprochement scenarios` lists, a folder or a file.
    """
    from rapprochement_sim.experiments.runs import Study
    from rapprochement_sim.scenario.wearing import named_scenario, wear_labels

    if again is not None:
        if out is not None and out.resolve() == again.resolve():
            message = "--out must be another folder than the one that is made again."
            raise click.UsageError(message, ctx)
        study = _again(ctx, again, scenario)
    elif scenario is None:
        message = "Missing argument 'SCENARIO'."
        raise click.UsageError(message, ctx)
    else:
        study = Study(
            scenario=named_scenario(scenario),
            runs=runs,
            seed=seed,
            block_size=block_size,
            lenses=parse_lenses(lenses),
            indicators=indicators,
            explained_runs=explain_runs,
        )
    wear_labels(study.scenario)
    with tempfile.TemporaryDirectory(prefix="rapprochement-") as folder:
        place, is_kept = (Path(folder), False) if out is None else (out, True)
        status = _run(study, place, workers, time_limit, is_kept=is_kept, as_json=as_json)
        if again is None or status != 0:
            return status
        return _compare(again, place)


def _again(ctx: click.Context, folder: Path, scenario: str | None) -> Study:
    """Read what a kept study asked for; of the options, only those that change no run go along."""
    from rapprochement_sim.experiments.again import study_again

    for name in _DECIDING:
        if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            message = "--again makes runs as they were: leave out what else decides them."
            raise click.UsageError(message, ctx)
    return study_again(folder, scenario)


def _compare(then: Path, now: Path) -> int:
    """Say whether all is as it was, on the error stream: the summary stands alone on the other."""
    from rapprochement_sim.experiments.again import compare_runs

    compared = compare_runs(then, now)
    n, n_differing = compared.n_runs, len(compared.differing)
    if n == 0:
        click.echo(f"\n{then} keeps no run to compare with.", err=True)
        return 0
    if not n_differing:
        click.echo(f"\nAll {n} runs that {then} keeps came out again, bit for bit.", err=True)
        return 0
    why = (
        "The same code made both: a file there was changed."
        if compared.is_same_code
        else "Another version of the code, of numpy or of the machine made those."
    )
    first = compared.differing[0]
    click.echo(
        f"\n{n_differing} of {n} runs differ from {then}, first run {first}. {why}", err=True
    )
    return UNFINISHED


def parse_lenses(texts: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """Read ``seoul=realist:2,liberal:1`` into weights by capital and school of thought.

    Raises
    ------
    MalformedInput
        If a text has another form, or gives a weight twice. Names are checked later, against
        the scenario.
    """
    weights: dict[str, dict[str, float]] = {}
    for text in texts:
        capital, _, parts = text.partition("=")
        mix = weights.setdefault(capital.strip().lower(), {})
        for part in parts.split(","):
            lens, _, number = part.partition(":")
            if lens.strip().lower() in mix:
                what = f"{capital} is given two weights of '{lens.strip()}'"
                raise MalformedInput(what, where="--lens", todo="Keep one of the two.")
            mix[lens.strip().lower()] = _weight(number, text)
    return weights


def _weight(number: str, text: str) -> float:
    try:
        weight = float(number)
    except ValueError:
        what = f"'{text}' is no weighting of schools of thought"
        allowed = "the form seoul=realist:2,liberal:1"
        raise MalformedInput(what, where="--lens", allowed=allowed) from None
    if not 0.0 <= weight < float("inf"):
        what = f"the weight {number.strip()} in '{text}' is no ordinary number from 0 on"
        raise MalformedInput(what, where="--lens", allowed="weights from 0 on")
    return weight


def _run(
    study: Study,
    folder: Path,
    workers: int | None,
    time_limit: float,
    *,
    is_kept: bool,
    as_json: bool,
) -> int:
    from rapprochement_sim.experiments.runs import run_study
    from rapprochement_sim.experiments.summary import summarise
    from rapprochement_sim.experiments.summary_json import summary_json
    from rapprochement_sim.experiments.summary_text import summary_text

    with terminated_as_interrupted(), Bar() as bar:
        try:
            result = run_study(
                study, folder, workers=workers, time_limit=time_limit, on_progress=bar.show
            )
        except KeyboardInterrupt:
            bar.stop()
            click.echo(_stopped(bar.last, folder, is_kept=is_kept), err=True)
            return INTERRUPTED
    status = 0
    if result.failures:
        click.echo(_failed(result, is_kept=is_kept), err=True)
        status = UNFINISHED
        if bar.last is None or bar.last.blocks_done == 0:
            return status
    summary = summarise(folder)
    click.echo(summary_json(summary) if as_json else summary_text(summary), nl=False)
    if is_kept and not as_json:
        click.echo(f"\nKept in {folder}")
    return status


def _stopped(last: Progress | None, folder: Path, *, is_kept: bool) -> str:
    if last is None or not is_kept:
        return "Stopped. Nothing was kept; with --out every finished block is."
    from rapprochement_sim.experiments.folder import RunFolder

    # A worker may have finished a block after the last report.
    kept = RunFolder(folder).count_done()
    return (
        f"Stopped: {kept} of {last.blocks_asked} blocks are kept in {folder}.\n"
        "The same command goes on from there."
    )


def _failed(result: StudyResult, *, is_kept: bool) -> str:
    lines = [f"  block {failure.block}: {failure.reason}" for failure in result.failures[:5]]
    left = len(result.failures) - len(lines)
    more = [f"  and {left} more"] if left else []
    n = len(result.failures)
    what = f"{n} {'block' if n == 1 else 'blocks'} could not be finished:"
    again = f"the same command tries {'it' if n == 1 else 'them'} again"
    hint = f"See failures.jsonl; {again}." if is_kept else ""
    return "\n".join(each for each in (what, *lines, *more, hint) if each)
