from dataclasses import replace

import numpy as np
import pytest

from rapprochement_sim.agents.public import PublicAgent, draw_opinion_noise
from rapprochement_sim.decision.case import Case
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.randomness import Chance
from rapprochement_sim.world.axes import N_CAPITALS, Array
from tests.tiny import CITIZENS, shipped_rules_few_citizens

LANES = 3


@pytest.fixture(scope="module")
def model() -> RapprochementModel:
    return RapprochementModel(shipped_rules_few_citizens(), lanes=LANES, collect=False)


@pytest.fixture(scope="module", params=range(N_CAPITALS))
def public(request: pytest.FixtureRequest, model: RapprochementModel) -> PublicAgent:
    found: PublicAgent = list(model.publics)[request.param]
    return found


def start_of(public: PublicAgent) -> tuple[Array, Array]:
    state = public.model.state
    return state.attitude[public.index], state.displacement[public.index]


def test_a_public_at_rest_stays_at_rest(public: PublicAgent) -> None:
    attitude, displacement = start_of(public)
    moved = public.move(attitude, np.zeros_like(attitude), (displacement, displacement))
    assert np.abs(moved - attitude).max() < 1e-12


def test_acts_move_each_citizen_by_the_own_receptivity(public: PublicAgent) -> None:
    attitude, displacement = start_of(public)
    quiet = np.zeros_like(attitude)
    push = np.linspace(-0.2, 0.2, displacement.size).reshape(displacement.shape)
    moved = public.move(attitude, quiet, (displacement, displacement + push))
    assert moved - attitude == pytest.approx(public.receptivity * push, abs=1e-12)
    mean = (moved - attitude).mean(axis=0)
    assert mean == pytest.approx(push, abs=1e-12)


def test_chance_is_added_as_it_was_drawn(public: PublicAgent) -> None:
    attitude, displacement = start_of(public)
    noise = np.random.Generator(np.random.Philox(3)).standard_normal(attitude.shape)
    moved = public.move(attitude, noise, (displacement, displacement))
    assert moved - attitude == pytest.approx(noise, abs=1e-12)


def test_memory_brings_a_shaken_public_back(public: PublicAgent) -> None:
    """Everybody shaken alike: neighbours agree, only the anchor pulls."""
    attitude, displacement = start_of(public)
    moved = public.move(attitude + 0.4, np.zeros_like(attitude), (displacement, displacement))
    assert moved - attitude == pytest.approx(
        np.full_like(attitude, 0.4 * (1.0 - public.shares[0])), abs=1e-12
    )


def test_neighbours_draw_an_odd_one_back_and_follow_a_little(public: PublicAgent) -> None:
    attitude, displacement = start_of(public)
    odd = attitude.copy()
    odd[0] += 1.0
    moved = public.move(odd, np.zeros_like(odd), (displacement, displacement)) - attitude
    left = 1.0 - sum(public.shares)
    assert moved[0] == pytest.approx(np.full(moved[0].shape, left), abs=1e-12)
    ties = public.neighbours[:, [0]].toarray().ravel()
    followed = public.shares[1] * ties[1:, np.newaxis, np.newaxis] + np.zeros_like(moved[1:])
    assert moved[1:] == pytest.approx(followed, abs=1e-12)


def test_protest_at_rest_stays_at_rest(public: PublicAgent) -> None:
    state, world = public.model.state, public.model.case.world
    stakes = state.values["salience"] * state.values["hurt"] * world.grievance_weights
    held = state.participation[public.index]
    joined, crowd = public.join(held, stakes.sum(axis=0)[public.index])
    assert np.abs(joined - held).max() < 1e-12
    assert crowd == pytest.approx(public.neighbours @ held)


def test_more_grievance_brings_more_citizens_out(public: PublicAgent) -> None:
    nobody = np.zeros((CITIZENS, 4))
    joined, _ = public.join(nobody, np.array([0.0, 0.5, 1.0, 1.5]))
    assert (np.diff(joined, axis=1) > 0.0).all()
    assert joined.min() > 0.0
    assert joined.max() < 1.0


def test_citizens_with_a_higher_bar_protest_less(public: PublicAgent) -> None:
    joined, _ = public.join(np.zeros((CITIZENS, 1)), np.array([1.0]))
    order = np.argsort(public.thresholds[:, 0])
    assert (np.diff(joined[order, 0]) < 0.0).all()


def noise_of(case: Case, runs: int, **changed: float) -> Array:
    numbers = {**case.world.parameters, **changed}
    world = replace(case.world, parameters=numbers)
    return draw_opinion_noise(Chance(3, np.arange(runs)), 2, world)


def test_chance_has_the_declared_size_over_a_turn() -> None:
    """Own and common parts add in variance; both grow with the root of time."""
    case = shipped_rules_few_citizens()
    noise = noise_of(case, 256, opinion_noise=0.3, opinion_common_noise=0.0)
    expected = 0.3 * np.sqrt(case.world.turn_years)
    assert noise.std() == pytest.approx(expected, rel=5.0 / np.sqrt(2 * noise.size))
    both = noise_of(case, 256, opinion_noise=0.3, opinion_common_noise=0.4)
    assert both.std() == pytest.approx(0.5 * np.sqrt(case.world.turn_years), rel=0.05)


def test_common_chance_moves_a_public_as_one() -> None:
    case = shipped_rules_few_citizens()
    noise = noise_of(case, 4, opinion_noise=0.0, opinion_common_noise=0.4)
    assert np.ptp(noise, axis=1).max() == 0.0
    assert np.unique(noise[:, 0]).size > 90


def test_switched_off_chance_leaves_citizens_alone() -> None:
    world = shipped_rules_few_citizens().world
    assert not draw_opinion_noise(Chance(3, np.arange(2), is_on=False), 0, world).any()
