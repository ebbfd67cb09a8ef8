from itertools import pairwise

import numpy as np
import pytest

from rapprochement_sim.dynamics.politics import (
    appraise_abandonment,
    loses_office,
    protest_cost,
    regain_capital,
    wear_approval,
    wear_of_office,
)


def test_burdens_at_home_lower_approval_and_each_keeps_its_name() -> None:
    parts = wear_approval(
        np.array([0.4]), np.array([0.1]), np.array([0.05]), np.array([-0.02]), kept=0.75
    )
    assert {name: float(part[0]) for name, part in parts.items()} == pytest.approx(
        {"office": -0.1, "coercion": -0.1, "protest": -0.05, "chance": -0.02}
    )


def test_political_capital_moves_to_what_approval_supports() -> None:
    """Even approval supports 0.8 x 0.5; a quarter of the way from 0.6."""
    moved = regain_capital(np.array([0.6]), np.array([0.0]), support=0.8, kept=0.75)
    assert moved == pytest.approx([-0.05])


@pytest.mark.parametrize("approval", [-5.0, 0.0, 5.0])
def test_political_capital_stays_within_its_bounds(approval: float) -> None:
    held = np.array([0.9])
    for _ in range(500):
        held = held + regain_capital(held, np.array([approval]), support=1.0, kept=0.95)
        assert 0.0 < held[0] < 1.0


def abandonment(rest: float = 0.4, **pushes: float) -> dict[str, float]:
    values = {
        name: np.array([pushes.get(name, 0.0)]) for name in ("absence", "guarantee", "danger")
    }
    parts = appraise_abandonment(
        np.array([rest]), values["absence"], values["guarantee"], values["danger"], kept=0.5
    )
    return {name: float(part[0]) for name, part in parts.items()}


def test_fear_of_abandonment_by_hand() -> None:
    """Absence of ln 2 lifts what fear rests at from 0.4 to 0.7; half of it in this step."""
    assert abandonment(absence=float(np.log(2.0))) == pytest.approx(
        {"absence": 0.15, "guarantee": 0.0, "danger": 0.0}
    )


def test_absence_and_danger_frighten_and_a_guarantee_calms() -> None:
    parts = abandonment(absence=0.3, guarantee=0.2, danger=0.1)
    assert parts["absence"] > 0.0
    assert parts["danger"] > 0.0
    assert parts["guarantee"] < 0.0
    assert sum(parts.values()) == pytest.approx(0.5 * (1 - 0.4) * (1 - np.exp(-0.2)))


def test_two_readings_of_commitment_may_cancel_but_stay_two_terms() -> None:
    parts = abandonment(absence=0.2, guarantee=0.2)
    assert sum(parts.values()) == pytest.approx(0.0, abs=1e-15)
    assert parts["absence"] == pytest.approx(0.1)


def test_protest_costs_by_its_share_and_time() -> None:
    found = protest_cost(np.array([0.0, 0.1]), 0.8, 0.25)
    assert found == pytest.approx([0.0, 0.02])


def test_office_wears_nearly_linearly_at_first_and_is_bounded() -> None:
    years = np.array([0.0, 0.01, 4.0, 1e9])
    assert wear_of_office(years, 0.12, bend_years=4.0) == pytest.approx(
        [0.0, 0.0012, 0.24, 0.48], rel=3e-3
    )
    rising = wear_of_office(np.linspace(0.0, 20.0, 50), 0.12, bend_years=4.0)
    assert (np.diff(rising) > 0.0).all()


def test_chances_of_losing_office_by_hand() -> None:
    """At even approval the base chance; each uniform below it loses."""
    uniform = np.array([0.0, 0.349, 0.351, 0.999])
    lost = loses_office(np.full(4, 0.5), uniform, base_prob=0.35, protection=4.0)
    assert lost.tolist() == [1.0, 1.0, 0.0, 0.0]


def test_popular_leaders_are_kept() -> None:
    """Over the same draws, nobody is lost with more approval who was kept with less."""
    uniform = (np.arange(2000) + 0.5) / 2000
    lost = [
        loses_office(np.full(2000, approval), uniform, base_prob=0.35, protection=4.0)
        for approval in (0.2, 0.35, 0.5, 0.65, 0.8)
    ]
    for weaker, stronger in pairwise(lost):
        assert (stronger <= weaker).all()
    odds = [share / (1 - share) for share in (each.mean() for each in lost)]
    steps = [b / a for a, b in pairwise(odds)]
    assert steps == pytest.approx([np.exp(-4.0 * 0.15)] * 4, rel=0.02)
