"""How large the acts of an episode come out beside what was published: paired runs.

A pair is the record as it was and the record without an episode's acts, under the same
chance; what differs is the acts' doing. The change that was published has other causes too,
and an error of its own: both stand beside it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from math import hypot, sqrt
from typing import TYPE_CHECKING, Literal

import numpy as np

from rapprochement_sim.experiments.hindcast import plan_runs
from rapprochement_sim.experiments.links import COMMON_DESIGN_EFFECT, COMMON_SAMPLE
from rapprochement_sim.experiments.logit_scale import from_logit, to_logit
from rapprochement_sim.experiments.paired import paired_difference
from rapprochement_sim.experiments.pattern_runs import AS_IT_WAS, ask_without
from rapprochement_sim.experiments.patterns import read_facts
from rapprochement_sim.experiments.readings import BesideReading, SurveyReading
from rapprochement_sim.experiments.size_table import FIGURES, LASTING, MONTHS_FOLLOWED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rapprochement_sim.experiments.pattern_runs import Lines
    from rapprochement_sim.experiments.readings import Question
    from rapprochement_sim.experiments.record import Record
    from rapprochement_sim.experiments.record_runs import RecordRuns
    from rapprochement_sim.experiments.size_kinds import Anchor, Figure, Lasting
    from rapprochement_sim.scenario.schema import RuleBook
    from rapprochement_sim.world.axes import Array

Rules = Literal["shipped", "fitted"]
SMALLEST, LARGEST = 0.5, 2.0
"""Shares of a figure within which its size counts as met: half to twice."""
MET, MISSED, EDGE = "met", "missed", "edge"
_Z_95 = 1.959963984540054
_Answers = dict[tuple["Lines", "Question", int], "Array"]


@dataclass(frozen=True)
class Estimate:
    """A mean and its 95% interval, points."""

    mean: float
    low: float
    high: float

    @property
    def is_sure_of_its_sign(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.low > 0.0 or self.high < 0.0

    def holds(self, value: float) -> bool:
        """Say whether a value lies in the interval."""
        return self.low <= value <= self.high


@dataclass(frozen=True)
class SizeFound:
    """What came out for one figure.

    Attributes
    ----------
    figure
        What was published, and which acts the record has for it.
    seen
        The change that was published.
    own
        What the acts did that the source names: the record less the record without them.
    parts
        The same for each group of them alone; the others stay, so they need not add up.
    beside
        The same for groups of acts that the source does not name.
    change
        The change of the record as it was, with the interval of its mean.
    poll
        The published change and the 95% interval that sampling leaves it, if both shares
        were published.
    """

    figure: Figure
    seen: float
    own: Estimate
    parts: tuple[Estimate, ...]
    beside: tuple[Estimate, ...]
    change: Estimate
    poll: Estimate | None

    @property
    def share(self) -> float:
        """How much of the figure the named acts make."""
        return self.own.mean / self.seen

    @property
    def verdict(self) -> str:
        """``met`` if the named acts make half to twice of it, ``missed`` if not, or ``edge``.

        On the edge the interval of the runs holds the half or the double, or zero. A share
        counts as met if those who did not answer so are met as well.
        """
        return self._verdict(self.own)

    @property
    def verdict_of_change(self) -> str:
        """The same of the whole change between the months: like with like.

        What was published is a difference between two polls, whatever its source names as
        the cause, and the record as it was has the same difference.
        """
        return self._verdict(self.change)

    def _verdict(self, made: Estimate) -> str:
        found = [_verdict(made, self.seen)]
        if self.figure.is_level:
            others = Estimate(100.0 - made.mean, 100.0 - made.high, 100.0 - made.low)
            found.append(_verdict(others, 100.0 - self.seen))
        return next((each for each in (MISSED, EDGE) if each in found), MET)

    @property
    def is_within_poll(self) -> bool:
        """Whether sampling alone could have shown what the acts made as what was published."""
        return self.poll is not None and self.poll.holds(self.own.mean)


@dataclass(frozen=True)
class LastingFound:
    """How long an effect lasted: months until half of its most was left, or none in reach."""

    lasting: Lasting
    most: float
    month_of_most: int
    months_to_half: float | None


def plan_pairs(record: Record, *, n_pairs: int, rules: Rules, seed: int = 1) -> RecordRuns:
    """Plan runs under the rules as shipped, or under draws of their fit to the record."""
    runs = plan_runs(record, n_draws=n_pairs, seed=seed)
    if rules == "fitted":
        return runs
    return replace(runs, parameters={"common_noise": np.ones(n_pairs)})


def find_sizes(record: Record, runs: RecordRuns) -> tuple[SizeFound, ...]:
    """Measure every figure of the table against a record.

    Parameters
    ----------
    record, runs
        What happened, and the plan of its runs; every draw is a pair.
    """
    wanted: dict[Lines, list[tuple[Question, int]]] = defaultdict(list)
    for figure in FIGURES:
        before, after = _months(record, figure)
        asks = [(figure.question, month) for month in (before, *after)]
        for lines in _left_out(figure):
            wanted[lines] += asks
        wanted[AS_IT_WAS] += [(a.question, _month(record, a.month)) for a in figure.anchors]
    found = ask_without(record, runs, wanted)
    facts = {fact.id: fact.figure for fact in read_facts() if fact.figure is not None}
    rules = record.loaded.rules
    return tuple(_found(record, rules, figure, facts, found) for figure in FIGURES)


def find_lasting(record: Record, runs: RecordRuns) -> tuple[LastingFound, ...]:
    """Measure how long effects last, month by month for two years."""
    wanted: dict[Lines, list[tuple[Question, int]]] = defaultdict(list)
    months = {}
    for lasting in LASTING:
        lines = lasting.act.event_lines
        first = min(act.month for act in runs.acts if act.event_line in lines)
        months[lasting] = range(first + 1, first + 1 + MONTHS_FOLLOWED)
        wanted[lines] += [(lasting.question, month) for month in months[lasting]]
    found = ask_without(record, runs, wanted)
    results = []
    for lasting in LASTING:
        lines, question = lasting.act.event_lines, lasting.question
        differences = [
            found[AS_IT_WAS, question, month] - found[lines, question, month]
            for month in months[lasting]
        ]
        results.append(_halved(lasting, np.stack(differences).mean(axis=1)))
    return tuple(results)


def as_published(
    figure: Figure, anchors: Sequence[tuple[Anchor, Array]], first: Array, last: Array
) -> Array:
    """Return a change or a level in the unit of what was published.

    Parameters
    ----------
    figure
        What was published.
    anchors
        Its anchors, each with what was read then (draw,), points.
    first, last
        What was read before and after (draw,), points.

    Returns
    -------
    ndarray
        Points, or per cent of what stood before (draw,).
    """
    if anchors:
        first, last = (_anchored(figure, anchors, read) for read in (first, last))
    if figure.is_level:
        return last
    if figure.is_relative:
        relative: Array = 100.0 * (last / first - 1.0)
        return relative
    moved: Array = last - first
    return moved


def _anchored(figure: Figure, anchors: Sequence[tuple[Anchor, Array]], read: Array) -> Array:
    """Return the share (draw,) of an anchored question, per cent."""
    sense = -1.0 if figure.falls else 1.0
    levels = [to_logit(anchor.share) - sense * to_logit(then) for anchor, then in anchors]
    return from_logit(np.stack(levels).mean(axis=0) + sense * to_logit(read))


def sampled_change(
    before: float, after: float, *, sample_size: float, design_effect: float
) -> Estimate:
    """Return a published change with the 95% interval that sampling leaves it.

    Parameters
    ----------
    before, after
        Published shares, per cent; two samples of the same size.
    sample_size
        People asked each time.
    design_effect
        Variance over that of a simple random sample.
    """
    halves = [
        sampled_share(share, sample_size=sample_size, design_effect=design_effect)
        for share in (before, after)
    ]
    half = hypot(*(each.high - each.mean for each in halves))
    change = after - before
    return Estimate(change, change - half, change + half)


def sampled_share(share: float, *, sample_size: float, design_effect: float) -> Estimate:
    """Return a published share, per cent, with the 95% interval that sampling leaves it."""
    half = _Z_95 * sqrt(design_effect * share * (100.0 - share) / sample_size)
    return Estimate(share, share - half, share + half)


def _verdict(made: Estimate, seen: float) -> str:
    shares = [made.low / seen, made.high / seen]
    low, high = min(shares), max(shares)
    if any(low <= limit <= high for limit in (0.0, SMALLEST, LARGEST)):
        return EDGE
    return MET if low > SMALLEST and high < LARGEST else MISSED


def _months(record: Record, figure: Figure) -> tuple[int, range]:
    """Return the month before, and those after whose mean is taken."""
    first = _month(record, figure.after)
    last = _month(record, figure.until or figure.after)
    return _month(record, figure.before), range(first, last + 1)


def _month(record: Record, month: str) -> int:
    return _number(record.loaded.schema.start, month)


def _number(start: str, month: str) -> int:
    years, months = (int(month[a:b]) - int(start[a:b]) for a, b in ((0, 4), (5, 7)))
    return 12 * years + months


def _left_out(figure: Figure) -> list[Lines]:
    groups = (*figure.own, *figure.beside)
    return [figure.own_lines, *(each.event_lines for each in groups)]


def _found(
    record: Record,
    rules: RuleBook,
    figure: Figure,
    facts: Mapping[str, float],
    found: _Answers,
) -> SizeFound:
    before, after = _months(record, figure)
    question = figure.question
    anchors = [
        (anchor, found[AS_IT_WAS, anchor.question, _month(record, anchor.month)])
        for anchor in figure.anchors
    ]

    def change(lines: Lines) -> Array:
        first = found[lines, question, before]
        last = np.stack([found[lines, question, month] for month in after]).mean(axis=0)
        return as_published(figure, anchors, first, last)

    def did(lines: Lines) -> Estimate:
        # A view of an act cannot be had without the act: the share itself is what it did.
        if figure.is_level:
            return _estimate(change(AS_IT_WAS), np.zeros_like(change(AS_IT_WAS)))
        return _estimate(change(AS_IT_WAS), change(lines))

    whole = change(AS_IT_WAS)
    seen = facts[figure.fact] if figure.seen is None else figure.seen
    return SizeFound(
        figure=figure,
        seen=seen,
        own=did(figure.own_lines),
        parts=tuple(did(each.event_lines) for each in figure.own),
        beside=tuple(did(each.event_lines) for each in figure.beside),
        change=_estimate(whole, np.zeros_like(whole)),
        poll=_poll(rules, figure, seen),
    )


def _poll(rules: RuleBook, figure: Figure, seen: float) -> Estimate | None:
    size, effect = COMMON_SAMPLE, COMMON_DESIGN_EFFECT
    if figure.is_level:
        return sampled_share(seen, sample_size=size, design_effect=effect)
    if figure.published is None:
        return None
    if isinstance(figure.question, SurveyReading | BesideReading):
        survey = rules.surveys[figure.question.survey]
        size, effect = survey.sample_size.value, survey.design_effect.value
    return sampled_change(*figure.published, sample_size=size, design_effect=effect)


def _estimate(a: Array, b: Array) -> Estimate:
    found = paired_difference(a, b)
    return Estimate(found.difference, found.low, found.high)


def _halved(lasting: Lasting, path: Array) -> LastingFound:
    """Find when half of the most was left, between months by a straight line."""
    peak = int(np.abs(path).argmax())
    left = path / path[peak]
    below = [month for month in range(peak, left.size) if left[month] <= SMALLEST]
    months: float | None = None
    if below:
        later = below[0]
        slope = left[later - 1] - left[later]
        months = later - peak - (SMALLEST - left[later]) / slope
    return LastingFound(lasting, float(path[peak]), peak + 1, months)
