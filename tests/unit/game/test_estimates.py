"""Means of runs with their errors, worked out by hand."""

import numpy as np
import pytest

from rapprochement_sim.game.beside import standing
from rapprochement_sim.game.estimates import derived_seed, estimate_mean, exactly
from rapprochement_sim.game.turning_points import promising


def test_a_mean_its_error_and_its_student_interval() -> None:
    found = estimate_mean(np.array([1.0, 2.0, 3.0, 6.0]))
    assert found.value == 3.0
    # Squared deviations 4, 1, 0, 9 over 3, by 4 runs.
    assert found.error == pytest.approx(np.sqrt(14.0 / 3.0 / 4.0))
    # The 97.5% quantile of Student's t with three degrees of freedom.
    assert found.high - found.value == pytest.approx(3.182446 * found.error, rel=1e-6)
    assert found.low - found.value == pytest.approx(found.value - found.high)
    assert not found.is_clear


def test_the_sign_of_what_is_clear_can_be_told() -> None:
    assert estimate_mean(np.array([-2.0, -2.1, -1.9])).is_clear
    assert exactly(3.0, 5).is_clear
    assert not exactly(0.0, 5).is_clear


def test_one_run_tells_nothing_of_its_error_and_none_is_refused() -> None:
    found = estimate_mean(np.array([4.0]))
    assert (found.value, found.low, found.high) == (4.0, float("-inf"), float("inf"))
    with pytest.raises(ValueError, match="no runs"):
        estimate_mean(np.zeros(0))


def test_seeds_are_derived_from_game_and_purpose_and_are_not_the_game_s() -> None:
    seeds = {derived_seed(label, s, r) for label in ("a", "b") for s in (1, 2) for r in (1, 2)}
    assert len(seeds) == 8
    assert not seeds & {1, 2}
    assert all(0 <= seed < 2**63 for seed in seeds)


def test_a_value_among_worlds_counts_ties_by_half() -> None:
    found = standing(2.0, np.array([0.0, 1.0, 2.0, 2.0, 5.0]))
    assert found.percentile == pytest.approx(60.0)
    assert (found.mean, found.quantiles[2]) == (2.0, 2.0)


def test_what_is_large_and_scattered_is_less_promising_than_what_is_sure() -> None:
    scattered = estimate_mean(np.array([-20.0, 28.0, -10.0, 14.0]))
    sure = estimate_mean(np.array([-2.9, -3.0, -3.1, -3.0]))
    nothing = estimate_mean(np.array([0.1, -0.1, 0.1, -0.1]))
    assert scattered.value == -sure.value
    assert promising({(0, 0): nothing, (1, 0): scattered, (2, 0): sure})[0] == (2, 0)
