from pathlib import Path
from typing import Any

import pytest
import yaml

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.scenario.composing import compose, read_document
from tests.unit.scenario.conftest import SMALL

NAMELESS = Path("text.yaml")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("8", 8),
        ("-3", -3),
        ("007", 7),
        ("0.5", 0.5),
        (".5", 0.5),
        ("1e-3", 0.001),
        ("2E3", 2000.0),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("yes", "yes"),
        ("on", "on"),
        ("no", "no"),
        ("2023-07", "2023-07"),
        ("2023-07-01", "2023-07-01"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("'8'", "8"),
        ('"true"', "true"),
        ('".nan"', ".nan"),
        ("[a, 1]", ["a", 1]),
        ("{on: 1}", {"on": 1}),
        ("a b # c", "a b"),
    ],
)
def test_plain_values_mean_what_they_look_like(written: str, meant: object) -> None:
    value = compose(f"key: {written}\n", NAMELESS).data["key"]
    assert value == meant
    assert type(value) is type(meant)


@pytest.mark.parametrize("key", ["on", "yes", "1", "null", "2023-07"])
def test_keys_are_always_text(key: str) -> None:
    assert compose(f"{key}: x\n", NAMELESS).data == {key: "x"}


def test_folded_text_is_text() -> None:
    assert compose("a: >-\n  one\n  two\n", NAMELESS).data == {"a": "one two"}


def test_digits_without_end_are_refused() -> None:
    digits = "9" * 5000
    with pytest.raises(MalformedInput, match="not finite"):
        compose(f"a: {digits}\n", NAMELESS)


def test_every_part_knows_its_line() -> None:
    document = compose("a:\n  b: 1\n  c:\n    - x\n    - {d: 2,\n       e: 3}\n", NAMELESS)
    assert document.lines[("a",)] == 1
    assert document.lines[("a", "b")] == 2
    assert document.lines[("a", "c", 0)] == 4
    assert document.lines[("a", "c", 1)] == 5
    assert document.lines[("a", "c", 1, "e")] == 6
    assert document.where(("a", "c", 1, "e")) == "text.yaml:6:a.c.1.e"


def test_missing_part_stands_where_its_parent_stands() -> None:
    document = compose("a:\n  b: 1\n", NAMELESS)
    assert document.where(("a", "z", "y")) == "text.yaml:1:a.z.y"
    assert document.where(()) == "text.yaml:1"


def test_byte_order_mark_and_windows_line_ends_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: |\r\n  x\r\n  y\r\n")
    document = read_document(path)
    assert document.data == {"a": 1, "b": "x\ny\n"}
    assert document.lines[("b",)] == 2


def test_reading_is_the_same_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [SMALL / "scenario.yaml", SMALL / "rules" / "rules.yaml"]
    fast = [read_document(path) for path in paths]
    monkeypatch.setattr("rapprochement_sim.scenario.composing._LOADER", yaml.SafeLoader)
    assert [read_document(path) for path in paths] == fast


@pytest.mark.parametrize("depth", [39, 40])
def test_forty_levels_are_enough_for_anyone(depth: int) -> None:
    value: Any = compose("[" * depth + "]" * depth, NAMELESS).data
    for _ in range(depth - 1):
        value = value[0]
    assert value == []
