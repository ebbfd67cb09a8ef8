"""A study's summary as tables of plain text, at most 80 columns wide."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import signed
from rapprochement_sim.naming import capital_title, shown_id, worn
from rapprochement_sim.world.attribution import CHANCE, RELAXATION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.experiments.summary import Band, Causes, StudySummary

WIDTH = 80
_NAME, _TITLE = 33, 52
_ACTS_SHOWN = 12
_CAUSES_SHOWN = 6
_INDICATORS_EXPLAINED = 3
_SMALL = 10.0


def summary_text(summary: StudySummary) -> str:
    """Lay a summary out for reading."""
    blocks = [
        _head(summary),
        _indicators(summary),
        _outcomes(summary),
        _scores(summary),
        _acts(summary),
        *_causes(summary),
    ]
    return "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"


def _head(summary: StudySummary) -> list[str]:
    manifest = summary.manifest
    unit = "months" if manifest.turn_months == 1 else "quarters"
    runs = f"{summary.n_runs:,} runs"
    if summary.n_runs < manifest.n_runs:
        runs = f"{summary.n_runs:,} of {manifest.n_runs:,} runs"
    begin = "" if worn().hides_history else f" from {manifest.start}"
    facts = f"{runs}, seed {manifest.seed}, {manifest.turns} {unit}{begin}"
    return [manifest.scenario_title, facts]


def _indicators(summary: StudySummary) -> list[str]:
    turns = summary.manifest.turns
    shown = sorted({0, round(turns / 3), round(2 * turns / 3), turns})
    labels = ["start" if turn == 0 else f"turn {turn}" for turn in shown]
    lines = [f"{'Median':<{_NAME}}" + "".join(f"{label:>9}" for label in labels)]
    lines[0] += f"{'90% at end':>11}"
    for name, bands in summary.bands.items():
        digits = _digits(bands)
        cells = "".join(f"{bands[turn].middle:>9.{digits}f}" for turn in shown)
        last = bands[-1]
        lines.extend(
            _row(name, f"{cells}{f'{last.low:.{digits}f}-{last.high:.{digits}f}':>11}", width=_NAME)
        )
    return lines


def _row(name: str, cells: str, *, width: int) -> Iterator[str]:
    name = shown_id(name)
    if len(name) > width:
        yield textwrap.shorten(name, WIDTH)
        name = ""
    yield f"{name:<{width}}{cells}"


def _digits(bands: tuple[Band, ...]) -> int:
    largest = max(max(abs(band.low), abs(band.high)) for band in bands)
    return 2 if largest < _SMALL else 1


def _outcomes(summary: StudySummary) -> list[str]:
    if not summary.outcomes:
        return []
    lines = [f"{'Outcome':<{_TITLE}}{'share':>8}  95% interval"]
    for name, share in summary.outcomes.items():
        interval = f"{100 * share.low:.1f}% to {100 * share.high:.1f}%"
        title = summary.manifest.outcomes[name]
        lines.extend(_row(title, f"{100 * share.estimate:>7.1f}%  {interval}", width=_TITLE))
    return lines


def _scores(summary: StudySummary) -> list[str]:
    lines = [f"{'Seat':<14}{'mean score':>12}{'5%':>9}{'50%':>9}{'95%':>9}"]
    for seat, score in summary.scores.items():
        band = score.band
        levels = "".join(f"{each:>9.1f}" for each in (band.low, band.middle, band.high))
        lines.append(f"{capital_title(seat):<14}{score.mean:>12.1f}{levels}")
    return lines


def _acts(summary: StudySummary) -> list[str]:
    lines = [f"{'What happened most':<{_TITLE}}{'a run':>8}{'in runs':>12}"]
    for act in summary.acts[:_ACTS_SHOWN]:
        cells = f"{act.per_run:>8.2f}{100 * act.share_of_runs:>11.0f}%"
        lines.extend(_row(act.act, cells, width=_TITLE))
    return lines


def _causes(summary: StudySummary) -> Iterator[list[str]]:
    for name in list(summary.causes)[:_INDICATORS_EXPLAINED]:
        causes = summary.causes[name]
        title = f"Why {shown_id(name)} changed by {signed(causes.change, 2)}"
        yield [f"{title} (mean of {summary.explained_runs} runs)", *_parts(causes)]


def _parts(causes: Causes) -> Iterator[str]:
    shown = causes.by_cause[:_CAUSES_SHOWN]
    for share in shown:
        yield f"  {shown_id(share.cause):<52}{signed(share.mean, 2):>8}"
    rest = causes.by_cause[_CAUSES_SHOWN:]
    if rest:
        left = sum(share.mean for share in rest)
        yield f"  {f'{len(rest)} other causes together':<52}{signed(left, 2):>8}"
    for kind, names in (("chance", CHANCE), ("relaxation", RELAXATION)):
        part = sum(share.mean for share in causes.by_cause if share.cause in names)
        yield f"  {f'of all this, due to {kind}':<52}{signed(part, 2):>8}"
