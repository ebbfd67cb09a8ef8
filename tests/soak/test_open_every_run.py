"""Every run of a study opens as its stored row, and branches of many games come true again."""

from pathlib import Path

import numpy as np
import pytest

from rapprochement_sim.experiments.opening import open_study
from rapprochement_sim.experiments.runs import Study, run_study
from rapprochement_sim.game.branching import branch_game
from rapprochement_sim.vocabulary import CAPITALS
from tests.game.games import new_game, play_busily
from tests.game.test_branching import decide_again, digests
from tests.soak.shares import share_of

pytestmark = pytest.mark.soak

RUNS, GAMES = share_of(400), share_of(40)


def test_every_run_of_a_study_is_its_stored_row(tmp_path: Path) -> None:
    run_study(Study("rekindled_2023", runs=RUNS, seed=12, explained_runs=0), tmp_path / "study")
    study = open_study(tmp_path / "study")
    for run in range(RUNS):
        row = study.row(run)
        reopened = study.reopen(row)
        assert reopened.is_exact, run
        for turn, state in enumerate(reopened.session.states):
            read = study.case.indicators.read(state)[:, 0]
            places = [study.case.indicators.by_name[n].index for n in study.manifest.indicators]
            np.testing.assert_array_equal(read[places], row.series[turn])


@pytest.mark.parametrize("seed", range(GAMES))
def test_branches_of_many_games_equal_their_parents(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "parent.jsonl"
    seats = [capital for n, capital in enumerate(CAPITALS) if (1 + seed % 31) >> n & 1]
    parent = new_game(*seats, seed=seed, run=seed % 70, path=path)
    play_busily(parent, parent.case.world.n_turns)
    branch = branch_game(path, 1 + seed % parent.turn)
    while branch.turn < parent.turn:
        decide_again(branch, parent)
    assert digests(branch) == digests(parent)
