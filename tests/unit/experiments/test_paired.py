"""Paired differences against what can be worked out by hand or by simulation."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rapprochement_sim.experiments.paired import paired_difference, paired_shares

SEEDS = st.integers(0, 2**32 - 1)


def pairs(seed: int, n: int, *, shared: float = 0.9) -> tuple[np.ndarray, np.ndarray]:
    """Draw two measures that share most of their chance."""
    generator = np.random.Generator(np.random.Philox(seed))
    common, own_a, own_b = generator.normal(size=(3, n))
    rest = sqrt(1.0 - shared)
    return sqrt(shared) * common + rest * own_a + 0.3, sqrt(shared) * common + rest * own_b


@given(seed=SEEDS, n=st.integers(3, 40))
def test_it_is_the_paired_t_test(seed: int, n: int) -> None:
    a, b = pairs(seed, n)
    found = paired_difference(a, b)
    known = stats.ttest_rel(a, b)
    interval = known.confidence_interval(0.95)
    assert found.low == pytest.approx(interval.low)
    assert found.high == pytest.approx(interval.high)
    one_sided = stats.ttest_rel(a, b, alternative="greater")
    assert found.prob_above == pytest.approx(1.0 - one_sided.pvalue)


@given(seed=SEEDS)
def test_exchanging_the_sides_turns_everything_round(seed: int) -> None:
    a, b = pairs(seed, 25)
    for there, back in (
        (paired_difference(a, b), paired_difference(b, a)),
        (paired_shares(a > 0, b > 0), paired_shares(b > 0, a > 0)),
    ):
        assert there.difference == pytest.approx(-back.difference)
        assert there.low == pytest.approx(-back.high)
        assert there.prob_above == pytest.approx(1.0 - back.prob_above)
        assert there.share_above + back.share_above + there.share_equal == pytest.approx(1.0)
        assert there.variance_reduction == pytest.approx(back.variance_reduction)


def test_pairing_is_worth_what_is_shared() -> None:
    """With a share s of the variance in common, pairing divides it by 1 / (1 - s)."""
    a, b = pairs(1, 40_000, shared=0.9)
    assert paired_difference(a, b).variance_reduction == pytest.approx(10.0, rel=0.03)


def test_the_runs_that_it_asks_for_give_the_precision() -> None:
    a, b = pairs(2, 400)
    found = paired_difference(a, b)
    needed = found.runs_for(0.02)
    assert 1.96 * found.spread / sqrt(needed) <= 0.02
    assert 1.96 * found.spread / sqrt(needed - 2) > 0.02
    assert found.runs_for(0.02, is_paired=False) > needed
    assert found.runs_for(1e9) == 2


def test_the_interval_holds_the_truth_19_times_of_20() -> None:
    truth, hits = 0.3, 0
    for seed in range(400):
        found = paired_difference(*pairs(seed, 12))
        hits += found.low <= truth <= found.high
    assert 0.91 <= hits / 400 <= 0.985


def test_the_interval_of_shares_by_hand() -> None:
    """Of 10 pairs 4 are true on A only and 1 on B only: 4.5 and 1.5 of 12 with the half runs."""
    a = np.array([True] * 4 + [False] + [True] * 5)
    b = np.array([False] * 4 + [True] + [True] * 5)
    found = paired_shares(a, b)
    middle, error = 3.0 / 12.0, sqrt(6.0 - 9.0 / 12.0) / 12.0
    assert found.difference == pytest.approx(0.3)
    assert found.low == pytest.approx(middle - 1.96 * error, abs=1e-4)
    assert found.high == pytest.approx(middle + 1.96 * error, abs=1e-4)


def test_sides_that_always_agree_leave_a_width() -> None:
    same = paired_shares(np.ones(50, dtype=bool), np.ones(50, dtype=bool))
    assert same.low < 0.0 < same.high
    assert same.prob_above == pytest.approx(0.5)
    equal = paired_difference(np.arange(5.0), np.arange(5.0))
    assert (equal.low, equal.high, equal.prob_above) == (0.0, 0.0, 0.5)
    assert equal.variance_reduction is None
    assert paired_difference(np.arange(5.0) + 1.0, np.arange(5.0)).prob_above == 1.0


def test_runs_that_make_no_pairs_are_refused() -> None:
    with pytest.raises(ValueError, match="3 and 2 runs make no pairs"):
        paired_difference(np.zeros(3), np.zeros(2))
    with pytest.raises(ValueError, match="1 and 1 runs make no pairs"):
        paired_difference(np.zeros(1), np.zeros(1))
