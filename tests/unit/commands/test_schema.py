import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from rapprochement_sim.commands.schema import command
from rapprochement_sim.errors import OutputProblem


def said(*words: str) -> str:
    return CliRunner().invoke(command, words, catch_exceptions=False).output


@pytest.mark.parametrize("kind", ["scenario", "rules"])
def test_a_schema_is_printed_or_written(kind: str, tmp_path: Path) -> None:
    printed = json.loads(said(kind))
    assert printed["$schema"].endswith("draft-07/schema#")
    path = tmp_path / "s.json"
    assert "Written to" in said(kind, "--out", str(path))
    assert json.loads(path.read_text("utf-8")) == printed


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputProblem, match="cannot be written"):
        said("rules", "--out", str(tmp_path / "absent" / "s.json"))
