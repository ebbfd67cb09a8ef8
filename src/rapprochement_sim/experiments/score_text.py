"""Scores as text of at most 80 columns: a table for each kind of forecast."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rapprochement_sim.experiments.baselines import PERSISTENCE
from rapprochement_sim.experiments.score_file import MODEL, UPDATED
from rapprochement_sim.game.figure_text import signed, signed_range

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WIDTH = 80
TABLES = {
    "free": "Held out, running free",
    "one_step_ahead": "One step ahead, told all rows published before",
    "rolling_origin": "Rolling origin, fitted years",
    "fitted_years_in_sample": "Fitted years, in sample",
}
_HEAD = f"  {'':<22}{'MAE':>6}{'CRPS':>6}{'in 50%':>7}{'in 90%':>9}{'skill over it':>21}"


def scores_text(scores: dict[str, Any]) -> Iterator[str]:
    """Yield what a file of scores says, line by line."""
    yield (
        f"{scores['record']}: {scores['draws']} draws, seed {scores['seed']}, "
        f"{scores['beliefs']} parameters"
    )
    yield from _wrapped(
        "Errors in percentage points. The skill of the model over each baseline is "
        "1 - CRPS / CRPS, its 95% interval drawn by episode; one episode has none.",
        indent="",
    )
    for name, title in TABLES.items():
        yield ""
        yield from _table(title, scores[name])
    shown = "free" if scores["free"]["rows"] else "rolling_origin"
    if scores[shown]["rows"]:
        yield ""
        yield from _by_series(TABLES[shown], scores[shown])
    if scores["remarks"]:
        yield "\nRemarks"
        for remark in scores["remarks"]:
            yield from _wrapped(remark)
    if scores["set_aside"]:
        yield f"\n{len(scores['set_aside'])} rows set aside, because"
        for why, places in _by_reason(scores["set_aside"]).items():
            yield from _wrapped(f"{why}: {_listed(places)}")


def _table(title: str, table: dict[str, Any]) -> Iterator[str]:
    if not table["rows"]:
        yield f"{title}: no row that could be forecast"
        return
    n = table["rows"]
    yield f"{title}: {n} {'forecast' if n == 1 else 'forecasts'}"
    yield _HEAD
    for name, found in table["pooled"].items():
        over = table["skill"][MODEL].get(name)
        skill = "" if over is None else _skill(over["by_episode"], "episode")
        covered = found["coverage_90"]
        low, high = 100.0 * covered["low"], 100.0 * covered["high"]
        within = f"{covered['estimate']:.0%} ({low:.0f}-{high:.0f})"
        yield (
            f"  {_named(name):<22}{found['mean_absolute_error']:>6.2f}{found['crps']:>6.2f}"
            f"{found['coverage_50']['estimate']:>7.0%}{within:>14}{skill:>23}"
        ).rstrip()
    over = table["skill"][MODEL][PERSISTENCE]
    yield (
        f"  Skill over dressed persistence by point {_skill(over['by_point'], 'row')}; "
        f"episodes: {over['by_episode']['units']}"
    )


def _skill(over: dict[str, float], unit: str) -> str:
    """Write a skill with its interval; a single unit cannot be drawn again and leaves it bare."""
    if over["units"] < 2:
        return f"{signed(over['estimate'], 2)} (one {unit})"
    return f"{signed(over['estimate'], 2)} ({signed_range(over['low'], over['high'], 2)})"


def _named(name: str) -> str:
    return "model, told as much" if name == UPDATED else name.replace("_", " ")


def _by_series(title: str, table: dict[str, Any]) -> Iterator[str]:
    yield f"{title}, by series"
    yield f"  {'':<44}{'n':>4}{'MAE':>7}{'CRPS':>7}  persistence"
    survey = ""
    for segment, found in table["series"].items():
        name, _, asked = segment.partition(":")
        if name != survey:
            yield f"  {name}"
            survey = name
        own, other = found[MODEL], found[PERSISTENCE]
        yield (
            f"    {asked.replace(':', ' '):<42}{own['n']:>4}{own['mean_absolute_error']:>7.2f}"
            f"{own['crps']:>7.2f}{other['crps']:>13.2f}"
        )


def _wrapped(text: str, indent: str = "  ") -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  " * bool(indent),
        break_on_hyphens=False,
    )


def _by_reason(set_aside: Iterable[dict[str, str]]) -> dict[str, list[str]]:
    reasons: dict[str, list[str]] = {}
    for each in set_aside:
        reasons.setdefault(each["why"], []).append(each["where"])
    return reasons


def _listed(places: Sequence[str]) -> str:
    """Write places of a file as runs of lines: ``polls.csv 3, 5 to 8``."""
    lines: dict[str, list[int]] = {}
    for where in places:
        file, _, line = where.rpartition(":")
        lines.setdefault(file, []).append(int(line))
    return "; ".join(f"{file} {_runs(sorted(found))}" for file, found in lines.items())


def _runs(lines: Sequence[int]) -> str:
    parts = []
    for _, run in groupby(enumerate(lines), key=lambda pair: pair[1] - pair[0]):
        found = [line for _, line in run]
        parts.append(f"{found[0]}" if len(found) == 1 else f"{found[0]} to {found[-1]}")
    return ", ".join(parts)
