"""Every fault that a file can have is named, placed and never a traceback."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.scenario.composing import LARGEST_FILE_BYTES, read_document
from rapprochement_sim.scenario.loading import load_rules, load_scenario, validate_file
from rapprochement_sim.scenario.schema import RuleBook

HERE = Path(__file__).parent
SMALL = HERE.parent / "unit" / "scenario" / "small"
FAULTS: list[dict[str, Any]] = read_document(HERE / "faults.yaml").data


@pytest.fixture(scope="module")
def rules() -> RuleBook:
    return load_rules(SMALL / "rules")


def broken_copy(fault: dict[str, Any], folder: Path) -> tuple[Path, int]:
    """Copy the small world with one text replaced; the changed file and its line."""
    shutil.copytree(SMALL, folder)
    in_rules = "rules" in fault
    path = folder / "rules" / fault["rules"] if in_rules else folder / fault["scenario"]
    text = path.read_text(encoding="utf-8")
    line = 0
    for change in [fault, *([fault["extra"]] if "extra" in fault else [])]:
        assert text.count(change["old"]) == 1, f"'{change['old']}' stands once in the original"
        line = text[: text.index(change["old"])].count("\n") + 1
        text = text.replace(change["old"], change["new"])
    path.write_text(text, encoding="utf-8")
    return path, fault.get("at", line)


def read_broken(fault: dict[str, Any], path: Path, rules: RuleBook) -> None:
    if "file" in fault:
        validate_file(path, rules)
    elif "rules" in fault:
        load_rules(next(folder for folder in path.parents if folder.name == "rules"))
    else:
        load_scenario(path, rules)


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["fault"] for fault in FAULTS])
def test_fault_is_named_and_placed(fault: dict[str, Any], rules: RuleBook, tmp_path: Path) -> None:
    if "file" in fault:
        path, line = HERE / "files" / fault["file"], fault.get("at", 0)
    else:
        path, line = broken_copy(fault, tmp_path / "small")
    with pytest.raises(MalformedInput) as caught:
        read_broken(fault, path, rules)
    message = str(caught.value)
    for words in fault["says"]:
        assert str(words) in message
    place = rf"{re.escape(path.name)}:{line}(:|$)" if line else re.escape(path.name)
    assert re.search(place, message, re.MULTILINE), message


def test_every_broken_file_is_in_the_table() -> None:
    named = {fault["file"] for fault in FAULTS if "file" in fault}
    assert named == {path.name for path in (HERE / "files").iterdir()}


def test_unbroken_small_world_is_in_order(rules: RuleBook) -> None:
    assert "scenario in order" in validate_file(SMALL, rules)
    assert "rules in order" in validate_file(SMALL / "rules")


def test_too_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_text("# padding\n" * (LARGEST_FILE_BYTES // 10 + 1), encoding="utf-8")
    with pytest.raises(MalformedInput, match=r"too large \(1,000,010 bytes\).*1,000,000 bytes"):
        validate_file(path)


@pytest.mark.parametrize("opener", ["[", "- ", "{a: ", "a:\n "])
def test_no_depth_overflows_the_stack(opener: str, tmp_path: Path) -> None:
    path = tmp_path / "deep.yaml"
    path.write_text(opener * 100_000, encoding="utf-8")
    with pytest.raises(MalformedInput):
        validate_file(path)


def test_missing_file_is_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(MalformedInput, match="cannot be read"):
        validate_file(tmp_path / "absent.yaml")


def test_folder_without_files_is_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(MalformedInput, match="no rule file"):
        validate_file(tmp_path)


def test_many_faults_are_one_message_of_five(rules: RuleBook, tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "small")
    path = tmp_path / "small" / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"source: assumption", "origin: assumption", text), encoding="utf-8")
    with pytest.raises(MalformedInput) as caught:
        load_scenario(path, rules)
    lines = str(caught.value).splitlines()
    assert len(lines) == 6
    assert "scenario.yaml:13:initial.trust.0.origin: unknown key 'origin'" in lines[0]
    assert all("unknown key 'origin'" in line for line in lines[:5])
    kinds = ["missing" in other.what for other in caught.value.others]
    assert kinds == sorted(kinds), "what is missing comes last"
    assert re.fullmatch(r"  and \d+ more like these", lines[-1])
