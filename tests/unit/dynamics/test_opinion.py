import numpy as np
import pytest
from scipy import sparse

from rapprochement_sim.dynamics.opinion import (
    opinion_shares,
    poll_share,
    protest_crowd,
    pull_of_disputes,
    sampling_error,
    update_attitude,
    update_displacement,
    update_participation,
)
from rapprochement_sim.world.axes import Array

LN_2 = float(np.log(2.0))


def test_disputes_push_away_and_warmth_and_new_stories_draw_near() -> None:
    """0.5 x 0.4 of warmth, 3 x 0.1 of stories, less 2 x (0.7 x 0.5 + 0.2 x 0.25) of hurt."""
    hurt = np.zeros((2, 5, 1))
    hurt[0, 0], hurt[1, 0] = 0.5, 0.25
    weights = np.zeros((2, 5, 5))
    weights[0, 0, 1], weights[1, 0, 1] = 0.7, 0.2
    glow = np.zeros((5, 5, 1))
    narrative = np.zeros((5, 5, 1))
    glow[0, 1], narrative[0, 1] = 0.4, 0.1
    pull = pull_of_disputes(
        hurt, glow, narrative, weights, hurt_weight=2.0, glow_weight=0.5, narrative_weight=3.0
    )
    assert pull[0, 1, 0] == pytest.approx(-0.3)
    pull[0, 1] = 0.0
    assert not pull.any()


def test_displacement_follows_its_pull_exactly_in_any_steps() -> None:
    """The solution of x' = rate (pull - x), whatever the steps."""
    pull, start, rate = np.array([-0.8]), np.array([0.3]), 1.6
    for n_steps in (1, 3, 50):
        held = start
        for _ in range(n_steps):
            held = held + update_displacement(held, pull, rate_per_year=rate, years=0.25 / n_steps)
        assert held == pytest.approx(pull + (start - pull) * np.exp(-rate * 0.25))


def test_shares_of_the_distance_by_hand() -> None:
    """Rates of 3 and 1 times ln 2 / 4 cover half of the distance in a year, split 3 to 1."""
    assert opinion_shares(0.75 * LN_2, 0.25 * LN_2, 1.0) == pytest.approx((0.375, 0.125))


@pytest.mark.parametrize("years", [1.0 / 12.0, 0.25, 1.0])
def test_the_length_of_a_turn_leaves_the_resting_attitude_alone(years: float) -> None:
    anchor_share, social_share = opinion_shares(1.6, 0.5, years)
    assert anchor_share / social_share == pytest.approx(3.2)
    assert 0.0 < anchor_share + social_share < 1.0


def attitude_after(
    attitude: Array, shares: tuple[Array | float, Array | float], **changed: Array
) -> Array:
    nothing = np.zeros_like(attitude)
    values = {
        "neighbour_mean": attitude,
        "noise": nothing,
        "steered": nothing,
        "anchored": shares[0] * nothing,
    }
    return update_attitude(attitude, **{**values, **changed}, shares=shares)


def test_an_attitude_moves_by_anchor_neighbours_steering_and_chance() -> None:
    """From 0.2: 0.3 of the way to an anchor of 1, 0.1 of it to neighbours at -0.8, and more."""
    shares = (0.3, 0.1)
    found = attitude_after(
        np.full((1, 1, 2), 0.2),
        shares,
        anchored=np.full((1, 1, 1), shares[0] * 1.0),
        neighbour_mean=np.full((1, 1, 2), -0.8),
        steered=np.full((1, 1, 2), -0.05),
        noise=np.full((1, 1, 2), 0.01),
    )
    assert found == pytest.approx(np.full((1, 1, 2), 0.2 + 0.24 - 0.1 - 0.05 + 0.01))


def test_a_citizen_at_anchor_among_like_minded_stays() -> None:
    attitude: Array = np.linspace(-1.0, 1.0, 12).reshape(3, 2, 2)
    shares = opinion_shares(1.6, 0.5, 0.25)
    found = attitude_after(attitude, shares, anchored=shares[0] * attitude)
    assert found == pytest.approx(attitude, abs=1e-15)


