"""Blocks that kill or hang their worker are set aside; the rest of the study is finished."""

import json
from pathlib import Path

import pytest

from rapprochement_sim.experiments import runs
from tests.ensemble.commands import bytes_of
from tests.ensemble.tasks import DeadlyTask, HungTask
from tests.game.commands import Commands

pytestmark = pytest.mark.slow

STUDY = ("run", "rekindled_2023", "--runs", "24", "--block-size", "8", "--explain-runs", "8")


@pytest.fixture
def rapprochement(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Commands:
    """Call the command line in this process; its workers are real ones."""
    return Commands(tmp_path, monkeypatch, capsys)


def test_a_block_that_kills_its_worker_or_hangs_is_set_aside(
    rapprochement: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = rapprochement.here
    assert rapprochement(*STUDY, "--workers", "1", "--out", "whole").code == 0

    monkeypatch.setattr(runs, "BlockTask", DeadlyTask)
    ended = rapprochement(*STUDY, "--workers", "2", "--out", "study")
    assert ended.code == 1
    assert ended.err.splitlines() == [
        "1 block could not be finished:",
        "  block 1: its worker process died, 3 times",
        "See failures.jsonl; the same command tries it again.",
    ]
    assert "16 of 24 runs" in ended.out
    whole = bytes_of(here / "whole")
    left = {name: content for name, content in whole.items() if "block-000001" not in name}
    kept = bytes_of(here / "study")
    (failure,) = kept.pop("failures.jsonl").splitlines()
    assert json.loads(failure)["first_run"] == 8
    assert kept == left

    # Only that block is missing now: it must not meet the process that keeps account.
    monkeypatch.setattr(runs, "BlockTask", HungTask)
    ended = rapprochement(*STUDY, "--out", "study", "--time-limit", "1")
    assert ended.code == 1
    assert "block 1: it took longer than 1 seconds, 3 times" in ended.err
    kept = bytes_of(here / "study")
    kept.pop("failures.jsonl")
    assert kept == left

    monkeypatch.undo()
    monkeypatch.chdir(here)
    assert rapprochement(*STUDY, "--out", "study").code == 0
    assert bytes_of(here / "study") == whole
