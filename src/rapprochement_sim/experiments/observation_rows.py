"""One row of a poll file: what each cell may hold."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from rapprochement_sim.errors import MalformedInput, listed, nearest_name
from rapprochement_sim.experiments.observation_modes import MODE_COLUMN, mode_of
from rapprochement_sim.vocabulary import COUNTRY_CODES

if TYPE_CHECKING:
    from collections.abc import Callable

    from rapprochement_sim.vocabulary import Capital

SeriesKey = tuple[str, "Capital", "Capital | None", str]

COLUMNS = (
    "series",
    "year",
    "date",
    "respondent",
    "target",
    "measure",
    "value",
    "unit",
    "comparability_note",
    "source",
    "quote",
    "verified",
    "confidence",
    "role",
)
POLICY = "policy"

# +1: a larger share means a warmer view of the target; -1: a colder one; 0: neither.
MEASURES: dict[str, int] = {
    "affinity": 1,
    "no_affinity": -1,
    "favourable": 1,
    "unfavourable": -1,
    "neutral": 0,
    "favourability": 1,
    "relations_good": 1,
    "relations_bad": -1,
    "relations_not_good": -1,
    "relations_important": 1,
    "japan_is_remorseful": 1,
    "support": 1,
    "oppose": -1,
    "support_whitelist_removal": -1,
    "support_in_hypothetical_KP_JP_war": 1,
}
# Unit: largest value, and what turns it into 0..100.
UNITS: dict[str, tuple[float, float]] = {"pct": (100.0, 1.0), "scale_0_10": (10.0, 10.0)}

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_YEAR = re.compile(r"[0-9]{4}")
_DATE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(-(?:0[1-9]|[12][0-9]|3[01]))?)?")
_MIDDLE_OF_THE_YEAR = 6


class RawObservation(TypedDict):
    """What a row says, before it has a place among others."""

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
    mode: str


class _Faults:
    """Collects what is wrong with the cells of one row."""

    def __init__(self, cells: dict[str, str], where: Callable[[str], str]) -> None:
        self.cells = cells
        self.where = where
        self.found: list[MalformedInput] = []

    def add(self, column: str, what: str, allowed: str = "", nearest: str = "") -> None:
        where = self.where(column)
        self.found.append(MalformedInput(what, where=where, allowed=allowed, nearest=nearest))

    def text(self, column: str, about: str) -> str:
        found = self.cells[column]
        if not found:
            self.add(column, f"the cell is empty: it needs {about}")
        return found

    def name(
        self, column: str, known: dict[str, int] | dict[str, Capital | None], kind: str
    ) -> str:
        found = self.text(column, f"a {kind}")
        if found and found not in known:
            near = nearest_name(found, known)
            self.add(column, f"'{found}' is no {kind} it knows", ", ".join(known), near)
        return found


def parse_row(
    cells: dict[str, str], where: Callable[[str], str]
) -> tuple[RawObservation | None, list[MalformedInput]]:
    """Turn the cells of a row into values, or say everything that is wrong with them.

    Parameters
    ----------
    cells
        Texts by column.
    where
        Names the place of a column of this row.
    """
    faults = _Faults(cells, where)
    capitals: dict[str, Capital | None] = dict(COUNTRY_CODES)
    respondent = faults.name("respondent", capitals, "country")
    target = faults.name("target", {**capitals, POLICY: None}, "country")
    if respondent and respondent == target:
        faults.add("target", f"{target} is asked about itself", "another country, or policy")
    series = faults.text("series", "the name of a survey")
    measure = faults.name("measure", MEASURES, "measure")
    value = _value(faults)
    year, month = _date(faults)
    if faults.found:
        return None, faults.found
    return {
        "series": series,
        "respondent": COUNTRY_CODES[respondent],
        "target": COUNTRY_CODES.get(target),
        "measure": measure,
        "date": cells["date"],
        "month": (year - 2010) * 12 + month - 1,
        "year": year,
        "value": value,
        "role": cells["role"],
        "note": cells["comparability_note"],
        "verified": cells["verified"],
        "mode": mode_of(cells.get(MODE_COLUMN, ""), cells["comparability_note"]),
    }, []


def _value(faults: _Faults) -> float:
    text, unit = faults.text("value", "a number"), faults.cells["unit"]
    if unit not in UNITS:
        faults.add(
            "unit", f"'{unit}' is no unit it knows", listed(UNITS), nearest_name(unit, UNITS)
        )
        return 0.0
    largest, factor = UNITS[unit]
    allowed = f"a number from 0 to {largest:g}"
    if text and not _NUMBER.fullmatch(text):
        faults.add("value", f"'{text}' is no plain number", f"{allowed}, such as 31.7")
    elif text and not 0.0 <= float(text) <= largest:
        faults.add("value", f"{text} is no share in {unit}", allowed)
    elif text:
        return float(text) * factor
    return 0.0


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _date(faults: _Faults) -> tuple[int, int]:
    """Return year and month, 1..12."""
    text = faults.text("date", "a year and month, such as 2019-05")
    found = _DATE.fullmatch(text)
    if text and found is None:
        faults.add("date", f"'{text}' is no date", "the form 2019-05, or 2019")
    elif found is not None and found[3] and not _is_day(text):
        faults.add("date", f"there is no day {text}", "a day of the calendar")
    year = faults.text("year", "a year, such as 2019")
    if year and not _YEAR.fullmatch(year):
        faults.add("year", f"'{year}' is no year", "the form 2019")
    elif found is not None and year and found[1] != year:
        faults.add("year", f"the year {year} and the date {text} disagree")
    if found is None:
        return 2010, 1
    return int(found[1]), int(found[2] or _MIDDLE_OF_THE_YEAR)
