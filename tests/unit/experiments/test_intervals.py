import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapprochement_sim.experiments.intervals import wilson


@pytest.mark.parametrize(
    ("count", "runs", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_known_intervals(count: int, runs: int, low: float, high: float) -> None:
    found = wilson(count, runs)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 10**7).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_stays_a_probability(case: tuple[int, int]) -> None:
    found = wilson(*case)
    assert 0.0 <= found.low <= found.estimate <= found.high <= 1.0
    assert found.low < found.high


@pytest.mark.parametrize("case", [(0, 0), (3, 2), (-1, 5)])
def test_shares_that_cannot_be_are_refused(case: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="runs"):
        wilson(*case)
