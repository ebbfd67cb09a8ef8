"""A model that starts from a state of another goes on as the other did."""

import numpy as np
import pytest

from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.randomness import Chance

TURNS = 3


def test_going_on_from_any_turn_equals_having_gone_on() -> None:
    whole = RapprochementModel(root_seed=5, lanes=3, collect=False)
    states = [whole.state]
    for _ in range(TURNS):
        whole.step()
        states.append(whole.state)
    for turn in range(TURNS):
        part = RapprochementModel(root_seed=5, lanes=3, collect=False, state=states[turn])
        while part.turn < TURNS:
            part.step()
        for lane in range(3):
            assert part.state.digest(lane) == whole.state.digest(lane)


def test_futures_of_one_world_share_its_past_and_nothing_else() -> None:
    parent = RapprochementModel(root_seed=5, run_seed=7, collect=False)
    for _ in range(TURNS):
        parent.step()
    before = parent.state
    futures = RapprochementModel(
        root_seed=6, lanes=4, collect=False, state=before.lane(np.zeros(4, dtype=np.int64))
    )
    assert len({futures.state.digest(lane) for lane in range(4)}) == 1
    futures.step()
    assert len({futures.state.digest(lane) for lane in range(4)}) == 4


def test_the_same_chance_given_by_hand_is_the_same_world() -> None:
    keyed = RapprochementModel(root_seed=9, lanes=2, collect=False)
    given = RapprochementModel(lanes=2, collect=False, chance=Chance(9, np.arange(2)))
    keyed.step()
    given.step()
    assert given.state.digest(1) == keyed.state.digest(1)


def test_lanes_that_do_not_fit_are_refused() -> None:
    state = RapprochementModel(lanes=3, collect=False).state
    with pytest.raises(ValueError, match="2 runs need as many lanes: 3 of state"):
        RapprochementModel(lanes=2, collect=False, state=state)
