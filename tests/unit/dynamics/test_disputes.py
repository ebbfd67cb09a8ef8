import numpy as np
import pytest

from rapprochement_sim.dynamics.disputes import (
    feel_relief,
    grievance,
    mean_glow,
    protest_on_mind,
    update_hurt,
)
from rapprochement_sim.world.axes import Array

LN_2 = float(np.log(2.0))
MONTH = 1.0 / 12.0


def one(value: float) -> Array:
    return np.full((1, 1, 1), value)


def test_half_of_a_remedy_is_felt_within_its_lag() -> None:
    felt = feel_relief(one(0.6), lag_years=0.5, years=0.5)
    assert felt == pytest.approx(one(0.3))


def test_relief_is_felt_in_full_in_the_end_and_never_twice() -> None:
    left, felt = one(0.8), 0.0
    for _ in range(12 * 8):
        part = feel_relief(left, lag_years=0.35, years=MONTH)
        left, felt = left - part, felt + float(part[0, 0, 0])
    assert felt == pytest.approx(0.8, abs=1e-6)
    assert left == pytest.approx(one(0.0), abs=1e-6)


def hurt_after(
    hurt: float, *, felt: float = 0.0, settlement: float = 0.0, rest: float = 0.0, kept: float = 1.0
) -> dict[str, Array]:
    return update_hurt(
        one(hurt),
        felt=one(felt),
        settlement=one(settlement),
        rest=one(rest),
        relief_effect=2.0,
        kept=one(kept),
    )


def test_relief_removes_a_share_of_the_hurt() -> None:
    """Log units: an effect of 2 times ln 2 / 2 felt removes half."""
    parts = hurt_after(0.6, felt=LN_2 / 2)
    assert parts["relief"] == pytest.approx(one(-0.3))
    assert parts["fading"] == pytest.approx(one(0.0))


def test_hurt_drifts_to_what_memory_keeps_alive() -> None:
    """Half way from 0.6 to a rest of 0.4 that is settled by half."""
    parts = hurt_after(0.6, settlement=0.5, rest=0.4, kept=0.5)
    assert parts["fading"] == pytest.approx(one(-0.2))


def test_fading_begins_where_relief_left_off() -> None:
    parts = hurt_after(0.6, felt=LN_2 / 2, rest=0.1, kept=0.5)
    assert parts["fading"] == pytest.approx(one(-0.1))


@pytest.mark.parametrize("felt", [0.0, 0.1, 3.0, 50.0])
def test_no_remedy_makes_hurt_negative(felt: float) -> None:
    parts = hurt_after(0.7, felt=felt)
    assert 0.7 + float(parts["relief"][0, 0, 0]) >= 0.0


def test_a_remedy_without_hurt_does_nothing() -> None:
    """Relief removes hurt of its own dispute only; it adds no warmth."""
    hurt, felt = np.array([[[0.0]], [[0.5]]]), np.array([[[0.4]], [[0.0]]])
    parts = update_hurt(
        hurt,
        felt=felt,
        settlement=np.zeros((2, 1, 1)),
        rest=hurt,
        relief_effect=1.2,
        kept=np.full((2, 1, 1), 0.9),
    )
    assert np.array_equal(parts["relief"], np.zeros((2, 1, 1)))
    assert np.array_equal(parts["fading"], np.zeros((2, 1, 1)))


def test_protest_raises_what_is_on_the_mind_into_the_room_left() -> None:
    raised = protest_on_mind(np.array([0.0, 0.6, 1.0]), np.array([LN_2, LN_2, LN_2]))
    assert raised == pytest.approx([0.5, 0.2, 0.0])
    assert protest_on_mind(np.array([0.4]), np.array([0.0])).tolist() == [0.0]


def test_grievance_by_hand() -> None:
    """Two disputes: 0.5 x 0.4 x 2 and 1.0 x 0.3 x 1."""
    salience = np.array([[[0.5]], [[1.0]]])
    hurt = np.array([[[0.4]], [[0.3]]])
    weights = np.array([[[2.0]], [[1.0]]])
    assert grievance(salience, hurt, weights) == pytest.approx(np.array([[0.7]]))


@pytest.mark.parametrize("half_life", [20.0 / 365.25, 0.5, 10.0])
@pytest.mark.parametrize("years", [MONTH, 0.25, 1.0])
def test_mean_glow_is_the_integral_of_the_decay(half_life: float, years: float) -> None:
    """Compared with the midpoint rule on 200,000 slices."""
    slices = 200_000
    at = (np.arange(slices) + 0.5) * years / slices
    integral = (0.3 * 2.0 ** (-at / half_life)).mean()
    found = mean_glow(np.array([0.3]), half_life_years=half_life, years=years)
    assert found[0] == pytest.approx(integral, rel=1e-8)


def test_warmth_of_three_months_is_the_mean_of_its_months() -> None:
    half_life, glow = 0.055, np.array([0.3])
    whole = mean_glow(glow, half_life_years=half_life, years=3 * MONTH)
    by_month = [
        mean_glow(
            glow * 2.0 ** (-month * MONTH / half_life), half_life_years=half_life, years=MONTH
        )
        for month in range(3)
    ]
    assert np.mean(by_month) == pytest.approx(float(whole[0]), rel=1e-12)
