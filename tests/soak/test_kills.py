"""A hundred studies and a hundred games killed at different moments: nothing lost or doubled."""

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.ensemble.commands import blocks_in, bytes_of, call, start, wait_until
from tests.game.kills import check_what_is_left, kill_while_playing
from tests.soak.shares import share_of

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are found through /proc"),
]

N_BLOCKS = 32
N_KILLS = share_of(100)
STUDY = ("run", "rekindled_2023", "--runs", str(N_BLOCKS * 8), "--block-size", "8")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the study in one go."""
    folder = tmp_path_factory.mktemp("whole")
    result = call(*STUDY, "--workers", "1", "--out", "study", folder=folder)
    assert result.returncode == 0, result.stderr
    return folder / "study"


@pytest.mark.parametrize("number", range(N_KILLS))
def test_a_killed_study_goes_on_to_the_same_bytes(tmp_path: Path, whole: Path, number: int) -> None:
    study = tmp_path / "study"
    process = start(*STUDY, "--workers", "2", "--out", "study", folder=tmp_path)
    wait_until(lambda: blocks_in(study) >= number % (N_BLOCKS - 8), process)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    again = call(*STUDY, "--workers", str(1 + number % 2), "--out", "study", folder=tmp_path)
    assert again.returncode == 0, again.stderr
    assert bytes_of(study) == bytes_of(whole)


@pytest.mark.parametrize("number", range(N_KILLS))
def test_a_killed_game_loses_nothing_that_it_acknowledged(tmp_path: Path, number: int) -> None:
    check_what_is_left(tmp_path, kill_while_playing(tmp_path, 1 + number % 19))
