"""``rapprochement patterns``: check each stylised fact against free runs of the record."""

from __future__ import annotations

import json
import os
import sys
import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rapprochement_sim.experiments.patterns import Finding
    from rapprochement_sim.experiments.record import Record
    from rapprochement_sim.experiments.sizes import Rules

EPILOG = """\b
Examples:
  rapprochement patterns
  rapprochement patterns --draws 100 --json
  rapprochement patterns --sizes --draws 200

A fact passes if the model has its sign and its size: a change between two
waves must lie in the predicted 90% interval, an effect of acts within a
tolerance. Facts that restate a fitted series are counted apart, and those that
a number of the rules was set by are marked.

With --sizes each figure stands beside what the record's own runs make of it,
by the rules as shipped and by draws of their fit: met from half of it to twice.
Below stands what of it the acts made that its source names: the record with and
without them, under the same chance.
"""
_WIDTH = 78


@click.command("patterns", epilog=EPILOG)
@click.argument("record", default="record_2010")
@click.option(
    "--draws",
    type=click.IntRange(min=20),
    default=400,
    show_default=True,
    help="Draws of parameters and chance.",
)
@click.option("--seed", default=1, show_default=True, help="Seed of all draws.")
@click.option(
    "--workers", type=click.IntRange(min=1), help="Processes. [default: one for each core]"
)
@click.option(
    "--sizes", is_flag=True, help="Sizes of all figures, and what of each its own acts make."
)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def command(
    record: str, draws: int, seed: int, workers: int | None, sizes: bool, as_json: bool
) -> int:
    """Check every stylised fact on RECORD: passed, failed, and by how much.

    RECORD is a shipped record or a folder of one's own.
    """
    from rapprochement_sim.experiments.patterns import check_patterns, read_facts
    from rapprochement_sim.experiments.record import load_record

    loaded = load_record(record)
    if sizes:
        _tell_sizes(loaded, draws, seed, as_json=as_json)
        return 0
    label = "Checking stylised facts"
    with click.progressbar(length=len(read_facts()), label=label, file=sys.stderr) as progress:
        findings = check_patterns(
            loaded,
            n_draws=draws,
            seed=seed,
            workers=workers or os.cpu_count() or 1,
            on_check=lambda: progress.update(1),
        )
    if as_json:
        found = [{**asdict(each), "off_by": each.off_by} for each in findings]
        click.echo(json.dumps(found, indent=1, ensure_ascii=False))
    else:
        _tell(findings)
    return 0


def _tell_sizes(record: Record, n_pairs: int, seed: int, *, as_json: bool) -> None:
    from rapprochement_sim.experiments.size_text import lasting_data, size_data, sizes_text
    from rapprochement_sim.experiments.sizes import find_lasting, find_sizes, plan_pairs

    titles: dict[Rules, str] = {
        "shipped": "The rules as shipped",
        "fitted": "Draws of the rules' fit to the record",
    }
    data = {}
    for rules, title in titles.items():
        runs = plan_pairs(record, n_pairs=n_pairs, rules=rules, seed=seed)
        found, lasting = find_sizes(record, runs), find_lasting(record, runs)
        if as_json:
            data[rules] = {
                "sizes": [size_data(each) for each in found],
                "lasting": [lasting_data(each) for each in lasting],
            }
            continue
        for line in sizes_text(f"{title}, {n_pairs} pairs", found, lasting):
            click.echo(line)
        click.echo()
    if as_json:
        click.echo(json.dumps(data, indent=1, ensure_ascii=False))


def _tell(findings: Sequence[Finding]) -> None:
    from rapprochement_sim.experiments.patterns import FAILED, PASSED, SILENT

    spoken = [each for each in findings if each.outcome != SILENT]
    parts = {
        "Independent of the fitted series": [f for f in spoken if not f.fact.restates_a_survey],
        "Restating a fitted series: one test with the fit, not another": [
            f for f in spoken if f.fact.restates_a_survey
        ],
    }
    for title, part in parts.items():
        counts = {name: sum(f.outcome == name for f in part) for name in (PASSED, FAILED)}
        click.echo(f"{title}: {counts[PASSED]} passed, {counts[FAILED]} failed")
        for finding in part:
            click.echo(
                f"  {finding.fact.id}{'*' if finding.fact.is_built_in else ''} "
                f"{finding.outcome}: {finding.found:+.1f} where "
                f"{finding.expected:+.1f} was seen, off by {finding.off_by:+.1f} "
                f"({finding.low:+.1f} to {finding.high:+.1f})"
            )
            _wrap(finding.fact.says)
        click.echo()
    click.echo("* a number of the rules was set by this fact or names it: it shows that the rules")
    click.echo("  do as they say, and is no test of them.\n")
    click.echo("Sizes of all figures, month by month: rapprochement patterns --sizes\n")
    silent = [each for each in findings if each.outcome == SILENT]
    click.echo(f"Beyond what the record can say: {len(silent)}")
    for finding in silent:
        click.echo(f"  {finding.fact.id}: {finding.reason}")
        _wrap(finding.fact.says)


def _wrap(text: str) -> None:
    pad = " " * 6
    click.echo(textwrap.fill(text, _WIDTH, initial_indent=pad, subsequent_indent=pad))
