"""Studies that are stopped, killed and taken up again, as real processes."""

import json
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.ensemble.commands import (
    blocks_in,
    bytes_of,
    call,
    is_alive,
    kill,
    start,
    wait_until,
    workers_of,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are found through /proc"),
]

N_BLOCKS = 32
STUDY = ("run", "rekindled_2023", "--runs", str(N_BLOCKS * 8), "--block-size", "8")
SHORT = (*STUDY, "--explain-runs", "8")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the study in one go, in one process."""
    folder = tmp_path_factory.mktemp("whole")
    result = call(*SHORT, "--workers", "1", "--out", "study", folder=folder)
    assert result.returncode == 0, result.stderr
    return folder / "study"


@pytest.mark.parametrize(
    ("workers", "request_to_end"),
    [("1", signal.SIGINT), ("2", signal.SIGINT), ("2", signal.SIGTERM)],
    ids=["1-interrupt", "2-interrupt", "2-terminate"],
)
def test_ctrl_c_keeps_what_is_finished_and_the_same_command_goes_on(
    tmp_path: Path, whole: Path, workers: str, request_to_end: signal.Signals
) -> None:
    words = (*SHORT, "--workers", workers, "--out", "study")
    study = tmp_path / "study"
    process = start(*words, folder=tmp_path)
    wait_until(lambda: blocks_in(study) >= 2, process)
    os.killpg(process.pid, request_to_end)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert "Traceback" not in err
    n_kept = blocks_in(study)
    assert 2 <= n_kept < N_BLOCKS
    assert f"Stopped: {n_kept} of {N_BLOCKS} blocks are kept in study." in err
    assert "The same command goes on from there." in err
    kept = bytes_of(study)
    assert not [name for name in kept if Path(name).name.startswith(".")]

    again = call(*words, folder=tmp_path)
    assert again.returncode == 0, again.stderr
    assert bytes_of(study) == bytes_of(whole)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_twice_ends_as_once_does(tmp_path: Path, whole: Path, workers: str) -> None:
    words = (*SHORT, "--workers", workers, "--out", "study")
    study = tmp_path / "study"
    process = start(*words, folder=tmp_path)
    wait_until(lambda: blocks_in(study) >= 2, process)
    os.killpg(process.pid, signal.SIGINT)
    os.killpg(process.pid, signal.SIGINT)
    assert process.stderr is not None
    first = process.stderr.readline()
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert "Stopped" in first + err
    assert "Traceback" not in err
    again = call(*words, folder=tmp_path)
    assert again.returncode == 0, again.stderr
    assert bytes_of(study) == bytes_of(whole)


def test_killed_workers_are_replaced(tmp_path: Path, whole: Path) -> None:
    process = start(*SHORT, "--workers", "2", "--out", "study", folder=tmp_path)
    study = tmp_path / "study"
    for n_blocks in (1, N_BLOCKS // 4, N_BLOCKS // 2):
        wait_until(lambda n=n_blocks: blocks_in(study) >= n, process)  # type: ignore[misc]
        wait_until(lambda: bool(workers_of(process.pid)), process)
        kill(workers_of(process.pid)[:1])
    _, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    assert err == ""
    assert bytes_of(study) == bytes_of(whole)


def test_after_a_killed_command_no_worker_stays_and_the_study_goes_on(
    tmp_path: Path, whole: Path
) -> None:
    words = (*SHORT, "--workers", "2", "--out", "study")
    study = tmp_path / "study"
    process = start(*words, folder=tmp_path)
    wait_until(lambda: blocks_in(study) >= 2, process)
    workers = workers_of(process.pid)
    assert workers
    kill([process.pid])
    process.communicate(timeout=60)
    assert _all_end(workers)
    (study / "series" / ".block-000031.parquet.4711.part").write_bytes(b"half a file")

    again = call(*words, folder=tmp_path)
    assert again.returncode == 0, again.stderr
    assert bytes_of(study) == bytes_of(whole)


def _all_end(pids: list[int]) -> bool:
    end = time.monotonic() + 30.0
    while any(is_alive(pid) for pid in pids) and time.monotonic() < end:
        time.sleep(0.05)
    return not any(is_alive(pid) for pid in pids)


def test_two_commands_do_not_write_one_study_at_once(tmp_path: Path) -> None:
    words = (*SHORT, "--workers", "1", "--out", "study")
    process = start(*words, folder=tmp_path)
    wait_until(lambda: blocks_in(tmp_path / "study") >= 1, process)
    os.killpg(process.pid, signal.SIGSTOP)  # it must not end before the second asks
    second = call(*words, folder=tmp_path)
    os.killpg(process.pid, signal.SIGINT)
    os.killpg(process.pid, signal.SIGCONT)
    process.communicate(timeout=60)
    assert second.returncode == 2
    assert "another process is running this study now" in second.stderr


def test_a_lost_file_is_made_again(tmp_path: Path, whole: Path) -> None:
    words = (*SHORT, "--workers", "2", "--out", "study")
    assert call(*words, folder=tmp_path).returncode == 0
    (tmp_path / "study" / "acts" / "block-000003.parquet").unlink()
    result = call(*words, "--json", folder=tmp_path)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["n_runs"] == N_BLOCKS * 8
    assert bytes_of(tmp_path / "study") == bytes_of(whole)


def test_blocks_that_take_too_long_are_told_with_status_1(tmp_path: Path) -> None:
    study = ("run", "rekindled_2023", "--runs", "128", "--block-size", "64")
    words = (*study, "--workers", "2", "--out", "study")
    result = call(*words, "--time-limit", "0.001", folder=tmp_path)
    assert result.returncode == 1
    assert result.stdout == ""
    assert "2 blocks could not be finished:" in result.stderr
    assert "block 0: it took longer than 0.001 seconds, 3 times" in result.stderr
    failures = (tmp_path / "study" / "failures.jsonl").read_text().splitlines()
    assert [json.loads(line)["first_run"] for line in failures] == [0, 64]
    assert call(*words, folder=tmp_path).returncode == 0
    assert not (tmp_path / "study" / "failures.jsonl").exists()


def test_without_a_folder_nothing_stays_behind(tmp_path: Path) -> None:
    words = ("run", "rekindled_2023", "--runs", "2000", "--workers", "2")
    process = start(*words, folder=tmp_path, environment={"TMPDIR": str(tmp_path)})
    wait_until(lambda: bool(list(tmp_path.glob("*/summary/block*"))), process)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == "Stopped. Nothing was kept; with --out every finished block is.\n"
    assert list(tmp_path.iterdir()) == []
