"""A comparison for reading, at most 80 columns wide, and for machines."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

from rapprochement_sim.experiments.main_indicators import HEADLINES
from rapprochement_sim.experiments.paired import difference_data, shown_probability
from rapprochement_sim.game.figure_text import signed, signed_range
from rapprochement_sim.naming import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rapprochement_sim.experiments.compare import Comparison, Measure
    from rapprochement_sim.experiments.sides import Side

WIDTH = 80
_NAME = 16
_PERCENT = 100.0
_SMALL = 10.0
_LARGEST_SHOWN = 1_000_000
_LARGEST_GAIN = 9999


def comparison_text(comparison: Comparison, precision: float) -> str:
    """Lay a comparison out for reading.

    Parameters
    ----------
    comparison
        The comparison.
    precision
        Wanted half-width of the 95% interval, in hundredths of a measure's range.
    """
    blocks = [list(_head(comparison))]
    for kind, title in (("score", "Score"), ("outcome", "Outcome"), ("indicator", "At the end")):
        of_kind = [m for m in comparison.measures if m.kind == kind]
        shown = [m for m in of_kind if kind != "indicator" or m.name in HEADLINES]
        if shown:
            blocks.append(list(_table(title, shown, precision)))
    blocks.append(list(_legend(precision)))
    return "\n\n".join("\n".join(map(str.rstrip, lines)) for lines in blocks) + "\n"


def _head(comparison: Comparison) -> Iterator[str]:
    sides = (("A", comparison.a), ("B", comparison.b))
    for (letter, side), was_read in zip(sides, comparison.was_read, strict=True):
        told = f"{side.name} (read from its folder)" if was_read else side.name
        yield from textwrap.wrap(told, WIDTH, initial_indent=f"{letter}  ", subsequent_indent="   ")
    yield (
        f"{comparison.n_runs:,} runs of each, seed {comparison.seed}; "
        "run by run under the same chance"
    )


def _table(title: str, measures: Sequence[Measure], precision: float) -> Iterator[str]:
    yield (
        f"{title:<{_NAME}}{'A':>7}{'B':>7}{'A-B':>8}{'95% interval':>17}"
        f"{'above':>6}{'sure':>7}{'gain':>6}{'runs':>6}"
    )
    for measure in measures:
        name = measure.title
        if len(name) >= _NAME:
            yield textwrap.shorten(name, WIDTH, placeholder="..")
            name = ""
        yield f"{name:<{_NAME}}{_cells(measure, precision)}"


def _cells(measure: Measure, precision: float) -> str:
    found = measure.found
    scale = _PERCENT if measure.kind == "outcome" else 1.0
    a, b, apart, low, high = (
        scale * each
        for each in (found.mean_a, found.mean_b, found.difference, found.low, found.high)
    )
    digits = 1 if max(abs(a), abs(b)) >= _SMALL or measure.kind == "outcome" else 2
    interval = signed_range(low, high, digits + 1)
    gain = found.variance_reduction
    runs = found.runs_for(precision * measure.unit)
    return (
        f"{a:>7.{digits}f}{b:>7.{digits}f}{signed(apart, digits + 1):>8}{interval:>17}"
        f"{_PERCENT * found.share_above:>5.0f}%{shown_probability(found.prob_above):>7}"
        f"{_shown_gain(gain):>6}{_shown_runs(runs):>6}"
    )


def _shown_gain(gain: float | None) -> str:
    if gain is None:
        return "-"
    if gain >= _LARGEST_GAIN:
        return f">{_LARGEST_GAIN}"
    return f"x{gain:.0f}" if gain >= _PERCENT else f"x{gain:.1f}"


def _shown_runs(runs: int) -> str:
    return str(runs) if runs < _LARGEST_SHOWN else f"{runs:.0e}"


def _legend(precision: float) -> Iterator[str]:
    text = (
        "above: share of runs in which A is above B under the same chance; sure: probability "
        "that the mean of A is above that of B; gain: how many times the runs would be needed "
        "without pairing; runs: how many of each give an interval of "
        f"{precision:g} per cent of the range on both sides."
    )
    yield from textwrap.wrap(text, WIDTH)


# ------------------------------------------------------------------ for machines


def comparison_data(comparison: Comparison, precision: float) -> dict[str, Any]:
    """Return a comparison as plain data, every common indicator included."""
    read_a, read_b = comparison.was_read
    return {
        "a": _side_data(comparison.a, was_read=read_a),
        "b": _side_data(comparison.b, was_read=read_b),
        "seed": comparison.seed,
        "runs": comparison.n_runs,
        "precision": precision,
        "measures": [
            {
                "kind": measure.kind,
                "name": measure.name,
                "title": measure.title,
                **difference_data(measure.found),
                "runs_needed": measure.found.runs_for(precision * measure.unit),
                "runs_needed_unpaired": measure.found.runs_for(
                    precision * measure.unit, is_paired=False
                ),
            }
            for measure in comparison.measures
        ],
    }


def comparison_json(comparison: Comparison, precision: float) -> str:
    """Write a comparison as JSON text."""
    data = comparison_data(comparison, precision)
    return json.dumps(told(data), indent=1, ensure_ascii=False) + "\n"


def _side_data(side: Side, *, was_read: bool) -> dict[str, Any]:
    loaded = side.case.loaded
    return {
        "name": side.name,
        "scenario": loaded.id,
        "scenario_hash": loaded.content_hash,
        "rules_hash": loaded.rules_hash,
        "lens_weights": side.case.lens_weights.tolist(),
        "turn": None if side.state is None else side.state.turn + 1,
        "read_from_folder": was_read,
    }
