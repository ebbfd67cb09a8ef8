"""One month of the public world; every number by hand from the parameters."""

from dataclasses import replace

import numpy as np
import pytest

from rapprochement_sim.agents.months import Shocks, advance_month
from rapprochement_sim.agents.starting import start_state
from rapprochement_sim.decision.case import Case
from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.axes import DYAD_INDEX, VARIABLES, Array
from rapprochement_sim.world.building import MONTH_YEARS
from rapprochement_sim.world.forms import logistic
from rapprochement_sim.world.records import Entries, Impulses, MonthRecord
from rapprochement_sim.world.state import WorldState
from tests.tiny import shipped_rules_few_citizens

LANES = 2
SEOUL, TOKYO, WASHINGTON = Capital.SEOUL, Capital.TOKYO, Capital.WASHINGTON
CALM = Shocks(np.zeros((5, LANES)), np.zeros(LANES))
LN_2 = float(np.log(2.0))
CASE: Case = shipped_rules_few_citizens()
WORLD = CASE.world
FORCED_LABOUR = WORLD.axes.disputes.index("forced_labour")


@pytest.fixture
def start() -> WorldState:
    return start_state(CASE, LANES)


def impulse(variable: str, names: tuple[str, ...], amount: float) -> Impulses:
    """Return one impulse in lane 1 only: lane 0 is the world without it."""
    cell = WORLD.cells.offsets[variable] + WORLD.axes.cell(variable, names)
    total = np.zeros((WORLD.cells.n, LANES))
    total[cell, 1] = amount
    entries = Entries(np.array([cell]), np.array([1]), np.array([0]), np.array([amount]))
    return Impulses(total, entries)


def month(
    state: WorldState, impulses: Impulses | None = None, shocks: Shocks = CALM
) -> tuple[WorldState, MonthRecord]:
    return advance_month(CASE, state, impulses, shocks)


def effect_of(
    state: WorldState, variable: str, names: tuple[str, ...], amount: float
) -> WorldState:
    return month(state, impulse(variable, names, amount))[0]


def difference(state: WorldState, name: str) -> Array:
    """Return what the act changed: lane 1 less lane 0."""
    found: Array = state.values[name][..., 1] - state.values[name][..., 0]
    return found


def test_a_quiet_month_relaxes_towards_rest(start: WorldState) -> None:
    after, record = month(start)
    assert record.entries is None
    for name in ("provocation", "gesture", "coercion", "institution", "programme", "posture"):
        before, rest = start.values[name], WORLD.rest[name]
        kept = np.asarray(WORLD.kept[name])
        assert after.values[name] == pytest.approx(rest + (before - rest) * kept, abs=1e-12), name


def test_citizens_are_left_to_their_own_phase(start: WorldState) -> None:
    after, _ = month(start, impulse("hurt", ("forced_labour", "seoul"), 0.5))
    assert after.attitude is start.attitude
    assert after.participation is start.participation
    assert after.turn == start.turn


def test_office_is_counted_in_months(start: WorldState) -> None:
    after, _ = month(start)
    assert after.years_in_office == pytest.approx(start.years_in_office + 1.0 / 12.0)


def test_an_act_fills_its_cell_before_time_relaxes_it(start: WorldState) -> None:
    """An impulse of ln 2 fills half of the room, of which the month keeps a share."""
    after = effect_of(start, "posture", ("tokyo",), LN_2)
    room = 1.0 - start.values["posture"][TOKYO, 0]
    kept = float(WORLD.kept["posture"])
    assert difference(after, "posture")[TOKYO] == pytest.approx(0.5 * room * kept)


def test_an_act_on_trust_adds_on_the_logit_scale(start: WorldState) -> None:
    after = effect_of(start, "trust", ("seoul", "washington"), 0.3)
    moved = difference(after, "trust")
    assert moved[0, 2] == pytest.approx(0.3 * float(WORLD.kept["trust"]))
    moved[0, 2] = 0.0
    assert np.abs(moved).max() == 0.0


