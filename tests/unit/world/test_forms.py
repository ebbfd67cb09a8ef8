"""Worked numbers of the shared forms; what holds for all numbers is in tests/properties."""

import numpy as np
import pytest

from rapprochement_sim.world.forms import (
    apportion,
    kept_share,
    logistic,
    logit,
    saturate,
    slope,
    soft_step,
)

LN_2 = float(np.log(2.0))
QUARTER = 0.25


def test_logistic_by_hand() -> None:
    """Odds of 3 to 1 are three quarters."""
    found = logistic(np.array([0.0, np.log(3.0), -np.log(3.0)]))
    assert np.allclose(found, [0.5, 0.75, 0.25], rtol=0, atol=1e-15)


def test_logit_by_hand() -> None:
    assert np.allclose(logit(np.array([0.5, 0.75])), [0.0, np.log(3.0)], rtol=0, atol=1e-15)


def test_soft_step_by_hand() -> None:
    """Half plus half of d over the root of 1 + d squared; 3-4-5 triangles make it round."""
    found = soft_step(np.array([0.0, 0.75, -0.75, 4.0 / 3.0]))
    assert np.allclose(found, [0.5, 0.8, 0.2, 0.9], rtol=0, atol=1e-15)


@pytest.mark.parametrize(
    ("half_life", "years", "kept"),
    [(1.0, 1.0, 0.5), (1.0, 2.0, 0.25), (0.5, 0.25, np.sqrt(0.5)), (3.0, 0.0, 1.0)],
)
def test_kept_share_by_hand(half_life: float, years: float, kept: float) -> None:
    assert kept_share(half_life, years) == pytest.approx(kept, abs=1e-15)


def test_a_warmth_of_twenty_days_leaves_four_percent_after_a_quarter() -> None:
    assert kept_share(20.0 / 365.25, QUARTER) == pytest.approx(0.042, abs=5e-4)


@pytest.mark.parametrize(
    ("stock", "impulse", "low", "change"),
    [
        (0.4, LN_2, 0.0, 0.3),  # half of the room of 0.6
        (0.4, -LN_2, 0.0, -0.2),  # half of what stands above 0
        (0.4, -LN_2, -1.0, -0.7),  # half of what stands above -1
        (0.4, 0.0, 0.0, 0.0),
    ],
)
def test_saturation_by_hand(stock: float, impulse: float, low: float, change: float) -> None:
    found = saturate(np.array([stock]), np.array([impulse]), low, 1.0)
    assert found[0] == pytest.approx(change, abs=1e-15)


def test_slope_is_the_secant_and_the_tangent_at_zero() -> None:
    change, impulse = np.array([0.3, 0.0]), np.array([0.6, 0.0])
    assert slope(change, impulse, 0.7).tolist() == [0.5, 0.7]


def test_apportioned_parts_are_in_proportion() -> None:
    """A change of 0.6 by latent terms of 2 and -1 is 1.2 and -0.6."""
    parts = apportion(np.array([0.6]), [np.array([2.0]), np.array([-1.0])], at_zero=9.0)
    assert [part[0] for part in parts] == pytest.approx([1.2, -0.6])


def test_terms_that_cancel_are_split_at_the_tangent() -> None:
    parts = apportion(np.array([0.0]), [np.array([2.0]), np.array([-2.0])], at_zero=0.25)
    assert [part[0] for part in parts] == pytest.approx([0.5, -0.5])


def test_forms_keep_the_shape() -> None:
    table = np.full((2, 3, 4), 0.3)
    for form in (logistic, logit, soft_step):
        assert form(table).shape == table.shape
    assert saturate(table, table, 0.0, 1.0).shape == table.shape
