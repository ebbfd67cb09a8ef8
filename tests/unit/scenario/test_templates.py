"""Files to start from: valid at once, never over anything, and told when refused."""

from pathlib import Path

import pytest

from rapprochement_sim.errors import MalformedInput, OutputProblem
from rapprochement_sim.scenario.auditing import audit
from rapprochement_sim.scenario.loading import load_scenario, validate_file
from rapprochement_sim.scenario.templates import new_action, new_scenario

SHIPPED = "rekindled_2023"


def test_a_new_scenario_and_action_are_in_order(tmp_path: Path) -> None:
    files = new_scenario("harbour", SHIPPED, tmp_path)
    assert [path.name for path in files] == ["scenario.yaml", "README.md"]
    loaded = load_scenario(files[0])
    assert (loaded.id, loaded.schema.title) == ("harbour", "Harbour")
    original = load_scenario(SHIPPED).schema
    assert loaded.schema.model_copy(update={"title": original.title}) == original
    action = tmp_path / "harbour" / "rules" / "actions" / "fishing_talks.yaml"
    assert new_action("fishing_talks", action) == [action]
    assert "1 actions" in validate_file(action)
    assert "fishing_talks" in load_scenario(files[0]).rules.actions
    assert audit([load_scenario(files[0])]).faults == ()
    for path in (files[0], action):
        assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=./")


def test_rules_of_the_original_come_along(tmp_path: Path) -> None:
    first = new_scenario("first", SHIPPED, tmp_path)[0].parent
    new_action("fishing_talks", first / "rules" / "actions" / "fishing_talks.yaml")
    second = new_scenario("second", str(first), tmp_path)
    assert tmp_path / "second" / "rules" / "actions" / "fishing_talks.yaml" in second
    loaded = load_scenario(second[0])
    assert "fishing_talks" in loaded.rules.actions
    assert second[0].read_text("utf-8").count("$schema=") == 1


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "talks.yaml"
    path.write_text("kept", encoding="utf-8")
    with pytest.raises(OutputProblem, match="something stands here already"):
        new_action("fishing_talks", path)
    assert path.read_text("utf-8") == "kept"
    (tmp_path / "harbour").mkdir()
    (tmp_path / "harbour" / "README.md").write_text("kept", encoding="utf-8")
    with pytest.raises(OutputProblem, match=r"README.md"):
        new_scenario("harbour", SHIPPED, tmp_path)
    assert [path.name for path in (tmp_path / "harbour").iterdir()] == ["README.md"]


@pytest.mark.parametrize("name", ["", "1st", "../up", "My Harbour", "a", "x" * 70, SHIPPED])
def test_a_name_that_cannot_be_used_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(MalformedInput, match=r"NAME: '.*' (cannot be a name|is the name)"):
        new_scenario(name, SHIPPED, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_shipped_action_and_another_ending_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MalformedInput, match="a shipped action"):
        new_action("hold", tmp_path / "hold.yaml")
    with pytest.raises(MalformedInput, match=r"ends in \.yaml"):
        new_action("fishing_talks", tmp_path / "talks.txt")
