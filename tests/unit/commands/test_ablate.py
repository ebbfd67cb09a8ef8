"""The command that switches mechanisms off."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from rapprochement_sim.commands.ablate import command
from rapprochement_sim.errors import MalformedInput, OutputProblem

FEW = ("sandbox", "--without", "36", "--runs", "2")


def said(*words: str) -> str:
    return CliRunner().invoke(command, words, catch_exceptions=False).output


def test_a_table_is_printed_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    text = said(*FEW, "--out", str(folder))
    assert "sandbox with and without: missile_campaigns (36)" in text
    assert (folder / "ablation.txt").read_text() in text
    assert (folder / "ablation.csv").read_text().startswith("number,mechanism,indicator,with")
    kept = json.loads((folder / "ablation.json").read_text())
    assert kept == json.loads(said(*FEW, "--json"))
    with pytest.raises(OutputProblem, match="holds something already"):
        said(*FEW, "--out", str(folder))


def test_wrong_names_give_the_nearest() -> None:
    with pytest.raises(MalformedInput, match="did you mean 'no_panacea'"):
        said("sandbox", "--without", "no_panace")
    with pytest.raises(MalformedInput, match="did you mean 'sandbox'"):
        said("sandbax", "--without", "7")


@pytest.mark.parametrize("words", [("sandbox",), ("sandbox", "--all", "--without", "7")])
def test_either_one_or_all(words: tuple[str, ...]) -> None:
    found = CliRunner().invoke(command, words)
    assert found.exit_code == click.UsageError.exit_code
    assert "--without MECHANISM or --all" in found.output
