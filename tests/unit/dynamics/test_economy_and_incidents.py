import numpy as np
import pytest

from rapprochement_sim.dynamics.economy import coercion_burden, diversify
from rapprochement_sim.dynamics.incidents import hazard_prob, incident_prob

LN_2 = float(np.log(2.0))


def test_trade_leaves_whoever_coerces() -> None:
    """At a rate of ln 2 a year, full coercion halves exposure in a year."""
    exposure = np.array([0.4, 0.4, 0.4])
    coercion = np.array([0.0, 1.0, 0.5])
    moved = diversify(exposure, coercion, per_year=LN_2, years=1.0)
    assert moved == pytest.approx([0.0, -0.2, 0.4 * (np.sqrt(0.5) - 1.0)])


def test_no_coercion_drives_all_trade_away() -> None:
    left = np.array([0.4])
    for _ in range(1000):
        left = left + diversify(left, np.array([1.0]), per_year=0.15, years=1.0 / 12.0)
    assert 0.0 < left[0] < 1e-4


def test_a_burden_is_what_is_restricted_of_what_is_needed() -> None:
    coercion, exposure = np.zeros((5, 5, 1)), np.zeros((5, 5, 1))
    coercion[0, 1], exposure[0, 1] = 0.5, 0.4
    coercion[0, 3], exposure[0, 3] = 0.1, 0.5
    exposure[1, 0] = 0.9
    burden = coercion_burden(coercion, exposure)
    assert burden[:, 0] == pytest.approx([0.25, 0.0, 0.0, 0.0, 0.0])


def encounter(threat: float = 0.4, other: float = 0.2, channel: float = 0.5) -> float:
    found = incident_prob(
        np.array([threat]), np.array([other]), np.array([channel]), per_year=2.0, years=0.25
    )
    return float(found[0])


def test_the_chance_of_an_encounter_by_hand() -> None:
    """Hazard 2 a year x a quarter x mean threat 0.3 x half a channel missing."""
    assert encounter() == pytest.approx(1.0 - np.exp(-0.075))


def test_encounters_need_tension_and_no_channel() -> None:
    assert encounter(threat=0.0, other=0.0) == 0.0
    assert encounter(channel=1.0) == 0.0
    assert encounter(0.2, 0.4) == pytest.approx(encounter(0.4, 0.2))
    rising = [encounter(threat=threat) for threat in (0.0, 0.3, 0.6, 1.0)]
    assert rising == sorted(set(rising))
    falling = [encounter(channel=channel) for channel in (0.0, 0.3, 0.6, 1.0)]
    assert falling == sorted(set(falling), reverse=True)


def test_rates_become_chances_that_survive_splitting_the_time() -> None:
    rates = np.array([0.0, LN_2, 50.0])
    year = hazard_prob(rates, 1.0)
    assert year == pytest.approx([0.0, 0.5, 1.0])
    quarter = hazard_prob(rates, 0.25)
    assert 1.0 - (1.0 - quarter) ** 4 == pytest.approx(year)
