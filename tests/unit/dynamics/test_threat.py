import numpy as np
import pytest

from rapprochement_sim.dynamics.threat import threat_logit
from rapprochement_sim.world.axes import Array

WEIGHTS = (1.0, 2.0, 1.2, 0.8)
N_LANES = 2


def pairs(value: float = 0.0) -> Array:
    return np.full((5, 5, N_LANES), value)


def appraised(**changed: Array) -> Array:
    values = {
        "constant": np.zeros((5, 5, 1)),
        "posture": np.zeros((5, N_LANES)),
        "programme": np.zeros((5, N_LANES)),
        "provocation": pairs(),
        "trust": pairs(0.5),
        "encirclement": pairs(),
    }
    return threat_logit(**{**values, **changed}, weights=WEIGHTS)


def cell(i: int, j: int, value: float, base: float = 0.0) -> Array:
    table = pairs(base)
    table[i, j] = value
    return table


def test_at_even_trust_and_in_calm_the_constant_remains() -> None:
    constant = np.arange(25.0).reshape(5, 5, 1)
    assert np.array_equal(appraised(constant=constant), constant + np.zeros(N_LANES))


def test_an_appraisal_by_hand() -> None:
    """-1.3 + 1 x 0.4 + 2 x 0.6 + 1.2 x 0.5 - 0.8 x (0.25 - 0.5) + 0.1 = 1.2."""
    posture, programme = np.zeros((5, N_LANES)), np.zeros((5, N_LANES))
    posture[4], programme[4] = 0.4, 0.6
    constant = np.zeros((5, 5, 1))
    constant[0, 4] = -1.3
    found = appraised(
        constant=constant,
        posture=posture,
        programme=programme,
        provocation=cell(0, 4, 0.5),
        trust=cell(0, 4, 0.25, base=0.5),
        encirclement=cell(0, 4, 0.1),
    )
    assert found[0, 4] == pytest.approx([1.2, 1.2])


def test_arms_alarm_everybody_else_in_the_same_measure() -> None:
    posture = np.zeros((5, N_LANES))
    posture[1] = 0.3
    found = appraised(posture=posture)
    assert found[:, 1] == pytest.approx(np.full((5, N_LANES), 0.3))
    assert not found[:, [0, 2, 3, 4]].any()


@pytest.mark.parametrize(
    ("name", "base", "sign"),
    [("provocation", 0.0, 1), ("trust", 0.5, -1), ("encirclement", 0.0, 1)],
)
def test_what_one_side_feels_is_its_own(name: str, base: float, sign: int) -> None:
    """Observer first: what Seoul sees in Tokyo says nothing of what Tokyo sees in Seoul."""
    moved = appraised(**{name: cell(0, 1, base + 0.2, base)}) - appraised()
    assert (np.sign(moved[0, 1]) == sign).all()
    moved[0, 1] = 0.0
    assert not moved.any()
