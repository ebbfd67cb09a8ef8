"""A scenario based on another says only what differs, and its errors name the right file."""

from pathlib import Path

import pytest

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.scenario.basing import read_with_base
from rapprochement_sim.scenario.loading import load_scenario, scenario_document

ORIGIN = "rekindled_2023"


def written(folder: Path, text: str) -> Path:
    path = folder / "scenario.yaml"
    path.write_text(f"based_on: {ORIGIN}\n{text}", encoding="utf-8")
    return path


def test_a_file_that_says_nothing_else_is_the_scenario_that_it_is_based_on(tmp_path: Path) -> None:
    based = load_scenario(written(tmp_path, "")).schema
    origin = load_scenario(ORIGIN).schema
    assert based.model_dump(exclude={"based_on"}) == origin.model_dump(exclude={"based_on"})


def test_start_values_are_replaced_cell_by_cell(tmp_path: Path) -> None:
    text = """
initial:
  trust:
    - {at: [tokyo, seoul], value: 0.5, range: [0.2, 0.6], source: "assumption", why: "What if?"}
    - {at: [tokyo, pyongyang], value: 0.1, range: [0.0, 0.2], source: "assumption", why: "So."}
"""
    based = load_scenario(written(tmp_path, text)).schema.initial
    origin = load_scenario(ORIGIN).schema.initial
    cells = [entry.at for entry in based["trust"]]
    assert cells == [entry.at for entry in origin["trust"]]
    changed = [
        mine.at
        for mine, theirs in zip(based["trust"], origin["trust"], strict=True)
        if mine != theirs
    ]
    assert changed == [["tokyo", "seoul"], ["tokyo", "pyongyang"]]
    assert based["hurt"] == origin["hurt"]


def test_a_new_cell_is_added_and_a_whole_list_replaced(tmp_path: Path) -> None:
    text = """
initial:
  relief:
    - {at: [shrine, seoul], value: 0.1, range: [0.0, 0.2], source: "assumption", why: "So."}
hazards: [textbook_screening]
"""
    based = load_scenario(written(tmp_path, text)).schema
    origin = load_scenario(ORIGIN).schema
    assert [e.at for e in based.initial["relief"]] == [
        *(e.at for e in origin.initial["relief"]),
        ["shrine", "seoul"],
    ]
    assert based.hazards == ["textbook_screening"]


def test_a_seat_keeps_what_its_file_does_not_say(tmp_path: Path) -> None:
    based = load_scenario(
        written(tmp_path, 'seats:\n  beijing:\n    introduction: "You are new."\n')
    ).schema.seats
    origin = load_scenario(ORIGIN).schema.seats
    assert based["beijing"].introduction == "You are new."
    assert based["beijing"].public_goals == origin["beijing"].public_goals
    assert based["seoul"] == origin["seoul"]


def test_an_error_names_the_file_that_says_it(tmp_path: Path) -> None:
    path = written(tmp_path, "turns: 5\nhazards: [no_such_thing]\n")
    with pytest.raises(MalformedInput) as caught:
        load_scenario(path)
    assert f"{path}:3" in str(caught.value)
    assert "no_such_thing" in str(caught.value)


def test_a_cell_given_twice_is_still_refused(tmp_path: Path) -> None:
    entry = '    - {at: [tokyo, seoul], value: 0.5, range: [0.2, 0.6], source: "assumption"}\n'
    path = written(tmp_path, f"initial:\n  trust:\n{entry}{entry}")
    based = scenario_document(path)
    twice = [e for e in based.data["initial"]["trust"] if e["at"] == ["tokyo", "seoul"]]
    assert len(twice) == 2


def test_an_unknown_base_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text("based_on: rekindeld_2023\n", encoding="utf-8")
    with pytest.raises(MalformedInput) as caught:
        load_scenario(path)
    assert f"{path}:1:based_on" in str(caught.value)
    assert "'rekindled_2023'" in str(caught.value)


def test_scenarios_cannot_wait_for_each_other(tmp_path: Path) -> None:
    shipped = {name: tmp_path / name / "scenario.yaml" for name in ("one", "two")}
    for name, other in (("one", "two"), ("two", "one")):
        shipped[name].parent.mkdir()
        shipped[name].write_text(f"based_on: {other}\n", encoding="utf-8")
    with pytest.raises(MalformedInput, match="wait for each other"):
        read_with_base(shipped["one"], shipped)


def test_the_first_lesson_starts_where_the_whole_story_does() -> None:
    lesson, story = load_scenario("sandbox").schema, load_scenario(ORIGIN).schema
    assert lesson.initial == story.initial
    assert not lesson.scheduled
    assert {event.title for event in lesson.calendar} < {event.title for event in story.calendar}
