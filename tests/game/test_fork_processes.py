"""Forks and comparisons over worker processes, as a person starts and stops them."""

import json
import os
import signal
import sys
from pathlib import Path

import pytest

from rapprochement_sim.vocabulary import Capital
from tests.ensemble.commands import call, is_alive, start, wait_until, workers_of
from tests.game.games import new_game, play_busily

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are found through /proc"),
]


@pytest.fixture(scope="module")
def save(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a busy game."""
    path = tmp_path_factory.mktemp("game") / "tokyo.jsonl"
    play_busily(new_game(Capital.TOKYO, seed=4, path=path), 9)
    return path


@pytest.mark.parametrize("words", [("fork", "SAVE"), ("compare", "SAVE", "SAVE")])
def test_two_workers_say_what_one_says(tmp_path: Path, save: Path, words: tuple[str, ...]) -> None:
    named = [str(save) if word == "SAVE" else word for word in words]
    told = []
    for workers in ("1", "2"):
        options = ("--turn", "9", "--runs", "300", "--json", "--workers", workers)
        done = call(*named, *options, folder=tmp_path)
        assert done.returncode == 0, done.stderr
        told.append(json.loads(done.stdout))
    assert told[0] == told[1]
    assert told[0]["runs"] == 300


@pytest.mark.parametrize("request_to_end", [signal.SIGINT, signal.SIGTERM])
def test_a_fork_that_is_stopped_leaves_nothing_behind(
    tmp_path: Path, save: Path, request_to_end: signal.Signals
) -> None:
    words = ("fork", save, "--turn", "1", "--runs", "50000", "--workers", "2", "--out", "kept")
    process = start(*words, folder=tmp_path)
    workers: list[int] = []

    def have_started() -> bool:
        workers[:] = workers_of(process.pid)
        return len(workers) == 2

    wait_until(have_started, process)
    os.killpg(process.pid, request_to_end)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert err.strip().endswith("Stopped. Nothing was kept.")
    assert "Traceback" not in err
    assert not any(is_alive(worker) for worker in workers)
    assert list((tmp_path / "kept").iterdir()) == []
