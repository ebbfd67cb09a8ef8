from pathlib import Path

import pytest
from click.testing import CliRunner

from rapprochement_sim.commands.new import command
from rapprochement_sim.errors import OutputProblem
from rapprochement_sim.scenario.loading import validate_file


def said(*words: str) -> str:
    return CliRunner().invoke(command, words, catch_exceptions=False).output


def test_what_is_written_is_told_and_in_order(tmp_path: Path) -> None:
    text = said("scenario", "harbour", "--dir", str(tmp_path))
    assert f"Next: rapprochement validate {tmp_path / 'harbour'}" in text
    assert "scenario in order" in validate_file(tmp_path / "harbour")
    path = tmp_path / "talks.yaml"
    assert str(path) in said("action", "fishing_talks", "--out", str(path))
    assert "rule file in order" in validate_file(path)
    with pytest.raises(OutputProblem):
        said("action", "fishing_talks", "--out", str(path))
