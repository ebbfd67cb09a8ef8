"""The same bytes from one worker and from two."""

import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rapprochement_sim.experiments.runs import Study, run_study
from tests.ensemble.commands import COMMAND, bytes_of

STUDY = Study("rekindled_2023", runs=70, seed=11, block_size=16, explained_runs=20)


def test_the_number_of_workers_changes_no_byte(tmp_path: Path) -> None:
    for workers in (1, 2):
        result = run_study(STUDY, tmp_path / str(workers), workers=workers)
        assert result.failures == ()
    assert bytes_of(tmp_path / "1") == bytes_of(tmp_path / "2")


@pytest.mark.skipif(sys.platform != "linux", reason="file sizes are limited as Linux does it")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_disk_that_is_full_ends_the_study_with_a_message(tmp_path: Path, workers: str) -> None:
    words = ("run", "rekindled_2023", "--runs", "64", "--out", "study", "--workers", workers)
    result = subprocess.run(
        [*COMMAND, *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=_no_large_files,
        timeout=120,
    )
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert "cannot be written" in result.stderr
    assert result.stderr.count("\n") == 1
    assert not list((tmp_path / "study").rglob(".*.part"))


def _no_large_files() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8000, 8000))
