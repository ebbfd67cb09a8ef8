"""The supervisor against real worker processes that die, hang and fail."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from rapprochement_sim.ensemble.supervisor import Failure, supervise
from rapprochement_sim.errors import OutputProblem
from tests.ensemble.tasks import Notes

N_BLOCKS = 12


def done_by(
    task: Notes,
    *,
    workers: int = 2,
    time_limit: float = 600.0,
    blocks: Sequence[int] = range(N_BLOCKS),
) -> tuple[list[int], list[Failure]]:
    done: list[int] = []
    failures = supervise(
        task,
        blocks,
        workers=workers,
        time_limit=time_limit,
        on_receipt=lambda receipt: done.append(receipt[0]),
    )
    return sorted(done), failures


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_every_block_is_done_once(tmp_path: Path, workers: int) -> None:
    task = Notes(str(tmp_path))
    assert done_by(task, workers=workers) == (list(range(N_BLOCKS)), [])
    assert [task.calls(block) for block in range(N_BLOCKS)] == [1] * N_BLOCKS


def test_one_worker_is_this_process(tmp_path: Path) -> None:
    done_by(Notes(str(tmp_path)), workers=1)
    assert {path.name.split("-")[2] for path in tmp_path.iterdir()} == {str(os.getpid())}


def test_no_blocks_need_no_worker(tmp_path: Path) -> None:
    assert done_by(Notes(str(tmp_path)), blocks=()) == ([], [])


def test_a_worker_that_dies_once_costs_nothing(tmp_path: Path) -> None:
    task = Notes(str(tmp_path), faulty=(3, 7), fault="dies", until_call=1)
    assert done_by(task) == (list(range(N_BLOCKS)), [])


def test_a_block_that_kills_its_worker_is_given_up_and_no_other(tmp_path: Path) -> None:
    task = Notes(str(tmp_path), faulty=(4,), fault="dies", pause=0.05)
    done, failures = done_by(task)
    assert done == [block for block in range(N_BLOCKS) if block != 4]
    assert failures == [Failure(4, "its worker process died, 3 times")]
    assert 3 <= task.calls(4) <= 4, "three deaths alone, and at most one in company before"


def test_two_deadly_blocks_side_by_side_take_nobody_along(tmp_path: Path) -> None:
    task = Notes(str(tmp_path), faulty=(0, 1, N_BLOCKS - 1), fault="dies")
    done, failures = done_by(task)
    assert done == list(range(2, N_BLOCKS - 1))
    assert sorted(failure.block for failure in failures) == [0, 1, N_BLOCKS - 1]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_block_that_hangs_is_ended_and_the_rest_goes_on(tmp_path: Path, workers: int) -> None:
    task = Notes(str(tmp_path), faulty=(2,), fault="hangs")
    done, failures = done_by(task, workers=workers, time_limit=0.5)
    assert done == [block for block in range(N_BLOCKS) if block != 2]
    assert failures == [Failure(2, "it took longer than 0.5 seconds, 3 times")]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_block_that_hangs_once_is_done_again(tmp_path: Path, workers: int) -> None:
    task = Notes(str(tmp_path), faulty=(2,), fault="hangs", until_call=1)
    assert done_by(task, workers=workers, time_limit=0.5) == (list(range(N_BLOCKS)), [])


@pytest.mark.parametrize("workers", [1, 2])
def test_a_block_that_raises_is_given_up_at_once(tmp_path: Path, workers: int) -> None:
    task = Notes(str(tmp_path), faulty=(5,), fault="raises")
    done, failures = done_by(task, workers=workers)
    assert done == [block for block in range(N_BLOCKS) if block != 5]
    assert failures == [Failure(5, "ValueError: a fault of this block alone")]
    assert task.calls(5) == 1


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_that_meets_all_blocks_ends_the_work(tmp_path: Path, workers: int) -> None:
    task = Notes(str(tmp_path), faulty=(1,), fault="refuses", pause=0.05)
    with pytest.raises(OutputProblem, match="the disk is full"):
        done_by(task, workers=workers, blocks=range(200))
    assert len(list(tmp_path.iterdir())) < 100


def test_the_environment_is_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "5")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    done_by(Notes(str(tmp_path)))
    assert os.environ["OMP_NUM_THREADS"] == "5"
    assert "MKL_NUM_THREADS" not in os.environ


SCREEN = """
import io, sys
from multiprocessing import get_context
from rapprochement_sim.ensemble.workers import interrupts_held

class Screen(io.StringIO):
    def fileno(self):
        return -1

if __name__ == "__main__":
    sys.stderr = Screen()
    with interrupts_held():
        worker = get_context("spawn").Process(target=int)
        worker.start()
    worker.join()
    sys.exit(worker.exitcode)
"""


def test_a_worker_starts_where_a_screen_stands_in_for_the_error_stream(tmp_path: Path) -> None:
    program = tmp_path / "screen.py"
    program.write_text(SCREEN, encoding="utf-8")
    subprocess.run([sys.executable, str(program)], check=True)
