import numpy as np
import pytest

from rapprochement_sim.dynamics.institutions import institutional_floor, ratification_prob
from rapprochement_sim.world.axes import DYAD_INDEX, N_DYADS, Array


def test_gains_hold_up_trust_on_both_sides_and_nowhere_else() -> None:
    gained = np.zeros((2, N_DYADS, 2))
    gained[0, DYAD_INDEX[0, 1]] = [0.5, -0.2]
    gained[1, DYAD_INDEX[0, 1]] = [0.1, 0.0]
    floor = institutional_floor(gained, np.array([0.4, 1.0]))
    assert floor[0, 1] == pytest.approx([0.3, -0.08])
    assert np.array_equal(floor[1, 0], floor[0, 1])
    floor[0, 1] = floor[1, 0] = 0.0
    assert not floor.any()


def test_a_capital_holds_nothing_up_in_itself() -> None:
    floor = institutional_floor(np.ones((1, N_DYADS, 2)), np.array([0.3]))
    assert not floor[np.arange(5), np.arange(5)].any()
    assert floor.sum() == pytest.approx(0.3 * 20 * 2)


def prob(
    political_capital: float = 0.5, stake: float = 0.3, openness: float = 0.5, bar: float = 0.2
) -> float:
    found: Array = ratification_prob(
        np.array([political_capital]),
        np.array([stake]),
        np.array([openness]),
        openness_weight=0.5,
        bar=bar,
        temperature=0.15,
    )
    return float(found[0])


def test_a_parliament_is_split_where_means_meet_the_stake_and_the_bar() -> None:
    assert prob(political_capital=0.35, stake=0.4, openness=0.5, bar=0.2) == pytest.approx(0.5)


def test_odds_of_ratification_by_hand() -> None:
    """A margin of 0.15 at a temperature of 0.15 is odds of e to 1."""
    assert prob(political_capital=0.4, stake=0.3, openness=0.5, bar=0.2) == pytest.approx(
        np.e / (1 + np.e)
    )


@pytest.mark.parametrize(
    ("name", "sign"),
    [("political_capital", 1), ("openness", 1), ("stake", -1), ("bar", -1)],
)
def test_what_helps_and_hinders_ratification(name: str, sign: int) -> None:
    found = [prob(**{name: value}) for value in (0.0, 0.2, 0.5, 1.0)]
    assert found == sorted(found, reverse=sign < 0)
    assert len(set(found)) == len(found)
    assert min(found) > 0.0
    assert max(found) < 1.0