def test_attitudes_given_are_left_alone() -> None:
    attitude = np.full((2, 2, 2), 0.4)
    attitude_after(attitude, (0.3, 0.1))
    poll_share(attitude[:, 0], threshold=0.1, width=0.5, sign=-1.0)
    assert (attitude == 0.4).all()


def test_a_poll_counts_citizens_beyond_the_threshold() -> None:
    """3-4-5 triangles: standardised distances of 0.75 and -4/3 answer with 0.8 and 0.1."""
    attitude = np.array([[0.1 + 0.75 * 0.2], [0.1 - 0.2 * 4.0 / 3.0]])
    assert poll_share(attitude, threshold=0.1, width=0.2, sign=1.0) == pytest.approx([0.45])
    assert poll_share(attitude, threshold=0.1, width=0.2, sign=-1.0) == pytest.approx([0.55])


def test_sampling_error_of_a_thousand_people() -> None:
    """The textbook 1.6 points at one half, wider by the root of the design effect."""
    error = sampling_error(
        np.array([[0.5], [0.5], [0.0], [1.0]]),
        sample_size=np.full((4, 1), 1000.0),
        design_effect=np.array([[1.0], [4.0], [1.0], [1.0]]),
    )
    assert error[:, 0] == pytest.approx([0.0158114, 0.0316228, 0.0, 0.0], abs=1e-7)


RING = sparse.csr_array(np.array([[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]]))


def test_a_crowd_is_the_share_of_protesting_neighbours() -> None:
    crowd = protest_crowd(np.array([[1.0], [0.0], [0.4]]), RING)
    assert crowd[:, 0] == pytest.approx([0.2, 0.7, 0.5])


def joined(crowd: float = 0.0, grievance: float = 0.0, threshold: float = 1.0) -> float:
    found: Array = update_participation(
        np.array([[crowd]]),
        grievance=np.array([grievance]),
        thresholds=np.array([[threshold]]),
        contagion=0.5,
        width=0.1,
    )
    return float(found[0, 0])


def test_a_citizen_joins_when_grievance_and_crowd_pass_the_own_bar() -> None:
    assert joined(crowd=1.0, grievance=0.5, threshold=1.0) == pytest.approx(0.5)
    assert joined(crowd=1.0, grievance=0.575, threshold=1.0) == pytest.approx(0.8)


@pytest.mark.parametrize(("name", "sign"), [("crowd", 1), ("grievance", 1), ("threshold", -1)])
def test_what_brings_citizens_to_the_streets(name: str, sign: int) -> None:
    found = [joined(**{name: value}) for value in (0.0, 0.3, 0.6, 1.0)]
    assert found == sorted(found, reverse=sign < 0)
    assert len(set(found)) == len(found)


def cascade(contagion: float, n_rounds: int = 30) -> float:
    """Return who protests in a ring of like-minded citizens after one of them began."""
    n = 20
    ring = sparse.csr_array(0.5 * (np.roll(np.eye(n), 1, axis=1) + np.roll(np.eye(n), -1, axis=1)))
    taking_part = np.zeros((n, 1))
    taking_part[0] = 1.0
    thresholds = np.full((n, 1), 0.9)
    thresholds[0] = 0.0
    for _ in range(n_rounds):
        taking_part = update_participation(
            protest_crowd(taking_part, ring),
            grievance=np.array([0.75]),
            thresholds=thresholds,
            contagion=contagion,
            width=0.03,
        )
    return float(taking_part.mean())


def test_protest_spreads_as_a_cascade_only_if_it_is_contagious() -> None:
    """One neighbour of two lowers the bar by half the contagion: 0.25 passes 0.15, 0.1 does not."""
    assert cascade(contagion=0.2) < 0.15
    assert cascade(contagion=0.5) > 0.9
