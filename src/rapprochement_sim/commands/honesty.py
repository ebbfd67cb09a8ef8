"""``rapprochement honesty``: would the record's skill survive being told otherwise."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from rapprochement_sim.experiments.honesty import Bench
    from rapprochement_sim.experiments.honesty_kept import KeptSkills

EPILOG = """\b
Examples:
  rapprochement honesty placebo
  rapprochement honesty shuffle --repeats 20
  rapprochement honesty jitter --keep skills.jsonl
  rapprochement honesty

Without a name every check is run; 200 shuffles alone take ten minutes of one core.
With --keep, what was computed is kept, and the same command goes on from there.
Skill is that of the rolling origin over dressed persistence, on prior draws.
"""
CODED = (20, 21, 31, 40, 59, 108, 109, 111)
"""Lines of the event list that the check of coding splits and doubles."""


@click.command("honesty", epilog=EPILOG)
@click.argument("checks", nargs=-1, metavar="[CHECK]...")
@click.option("--record", default="record_2010", show_default=True, help="Record to check.")
@click.option(
    "--draws", type=click.IntRange(min=20), default=512, show_default=True, help="Draws of each."
)
@click.option(
    "--repeats",
    type=click.IntRange(min=1),
    help="Shuffles and jitters. [default: 200 and 50]",
)
@click.option(
    "--workers", type=click.IntRange(min=1), help="Processes. [default: one for each core]"
)
@click.option(
    "--keep",
    type=click.Path(path_type=Path),
    help="File to keep the skill of every shuffle and jitter in.",
)
def command(
    checks: tuple[str, ...],
    record: str,
    draws: int,
    repeats: int | None,
    workers: int | None,
    keep: Path | None,
) -> int:
    """Vary what happened and see what becomes of the skill.

    CHECK is one of shuffle, jitter, no-acts, directions, coding, placebo, mean-field.
    """
    from rapprochement_sim.errors import MalformedInput, listed, nearest_name
    from rapprochement_sim.experiments.honesty import prepare
    from rapprochement_sim.experiments.honesty_kept import KeptSkills, identity_of
    from rapprochement_sim.experiments.observations import read_observations
    from rapprochement_sim.experiments.record import load_record

    for name in checks:
        if name not in _CHECKS:
            what = f"there is no check '{name}'"
            near = nearest_name(name, _CHECKS)
            raise MalformedInput(what, allowed=listed(_CHECKS), nearest=near)
    loaded = load_record(record)
    bench = prepare(loaded, read_observations(months=loaded.months).observations, n_draws=draws)
    asked = _Asked(repeats, workers or os.cpu_count() or 1, KeptSkills(keep, identity_of(bench)))
    click.echo(
        f"the record as it was: skill {bench.skill:+.3f}, {bench.rolled.values.size} forecasts"
    )
    for name in checks or tuple(_CHECKS):
        _CHECKS[name](bench, asked)
    return 0


@dataclass(frozen=True)
class _Asked:
    """How often a check is repeated, if that was said, by how many, and what is known of it."""

    repeats: int | None
    workers: int
    kept: KeptSkills

    def skills(self, check: str, repeats: int, compute: Callable[[int], float]) -> list[float]:
        """Return the skill of every repeat, with progress."""
        label = f"Repeating {check}"
        with click.progressbar(length=repeats, label=label, file=sys.stderr) as shown:
            shown.update(self.kept.known(check, repeats))
            return self.kept.all_of(
                check,
                repeats,
                compute,
                workers=self.workers,
                on_skill=lambda: shown.update(1),
            )


def _shuffle(bench: Bench, asked: _Asked) -> None:
    from rapprochement_sim.experiments.honesty import SHUFFLES, shuffled_skill

    repeats = asked.repeats or SHUFFLES
    found = asked.skills("shuffle", repeats, partial(shuffled_skill, bench))
    middle, high = _quantile(found, 0.5), _quantile(found, 0.95)
    above = sum(skill >= bench.skill for skill in found)
    verdict = "exceeds" if bench.skill > high else "does not exceed"
    click.echo(
        f"shuffle: {len(found)} records with their months exchanged: median {middle:+.3f},\n"
        f"  95th percentile {high:+.3f}; the record {verdict} it ({above} of them do as well)"
    )


def _jitter(bench: Bench, asked: _Asked) -> None:
    from rapprochement_sim.experiments.honesty import JITTER_SPREAD, JITTERS, jittered_skill

    repeats = asked.repeats or JITTERS
    found = asked.skills("jitter", repeats, partial(jittered_skill, bench))
    low, middle, high = (_quantile(found, share) for share in (0.05, 0.5, 0.95))
    above = sum(skill > 0.0 for skill in found)
    click.echo(
        f"jitter: {len(found)} rule books with every weight times exp({JITTER_SPREAD:g} z):\n"
        f"  median {middle:+.3f}, 5 to 95% {low:+.3f} to {high:+.3f}; {above} beat persistence"
    )


def _no_acts(bench: Bench, asked: _Asked) -> None:  # noqa: ARG001 - one of the checks
    from rapprochement_sim.experiments.honesty import skill_without_acts

    click.echo(f"no-acts: skill {skill_without_acts(bench):+.3f} if nothing happens")


def _directions(bench: Bench, asked: _Asked) -> None:  # noqa: ARG001 - one of the checks
    from rapprochement_sim.experiments.honesty import check_directions

    for each in check_directions(bench):
        click.echo(
            f"directions: {each.fitted} fitted, {each.predicted} predicted, {each.n} rows:\n"
            f"  CRPS {each.crps:.2f}; with no acts {each.blind:.2f}"
        )


def _coding(bench: Bench, asked: _Asked) -> None:  # noqa: ARG001 - one of the checks
    from rapprochement_sim.experiments.honesty import check_coding

    for each in check_coding(bench, CODED):
        click.echo(
            f"coding: line {each.event_line}, {each.act}:\n  skill {each.split:+.3f} if split, "
            f"{each.doubled:+.3f} if doubled; most moved {each.most_moved:.1f} points"
        )


def _placebo(bench: Bench, asked: _Asked) -> None:  # noqa: ARG001 - one of the checks
    from rapprochement_sim.experiments.honesty import check_placebo

    click.echo(f"placebo: any share of others moves by at most {check_placebo(bench):g} points")


def _mean_field(bench: Bench, asked: _Asked) -> None:  # noqa: ARG001 - one of the checks
    from rapprochement_sim.experiments.honesty import check_mean_field

    skill, apart = check_mean_field(bench)
    click.echo(f"mean-field: skill {skill:+.3f}; medians at most {apart:.1f} points apart")


_CHECKS: dict[str, Callable[[Bench, _Asked], None]] = {
    "shuffle": _shuffle,
    "jitter": _jitter,
    "no-acts": _no_acts,
    "directions": _directions,
    "coding": _coding,
    "placebo": _placebo,
    "mean-field": _mean_field,
}


def _quantile(values: list[float], share: float) -> float:
    from statistics import quantiles

    if len(values) == 1:
        return values[0]
    cuts = quantiles(values, n=100, method="inclusive")
    return cuts[round(share * 100) - 1]
