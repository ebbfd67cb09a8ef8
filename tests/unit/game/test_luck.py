"""Luck and choice telescope, run by run."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from rapprochement_sim.game.luck import split_luck
from rapprochement_sim.world.axes import Array

SCORES = st.floats(0.0, 100.0)
N_RUNS = 5


def scores(n_turns: int) -> st.SearchStrategy[Array]:
    return arrays.arrays(np.float64, (n_turns, N_RUNS), elements=SCORES)


@settings(max_examples=60)
@given(st.integers(1, 6).flatmap(lambda n: st.tuples(scores(n), scores(n), scores(n))), SCORES)
def test_the_terms_sum_to_the_final_score(played: tuple[Array, Array, Array], final: float) -> None:
    automated, others, decided = played
    split = split_luck(np.vstack([automated, np.full(N_RUNS, final)]), others, decided)
    parts = (split.start, split.choice, split.others, split.chance)
    assert abs(sum(part.value for part in parts) - split.final.value) < 1e-9
    assert split.final.error == 0.0
    assert abs(split.luck.value - split.others.value - split.chance.value) < 1e-9
    for name in ("choice", "others", "chance"):
        by_turn = sum(getattr(turn, name).value for turn in split.turns)
        assert abs(by_turn - getattr(split, name).value) < 1e-9


def test_one_turn_by_hand() -> None:
    split = split_luck(
        np.array([[40.0, 44.0], [50.0, 50.0]]), np.array([[41.0, 45.0]]), np.array([[47.0, 45.0]])
    )
    assert (split.start.value, split.others.value, split.choice.value) == (42.0, 1.0, 3.0)
    assert (split.chance.value, split.luck.value, split.final.value) == (4.0, 5.0, 50.0)
    assert split.others.error == 0.0
    assert split.choice.error == pytest.approx(3.0)


def test_errors_of_sums_know_that_turns_share_their_runs() -> None:
    swing = np.array([5.0, -5.0, 5.0, -5.0])
    others = np.zeros((2, 4))
    split = split_luck(np.zeros((3, 4)), others, np.stack([swing, -swing]))
    assert split.turns[0].choice.error > 2.0
    assert split.choice.error == 0.0