def test_trust_gained_keeps_less_where_old_wounds_are_open(start: WorldState) -> None:
    gained = difference(effect_of(start, "trust", ("seoul", "tokyo"), 0.3), "trust")[0, 1]
    lost = difference(effect_of(start, "trust", ("seoul", "tokyo"), -0.3), "trust")[0, 1]
    kept = 0.3 * float(WORLD.kept["trust"])
    assert 0.9 * kept < gained < kept
    assert lost == pytest.approx(-kept)


def test_hurt_pushes_its_own_public_away(start: WorldState) -> None:
    after = effect_of(start, "hurt", ("forced_labour", "seoul"), 0.3)
    added = difference(after, "hurt")[FORCED_LABOUR, SEOUL]
    assert added > 0.0
    moved = (after.displacement[..., 1] - after.displacement[..., 0])[SEOUL, TOKYO]
    rate = WORLD.parameters["reaction_rate_per_year"]
    weight = WORLD.dispute_weights[FORCED_LABOUR, SEOUL, TOKYO]
    followed = 1.0 - np.exp(-rate * MONTH_YEARS)
    expected = -WORLD.parameters["hurt_to_attitude"] * weight * added * followed
    assert moved == pytest.approx(expected)


def test_a_remedy_adds_no_warmth_and_removes_hurt_of_its_own_dispute_late(
    start: WorldState,
) -> None:
    after = effect_of(start, "relief", ("forced_labour", "seoul"), 0.4)
    felt = 0.4 * (1.0 - 2.0 ** (-MONTH_YEARS / WORLD.parameters["relief_lag_years"]))
    assert difference(after, "relief")[FORCED_LABOUR, SEOUL] == pytest.approx(0.4 - felt)
    removed = difference(after, "hurt")
    hurt = start.values["hurt"][FORCED_LABOUR, SEOUL, 0]
    kept = float(np.asarray(WORLD.kept["hurt"])[FORCED_LABOUR, 0, 0])
    share = 1.0 - np.exp(-WORLD.parameters["relief_effect"] * felt)
    assert removed[FORCED_LABOUR, SEOUL] == pytest.approx(-hurt * share * kept)
    removed[FORCED_LABOUR, SEOUL] = 0.0
    assert not removed.any()
    assert not difference(after, "glow").any()


def test_warmth_is_felt_within_the_month_though_it_fades(start: WorldState) -> None:
    after = effect_of(start, "glow", ("seoul", "tokyo"), 0.3)
    moved = after.displacement[..., 1] - after.displacement[..., 0]
    assert moved[SEOUL, TOKYO] > 0.0
    assert np.count_nonzero(moved) == 1


def test_new_stories_of_the_other_draw_a_public_near(start: WorldState) -> None:
    after = effect_of(start, "narrative", ("tokyo", "seoul"), 0.3)
    moved = after.displacement[..., 1] - after.displacement[..., 0]
    assert moved[TOKYO, SEOUL] > 0.0
    assert np.count_nonzero(moved) == 1


def test_settled_disputes_hurt_less_in_the_long_run(start: WorldState) -> None:
    state = effect_of(start, "settlement", ("forced_labour", "seoul"), 1.0)
    for _ in range(24):
        state, _ = month(state)
    assert difference(state, "hurt")[FORCED_LABOUR, SEOUL] < 0.0
    assert difference(state, "hurt")[FORCED_LABOUR, TOKYO] == 0.0


def test_institutions_gained_hold_trust_up_on_both_sides(start: WorldState) -> None:
    state = effect_of(start, "institution", ("drills", "seoul", "tokyo"), 0.5)
    state, _ = month(state)
    moved = difference(state, "trust")
    assert moved[0, 1] > 0.0
    assert moved[1, 0] == pytest.approx(moved[0, 1])
    assert np.count_nonzero(moved) == 2


def test_coercion_drives_trade_away_and_costs_approval(start: WorldState) -> None:
    state = effect_of(start, "coercion", ("seoul", "beijing"), 1.0)
    state, _ = month(state)
    assert difference(state, "exposure")[SEOUL, Capital.BEIJING] < 0.0
    assert difference(state, "approval")[SEOUL] < 0.0
    assert difference(state, "approval")[Capital.BEIJING] == 0.0


