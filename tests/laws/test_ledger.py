"""Every change of every number is split into its causes, and the parts sum to the whole."""

from dataclasses import replace

import numpy as np
import pytest

from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.vocabulary import CauseKind
from rapprochement_sim.world.axes import VARIABLES, Array
from rapprochement_sim.world.ledger import Ledger
from rapprochement_sim.world.records import TurnRecord
from tests.laws.worlds import play, shipped

TOLERANCE = 1e-9


@pytest.fixture(scope="module")
def played() -> tuple[RapprochementModel, list[Array], list[Array]]:
    model = RapprochementModel(shipped(), root_seed=3, runs=range(6), ledger=True, collect=False)
    polls = [model.state.beliefs.polls]
    series = [model.indicators]
    while not model.is_over:
        model.step()
        series.append(model.indicators)
        polls.append(model.state.beliefs.polls)
    return model, series, polls


def _ledger(model: RapprochementModel) -> Ledger:
    assert model.ledger is not None
    return model.ledger


@pytest.mark.parametrize("lane", [0, 5])
def test_parts_of_every_indicator_sum_to_its_change(
    played: tuple[RapprochementModel, list[Array], list[Array]], lane: int
) -> None:
    model, series, _ = played
    ledger = _ledger(model)
    for turn in (0, 1, 6, 11):
        for entry in model.case.indicators.entries:
            terms = ledger.explain(entry.name, turn, lane)
            change = series[turn + 1][entry.index, lane] - series[turn][entry.index, lane]
            assert abs(sum(term.amount for term in terms) - change) < TOLERANCE, entry.name


def test_parts_of_published_polls_sum_to_their_change(
    played: tuple[RapprochementModel, list[Array], list[Array]],
) -> None:
    model, _, polls = played
    for number, survey in enumerate(model.case.world.axes.surveys):
        for turn in range(12):
            terms = _ledger(model).explain(f"published_{survey}", turn, 2)
            change = 100.0 * (polls[turn + 1] - polls[turn])[number, 2]
            assert abs(sum(term.amount for term in terms) - change) < TOLERANCE


def test_totals_sum_to_the_change_of_the_whole_run_in_every_lane(
    played: tuple[RapprochementModel, list[Array], list[Array]],
) -> None:
    model, series, _ = played
    names = [entry.name for entry in model.case.indicators.entries][::17]
    totals = _ledger(model).totals(names)
    for name in names:
        index = model.case.indicators.by_name[name].index
        change = series[-1][index] - series[0][index]
        assert np.abs(sum(totals[name].values()) - change).max() < 10 * TOLERANCE


def test_mean_attitudes_of_all_pairs_are_split_too(
    played: tuple[RapprochementModel, list[Array], list[Array]],
) -> None:
    model, _, _ = played
    ledger = _ledger(model)
    walk = ledger.walk(np.arange(6), 0)
    replayed = RapprochementModel(shipped(), root_seed=3, runs=range(6), collect=False)
    for record in ledger.records[:4]:
        before = replayed.state.attitude.mean(axis=1)
        replayed.step()
        cause_of = np.where(record.rows >= 0, 0, -1)
        walk.follow(record, cause_of)
        change = replayed.state.attitude.mean(axis=1) - before
        assert np.abs(walk.attitude.sum(axis=0) - change).max() < TOLERANCE


def test_no_cause_is_called_other(
    played: tuple[RapprochementModel, list[Array], list[Array]],
) -> None:
    model, _, _ = played
    keys = {t.cause.key for t in _ledger(model).explain("rapprochement", 5, 1)}
    assert keys
    assert not any(word in key for key in keys for word in ("other", "residual", "unexplained"))


def test_chance_and_relaxation_are_named(
    played: tuple[RapprochementModel, list[Array], list[Array]],
) -> None:
    model, _, _ = played
    terms = _ledger(model).explain("published_korea_unfavourable_of_japan", 3, 0)
    kinds = {term.cause.key: term.cause.kind for term in terms}
    assert kinds["chance"] == kinds["sampling"] == CauseKind.CHANCE
    assert kinds["memory"] == kinds["fading"] == CauseKind.PROCESS


def _gap(model: RapprochementModel, records: list[TurnRecord]) -> float:
    """Return the largest gap between parts and change over the first turns of lane 0."""
    ledger = _ledger(model)
    walk = ledger.walk(np.array([0]), 1)
    worst = 0.0
    for record in records:
        walk.follow(record, np.where(record.rows[:, :1] >= 0, walk.n_causes - 1, -1))
        for name, variable in VARIABLES.items():
            change = (record.after.values[name] - record.before.values[name])[..., :1]
            gap = np.abs(walk.latent[name].sum(axis=0) - change).max()
            worst = max(worst, float(gap))
            assert variable.name == name
    return worst


def _own_terms(model: RapprochementModel) -> list[tuple[int, str, str]]:
    found = []
    for number, record in enumerate(_ledger(model).records[:3]):
        for month in record.month_records[:1]:
            for name, parts in month.own.items():
                found += [(number, name, process) for process in parts]
    return found


def test_the_records_leave_no_gap(
    played: tuple[RapprochementModel, list[Array], list[Array]],
) -> None:
    model, _, _ = played
    assert _gap(model, _ledger(model).records) < TOLERANCE


def test_deleting_any_process_term_leaves_a_gap(
    played: tuple[RapprochementModel, list[Array], list[Array]],
) -> None:
    model, _, _ = played
    records = _ledger(model).records
    tried = 0
    for number, name, process in _own_terms(model):
        month = records[number].month_records[0]
        part = month.own[name][process]
        if np.abs(part[..., 0]).max() < 1e-7:
            continue
        own = {**month.own, name: {**month.own[name], process: np.zeros_like(part)}}
        months = (replace(month, own=own), *records[number].month_records[1:])
        forged = [*records[:number], replace(records[number], month_records=months)]
        assert _gap(model, forged) > TOLERANCE, (name, process)
        tried += 1
    assert tried >= 15


def test_deleting_any_act_leaves_a_gap(
    played: tuple[RapprochementModel, list[Array], list[Array]],
) -> None:
    model, _, _ = played
    record = _ledger(model).records[0]
    month = record.month_records[0]
    assert month.entries is not None
    mine = np.flatnonzero((month.entries.lane == 0) & (np.abs(month.entries.amount) > 1e-6))
    assert mine.size > 5
    for entry in mine:
        amount = month.entries.amount.copy()
        amount[entry] = 0.0
        months = (
            replace(month, entries=replace(month.entries, amount=amount)),
            *record.month_records[1:],
        )
        assert _gap(model, [replace(record, month_records=months)]) > TOLERANCE


def test_a_late_remedy_keeps_its_act() -> None:
    """What a remedy of turn 0 still does three turns later is booked on that remedy."""
    case = shipped()
    model = RapprochementModel(case, run_seed=0, ledger=True, collect=False, chance=False)
    fund = next(r.index for r in case.effects.rows if r.key == "voluntary_contribution:tokyo>seoul")
    model.order_override[1, 0] = fund
    play(model)
    late = _ledger(model).explain("hurt_forced_labour_seoul", 3, 0)
    mine = [t for t in late if t.cause.row == fund and t.cause.turn == 0]
    assert len(mine) == 1
    assert mine[0].amount < 0.0
