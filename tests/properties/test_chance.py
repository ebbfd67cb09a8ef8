import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rapprochement_sim.randomness import Chance, Process
from tests.properties.generators import run_lists

processes = st.sampled_from([process for process in Process if process is not Process.POPULATION])


@given(
    seed=st.integers(0, 2**63 - 1),
    runs=run_lists(),
    process=processes,
    turn=st.integers(0, 300),
    n_cells=st.integers(0, 11),
    draw=st.integers(0, 3),
)
def test_chance_belongs_to_the_run(
    seed: int, runs: list[int], process: Process, turn: int, n_cells: int, draw: int
) -> None:
    """Alone, in any company and at any place in it: the same bits."""
    together = Chance(seed, np.array(runs))
    for kind in ("uniforms", "normals"):
        found = getattr(together, kind)(process, turn, n_cells, draw=draw)
        assert found.shape == (n_cells, len(runs))
        for place, run in enumerate(runs):
            alone = getattr(Chance(seed, np.array([run, run])), kind)
            expected = alone(process, turn, n_cells, draw=draw)[:, 0]
            assert found[:, place].tobytes() == expected.tobytes()


@given(seed=st.integers(0, 2**63 - 1), runs=run_lists(), turn=st.integers(0, 300))
def test_drawing_again_gives_the_same(seed: int, runs: list[int], turn: int) -> None:
    """Nothing is consumed: the sequence of draws does not matter."""
    chance = Chance(seed, np.array(runs))
    first = chance.uniforms(Process.ORDERS, turn, 3)
    chance.normals(Process.OPINION, turn, 50)
    chance.uniforms(Process.ORDERS, turn + 1, 3)
    assert np.array_equal(chance.uniforms(Process.ORDERS, turn, 3), first)
