from dataclasses import replace

import numpy as np
import pytest

from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.world.state import WorldState
from tests.tiny import shipped_rules_few_citizens


@pytest.fixture(scope="module")
def state() -> WorldState:
    model = RapprochementModel(shipped_rules_few_citizens(), lanes=3, collect=False)
    model.step()
    return model.state


def test_picked_lanes_are_those_worlds_in_that_sequence(state: WorldState) -> None:
    picked = state.lane(np.array([2, 0, 2]))
    assert picked.n_lanes == 3
    assert [picked.digest(n) for n in range(3)] == [state.digest(n) for n in (2, 0, 2)]


def test_a_digest_speaks_of_one_world_only(state: WorldState) -> None:
    assert len({state.digest(lane) for lane in range(3)}) == 3
    protest = state.protest.copy()
    protest[0, 1] += 1e-12
    changed = replace(state, protest=protest)
    assert changed.digest(1) != state.digest(1)
    assert [changed.digest(lane) for lane in (0, 2)] == [state.digest(lane) for lane in (0, 2)]


@pytest.mark.parametrize("array", ["trust", "attitude", "pauses", "belief_secret", "crowd"])
def test_a_digest_covers_every_array(state: WorldState, array: str) -> None:
    """One bit anywhere is another world."""
    assert array in state.arrays()
    if array.startswith("belief_"):
        secret = state.beliefs.secret.copy()
        secret[0, 0, 0] = np.nextafter(secret[0, 0, 0], 9.0)
        other = replace(state, beliefs=replace(state.beliefs, secret=secret))
    elif array in state.values:
        changed = state.values[array].copy()
        changed.ravel()[0] = np.nextafter(changed.ravel()[0], 9.0)
        other = state.with_values(**{array: changed})
    else:
        changed = getattr(state, array).copy()
        changed.ravel()[0] += 1
        other = replace(state, **{array: changed})
    assert other.digest(0) != state.digest(0)


def test_a_digest_knows_the_turn(state: WorldState) -> None:
    assert replace(state, turn=state.turn + 1).digest() != state.digest()


def test_every_field_is_among_the_arrays(state: WorldState) -> None:
    fields = set(WorldState.__dataclass_fields__) - {"turn", "values", "beliefs"}
    assert fields | set(state.values) < set(state.arrays())


def test_replacing_a_variable_leaves_the_state_alone(state: WorldState) -> None:
    before = state.values["trust"].copy()
    other = state.with_values(trust=before + 1.0)
    assert np.array_equal(state.values["trust"], before)
    assert np.array_equal(other.values["trust"], before + 1.0)
    assert other.values["approval"] is state.values["approval"]


def test_values_cannot_be_put_in(state: WorldState) -> None:
    with pytest.raises(TypeError):
        state.values["trust"] = np.zeros(1)  # type: ignore[index]
