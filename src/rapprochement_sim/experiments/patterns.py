"""Pattern-oriented validation: each stylised fact is checked, or said to be out of reach."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.experiments.csv_files import place, read_table
from rapprochement_sim.experiments.hindcast import plan_runs, predict
from rapprochement_sim.experiments.observations import read_observations
from rapprochement_sim.experiments.pattern_runs import effect_of
from rapprochement_sim.experiments.pattern_table import CHECKS, ActEffect, Silent, SurveyChange

if TYPE_CHECKING:
    from collections.abc import Callable

    from rapprochement_sim.experiments.hindcast import Hindcast
    from rapprochement_sim.experiments.record import Record
    from rapprochement_sim.experiments.record_runs import RecordRuns
    from rapprochement_sim.world.axes import Array

FACTS = Path(__file__).resolve().parents[1] / "data" / "stylised_facts.csv"
RULES = FACTS.parents[1] / "rules"
_CITED = re.compile(r'source: "stylised_facts:(F\d+)"')
_SET_WITH_OTHERS = frozenset({"F22"})  # The rally of the white list was set by F20 to F22.
COLUMNS = (
    "id",
    "fact",
    "statistic",
    "value",
    "unit",
    "use",
    "source",
    "verified",
    "series_overlap",
)
PASSED, FAILED, SILENT = "passed", "failed", "silent"


@dataclass(frozen=True)
class Fact:
    """A stylised fact: its id, what it says, its figure if it has one, and its source.

    ``restates_a_survey`` if it is a change of a fitted series, ``is_built_in`` if a number
    of the rules names it as its source, or was set by it with others: that one is no test
    of the rules.
    """

    id: str
    says: str
    statistic: str
    figure: float | None
    source: str
    restates_a_survey: bool
    is_built_in: bool


@dataclass(frozen=True)
class Finding:
    """What became of one fact.

    Parameters
    ----------
    fact
        The fact.
    outcome
        ``passed``, ``failed``, or ``silent`` if the model cannot speak about it.
    expected, found
        The figure asked for and the median of draws; none if silent.
    low, high
        What would have passed: for a survey the predicted 90% interval, which must hold the
        figure; for an act the tolerance around the figure, which must hold the median.
    reason
        Of the tolerance, or of the silence.
    """

    fact: Fact
    outcome: str
    expected: float | None
    found: float | None
    low: float | None
    high: float | None
    reason: str

    @property
    def off_by(self) -> float | None:
        """How far the median lies from the figure, in its unit."""
        if self.found is None or self.expected is None:
            return None
        return self.found - self.expected


def read_facts(path: Path = FACTS) -> tuple[Fact, ...]:
    """Read the stylised facts.

    Raises
    ------
    MalformedInput
        If the table is malformed, or a figure is no number.
    """
    built_in = _cited_by_rules()
    facts = []
    for line, cells in read_table(path, COLUMNS):
        try:
            figure = float(cells["value"]) if cells["value"] else None
        except ValueError:
            what = f"'{cells['value']}' is no number"
            raise MalformedInput(what, where=place(path, line, "value")) from None
        facts.append(
            Fact(
                id=cells["id"],
                says=cells["fact"],
                statistic=cells["statistic"],
                figure=figure,
                source=cells["source"],
                restates_a_survey=cells["series_overlap"].startswith("same series"),
                is_built_in=cells["id"] in built_in,
            )
        )
    return tuple(facts)


def _cited_by_rules() -> frozenset[str]:
    """Return the ids of facts that a number of the shipped rules names as its source."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(RULES.rglob("*.yaml")))
    return _SET_WITH_OTHERS.union(found for text in texts for found in _CITED.findall(text))


def check_patterns(
    record: Record,
    *,
    n_draws: int = 400,
    seed: int = 1,
    workers: int = 1,
    on_check: Callable[[], None] | None = None,
) -> tuple[Finding, ...]:
    """Check every fact of the shipped table against free runs of a record.

    Parameters
    ----------
    record
        What happens.
    n_draws
        Draws for changes between waves; effects of acts take at most 128 of them.
    seed
        Of all draws.
    workers
        Processes for the hindcast.
    on_check
        Called after each fact.
    """
    runs = plan_runs(record, n_draws=n_draws, seed=seed)
    rows = read_observations(months=record.months).observations
    hindcast = predict(record, rows, runs, workers=workers)
    effects: dict[ActEffect, Array] = {}
    findings = []
    for fact in read_facts():
        check = CHECKS[fact.id]
        if isinstance(check, Silent):
            findings.append(Finding(fact, SILENT, None, None, None, None, check.reason))
        elif isinstance(check, SurveyChange):
            findings.append(judge_change(fact, changes_of(hindcast, check)))
        else:
            if check not in effects:
                effects[check] = _effect(record, runs, check)
            findings.append(judge_effect(fact, check, effects[check]))
        if on_check is not None:
            on_check()
    return tuple(findings)


def changes_of(hindcast: Hindcast, check: SurveyChange) -> Array:
    """Return the predicted change between two waves (draw), points, sampling included.

    Raises
    ------
    KeyError
        If the polls lack one of the waves.
    """
    key = (check.series, check.respondent, check.target, check.measure)
    by_date = {
        each.date: hindcast.predicted[row]
        for row, each in enumerate(hindcast.observations)
        if each.key == key
    }
    change: Array = by_date[check.after] - by_date[check.before]
    return change


def judge_change(fact: Fact, changes: Array) -> Finding:
    """Judge a change between waves: right sign, and the figure within the 90% interval."""
    expected = fact.figure or 0.0
    low, middle, high = (float(each) for each in np.quantile(changes, [0.05, 0.5, 0.95]))
    passed = low <= expected <= high and middle * expected > 0.0
    reason = "the predicted 90% interval must hold the figure, and the median have its sign"
    outcome = PASSED if passed else FAILED
    return Finding(fact, outcome, expected, middle, low, high, reason)


def judge_effect(fact: Fact, check: ActEffect, effect: Array) -> Finding:
    """Judge an effect of acts: right sign, and the median within the tolerance."""
    figure = fact.figure if check.figure is None else check.figure
    expected = figure or 0.0
    found = float(np.median(effect))
    low, high = expected - check.tolerance, expected + check.tolerance
    passed = low <= found <= high and found * expected > 0.0
    return Finding(fact, PASSED if passed else FAILED, expected, found, low, high, check.why)


def taken(check: ActEffect, changes: Array) -> Array:
    """Take from changes (month after, draw) what a check asks for (draw)."""
    if check.kind == "range":
        spread: Array = changes.max(axis=0) - changes.min(axis=0)
        return spread
    if check.kind == "rest":
        first = np.where(changes[0] == 0.0, np.inf, changes[0])
        rest: Array = 100.0 * changes[-1] / first
        return rest
    last: Array = changes[-1]
    return last


def _effect(record: Record, runs: RecordRuns, check: ActEffect) -> Array:
    changes = effect_of(record, runs, check.event_lines, check.reading, check.months_after)
    return taken(check, changes)
