import numpy as np
import pytest
from scipy.sparse.csgraph import connected_components

from rapprochement_sim.randomness import population_generator
from rapprochement_sim.scenario.loading import load_rules
from rapprochement_sim.world.axes import N_CAPITALS, Array
from rapprochement_sim.world.forms import soft_step
from rapprochement_sim.world.population import (
    Population,
    build_population,
    calibrate_anchors,
    resting_attitude,
)

PARAMETERS = {name: entry.value for name, entry in load_rules().parameters.items()}
NOBODY_MOVED = np.zeros((N_CAPITALS, N_CAPITALS, 1))
SOCIAL_PULL = 0.3


def drawn(n_citizens: int = 60, seed: int = 5, **changed: float) -> Population:
    return build_population(population_generator(seed), n_citizens, PARAMETERS | changed)


@pytest.fixture(scope="module")
def population() -> Population:
    return drawn()


def test_the_seed_alone_decides_who_lives_there(population: Population) -> None:
    same, other = drawn(seed=5), drawn(seed=6)
    assert np.array_equal(population.anchor, same.anchor)
    assert (population.neighbours[0] != same.neighbours[0]).nnz == 0
    assert not np.array_equal(population.anchor, other.anchor)


@pytest.mark.parametrize("n_citizens", [5, 10, 60, 61])
def test_neighbours_are_a_network_of_shares(n_citizens: int) -> None:
    for ties in drawn(n_citizens).neighbours:
        assert ties.shape == (n_citizens, n_citizens)
        assert np.allclose(ties.sum(axis=1), 1.0, rtol=0, atol=1e-12)
        assert (ties.data > 0.0).all()
        assert (ties.diagonal() == 0.0).all()
        linked = (ties > 0).toarray()
        assert np.array_equal(linked, linked.T)
        assert connected_components(ties, directed=False)[0] == 1


def test_publics_differ_in_their_networks(population: Population) -> None:
    assert (population.neighbours[0] != population.neighbours[1]).nnz > 0


def test_receptivity_is_positive_with_mean_one(population: Population) -> None:
    receptivity = population.receptivity[..., 0, 0]
    assert (receptivity > 0.0).all()
    assert np.allclose(receptivity.mean(axis=1), 1.0, rtol=0, atol=1e-12)
    assert receptivity.std() > 0.1


def test_without_spread_all_are_equally_receptive() -> None:
    assert np.allclose(drawn(receptivity_spread=0.0).receptivity, 1.0, rtol=0, atol=1e-15)


def test_every_age_is_there_once(population: Population) -> None:
    ranks = (np.arange(60) + 0.5) / 60
    for ages in population.cohort:
        assert np.array_equal(np.sort(ages), ranks)
    assert not np.array_equal(population.cohort[0], population.cohort[1])


def test_ideology_lies_between_its_poles(population: Population) -> None:
    assert (np.abs(population.ideology) < 1.0).all()
    assert population.ideology.min() < -0.5 < 0.5 < population.ideology.max()


def test_thresholds_scatter_around_the_parameter() -> None:
    thresholds = drawn(2000).thresholds
    n = thresholds.size
    spread = PARAMETERS["protest_threshold_spread"]
    assert abs(thresholds.mean() - PARAMETERS["protest_threshold"]) < 5 * spread / np.sqrt(n)
    assert abs(thresholds.std() - spread) < 5 * spread / np.sqrt(2 * n)


def test_anchors_have_mean_zero_before_they_are_calibrated(population: Population) -> None:
    assert np.abs(population.anchor.mean(axis=1)).max() < 1e-12


def test_old_and_conservative_citizens_remember_more() -> None:
    """Anchors fall by the declared slopes along age and ideology."""
    citizens = drawn(2000, anchor_spread=0.0)
    for i in range(N_CAPITALS):
        columns = np.stack([citizens.cohort[i], citizens.ideology[i], np.ones(2000)], axis=1)
        fitted = np.linalg.lstsq(columns, citizens.anchor[i, :, 0, 0], rcond=None)[0]
        assert fitted[0] == pytest.approx(-PARAMETERS["cohort_slope"])
        assert fitted[1] == pytest.approx(-PARAMETERS["ideology_slope"])


def test_at_rest_anchor_and_neighbours_balance(population: Population) -> None:
    displaced = np.linspace(-0.5, 0.5, N_CAPITALS**2).reshape(N_CAPITALS, N_CAPITALS, 1)
    resting = resting_attitude(population, displaced, SOCIAL_PULL)
    pulled = population.anchor + population.receptivity * displaced[:, np.newaxis]
    for i, ties in enumerate(population.neighbours):
        held = resting[i, :, :, 0]
        push = (pulled[i, :, :, 0] - held) + SOCIAL_PULL * (ties @ held - held)
        assert np.abs(push).max() < 1e-12


def test_without_neighbours_everybody_rests_at_the_own_anchor(population: Population) -> None:
    resting = resting_attitude(population, NOBODY_MOVED, 0.0)
    assert np.allclose(resting, population.anchor, rtol=0, atol=1e-14)


def test_listening_to_neighbours_narrows_the_spread(population: Population) -> None:
    spreads = [
        resting_attitude(population, NOBODY_MOVED, pull).std(axis=1).mean()
        for pull in (0.0, 0.3, 1.0, 5.0)
    ]
    assert spreads == sorted(spreads, reverse=True)
    assert spreads[-1] < 0.8 * spreads[0]


@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize("share", [0.05, 0.528, 0.9])
def test_calibrated_publics_rest_at_their_poll(
    population: Population, sign: float, share: float
) -> None:
    displaced = np.full((N_CAPITALS, N_CAPITALS, 1), -0.4)
    threshold, width = 0.18, 0.25
    calibrated = calibrate_anchors(
        population,
        targets=np.zeros((N_CAPITALS, N_CAPITALS)),
        polls={(0, 1): (threshold, width, sign, share)},
        displacement=displaced,
        social_pull=SOCIAL_PULL,
    )
    held = resting_attitude(calibrated, displaced, SOCIAL_PULL)[0, :, 1, 0]
    assert soft_step(sign * (held - threshold) / width).mean() == pytest.approx(share, abs=1e-9)


def test_pairs_without_a_poll_rest_at_their_target(population: Population) -> None:
    targets: Array = np.linspace(-1.0, 1.0, N_CAPITALS**2).reshape(N_CAPITALS, N_CAPITALS)
    calibrated = calibrate_anchors(
        population, targets=targets, polls={}, displacement=NOBODY_MOVED, social_pull=SOCIAL_PULL
    )
    resting = resting_attitude(calibrated, NOBODY_MOVED, SOCIAL_PULL)
    assert np.allclose(resting[..., 0].mean(axis=1), targets, rtol=0, atol=1e-12)
    moved = calibrated.anchor - population.anchor
    assert np.ptp(moved, axis=1).max() < 1e-12
