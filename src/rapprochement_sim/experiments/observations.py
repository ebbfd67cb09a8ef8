"""What publics answered: rows of a poll file, checked one by one.

Rows whose ``role`` is ``fit`` or ``start`` anchor their series; all others are only
scored. A file that brings no anchors for a series that the shipped polls know is
completed with the shipped ones, and says so.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.experiments.csv_files import place, read_table
from rapprochement_sim.experiments.observation_rows import COLUMNS, parse_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rapprochement_sim.experiments.observation_rows import RawObservation, SeriesKey
    from rapprochement_sim.vocabulary import Capital

SHIPPED_POLLS = Path(__file__).resolve().parents[1] / "data" / "polls.csv"
RECORD_MONTHS = 192
FIT, START = "fit", "start"


@dataclass(frozen=True)
class Observation:
    """One published share.

    Parameters
    ----------
    series, measure
        Who asked, and which answer was counted.
    respondent, target
        Whose public was asked about whom; no target if it was asked about a policy.
    date
        As written, ``2019-05`` or ``2019``.
    month
        Months since January 2010; June of the year if only a year is known.
    value
        Share or position on the scale, 0..100.
    role
        ``fit`` and ``start`` anchor the series; anything else is only scored.
    note
        What makes it comparable or not.
    verified
        How sure the figure is; one from memory is never fitted.
    file, line
        Where it was read.
    mode
        How it was asked, where the row says so.
    """

    series: str
    respondent: Capital
    target: Capital | None
    measure: str
    date: str
    month: int
    year: int
    value: float
    role: str
    note: str
    verified: str
    file: str
    line: int
    mode: str = ""

    @property
    def key(self) -> SeriesKey:
        """Series, respondent, target and measure: what is followed over time."""
        return self.series, self.respondent, self.target, self.measure

    @property
    def is_anchor(self) -> bool:
        """Whether it may set the level of its series."""
        return self.role in {FIT, START}

    @property
    def is_fitted(self) -> bool:
        """Whether it may be a target of a fit."""
        return self.role == FIT and self.verified != "memory"

    @property
    def where(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class SetAside:
    """A row that no forecast can be made for, and why."""

    observation: Observation
    reason: str


@dataclass(frozen=True)
class ObservationFile:
    """What a poll file says: rows by series and date, what was set aside, and remarks."""

    observations: tuple[Observation, ...]
    set_aside: tuple[SetAside, ...]
    remarks: tuple[str, ...]


def read_observations(path: Path | None = None, *, months: int = RECORD_MONTHS) -> ObservationFile:
    """Read a poll file, or the shipped one.

    Parameters
    ----------
    path
        A CSV file with the columns of the shipped ``data/polls.csv``.
    months
        Length of the record in months from January 2010.

    Raises
    ------
    MalformedInput
        With every fault found: a missing column or cell, a share outside 0..100, an
        unknown country or measure, a row twice, a date outside the record, or a series
        of one row. Nothing is skipped: a shipped row that cannot be used, because it lies
        before the record or stands alone, is listed in ``set_aside``.
    """
    path = path or SHIPPED_POLLS
    parsed, faults = [], []
    for line, cells in read_table(path, COLUMNS):
        raw, wrong = parse_row(cells, partial(place, path, line))
        faults += wrong
        if raw is not None:
            parsed.append(_observation(raw, path.name, line))
    faults += _repeats(parsed, path)
    read, set_aside, outside = _within(parsed, months, path)
    joined, remarks = _with_shipped_anchors(read, months)
    read, alone, single = _followed(joined, parsed, path)
    # A row with a fault of its own is missing from its series, so these count only without any.
    faults = faults + outside or single
    if faults:
        raise MalformedInput.gather(sorted(faults, key=_line_of))
    in_time = sorted(read, key=lambda each: (each.series, each.measure, *_pair(each), each.month))
    return ObservationFile(tuple(in_time), (*set_aside, *alone), remarks)


def _observation(raw: RawObservation, file: str, line: int) -> Observation:
    return Observation(**raw, file=file, line=line)


def _pair(observation: Observation) -> tuple[int, int]:
    target = observation.target
    return int(observation.respondent), -1 if target is None else int(target)


def _line_of(fault: MalformedInput) -> int:
    parts = fault.where.split(":")
    return next((int(part) for part in parts[1:] if part.isdigit()), 0)


def _identity(observation: Observation) -> tuple[SeriesKey, str, float, str]:
    return observation.key, observation.date, observation.value, observation.role


@cache
def _shipped() -> tuple[Observation, ...]:
    known = []
    for line, cells in read_table(SHIPPED_POLLS, COLUMNS):
        raw, wrong = parse_row(cells, partial(place, SHIPPED_POLLS, line))
        if raw is None:
            raise MalformedInput.gather(wrong)
        known.append(_observation(raw, SHIPPED_POLLS.name, line))
    return tuple(known)


@cache
def shipped_fitted() -> frozenset[SeriesKey]:
    """Return the series that the shipped polls have rows of to be fitted."""
    return frozenset(each.key for each in _shipped() if each.is_fitted)


def is_shipped(observation: Observation) -> bool:
    """Return whether the shipped polls have this row, with its value and role."""
    return _identity(observation) in {_identity(each) for each in _shipped()}


def _repeats(parsed: Iterable[Observation], path: Path) -> list[MalformedInput]:
    first: dict[tuple[SeriesKey, str], int] = {}
    faults = []
    for each in parsed:
        before = first.setdefault((each.key, each.date), each.line)
        if before != each.line:
            what = f"this row repeats line {before}: the same series, pair, measure and date"
            where = place(path, each.line)
            faults.append(MalformedInput(what, where=where, todo="Keep one of them."))
    return faults


def _within(
    parsed: Iterable[Observation], months: int, path: Path
) -> tuple[list[Observation], list[SetAside], list[MalformedInput]]:
    inside, set_aside, faults = [], [], []
    last = f"{2010 + (months - 1) // 12}-{(months - 1) % 12 + 1:02d}"
    for each in parsed:
        if 0 <= each.month < months:
            inside.append(each)
        elif is_shipped(each):
            set_aside.append(SetAside(each, "before the record begins"))
        else:
            what = f"the date {each.date} lies outside the record"
            allowed = f"2010-01 to {last}"
            where = place(path, each.line, "date")
            faults.append(MalformedInput(what, where=where, allowed=allowed))
    return inside, set_aside, faults


def _with_shipped_anchors(
    read: list[Observation], months: int
) -> tuple[list[Observation], tuple[str, ...]]:
    anchored = {each.key for each in read if each.is_anchor}
    asked = {each.key for each in read} - anchored
    added = [
        replace(each, file=f"shipped {each.file}")
        for each in _shipped()
        if each.key in asked and 0 <= each.month < months
    ]
    taken = {(each.key, each.date) for each in read}
    added = [each for each in added if (each.key, each.date) not in taken]
    counts = Counter(each.key[0] for each in added)
    remarks = (
        f"{series}: the file has no anchors for some of it; it is anchored by shipped rows: {count}"
        for series, count in sorted(counts.items())
    )
    return read + added, tuple(remarks)


def _followed(
    joined: list[Observation], parsed: list[Observation], path: Path
) -> tuple[list[Observation], list[SetAside], list[MalformedInput]]:
    """Part series that can be followed from rows that stand alone."""
    counts = Counter(each.key for each in joined)
    in_file = Counter(each.key for each in parsed)
    kept, alone, faults = [], [], []
    for each in joined:
        if counts[each.key] > 1:
            kept.append(each)
        elif in_file[each.key] > 1 or is_shipped(each):
            alone.append(SetAside(each, "the only row of its series within the record"))
        else:
            what = f"the series '{each.series}' has one row for this pair and measure"
            todo = "Add a row of another date: one row sets the level and leaves nothing to score."
            faults.append(MalformedInput(what, where=place(path, each.line, "series"), todo=todo))
    return kept, alone, faults
