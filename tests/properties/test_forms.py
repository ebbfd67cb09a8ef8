import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtr

from rapprochement_sim.dynamics.disputes import mean_glow
from rapprochement_sim.world.axes import Array
from rapprochement_sim.world.forms import (
    apportion,
    kept_share,
    logistic,
    logit,
    saturate,
    slope,
    soft_step,
)
from tests.properties.generators import LANES, half_lives, latents, pushes, shares, tables, years

signs = st.sampled_from([-1.0, 1.0])
lows = st.sampled_from([0.0, -1.0])


@given(tables(shares), tables(pushes), signs, lows)
def test_a_stock_never_reaches_its_bounds(
    stock: Array, push: Array, sign: float, low: float
) -> None:
    after = stock + saturate(stock, sign * push, low, 1.0)
    assert (after > low).all()
    assert (after < 1.0).all()
    assert (sign * (after - stock) >= 0.0).all()


@given(tables(shares), tables(pushes), tables(pushes), signs, lows)
def test_one_push_is_as_good_as_its_parts(
    stock: Array, first: Array, second: Array, sign: float, low: float
) -> None:
    whole = stock + saturate(stock, sign * (first + second), low, 1.0)
    between = stock + saturate(stock, sign * first, low, 1.0)
    parts = between + saturate(between, sign * second, low, 1.0)
    assert np.allclose(whole, parts, rtol=0, atol=1e-13)


@given(tables(shares), tables(pushes))
def test_a_push_and_its_withdrawal_do_not_cancel_for_free(stock: Array, push: Array) -> None:
    """Up then down removes a share of the raised stock: never back above where it began."""
    up = stock + saturate(stock, push, 0.0, 1.0)
    back = up + saturate(up, -push, 0.0, 1.0)
    expected = stock * np.exp(-2 * push) + np.exp(-push) * (1 - np.exp(-push))
    assert np.allclose(back, expected, rtol=0, atol=1e-13)


@given(tables(shares), tables(latents), tables(pushes))
def test_a_larger_push_moves_further(stock: Array, push: Array, more: Array) -> None:
    assert (saturate(stock, push + more, 0.0, 1.0) >= saturate(stock, push, 0.0, 1.0)).all()


@given(tables(shares))
def test_no_push_is_no_change(stock: Array) -> None:
    assert not saturate(stock, np.zeros_like(stock), 0.0, 1.0).any()


@given(tables(shares), st.floats(-1e-7, 1e-7))
def test_small_pushes_are_worth_the_room_they_have(stock: Array, push: float) -> None:
    change = saturate(stock, np.full_like(stock, push), 0.0, 1.0)
    room = 1.0 - stock if push > 0 else stock
    assert np.allclose(change, room * push, rtol=1e-6, atol=1e-20)


@given(half_lives, years, years)
def test_decay_over_two_spans_is_decay_over_their_sum(half_life: float, a: float, b: float) -> None:
    together = kept_share(half_life, a) * kept_share(half_life, b)
    assert kept_share(half_life, a + b) == pytest.approx(together, rel=1e-12, abs=1e-300)


@given(half_lives, years)
def test_what_is_kept_is_a_share_that_shrinks(half_life: float, span: float) -> None:
    assert 0.0 <= kept_share(half_life, 2 * span) <= kept_share(half_life, span) < 1.0
    assert kept_share(2 * half_life, span) > kept_share(half_life, span)


@given(half_lives, years)
def test_mean_warmth_lies_between_its_ends(half_life: float, span: float) -> None:
    mean = float(mean_glow(np.array([1.0]), half_life_years=half_life, years=span)[0])
    assert kept_share(half_life, span) < mean < 1.0


@given(tables(shares), st.lists(tables(latents), min_size=1, max_size=4), shares)
def test_apportioned_parts_sum_to_the_whole(
    stock: Array, causes: list[Array], at_zero: float
) -> None:
    total = np.sum(causes, axis=0)
    change = saturate(stock, total, 0.0, 1.0)
    parts = apportion(change, causes, at_zero)
    scale = np.abs(causes).max()
    assert np.allclose(np.sum(parts, axis=0), change, rtol=0, atol=1e-14 * (1.0 + scale))
    for part, cause in zip(parts, causes, strict=True):
        assert (part * cause >= 0.0).all()


@given(tables(shares), tables(latents))
def test_a_secant_times_the_push_is_the_change(stock: Array, push: Array) -> None:
    change = saturate(stock, push, 0.0, 1.0)
    assert np.allclose(slope(change, push, 0.3) * push, change, rtol=1e-12, atol=1e-300)


@given(tables(latents))
def test_shares_and_logits_are_inverse(latent: Array) -> None:
    share = logistic(latent)
    assert ((share > 0.0) & (share < 1.0)).all()
    inside = np.abs(latent) < 10.0
    assert np.allclose(logit(share)[inside], latent[inside], rtol=0, atol=1e-10)


@given(tables(latents))
def test_a_soft_step_is_students_distribution(distance: Array) -> None:
    """Rescaled by the root of 2, with two degrees of freedom."""
    expected = stdtr(2, distance * np.sqrt(2.0))
    assert np.allclose(soft_step(distance), expected, rtol=0, atol=1e-12)


@given(tables(latents), tables(pushes))
def test_a_soft_step_rises_and_is_fair_to_both_sides(distance: Array, more: Array) -> None:
    assert (soft_step(distance + more) > soft_step(distance)).all()
    assert np.allclose(soft_step(distance) + soft_step(-distance), 1.0, rtol=0, atol=1e-15)


@given(tables(shares), tables(latents), st.integers(0, LANES - 2))
def test_a_form_has_the_same_bits_in_any_block(stock: Array, push: Array, first: int) -> None:
    part = slice(first, first + 2)
    for whole, alone in (
        (logistic(push), logistic(push[:, part])),
        (logit(stock), logit(stock[:, part])),
        (soft_step(push), soft_step(push[:, part])),
        (saturate(stock, push, 0.0, 1.0), saturate(stock[:, part], push[:, part], 0.0, 1.0)),
    ):
        assert np.ascontiguousarray(whole[:, part]).tobytes() == alone.tobytes()
