"""Whatever is written over a good file, it is in order or refused in words, never a traceback."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapprochement_sim.errors import RapprochementError
from rapprochement_sim.game.journal_text import checksum, parse_journal
from rapprochement_sim.scenario.loading import load_rules, validate_file
from rapprochement_sim.scenario.schema import RuleBook
from tests.unit.game.test_journal_text import TEXT

SMALL = Path(__file__).parents[1] / "unit" / "scenario" / "small"
FILES = [SMALL / name for name in ("scenario.yaml", "rules/rules.yaml", "rules/actions/drill.yaml")]
YAML_PIECES = ["{", "[", ": ", "- ", "\n", "  ", "\t", "'", '"', "|", "&a ", "*a", "!x ", ".nan"]
PIECES = st.one_of(st.sampled_from(YAML_PIECES), st.text(max_size=8), st.integers().map(str))


@pytest.fixture(scope="module")
def rules() -> RuleBook:
    return load_rules(SMALL / "rules")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("loaders") / "file.yaml"


def refusal(read: Callable[[], object]) -> str:
    """Message with which something is refused; empty if it is in order."""
    try:
        read()
    except RapprochementError as error:
        return str(error)
    return ""


def check(said: str, place: Path) -> None:
    assert not said or said.startswith(str(place))
    assert all(line.isprintable() for line in said.splitlines())


@settings(max_examples=60)
@given(st.sampled_from(FILES), st.data())
def test_pieces_written_over_a_file(
    rules: RuleBook, place: Path, file: Path, data: st.DataObject
) -> None:
    text = file.read_text(encoding="utf-8")
    at = data.draw(st.integers(0, len(text)))
    left_out = data.draw(st.integers(0, 12))
    changed = text[:at] + data.draw(PIECES) + text[at + left_out :]
    place.write_text(changed, encoding="utf-8", newline="", errors="replace")
    check(refusal(lambda: validate_file(place, rules)), place)


@settings(max_examples=60)
@given(st.binary(max_size=200))
def test_any_bytes(rules: RuleBook, place: Path, content: bytes) -> None:
    place.write_bytes(content)
    check(refusal(lambda: validate_file(place, rules)), place)


@settings(max_examples=100)
@given(st.data())
def test_pieces_written_over_a_save_with_a_checksum_that_fits(data: st.DataObject) -> None:
    body = TEXT.rstrip("\n").rpartition("\n")[0]
    at = data.draw(st.integers(0, len(body)))
    left_out = data.draw(st.integers(0, 12))
    piece = data.draw(st.one_of(st.text(max_size=8), st.integers().map(str), st.just("null")))
    lines = (body[:at] + piece + body[at + left_out :]).split("\n")
    closing = f'{{"lines": {len(lines)}, "sha256": "{checksum(lines)}"}}'
    said = refusal(lambda: parse_journal("\n".join([*lines, closing]) + "\n", "save"))
    assert len(said.splitlines()) <= 1
