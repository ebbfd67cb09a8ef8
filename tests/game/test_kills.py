"""Five games killed while they save; a hundred more in the long tests."""

import sys
from pathlib import Path

import pytest

from tests.game.kills import check_what_is_left, kill_while_playing

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are killed as Linux does it"),
]


@pytest.mark.parametrize("n_answers", [1, 4, 8, 13, 18])
def test_a_killed_game_loses_nothing_that_it_acknowledged(tmp_path: Path, n_answers: int) -> None:
    check_what_is_left(tmp_path, kill_while_playing(tmp_path, n_answers))
