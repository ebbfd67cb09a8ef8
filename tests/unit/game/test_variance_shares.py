"""Shares of variance, on functions whose shares are known."""

import numpy as np
import pytest

from rapprochement_sim.game.variance_shares import bootstrap_worlds, variance_shares
from rapprochement_sim.randomness import Chance, Process
from rapprochement_sim.world.axes import Array

N = 20_000


def drawn(n_sources: int, seed: int) -> Array:
    """Draw uniforms for each source (source, world)."""
    return Chance(seed, np.arange(N)).uniforms(Process.RESAMPLING, 1, n_sources)


def swapped(base: Array, other: Array) -> list[Array]:
    """Return the base draws with one source after the other exchanged."""
    changed = []
    for n in range(len(base)):
        mixed = base.copy()
        mixed[n] = other[n]
        changed.append(mixed)
    return changed


def ishigami(uniforms: Array) -> Array:
    """Return the Ishigami function with a = 7, b = 0.1."""
    x = np.pi * (2.0 * uniforms - 1.0)
    values: Array = np.sin(x[0]) + 7.0 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])
    return values


def test_the_shares_of_the_ishigami_function() -> None:
    base, other = drawn(3, seed=5), drawn(3, seed=6)
    found = variance_shares(
        ishigami(base),
        ishigami(other),
        np.stack([ishigami(mixed) for mixed in swapped(base, other)]),
        bootstrap_worlds(1, N, 40),
    )
    assert found is not None
    # Analytical: V = a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2.
    assert found.variance == pytest.approx(13.845, rel=0.03)
    first = [share.value for share in found.first]
    total = [share.value for share in found.total]
    np.testing.assert_allclose(first, [0.3139, 0.4424, 0.0], atol=0.03)
    np.testing.assert_allclose(total, [0.5576, 0.4424, 0.2437], atol=0.03)
    assert found.interactions.value == pytest.approx(0.2437, abs=0.05)
    assert found.interactions.value == pytest.approx(1.0 - sum(first), abs=1e-12)
    for share in (*found.first, *found.total, found.interactions):
        assert share.low <= share.value <= share.high


def test_sources_that_add_up_have_no_interactions() -> None:
    weights = np.array([[1.0], [2.0], [0.0]])
    base, other = drawn(3, seed=8), drawn(3, seed=9)

    def added(x: Array) -> Array:
        values: Array = (weights * x).sum(axis=0)
        return values

    mixed = np.stack([added(m) for m in swapped(base, other)])
    found = variance_shares(added(base), added(other), mixed, bootstrap_worlds(1, N, 40))
    assert found is not None
    np.testing.assert_allclose([s.value for s in found.total], [0.2, 0.8, 0.0], atol=0.02)
    assert found.total[2].value == 0.0
    assert abs(found.interactions.value) < 0.04


def test_two_worlds_by_hand() -> None:
    base, other = np.array([0.0, 2.0]), np.array([4.0, 2.0])
    picked = np.array([[0], [1]])
    found = variance_shares(base, other, np.array([[4.0, 2.0], [0.0, 2.0]]), picked)
    assert found is not None
    # Mean 2, squared deviations 4 + 0 + 4 + 0 over 3.
    assert found.variance == pytest.approx(8.0 / 3.0)
    # (4 - 2) * (4 - 0) / 2 over the variance; half the mean square of 4 and 0 over it.
    assert found.first[0].value == pytest.approx(1.5)
    assert found.total[0].value == pytest.approx(1.5)
    assert (found.first[1].value, found.total[1].value) == (0.0, 0.0)


def test_what_never_varies_has_no_shares() -> None:
    same = np.full(4, 3.0)
    assert variance_shares(same, same, same[np.newaxis], bootstrap_worlds(1, 4, 10)) is None


def test_bootstrap_samples_are_worlds_and_repeat() -> None:
    picked = bootstrap_worlds(3, 7, 50)
    assert picked.shape == (7, 50)
    assert set(picked.ravel()) == set(range(7))
    np.testing.assert_array_equal(picked, bootstrap_worlds(3, 7, 50))
