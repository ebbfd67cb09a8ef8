"""The record's tables: every event told once, every row checked, every fault placed."""

import shutil
from pathlib import Path

import pytest

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.experiments.record import DATA, SHIPPED_RECORD, Record, load_record
from rapprochement_sim.experiments.record_effects import touched


@pytest.fixture(scope="module")
def record() -> Record:
    return load_record()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    shutil.copytree(DATA / SHIPPED_RECORD, folder)
    return folder


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def fault_of(folder: Path) -> str:
    with pytest.raises(MalformedInput) as caught:
        load_record(folder)
    return str(caught.value)


def test_every_event_is_an_act_or_has_a_reason(record: Record) -> None:
    n_events = len((DATA / "events.csv").read_text(encoding="utf-8").splitlines()) - 1
    told = {act.event_line for act in record.acts} - {0}
    left = {event.event_line for event in record.unmapped}
    leaders_only = n_events - len(told | left)
    assert not told & left
    assert leaders_only == 11
    assert all(event.reason for event in record.unmapped)


def test_acts_lie_within_the_record_in_sequence(record: Record) -> None:
    months = [act.month for act in record.acts]
    assert months == sorted(months)
    assert 0 <= months[0] <= months[-1] < record.months == 192


def test_launches_are_added_only_where_the_list_tells_fewer(record: Record) -> None:
    september_2016 = [act for act in record.acts if act.month == 80]
    added = [act for act in september_2016 if act.line == 0]
    assert not added
    assert sum(act.line == 0 for act in record.acts) > 50


def test_the_island_visit_injures_tokyo(record: Record) -> None:
    does = touched(record.loaded.rules, "island_visit:seoul>tokyo")
    assert does.disputes == ("islands",)
    assert "islands:tokyo" in does.injured
    assert not does.relieved


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("acts.csv", "island_visit:", "island_vist:", ["acts.csv:20:act", "'island_visit'"]),
        ("acts.csv", "island_visit:seoul>", "island_visit:tokyo>", ["seat of island_visit"]),
        ("acts.csv", "2012-08,event:emperor", "2009-08,event:emperor", ["outside the record"]),
        ("acts.csv", "20,2012-08-10", "20,2012-08-11", ["'2012-08-11' is not the date"]),
        ("acts.csv", "islands,islands:tokyo;", "islands,shrine:tokyo;", ["not as listed"]),
        ("acts.csv", "13,2011-12-14", "999,2011-12-14", ["no row on line '999'", "nowhere"]),
        ("acts.csv", "2012-12,leader", "2012-10,leader", ["no new leader"]),
        ("unmapped.csv", "Moscow has no seat", "", ["the reason is missing"]),
        ("unmapped.csv", "event_type", "event_kind", ["column 'event_type' is missing"]),
        ("leader_changes.csv", "tokyo,Kan", "kyoto,Kan", ["no capital 'kyoto'"]),
        ("leader_changes.csv", "Kan Naoto,0.5", "Kan Naoto,5", ["no number from -1 to 1"]),
        ("leader_changes.csv", "2010-06", "2010-6", ["is no month"]),
    ],
)
def test_faults_name_file_line_and_words(
    copy: Path, file: str, old: str, new: str, words: list[str]
) -> None:
    edit(copy / file, old, new)
    message = fault_of(copy)
    assert file in message
    for word in words:
        assert word in message


def test_an_event_cannot_be_told_both_ways(copy: Path) -> None:
    path = copy / "unmapped.csv"
    path.write_text(
        path.read_text(encoding="utf-8") + "20,2012-08-10,visit_disputed_island,twice\n",
        encoding="utf-8",
    )
    assert "both as an act and as unmapped" in fault_of(copy)


def test_an_unknown_record_is_named(tmp_path: Path) -> None:
    assert "there is no record" in fault_of(tmp_path)
