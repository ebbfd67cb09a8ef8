"""Whatever stands at whatever place of a file, the answer is never a traceback."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.scenario.composing import DataPath, Document, read_document
from rapprochement_sim.scenario.loading import load_rules, validate_file
from rapprochement_sim.scenario.schema import RuleBook

SMALL = Path(__file__).parents[1] / "unit" / "scenario" / "small"
FILES = ["scenario.yaml", "rules/rules.yaml", "rules/actions/drill.yaml"]
ODD_VALUES: list[Any] = [None, True, -1, 1e300, "", "any", [], {}, [[]], {"": {"": None}}]


@pytest.fixture(scope="module")
def rules() -> RuleBook:
    return load_rules(SMALL / "rules")


def refusal(path: Path, rules: RuleBook) -> str:
    """Message of the error, or nothing when the file is in order."""
    try:
        validate_file(path, rules)
    except MalformedInput as error:
        return str(error)
    return ""


def replaced(document: Document, path: DataPath, value: object) -> str:
    """Text of a document with the part at one path replaced; JSON is YAML too."""
    data = copy.deepcopy(document.data)
    part = data
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    return json.dumps(data)


@pytest.mark.parametrize("name", FILES)
def test_odd_values_anywhere_are_malformed_or_in_order(
    name: str, rules: RuleBook, tmp_path: Path
) -> None:
    document = read_document(SMALL / name)
    target = tmp_path / "odd.yaml"
    refused = 0
    paths = [path for path in document.lines if path]
    for number, path in enumerate(paths):
        value = ODD_VALUES[number % len(ODD_VALUES)]
        target.write_text(replaced(document, path, value), encoding="utf-8")
        message = refusal(target, rules)
        assert not message or message.startswith(str(target))
        refused += bool(message)
    assert refused > len(paths) / 2


@pytest.mark.parametrize("name", FILES)
def test_file_cut_anywhere_is_malformed_or_in_order(
    name: str, rules: RuleBook, tmp_path: Path
) -> None:
    raw = (SMALL / name).read_bytes()
    target = tmp_path / "cut.yaml"
    for end in range(0, len(raw), 37):
        target.write_bytes(raw[:end])
        message = refusal(target, rules)
        assert not message or message.startswith(str(target))
