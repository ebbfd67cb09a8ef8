from itertools import product

import numpy as np
import pytest

from rapprochement_sim.decision.appraisal import appraise_threat
from rapprochement_sim.decision.case import Case, months_between
from rapprochement_sim.decision.resting import resting_protest
from rapprochement_sim.dynamics.opinion import protest_crowd, update_participation
from rapprochement_sim.model import load_case
from rapprochement_sim.scenario.schema import CalendarEntry
from rapprochement_sim.scenario.schema_calendar import ScheduledEvent
from rapprochement_sim.vocabulary import CAPITALS, LENSES, Capital
from rapprochement_sim.world.axes import DYAD_INDEX, N_CAPITALS, Array
from rapprochement_sim.world.forms import logistic
from tests.tiny import SHIPPED, action, effect, event, seat, tiny_case

ALLIES = (Capital.SEOUL, Capital.TOKYO, Capital.WASHINGTON)


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case(SHIPPED)


@pytest.mark.parametrize(
    ("first", "later", "months"),
    [("2023-01", "2023-01", 0), ("2023-01", "2023-12", 11), ("2023-11", "2024-02", 3)],
)
def test_months_between(first: str, later: str, months: int) -> None:
    assert months_between(first, later) == months


def test_the_calendar_falls_into_turns_and_months() -> None:
    """A scenario of quarters from January: August is month 1 of turn 2."""
    case = tiny_case(
        actions={},
        events={"ruling": event(effect("hurt", "islands party", 0.1))},
        start="2023-01",
        turn_months=3,
        scheduled=[
            ScheduledEvent(
                event="ruling", month="2023-08", announced_turns_ahead=2, source="assumption"
            )
        ],
        calendar=[
            CalendarEntry(
                title="Election",
                capital="tokyo",
                month="2024-03",
                kind="general_election",
                source="assumption",
            )
        ],
    )
    (entry,) = case.scheduled
    assert (entry.turn, entry.month, entry.announced) == (2, 1, 0)
    assert case.row(entry.row).key == "event:ruling"
    (election,) = case.elections
    assert (election.turn, election.capital, election.kind) == (4, 1, "general_election")


def test_a_joint_act_is_the_same_deal_whoever_proposes_it() -> None:
    case = tiny_case(
        actions={
            "talk": action(
                [
                    seat("seoul>tokyo", consent=["tokyo"]),
                    seat("tokyo>seoul", consent=["seoul"]),
                    seat("washington>seoul", third="tokyo", consent=["seoul", "tokyo"]),
                ],
                effect("channel", "actor target", 0.1),
            )
        }
    )
    deal = {
        key: int(case.rows.deal[case.effects.row_by_key[f"talk:{key}"]])
        for key in ("seoul>tokyo", "tokyo>seoul", "washington>seoul")
    }
    assert deal["seoul>tokyo"] == deal["tokyo>seoul"] != deal["washington>seoul"]


def test_columns_of_the_rule_book_are_those_of_its_rows(case: Case) -> None:
    rows = case.rows
    for row in case.effects.rows:
        is_act = row.kind == "act"
        assert rows.actor[row.index] == (-1 if row.actor is None else row.actor)
        assert bool(rows.is_order[row.index]) == is_act
        assert bool(rows.is_joint[row.index]) == (is_act and bool(row.consenting))
        asked = set(np.flatnonzero(rows.consenting[row.index]))
        assert asked == (set(row.consenting) if is_act else set())
        assert rows.refused[row.index] == row.refused_row
        costs = tuple(rows.modifier_cost[row.index, : len(row.modifier_costs)])
        assert costs == row.modifier_costs


def test_every_event_has_a_slot_of_its_own(case: Case) -> None:
    assert case.n_slots == 5 + 10 + len(case.event_rows)
    assert len(set(case.event_rows)) == len(case.event_rows)
    assert set(case.hazards) <= set(case.event_rows)
    assert (case.hazard_rates > 0.0).all()


def test_lens_weights_are_those_of_the_scenario(case: Case) -> None:
    seats = case.loaded.schema.seats
    for capital, (number, lens) in product(CAPITALS, enumerate(LENSES)):
        brief = {str(seat): brief for seat, brief in seats.items()}[capital.key]
        weights = {str(name): weight for name, weight in brief.lens_weights.items()}
        assert case.lens_weights[capital, number] == weights.get(lens.value, 0.0)
    assert case.lens_weights.sum(axis=1) == pytest.approx(np.ones(N_CAPITALS))


def appraised(case: Case, **changed: Array) -> Array:
    return appraise_threat(case.world, {**case.world.start, **changed})


def test_a_joint_front_of_three_alarms_their_rivals_only(case: Case) -> None:
    """More trilateral dialogue of Seoul and Tokyo: Beijing and Pyongyang fear both of them."""
    closer = case.world.start["institution"].copy()
    kind = case.world.axes.institutions.index("trilateral_dialogue")
    closer[kind, DYAD_INDEX[Capital.SEOUL, Capital.TOKYO]] += 0.3
    moved = (appraised(case, institution=closer) - appraised(case))[..., 0]
    for observer, seen in product(CAPITALS, CAPITALS):
        is_rival = observer not in ALLIES and seen in ALLIES[:2]
        assert (moved[observer, seen] > 0.0) == is_rival, (observer, seen)
        assert is_rival or moved[observer, seen] == 0.0


def test_an_appraisal_of_the_shipped_start_by_hand(case: Case) -> None:
    """Seoul of Pyongyang: no ring, so four terms and a constant."""
    start, numbers = case.world.start, case.world.parameters
    i, j = Capital.SEOUL, Capital.PYONGYANG
    trust = 1.0 / (1.0 + np.exp(-start["trust"][i, j, 0]))
    expected = (
        case.world.threat_constant[i, j, 0]
        + numbers["threat_posture"] * start["posture"][j, 0]
        + numbers["threat_programme"] * start["programme"][j, 0]
        + numbers["threat_provocation"] * start["provocation"][i, j, 0]
        - numbers["threat_trust"] * (trust - 0.5)
    )
    assert appraised(case)[i, j, 0] == pytest.approx(expected, abs=1e-14)


def test_the_sharpest_threat_at_the_start_is_another_capital(case: Case) -> None:
    """The fear of abandonment looks at it: nobody is its own danger."""
    threat = logistic(appraised(case))[..., 0]
    np.fill_diagonal(threat, 0.0)
    assert case.start_danger[:, 0] == pytest.approx(threat.max(axis=1))


def test_protest_starts_where_another_round_changes_nothing(case: Case) -> None:
    world, numbers = case.world, case.world.parameters
    held, crowds = resting_protest(world)
    assert np.array_equal(held, case.start_participation)
    stakes = world.start["salience"] * world.start["hurt"] * world.grievance_weights
    for i in range(N_CAPITALS):
        crowd = protest_crowd(held[i], world.population.neighbours[i])
        again = update_participation(
            crowd,
            grievance=stakes.sum(axis=0)[i],
            thresholds=world.population.thresholds[i],
            contagion=numbers["protest_contagion"],
            width=numbers["protest_width"],
        )
        assert np.abs(again - held[i]).max() < 1e-12
        assert np.abs(crowd - crowds[i]).max() < 1e-12
