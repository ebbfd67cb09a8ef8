import numpy as np
import pytest

from rapprochement_sim.dynamics.stocks import fading, moved_by_acts
from rapprochement_sim.dynamics.trust import hold_up_trust, lose_gains_to_wounds
from rapprochement_sim.world.axes import Array

LN_2 = float(np.log(2.0))
LOW, HIGH = np.array([[0.0], [0.0], [-1.0]]), np.ones((3, 1))
IS_STOCK = np.array([[True], [False], [True]])


def moved(cells: Array, impulse: Array) -> Array:
    return moved_by_acts(cells, impulse, low=LOW, high=HIGH, saturates=IS_STOCK)


def test_bounded_stocks_saturate_and_others_add() -> None:
    cells = np.full((3, 2), 0.4)
    impulse = np.array([[LN_2, -LN_2]] * 3)
    change = moved(cells, impulse)
    assert change[0] == pytest.approx([0.3, -0.2])
    assert change[1] == pytest.approx([LN_2, -LN_2])
    assert change[2] == pytest.approx([0.3, -0.7])


def test_a_lane_that_no_act_touches_keeps_its_bits() -> None:
    """A cell is moved in all lanes if an act touches it in one: the others must not notice."""
    cells = np.array([[0.4, 0.1], [-3.0, 0.0], [0.0, -1.0]])
    impulse = np.array([[0.0, 0.3], [0.0, -0.2], [0.0, -0.3]])
    after = cells + moved(cells, impulse)
    assert after[:, 0].tobytes() == cells[:, 0].tobytes()
    assert (after[:2, 1] != cells[:2, 1]).all()


def test_fading_covers_its_share_of_the_distance() -> None:
    cells, rest = np.array([[0.8, 0.2]]), np.array([[0.4]])
    assert fading(cells, rest, np.array([[0.25]])) == pytest.approx(np.array([[-0.1, 0.05]]))
    assert not fading(cells, rest, np.array([[0.0]])).any()


def test_months_of_fading_make_a_quarter() -> None:
    kept = 0.9
    cells = np.array([[0.8]])
    for _ in range(3):
        cells = cells + fading(cells, np.array([[0.4]]), np.array([[1.0 - kept]]))
    assert cells[0, 0] == pytest.approx(0.4 + 0.4 * kept**3)


def test_institutions_and_trade_hold_trust_up_where_it_comes_to_rest() -> None:
    """Relaxing to a rest of 0 and pushed by the same share, trust settles at the floors' sum."""
    trust, kept = np.array([-1.5]), 0.8
    for _ in range(200):
        parts = hold_up_trust(np.array([0.3]), np.array([-0.1]), kept=kept)
        trust = trust * kept + parts["institutions"] + parts["interdependence"]
    assert trust == pytest.approx([0.2])


def test_gains_fade_faster_by_open_wounds_and_losses_do_not() -> None:
    gained = np.array([0.4, 0.4, -0.4])
    wounds = np.array([0.0, 1.0, 1.0])
    lost = lose_gains_to_wounds(gained, wounds, weight=0.5, moved=0.2)
    assert lost[0] == 0.0
    assert lost[1] == pytest.approx(-0.4 * (1.0 - np.exp(-0.1)))
    assert lost[2] == 0.0
