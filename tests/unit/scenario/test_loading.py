import shutil
from pathlib import Path

import pytest

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.scenario.loading import (
    content_hash,
    list_scenarios,
    load_passages,
    load_rules,
    load_scenario,
    rules_folder,
    scenarios_folder,
    validate_file,
)
from rapprochement_sim.scenario.rule_files import SECTIONS
from rapprochement_sim.scenario.schema import RuleBook
from tests.unit.scenario.conftest import SMALL


def changed(folder: Path, old: str, new: str) -> Path:
    """Copy of the small scenario with one text replaced."""
    folder.mkdir()
    text = (SMALL / "scenario.yaml").read_text(encoding="utf-8")
    path = folder / "scenario.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_rules_of_several_files_are_one_book(small_rules: RuleBook) -> None:
    assert list(small_rules.actions) == ["joint_drill"]
    assert set(small_rules.sources) == {"essay", "polls"}
    assert small_rules.actions["joint_drill"].is_joint
    assert list(SECTIONS) == list(RuleBook.model_fields)


def test_whole_numbers_become_floats_where_numbers_are_wanted(tmp_path: Path) -> None:
    shutil.copytree(SMALL / "rules", tmp_path / "rules")
    path = tmp_path / "rules" / "more.yaml"
    path.write_text("parameters:\n  a: {value: 1, range: [0, 2], source: assumption}\n")
    value = load_rules(tmp_path / "rules").parameters["a"].value
    assert type(value) is float


def test_scenario_is_found_by_folder_and_by_file(small_rules: RuleBook) -> None:
    by_folder = load_scenario(SMALL, small_rules)
    by_file = load_scenario(SMALL / "scenario.yaml", small_rules)
    assert by_folder == by_file
    assert by_folder.id == "small"
    assert by_folder.path == SMALL / "scenario.yaml"
    assert by_folder.rules is small_rules


def test_unknown_scenario_lists_the_shipped_ones() -> None:
    with pytest.raises(MalformedInput, match="there is no scenario 'atlantis'") as caught:
        load_scenario("atlantis")
    assert "scenario.yaml" in caught.value.allowed


def test_hash_ignores_layout(small_rules: RuleBook, tmp_path: Path) -> None:
    original = load_scenario(SMALL, small_rules)
    path = changed(tmp_path / "a", "turns: 8", "turns:   8   # two years")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_scenario(path, small_rules).content_hash == original.content_hash
    reordered = changed(tmp_path / "b", "turns: 8\ncitizens: 20", "citizens: 20\nturns: 8")
    assert load_scenario(reordered, small_rules).content_hash == original.content_hash


@pytest.mark.parametrize(
    ("old", "new"),
    [("turns: 8", "turns: 9"), ("A small world", "A tiny world"), ("value: 0.4,", "value: 0.41,")],
)
def test_hash_follows_content(old: str, new: str, small_rules: RuleBook, tmp_path: Path) -> None:
    original = load_scenario(SMALL, small_rules)
    other = load_scenario(changed(tmp_path / "a", old, new), small_rules)
    assert other.content_hash != original.content_hash
    assert other.rules_hash == original.rules_hash


def test_hash_is_the_same_in_every_process(small_rules: RuleBook) -> None:
    assert content_hash(small_rules.sources["polls"]) == (
        "d48f443b95f28d3df813884209f81be45f8cd5d37e7474769cb64c3cfe958597"
    )


def test_hash_follows_the_sequence_of_entries(small_rules: RuleBook) -> None:
    sources = dict(reversed(small_rules.sources.items()))
    assert content_hash(small_rules.model_copy(update={"sources": sources})) != content_hash(
        small_rules
    )


def test_passages_are_read_apart(tmp_path: Path) -> None:
    assert "essay:drills#1" in load_passages(SMALL / "rules")
    assert load_passages(tmp_path) == {}


def test_single_rule_file_is_checked_with_the_other_rules(
    small_rules: RuleBook, tmp_path: Path
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("parameters:\n  mine: {value: 1, range: [0, 2], source: 'essay:drills#1'}\n")
    assert validate_file(path, small_rules).endswith("rule file in order, 1 parameters")
    path.write_text("parameters:\n  mine: {value: 1, range: [0, 2], source: 'esay:drills#1'}\n")
    with pytest.raises(MalformedInput, match="did you mean 'essay'"):
        validate_file(path, small_rules)


def test_shipped_rules_are_read_once() -> None:
    assert load_rules() is load_rules()


def test_shipped_files_are_in_order() -> None:
    assert "rules in order" in validate_file(rules_folder())
    for name in list_scenarios():
        loaded = load_scenario(name)
        assert loaded.id == name
        assert loaded.path == (scenarios_folder() / name / "scenario.yaml").resolve()