def test_time_in_office_wears_democracies_most(start: WorldState) -> None:
    years = np.zeros((5, LANES))
    years[:, 1] = 2.0
    after, _ = month(replace(start, years_in_office=years))
    worn = difference(after, "approval")
    assert (worn < 0.0).all()
    assert worn[:3] == pytest.approx(np.full(3, worn[0]))
    assert worn[3:] == pytest.approx(np.full(2, 0.3 * worn[0]))


def test_protest_costs_approval_and_keeps_the_dispute_on_the_mind(start: WorldState) -> None:
    protest = start.protest.copy()
    protest[SEOUL] = [0.0, 0.5]
    after, _ = month(replace(start, protest=protest))
    per_year = WORLD.parameters["protest_approval"]
    assert difference(after, "approval")[SEOUL] == pytest.approx(-per_year * MONTH_YEARS * 0.5)
    on_mind = difference(after, "salience")
    stake = (start.values["salience"] * start.values["hurt"])[:, SEOUL, 0]
    assert ((on_mind[:, SEOUL] > 0.0) == (stake > 0.0)).all()
    assert not on_mind[:, TOKYO].any()


def test_the_ally_that_looks_away_is_feared_to_leave(start: WorldState) -> None:
    """Washington's absence frightens Seoul and Tokyo, and nobody else."""
    away = start.with_values(bandwidth=np.array([0.5, 0.2]))
    after, _ = month(away)
    moved = difference(after, "abandonment")
    assert (moved[[SEOUL, TOKYO]] > 0.0).all()
    assert not moved[2:].any()


def test_nuclear_consultation_calms_the_ally_that_has_it(start: WorldState) -> None:
    consulted = start.values["institution"].copy()
    ncg = WORLD.axes.institutions.index("ncg")
    consulted[ncg, DYAD_INDEX[SEOUL, WASHINGTON], 1] += 0.3
    after, _ = month(start.with_values(institution=consulted))
    moved = difference(after, "abandonment")
    assert moved[SEOUL] < 0.0
    assert moved[TOKYO] == 0.0


def test_political_capital_follows_support(start: WorldState) -> None:
    approval = start.values["approval"].copy()
    approval[SEOUL, 1] += 1.0
    after, _ = month(start.with_values(approval=approval))
    shares = logistic(approval[SEOUL])
    kept = float(WORLD.kept["political_capital"])
    expected = WORLD.parameters["capital_from_approval"] * (shares[1] - shares[0]) * (1.0 - kept)
    assert difference(after, "political_capital")[SEOUL] == pytest.approx(expected)


def test_chance_of_the_month_has_its_declared_size(start: WorldState) -> None:
    approval = np.zeros((5, LANES))
    approval[TOKYO, 1] = 1.5
    after, _ = month(start, shocks=Shocks(approval, np.array([0.0, -2.0])))
    noise = WORLD.parameters["approval_noise"] * np.sqrt(MONTH_YEARS)
    assert difference(after, "approval")[TOKYO] == pytest.approx(1.5 * noise)
    push = 2.0 * WORLD.parameters["bandwidth_noise"] * np.sqrt(MONTH_YEARS)
    fell = -float(start.values["bandwidth"][0]) * (1.0 - np.exp(-push))
    assert float(difference(after, "bandwidth")) == pytest.approx(fell)


def test_threats_are_appraised_on_what_the_month_left(start: WorldState) -> None:
    after = effect_of(start, "provocation", ("tokyo", "pyongyang"), 0.5)
    moved = after.threat[..., 1] - after.threat[..., 0]
    expected = WORLD.parameters["threat_provocation"] * difference(after, "provocation")
    assert moved == pytest.approx(expected, abs=1e-12)


def test_the_record_holds_both_ends_of_the_month(start: WorldState) -> None:
    act = impulse("hurt", ("forced_labour", "seoul"), 0.3)
    after, record = month(start, act)
    assert record.before is start.values
    assert record.entries is act.entries
    for name in VARIABLES:
        assert np.array_equal(record.after[name], after.values[name])


def test_parts_of_own_processes_are_named(start: WorldState) -> None:
    _, record = month(start)
    assert set(record.own["approval"]) == {"office", "coercion", "protest", "chance"}
    assert set(record.own["abandonment"]) == {"absence", "guarantee", "danger"}
    assert set(record.own["hurt"]) == {"relief", "fading"}
