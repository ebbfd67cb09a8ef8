"""Ten thousand runs, stopped with Ctrl-C again and again, come out as if in one go."""

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.ensemble.commands import blocks_in, bytes_of, call, start, wait_until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals as Linux sends them")


def check_stopped_and_gone_on(folder: Path, n_runs: int, n_stops: int) -> None:
    """Stop a study after so many blocks each time, and let the same command go on."""
    words = ("run", "rekindled_2023", "--runs", str(n_runs), "--out", "study")
    n_blocks = -(-n_runs // 128)
    study = folder / "study"
    for stop in range(1, n_stops + 1):
        process = start(*words, "--workers", "2", folder=folder)
        wanted = stop * n_blocks // (n_stops + 1)
        wait_until(lambda n=wanted: blocks_in(study) >= n, process)  # type: ignore[misc]
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 130, err
        assert "Stopped:" in err
    ended = call(*words, "--json", folder=folder, timeout=1200)
    assert ended.returncode == 0, ended.stderr
    assert f'"n_runs": {n_runs}' in ended.stdout
    whole = folder / "whole"
    whole.mkdir()
    assert call(*words, "--workers", "1", folder=whole, timeout=1200).returncode == 0
    assert bytes_of(study) == bytes_of(whole / "study")


@pytest.mark.slow
def test_a_thousand_runs_with_ctrl_c_and_resume(tmp_path: Path) -> None:
    check_stopped_and_gone_on(tmp_path, 1000, n_stops=1)


@pytest.mark.soak
def test_ten_thousand_runs_with_ctrl_c_and_resume(tmp_path: Path) -> None:
    check_stopped_and_gone_on(tmp_path, 10_000, n_stops=3)
