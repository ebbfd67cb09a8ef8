"""Worlds under a record: acts fall when they did, nobody decides, publics answer."""

import numpy as np
import pytest

from rapprochement_sim.decision.case import Case
from rapprochement_sim.experiments.record import LeaderChange, Record, RecordAct, load_record
from rapprochement_sim.experiments.record_model import ActTable, RecordModel, tabulate
from rapprochement_sim.model import compile_case
from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.axes import Array

VISIT = RecordAct(1, 1, 1, "island_visit:seoul>tokyo")


@pytest.fixture(scope="module")
def record() -> Record:
    return load_record()


@pytest.fixture(scope="module")
def case(record: Record) -> Case:
    return compile_case(record.loaded)


def shares(case: Case, table: ActTable, *, months: int = 6, strength: Array | float = 1.0) -> Array:
    """Poll shares at the start of each month (month, survey) of worlds without chance."""
    seen: list[Array] = []
    model = RecordModel(
        case,
        table,
        strength=strength,
        chance=False,
        watch=lambda model: seen.append(model.state.shares[:, 0]),
    )
    while model.turn < months:
        model.step()
    return np.stack(seen)


def test_without_acts_publics_stay_at_rest(case: Case) -> None:
    seen = shares(case, tabulate(case, []))
    assert np.abs(seen - seen[0]).max() < 1e-3


def test_an_act_is_felt_after_its_month_by_those_it_injures(case: Case) -> None:
    seen = shares(case, tabulate(case, [VISIT]))
    affinity = case.world.surveys.names.index("japan_affinity_for_korea")
    us = case.world.surveys.names.index("japan_affinity_for_us")
    assert seen[1, affinity] == pytest.approx(seen[0, affinity], abs=1e-3)
    assert seen[2, affinity] < seen[0, affinity] - 0.02
    assert seen[6, us] == pytest.approx(seen[0, us], abs=1e-3)


def test_strength_scales_entries_lane_by_lane(case: Case) -> None:
    table = tabulate(case, [VISIT])
    n_entries = case.effects.size.size
    lanes = np.broadcast_to(np.array([0.0, 1.0]), (n_entries, 2))
    seen: list[Array] = []
    model = RecordModel(
        case,
        table,
        strength=lanes,
        chance=False,
        runs=(0, 1),
        watch=lambda model: seen.append(model.state.shares),
    )
    while model.turn < 3:
        model.step()
    both = np.stack(seen)
    assert np.array_equal(both[..., 1], shares(case, table, months=3))
    assert np.array_equal(both[..., 0], shares(case, tabulate(case, []), months=3))


def test_modifiers_of_the_record_count(case: Case) -> None:
    plain = RecordAct(1, 1, 1, "apology_reaffirmed:tokyo>seoul")
    written = RecordAct(1, 1, 1, "apology_reaffirmed:tokyo>seoul", ("written_statement",))
    thin, full = (shares(case, tabulate(case, [act]), months=12) for act in (written, plain))
    unfavourable = case.world.surveys.names.index("korea_unfavourable_of_japan")
    assert full[-1, unfavourable] < thin[-1, unfavourable]


def test_a_new_leader_takes_office_in_the_month(case: Case) -> None:
    change = LeaderChange(2, "seoul", "Somebody", -0.5)
    model = RecordModel(case, tabulate(case, [], [change]), chance=False)
    stances = []
    while model.turn < 4:
        model.step()
        stances.append(float(model.state.values["stance"][Capital.SEOUL, 0]))
    assert stances[2] == pytest.approx(-0.5, abs=0.05)
    assert stances[1] > 0.0
    assert model.state.years_in_office[Capital.SEOUL, 0] == pytest.approx(1 / 12)


def test_nobody_decides(case: Case) -> None:
    model = RecordModel(case, tabulate(case, []), lanes=4)
    model.step()
    assert (model.acts.row < 0).all()
