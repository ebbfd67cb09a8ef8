"""The record: what governments did, month by month, in the model's vocabulary.

A record is a folder: a scenario with free publics (``scenario.yaml``), dated acts
(``acts.csv``) that each name the row of the event list they stand for, the rows that stand
for nothing in the model with the reason (``unmapped.csv``), and changes of leaders
(``leader_changes.csv``). Every row is checked, and every event must be told exactly once.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, listed, nearest_name
from rapprochement_sim.experiments.csv_files import place, read_table
from rapprochement_sim.experiments.record_effects import touched
from rapprochement_sim.scenario.loading import SCENARIO_FILE, load_scenario
from rapprochement_sim.vocabulary import CAPITAL_KEYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rapprochement_sim.scenario.loading import LoadedScenario
    from rapprochement_sim.scenario.schema import RuleBook

DATA = Path(__file__).resolve().parents[1] / "data"
SHIPPED_RECORD = "record_2010"
ACTS_FILE, UNMAPPED_FILE, LEADERS_FILE = TABLES = (
    "acts.csv",
    "unmapped.csv",
    "leader_changes.csv",
)
LEADER = "leader"
LAUNCH = "missile_test:pyongyang>seoul"
MOST_LAUNCHES = 3
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_EVENT_COLUMNS = ("date", "initiator", "targets", "type")
_NAMES_EVENT = ("event_line", "event_date", "event_type")
_TOUCHES = ("disputes", "injured", "relieved")
_ACT_COLUMNS = (*_NAMES_EVENT, "month", "act", "modifiers", *_TOUCHES, "note")
_LAUNCHES = {"missile_test", "over_flight", "satellite_launch", "icbm_test"}

Cells = dict[str, str]


@dataclass(frozen=True)
class RecordAct:
    """One act of the record.

    Parameters
    ----------
    line
        Of ``acts.csv``; 0 for a launch added from the table of launches.
    event_line
        Line of the event list that it stands for, 0 for a launch.
    month
        Months since the record begins.
    act
        Key of the act in the rules: ``action:actor>target``, ``event:name``.
    modifiers
        Of the action.
    weight
        Factor of its effects: 1, or less where an event is split for a test.
    """

    line: int
    event_line: int
    month: int
    act: str
    modifiers: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True)
class LeaderChange:
    """A new leader: month since the record begins, capital, name, stance (-1..1)."""

    month: int
    capital: str
    leader: str
    stance: float


@dataclass(frozen=True)
class UnmappedEvent:
    """A row of the event list that stands for nothing in the model, and why."""

    event_line: int
    date: str
    type: str
    reason: str


@dataclass(frozen=True)
class Record:
    """A record, read and checked."""

    name: str
    folder: Path
    loaded: LoadedScenario
    acts: tuple[RecordAct, ...]
    leaders: tuple[LeaderChange, ...]
    unmapped: tuple[UnmappedEvent, ...]

    @property
    def months(self) -> int:
        """Length of the record in months."""
        return self.loaded.schema.turns * self.loaded.schema.turn_months


def load_record(name_or_folder: str | Path = SHIPPED_RECORD) -> Record:
    """Read a record: the shipped one by name, or a folder of one's own.

    A folder may bring an event list of its own (``events.csv``) and a table of launches
    (``dprk_missiles_by_month.csv``); else the shipped ones count.

    Raises
    ------
    MalformedInput
        With file and line of every fault: an event told twice or not at all, a date or type
        that is not the event's, an unknown act, disputes or publics that the act does not
        touch, a month outside the record.
    """
    folder = _folder_of(name_or_folder)
    loaded = load_scenario(folder)
    schema = loaded.schema
    if schema.turn_months != 1:
        what = "a record moves by months"
        where = place(folder / SCENARIO_FILE)
        raise MalformedInput(what, where=where, todo="Write 'turn_months: 1'.")
    reader = _Reader(folder, schema.start, schema.turns)
    acts = reader.acts(loaded.rules)
    leaders = reader.leaders()
    unmapped = reader.unmapped()
    reader.check_coverage()
    reader.check_leaders(leaders)
    launches = reader.launches(acts)
    if reader.faults:
        raise MalformedInput.gather(reader.faults)
    in_time = sorted([*acts, *launches], key=lambda act: (act.month, act.event_line, act.line))
    return Record(folder.name, folder, loaded, tuple(in_time), leaders, unmapped)


def _folder_of(name_or_folder: str | Path) -> Path:
    shipped = sorted(path.parent.name for path in DATA.glob(f"*/{SCENARIO_FILE}"))
    if str(name_or_folder) in shipped:
        return DATA / str(name_or_folder)
    folder = Path(name_or_folder)
    if (folder / SCENARIO_FILE).is_file():
        return folder
    what = f"there is no record '{name_or_folder}'"
    raise MalformedInput(
        what,
        allowed=f"a shipped record ({listed(shipped)}), or a folder with {SCENARIO_FILE}",
        nearest=nearest_name(str(name_or_folder), shipped),
        todo="Check the name or the path.",
    )


class _Reader:
    """Reads the tables of one record and gathers their faults."""

    def __init__(self, folder: Path, start: str, n_months: int) -> None:
        self.folder = folder
        self.start = int(start[:4]) * 12 + int(start[5:7])
        self.n_months = n_months
        self.faults: list[MalformedInput] = []
        self._events_file = self._own_or_shipped("events.csv")
        self._events = dict(read_table(self._events_file, _EVENT_COLUMNS))
        self._told: Counter[tuple[int, str]] = Counter()
        self._leader_months: list[tuple[Path, int, int]] = []

    def acts(self, rules: RuleBook) -> list[RecordAct]:
        """Read ``acts.csv``."""
        path, found = self.folder / ACTS_FILE, []
        for line, cells in read_table(path, _ACT_COLUMNS):
            event_line = self._event_of(path, line, cells)
            month = self._month_of(path, line, cells["month"])
            if month is None:
                continue
            if cells["act"] == LEADER:
                self._leader_months.append((path, line, month))
                continue
            modifiers = tuple(cells["modifiers"].split(";")) if cells["modifiers"] else ()
            try:
                does = touched(rules, cells["act"], modifiers)
            except MalformedInput as fault:
                self._fault(path, line, "act", fault)
                continue
            said = tuple(tuple(filter(None, cells[name].split(";"))) for name in _TOUCHES)
            for name, listed_here, declared in zip(
                _TOUCHES, said, (does.disputes, does.injured, does.relieved), strict=True
            ):
                if set(listed_here) != set(declared):
                    what = f"by the rules, {name} of {cells['act']} are not as listed"
                    allowed = f"'{';'.join(declared)}'"
                    todo = "Run 'python scripts/refresh_record.py' if the rules have changed."
                    self._fault(path, line, name, MalformedInput(what, allowed=allowed, todo=todo))
            found.append(RecordAct(line, event_line, month, cells["act"], modifiers))
        return found

    def unmapped(self) -> tuple[UnmappedEvent, ...]:
        """Read ``unmapped.csv``."""
        path, found = self.folder / UNMAPPED_FILE, []
        for line, cells in read_table(path, (*_NAMES_EVENT, "reason")):
            event_line = self._event_of(path, line, cells)
            if not cells["reason"]:
                self._fault(path, line, "reason", MalformedInput("the reason is missing"))
            found.append(
                UnmappedEvent(event_line, cells["event_date"], cells["event_type"], cells["reason"])
            )
        return tuple(found)

    def leaders(self) -> tuple[LeaderChange, ...]:
        """Read ``leader_changes.csv``."""
        path, found = self.folder / LEADERS_FILE, []
        for line, cells in read_table(path, ("month", "capital", "leader", "stance", "source")):
            month = self._month_of(path, line, cells["month"])
            if cells["capital"] not in CAPITAL_KEYS:
                what, allowed = f"there is no capital '{cells['capital']}'", listed(CAPITAL_KEYS)
                self._fault(path, line, "capital", MalformedInput(what, allowed=allowed))
                continue
            try:
                stance = float(cells["stance"])
            except ValueError:
                stance = float("nan")
            if not -1.0 <= stance <= 1.0:
                what = f"the stance '{cells['stance']}' is no number from -1 to 1"
                self._fault(path, line, "stance", MalformedInput(what))
                continue
            if month is not None:
                found.append(LeaderChange(month, cells["capital"], cells["leader"], stance))
        return tuple(sorted(found, key=lambda each: each.month))

    def launches(self, acts: Iterable[RecordAct]) -> list[RecordAct]:
        """Add launches that the event list does not tell, at most three a month in all."""
        path = self._own_or_shipped("dprk_missiles_by_month.csv")
        told = Counter(act.month for act in acts if act.act.split(":")[0] in _LAUNCHES)
        added = []
        for line, cells in read_table(path, ("month", "launch_days")):
            number = int(cells["month"][:4]) * 12 + int(cells["month"][5:7]) - self.start
            if not cells["launch_days"].isdigit():
                what = f"'{cells['launch_days']}' is no number of days"
                self._fault(path, line, "launch_days", MalformedInput(what))
                continue
            left = min(int(cells["launch_days"]), MOST_LAUNCHES) - told[number]
            if 0 <= number < self.n_months and left > 0:
                added += [RecordAct(0, 0, number, LAUNCH)] * left
        return added

    def check_coverage(self) -> None:
        """Find events that are told nowhere, or both as acts and as unmapped."""
        ways = Counter(line for line, _ in self._told)
        for line, event in self._events.items():
            if ways[line] == 1:
                continue
            told = "nowhere" if ways[line] == 0 else "both as an act and as unmapped"
            what = f"the event of {event['date']} ({event['type']}) is told {told}"
            todo = "Give it a row in acts.csv or in unmapped.csv."
            self._fault(self._events_file, line, "", MalformedInput(what, todo=todo))

    def check_leaders(self, leaders: Iterable[LeaderChange]) -> None:
        """Find acts that tell of a leader whom the table of leaders does not know."""
        known = {change.month for change in leaders}
        for path, line, month in self._leader_months:
            if month not in known:
                what = "leader_changes.csv has no new leader in this month"
                self._fault(path, line, "month", MalformedInput(what))

    def _own_or_shipped(self, file: str) -> Path:
        own = self.folder / file
        return own if own.is_file() else DATA / file

    def _event_of(self, path: Path, line: int, cells: Cells) -> int:
        text = cells["event_line"]
        event = self._events.get(int(text)) if text.isdigit() else None
        if event is None:
            what = f"the event list has no row on line '{text}'"
            self._fault(path, line, "event_line", MalformedInput(what))
            return 0
        self._told[int(text), path.name] += 1
        for column, name in (("event_date", "date"), ("event_type", "type")):
            if cells[column] != event[name]:
                what = f"'{cells[column]}' is not the {name} of the event on line {text}"
                fault = MalformedInput(what, allowed=f"'{event[name]}'")
                self._fault(path, line, column, fault)
        return int(text)

    def _month_of(self, path: Path, line: int, text: str) -> int | None:
        if not _MONTH.fullmatch(text):
            what = f"'{text}' is no month"
            self._fault(path, line, "month", MalformedInput(what, allowed="YYYY-MM"))
            return None
        number = int(text[:4]) * 12 + int(text[5:]) - self.start
        if not 0 <= number < self.n_months:
            what = f"the month {text} lies outside the record"
            self._fault(path, line, "month", MalformedInput(what, allowed=self._span()))
            return None
        return number

    def _span(self) -> str:
        write: Callable[[int], str] = lambda n: f"{(n - 1) // 12}-{(n - 1) % 12 + 1:02d}"  # noqa: E731
        return f"{write(self.start)} to {write(self.start + self.n_months - 1)}"

    def _fault(self, path: Path, line: int, column: str, fault: MalformedInput) -> None:
        self.faults.append(
            MalformedInput(
                fault.what,
                where=place(path, line, column),
                allowed=fault.allowed,
                nearest=fault.nearest,
                todo=fault.todo,
            )
        )
