"""Places that hold no file to read: links, devices, pipes, too much, too long a name."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.game.journal_files import read_journal
from rapprochement_sim.scenario.basing import read_with_base
from rapprochement_sim.scenario.composing import read_document
from rapprochement_sim.scenario.loading import load_scenario, scenarios_folder, validate_file

SHIPPED = scenarios_folder() / "rekindled_2023" / "scenario.yaml"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Make a scenario of one's own, with a folder for rules."""
    folder = tmp_path / "own"
    (folder / "rules").mkdir(parents=True)
    (folder / "scenario.yaml").write_bytes(SHIPPED.read_bytes())
    return folder


def refusal(path: Path) -> str:
    """Message with which a path is refused."""
    with pytest.raises(MalformedInput) as caught:
        validate_file(path)
    return str(caught.value)


def test_rules_in_a_link_that_leads_outside_are_refused(own: Path) -> None:
    outside = own.parent / "outside.yaml"
    outside.write_text("parameters: {}\n", encoding="utf-8")
    (own / "rules" / "inside.yaml").symlink_to(outside)
    said = refusal(own)
    assert "rules/inside.yaml: this rule file is a link that leads out of its folder" in said
    assert "Put the file itself here." in said


def test_links_in_a_circle_are_refused(own: Path) -> None:
    (own / "rules" / "a.yaml").symlink_to("b.yaml")
    (own / "rules" / "b.yaml").symlink_to("a.yaml")
    assert "a.yaml: this is a link that leads back to itself" in refusal(own)
    assert "the file cannot be read" in refusal(own / "rules" / "a.yaml")


def test_a_folder_that_is_a_link_to_itself_is_no_scenario(tmp_path: Path) -> None:
    (tmp_path / "own").symlink_to("own")
    with pytest.raises(MalformedInput, match="there is no scenario"):
        load_scenario(tmp_path / "own")


def test_scenarios_based_on_each_other_in_a_circle_are_refused(tmp_path: Path) -> None:
    shipped = {name: tmp_path / f"{name}.yaml" for name in ("one", "two", "three")}
    for name, path in shipped.items():
        other = {"one": "two", "two": "three", "three": "one"}[name]
        path.write_text(f"based_on: {other}\n", encoding="utf-8")
    with pytest.raises(MalformedInput, match=r"three\.yaml:1:based_on: 'one' is based on this"):
        read_with_base(shipped["one"], shipped)


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "./rekindled_2023", ""])
def test_nothing_but_a_shipped_scenario_can_be_taken_over(tmp_path: Path, name: str) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text(f"based_on: '{name}'\n", encoding="utf-8")
    said = refusal(path)
    assert f"there is no shipped scenario '{name}' to start from" in said
    assert "rekindled_2023" in said


def test_a_dangling_link_is_refused(own: Path) -> None:
    (own / "rules" / "gone.yaml").symlink_to("nowhere.yaml")
    assert "the file cannot be read (No such file or directory)" in refusal(own)


def test_a_folder_with_the_name_of_a_file_is_refused(own: Path) -> None:
    (own / "rules" / "folder.yaml").mkdir()
    assert "the file cannot be read (Is a directory)" in refusal(own)


@pytest.mark.parametrize("read", [read_document, read_journal])
def test_devices_and_pipes_are_refused_unread(
    tmp_path: Path, read: Callable[[Path], object]
) -> None:
    """A device has no end, and a pipe that nobody writes to never answers."""
    os.mkfifo(tmp_path / "pipe")
    for place in ("/dev/zero", "/dev/full", str(tmp_path / "pipe")):
        with pytest.raises(MalformedInput, match="this is a device or a pipe"):
            read(Path(place))


def test_a_file_of_ten_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_text("# padding\n" * 1_000_000, encoding="utf-8")
    assert "the file is too large (10,000,000 bytes). Allowed: up to 1,000,000" in refusal(path)
    with path.open("ab") as file:
        file.truncate(70_000_000)
    with pytest.raises(MalformedInput, match=r"this file is too large for a saved game"):
        read_journal(path)
