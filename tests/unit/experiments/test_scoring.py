import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from rapprochement_sim.experiments.scoring import (
    absolute_error,
    fair_crps,
    is_covered,
    score,
    skill,
)

Array = NDArray[np.float64]
SHARES = st.floats(0.0, 100.0)


def normals(*shape: int, seed: int = 1) -> Array:
    return np.random.Generator(np.random.Philox(seed)).standard_normal(shape)


def by_double_loop(draws: list[float], value: float) -> float:
    m = len(draws)
    distance = sum(abs(x - value) for x in draws) / m
    apart = sum(abs(x - y) for x in draws for y in draws) / (m * (m - 1))
    return distance - apart / 2.0


def test_a_case_worked_by_hand() -> None:
    # Draws 20, 30, 40 and 33 published: distances 13, 3, 7 average 23/3. The pairs are 10, 20
    # and 10 apart, on average 40/3; half of that is 20/3.
    draws, value = np.array([[20.0, 30.0, 40.0]]), np.array([33.0])
    assert fair_crps(draws, value) == pytest.approx([1.0])
    assert absolute_error(draws, value) == pytest.approx([3.0])
    assert list(is_covered(draws, value, 50)) == [True]
    assert list(is_covered(draws, np.array([36.0]), 50)) == [False]


@given(st.lists(SHARES, min_size=2, max_size=12), SHARES)
def test_crps_equals_its_definition(draws: list[float], value: float) -> None:
    found = fair_crps(np.array([draws]), np.array([value]))
    assert found == pytest.approx([by_double_loop(draws, value)], abs=1e-9)


@given(st.lists(SHARES, min_size=1, max_size=5), st.integers(2, 9))
def test_a_perfect_point_forecast_has_no_error(values: list[float], m: int) -> None:
    published = np.array(values)
    draws = np.repeat(published[:, np.newaxis], m, axis=1)
    assert fair_crps(draws, published) == pytest.approx(np.zeros(len(values)), abs=1e-9)


@pytest.mark.parametrize("m", [2, 5, 50])
def test_fair_crps_does_not_depend_on_the_number_of_draws(m: int) -> None:
    # Of a standard normal ensemble and a value at its centre: (sqrt 2 - 1) / sqrt pi = 0.2337.
    n = 20_000
    found = fair_crps(normals(n, m, seed=m), np.zeros(n))
    error = found.std() / np.sqrt(n)
    assert found.mean() == pytest.approx((np.sqrt(2.0) - 1.0) / np.sqrt(np.pi), abs=4 * error)


def test_a_calibrated_forecast_covers_what_it_says() -> None:
    both = 50.0 + 10.0 * normals(1500, 401)
    found = score(both[:, 1:], both[:, 0])
    for coverage, nominal in ((found.coverage_50, 0.5), (found.coverage_90, 0.9)):
        assert coverage.low <= nominal <= coverage.high
        assert coverage.runs == found.n == 1500


@given(st.lists(st.tuples(SHARES, SHARES), min_size=1, max_size=8))
@settings(max_examples=20)
def test_no_skill_against_oneself(pairs: list[tuple[float, float]]) -> None:
    crps = np.array([abs(a - b) for a, b in pairs])
    found = skill(crps, crps)
    assert (found.estimate, found.low, found.high) == (0.0, 0.0, 0.0)


def test_skill_is_one_less_the_ratio_and_its_interval_holds_it() -> None:
    own, other = np.array([1.0, 2.0, 3.0, 2.0]), np.array([4.0, 4.0, 4.0, 4.0])
    found = skill(own, other)
    assert found.estimate == pytest.approx(0.5)
    assert found.low < 0.5 < found.high
    assert found.above_zero == 1.0
    assert found.units == 4


def test_rows_of_one_episode_count_once() -> None:
    # Half of the points are copies of each other: by point they seem to be many.
    crps = np.concatenate([np.full(20, 1.0), np.full(20, 6.0)])
    reference = np.full(40, 4.0)
    by_point = skill(crps, reference)
    by_episode = skill(crps, reference, ["first"] * 20 + ["second"] * 20)
    assert by_episode.estimate == by_point.estimate
    assert by_episode.units == 2
    assert by_episode.high - by_episode.low > 2.0 * (by_point.high - by_point.low)


def test_the_same_seed_draws_the_same_interval() -> None:
    own, other = np.abs(normals(12)), np.ones(12)
    assert skill(own, other, seed=3) == skill(own, other, seed=3)
    assert skill(own, other, seed=3) != skill(own, other, seed=4)


@pytest.mark.parametrize("shape", [(0, 5), (3, 1), (2, 5)])
def test_what_cannot_be_scored_is_refused(shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="an ensemble of shape"):
        score(np.zeros(shape), np.zeros(0 if shape[0] == 0 else 3))
    with pytest.raises(ValueError, match="of the reference"):
        skill(np.zeros(2), np.zeros(3))
