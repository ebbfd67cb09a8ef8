"""First values drawn from their stated ranges."""

import numpy as np
import pytest

from rapprochement_sim.scenario.schema import StartValue
from rapprochement_sim.world.axes import VARIABLES, Axes
from rapprochement_sim.world.forms import logistic, logit
from rapprochement_sim.world.start_ranges import StartRanges, build_start_ranges

AXES = Axes(disputes=("islands",), institutions=("gsomia",), surveys=(), n_citizens=10)
ENTRIES = {
    "trust": [
        StartValue(at=["any", "any"], value=0.5, range=[0.4, 0.7], source="assumption"),
        StartValue(at=["seoul", "tokyo"], value=0.5, range=[0.0, 1.0], source="assumption"),
    ],
    "posture": [StartValue(at=["tokyo"], value=0.3, range=[0.1, 0.7], source="assumption")],
}
N_CELLS = sum(AXES.n_cells(name) for name in VARIABLES)


def ranges(share: float) -> StartRanges:
    built = build_start_ranges(ENTRIES, AXES, share)
    assert built is not None
    return built


def drawn(built: StartRanges, uniform: float) -> dict[str, np.ndarray]:
    start = {
        name: np.full((*AXES.shape(name), 1), 0.0 if variable.link == "logit" else 0.3)
        for name, variable in VARIABLES.items()
    }
    return built.drawn(start, np.full((N_CELLS, 2), uniform))


def test_nothing_is_drawn_where_a_scenario_does_not_ask() -> None:
    assert build_start_ranges(ENTRIES, AXES, 0.0) is None


def test_a_half_stands_for_the_stated_value_to_the_bit() -> None:
    values = drawn(ranges(1.0), 0.5)
    assert (values["trust"] == 0.0).all()
    assert (values["posture"] == 0.3).all()


@pytest.mark.parametrize(("uniform", "posture", "trust"), [(0.0, 0.1, 0.4), (1.0, 0.7, 0.7)])
def test_the_ends_stand_for_the_ends_of_the_range(
    uniform: float, posture: float, trust: float
) -> None:
    values = drawn(ranges(1.0), uniform)
    assert values["posture"][1, 0] == pytest.approx(posture)
    assert (values["posture"][[0, 2, 3, 4]] == 0.3).all()
    assert logistic(values["trust"][1, 0, 0]) == pytest.approx(trust)


def test_a_share_of_the_range_reaches_so_far_and_no_value_is_ever_certain() -> None:
    assert drawn(ranges(0.5), 0.0)["posture"][1, 0] == pytest.approx(0.2)
    for uniform in (0.0, 1.0):
        assert np.isfinite(drawn(ranges(1.0), uniform)["trust"]).all()
    assert drawn(ranges(1.0), 1.0)["trust"][0, 1, 0] == pytest.approx(logit(np.array(0.995)))
