"""Feedback is damped: a small push is weaker a turn later, in every direction it can take.

The turn is taken without chance, and without anybody choosing: what is tested are the forms by
which a world carries its past on. Clocks (months in office, pauses) are no feedback, and a
leader's stance stands until the next one comes.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from rapprochement_sim.decision.case import Case
from rapprochement_sim.model import RapprochementModel, load_case
from rapprochement_sim.scenario.loading import list_scenarios
from rapprochement_sim.world.axes import Array
from rapprochement_sim.world.state import WorldState
from tests.laws.worlds import hold_all, quiet

pytestmark = pytest.mark.slow

PUSH = 1e-5
TURNS = (0, 4, 8)
N_LANES = 128
BY_CITIZEN = ("attitude", "participation", "crowd")
STANDING = ("stance",)
OWN = ("displacement", "protest", "threat")


def coordinates(state: WorldState) -> list[tuple[str, tuple[int, ...]]]:
    """Name every direction: a cell, or a whole public moved together."""
    found = []
    cells = {name: array for name, array in state.values.items() if name not in STANDING}
    for name, array in {**cells, **{name: getattr(state, name) for name in OWN}}.items():
        found += [(name, place) for place in np.ndindex(array.shape[:-1])]
    for name in BY_CITIZEN:
        shape = getattr(state, name).shape
        found += [(name, place) for place in np.ndindex(shape[:1] + shape[2:-1])]
    return found


def read(state: WorldState, name: str) -> Array:
    """Read a variable, publics by their mean."""
    array: Array = state.values[name] if name in state.values else getattr(state, name)
    return np.asarray(array.mean(axis=1) if name in BY_CITIZEN else array)


def pushed(
    state: WorldState, directions: list[tuple[str, tuple[int, ...]]]
) -> tuple[WorldState, Array]:
    """Push lane k in direction k, away from the nearer bound of a share."""
    arrays = {name: array.copy() for name, array in state.values.items()}
    own = {name: getattr(state, name).copy() for name in (*OWN, *BY_CITIZEN)}
    pushes = np.zeros(len(directions))
    for lane, (name, place) in enumerate(directions):
        pushes[lane] = PUSH if read(state, name)[place][lane] < 0.5 else -PUSH
        if name in BY_CITIZEN:
            own[name][(place[0], slice(None), *place[1:], lane)] += pushes[lane]
        else:
            (arrays if name in arrays else own)[name][(*place, lane)] += pushes[lane]
    return replace(state.with_values(**arrays), **own), pushes


def after_a_turn(case: Case, state: WorldState) -> WorldState:
    model = RapprochementModel(case, lanes=state.n_lanes, chance=False, collect=False, state=state)
    hold_all(model)
    model.step()
    return model.state


def jacobian(case: Case, state: WorldState) -> Array:
    """Differentiate one turn: rows are what moved, columns what was pushed."""
    directions = coordinates(state)
    columns = []
    for first in range(0, len(directions), N_LANES):
        some = directions[first : first + N_LANES]
        lanes = np.zeros(max(len(some), 2), dtype=np.int64)
        start = state.lane(lanes)
        moved, pushes = pushed(start, some)
        plain, other = after_a_turn(case, start), after_a_turn(case, moved)
        rows = [
            (read(other, name)[place] - read(plain, name)[place])[: len(some)] / pushes
            for name, place in directions
        ]
        columns.append(np.stack(rows))
    return np.concatenate(columns, axis=1)


def sampled_states(case: Case) -> Iterator[tuple[int, WorldState]]:
    model = RapprochementModel(case, root_seed=3, lanes=2, collect=False)
    while not model.is_over:
        if model.turn in TURNS:
            yield model.turn, model.state
        model.step()


@pytest.mark.parametrize("name", list_scenarios())
def test_the_spectral_radius_of_a_turn_is_below_one(name: str) -> None:
    played = load_case(name)
    case = quiet(played)
    radii = {}
    for turn, state in sampled_states(played):
        radii[turn] = float(np.abs(np.linalg.eigvals(jacobian(case, state))).max())
    assert len(radii) >= 2
    assert max(radii.values()) < 1.0, radii
    assert min(radii.values()) > 0.5, "something is carried on"
