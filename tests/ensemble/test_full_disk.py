"""Disks that are full, on real ones: one message, nothing half-written, nothing lost."""

import subprocess
import sys
from pathlib import Path

import pytest

from rapprochement_sim.game.journal_files import read_journal
from tests.disks import call_on_small_disk
from tests.ensemble.commands import COMMAND

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="disks are mounted as Linux does")

STUDY = ("run", "rekindled_2023", "--runs", "16", "--block-size", "8")


@pytest.mark.parametrize("workers", ["1", pytest.param("2", marks=pytest.mark.slow)])
def test_a_study_on_a_full_disk_ends_with_a_message(tmp_path: Path, workers: str) -> None:
    words = (*STUDY, "--out", "disk/study", "--workers", workers)
    ended = call_on_small_disk(*words, folder=tmp_path, kilobytes=32)
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.count("\n") == 1
    assert ended.err.startswith("disk/study/")
    assert "this cannot be written" in ended.err
    assert "Name another place, or make room there." in ended.err
    assert [p.name for p in ended.kept.rglob("*") if p.is_file()] == ["manifest.json"]


def test_a_game_on_a_full_disk_keeps_its_last_whole_state(tmp_path: Path) -> None:
    typed = "resolve\n" * 6 + "order 4\nquit\n"
    words = ("play", "--plain", "--seed", "7", "--save", "disk/game")
    ended = call_on_small_disk(*words, folder=tmp_path, kilobytes=64, typed=typed)
    assert ended.code == 2
    assert "! The turn is resolved, but: disk/game: the game cannot be saved:" in ended.out
    assert ended.out.count("Free some space") >= 2
    assert "Saved in" not in ended.out
    assert "the game cannot be saved" in ended.err
    assert [path.name for path in ended.kept.iterdir()] == ["game"]
    assert 0 < len(read_journal(ended.kept / "game").turns) < 6


def test_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [*COMMAND, "scenarios"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert result.returncode == 2
    assert result.stderr == (
        "standard output: this cannot be read or written (No space left on device). "
        "Name another place, or make room there.\n"
    )
