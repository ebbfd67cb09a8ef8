import csv
from pathlib import Path

import pytest

from rapprochement_sim.experiments.links import link_observations
from rapprochement_sim.experiments.observation_modes import CHANGED, mode_of, modes_in_time
from rapprochement_sim.experiments.observations import (
    SHIPPED_POLLS,
    Observation,
    read_observations,
)
from rapprochement_sim.scenario.loading import load_rules
from rapprochement_sim.vocabulary import Capital

HEADER = (
    "series,year,date,respondent,target,measure,value,unit,"
    "comparability_note,source,quote,verified,confidence,role"
)
KNOWN = "genron_eai,{year},{year}-08,KR,JP,unfavourable,{value},pct,,a page,,yes,high,held_out"


def written(folder: Path, *rows: str) -> Path:
    path = folder / "polls.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def test_no_shipped_row_is_lost() -> None:
    read = read_observations()
    with SHIPPED_POLLS.open(encoding="utf-8", newline="") as stream:
        n_rows = len(list(csv.DictReader(stream)))
    lines = [each.line for each in read.observations]
    lines += [aside.observation.line for aside in read.set_aside]
    assert sorted(lines) == list(range(2, n_rows + 2))
    assert all(aside.reason for aside in read.set_aside)


def test_a_row_is_read_as_it_stands() -> None:
    (found,) = (each for each in read_observations().observations if each.line == 28)
    assert found == Observation(
        series="genron_eai",
        respondent=Capital.SEOUL,
        target=Capital.TOKYO,
        measure="unfavourable",
        date="2019-05",
        month=112,
        year=2019,
        value=49.9,
        role="fit",
        note="",
        verified="yes",
        file="polls.csv",
        line=28,
    )
    assert found.is_anchor
    assert found.is_fitted
    assert found.where == "polls.csv:28"


def test_a_figure_from_memory_anchors_and_is_never_fitted() -> None:
    (found,) = (each for each in read_observations().observations if each.verified == "memory")
    assert found.role == "fit"
    assert found.is_anchor
    assert not found.is_fitted


def test_a_file_without_anchors_is_completed_and_says_so(tmp_path: Path) -> None:
    read = read_observations(written(tmp_path, KNOWN.format(year=2023, value=53.3)))
    scored = [each for each in read.observations if not each.is_anchor]
    assert [each.value for each in scored] == [53.3]
    assert [each.year for each in read.observations] == [*range(2013, 2020), 2022, 2023]
    assert read.remarks == (
        "genron_eai: the file has no anchors for some of it; it is anchored by shipped rows: 8",
    )
    assert {each.file for each in read.observations} == {"polls.csv", "shipped polls.csv"}


def test_a_file_with_own_anchors_is_left_alone(tmp_path: Path) -> None:
    own = KNOWN.format(year=2022, value=52.0).replace("held_out", "start")
    read = read_observations(written(tmp_path, own, KNOWN.format(year=2023, value=53.3)))
    assert [each.value for each in read.observations] == [52.0, 53.3]
    assert read.remarks == ()


@pytest.mark.parametrize("role", ["", "test", "held out", "FIT"])
def test_any_other_role_is_only_scored(tmp_path: Path, role: str) -> None:
    row = KNOWN.replace("held_out", role).format(year=2023, value=50)
    (found,) = (
        each for each in read_observations(written(tmp_path, row)).observations if each.year == 2023
    )
    assert not found.is_anchor
    assert not found.is_fitted


def test_a_scale_of_ten_is_read_in_per_cent_and_a_year_as_its_middle(tmp_path: Path) -> None:
    row = "asan_0_10,{0},{0},KR,JP,favourability,{1},scale_0_10,,a page,,yes,high,score"
    first, second = row.format(2016, 2.9), row.format(2017, 3.1)
    read = read_observations(written(tmp_path, first, second)).observations
    scored = [each for each in read if not each.is_anchor]
    assert [each.value for each in scored] == pytest.approx([29.0, 31.0])
    assert [each.month for each in scored] == [6 * 12 + 5, 7 * 12 + 5]


def test_the_shipped_file_with_further_rows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "more.csv"
    text = SHIPPED_POLLS.read_text(encoding="utf-8")
    path.write_text(text + KNOWN.format(year=2024, value=40.1) + "\n", encoding="utf-8")
    read = read_observations(path)
    assert len(read.observations) == len(read_observations().observations) + 1
    assert read.remarks == ()


def test_a_byte_order_mark_and_other_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "excel.csv"
    lines = [HEADER, KNOWN.format(year=2023, value=50), KNOWN.format(year=2024, value=51)]
    path.write_bytes(("\ufeff" + "\r\n".join(lines)).encode())
    values = [each.value for each in read_observations(path).observations if not each.is_anchor]
    assert values == [50.0, 51.0]


@pytest.mark.parametrize(
    ("note", "mode"),
    [
        ("", ""),
        ("face-to-face interviews of 1,000", ""),
        ("mode: mail", "mail"),
        ("online from 2020", "online"),
        ("mode break in 2020", CHANGED),
        ("changed from interviews to mail", CHANGED),
        ("by mail; not comparable with earlier years", "mail"),
    ],
)
def test_a_note_tells_of_a_new_mode_only_where_it_says_that_it_changed(
    note: str, mode: str
) -> None:
    assert mode_of("", note) == mode


def test_a_column_goes_before_the_note_and_blank_rows_were_asked_as_before() -> None:
    assert mode_of("Web", "mode: mail") == "web"
    assert modes_in_time(["phone", "", "web", "", "phone"]) == ["", "", "web", "web", ""]
    assert modes_in_time(["", "mail", ""]) == ["", "mail", "mail"]


def test_a_series_asked_in_another_mode_keeps_its_movement_and_loses_its_level(
    tmp_path: Path,
) -> None:
    lines = [
        f"web_poll,{year},{year}-05,KR,JP,favourable,{value},pct,,made,,yes,low,test"
        for year, value in ((2012, 30), (2014, 25), (2018, 50), (2020, 30))
    ]
    header, *rest = written(tmp_path, *lines).read_text(encoding="utf-8").splitlines()
    modes = ["mode", "phone", "", "web", ""]
    table = [f"{line},{mode}" for line, mode in zip([header, *rest], modes, strict=True)]
    path = tmp_path / "with_modes.csv"
    path.write_text("\n".join([*table, ""]), encoding="utf-8")
    read = read_observations(path)
    links, _ = link_observations(load_rules(), read.observations)
    assert [links[n].anchors for n in range(4)] == [(0,), (0,), (2,), (2,)]
    assert "another mode (web) from 2018-05" in links[2].told
