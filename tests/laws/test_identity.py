"""Run k is the same bits alone, in any block, on any lane, through Mesa's batch runner."""

import mesa
import numpy as np
import pytest

from rapprochement_sim.agents.capital import CapitalAgent
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.vocabulary import Capital
from tests.laws.worlds import play, shipped, value_of


def _digests(runs: list[int], **options: object) -> dict[int, str]:
    model = RapprochementModel(shipped(), root_seed=7, runs=runs, collect=False, **options)  # type: ignore[arg-type]
    play(model)
    return {run: model.state.digest(lane) for lane, run in enumerate(runs)}


@pytest.fixture(scope="module")
def alone() -> dict[int, str]:
    return {run: _digests([run])[run] for run in (0, 5, 31, 37)}


@pytest.mark.parametrize("size", [2, 7, 32, 64, 128])
def test_a_run_is_the_same_bits_in_any_block(alone: dict[int, str], size: int) -> None:
    for first in {(run // size) * size for run in alone}:
        block = _digests(list(range(first, first + size)))
        for run, digest in alone.items():
            if run in block:
                assert block[run] == digest


def test_a_run_is_the_same_bits_in_any_company_and_sequence(alone: dict[int, str]) -> None:
    mixed = _digests([37, 900, 5, 0, 31])
    assert {run: mixed[run] for run in alone} == alone


def test_runs_and_seeds_differ(alone: dict[int, str]) -> None:
    assert len(set(alone.values())) == len(alone)
    other = RapprochementModel(shipped(), root_seed=8, run_seed=5, collect=False)
    play(other)
    assert other.state.digest() != alone[5]


def test_the_ledger_changes_no_bit(alone: dict[int, str]) -> None:
    assert _digests([37, 5], ledger=True) == {37: alone[37], 5: alone[5]}


def test_the_batch_runner_of_mesa_gives_the_rows_of_the_ensemble() -> None:
    rows = mesa.batch_run(
        RapprochementModel,
        parameters={"case": "rekindled_2023", "root_seed": 7, "run_seed": [3, 4]},
        number_processes=1,
        data_collection_period=1,
        max_steps=12,
        display_progress=False,
    )
    block = RapprochementModel(shipped(), root_seed=7, runs=[3, 4], collect=False)
    series = play(block)
    names = ["rapprochement", "trust_seoul_tokyo", "korea_unfavourable_of_japan"]
    found = {(row["run_seed"], int(row["turn"])): row for row in rows}
    assert len({key for key in found if key[0] == 3}) == 13
    for lane, run in enumerate((3, 4)):
        for turn, indicators in enumerate(series):
            for name in names:
                assert found[run, turn][name] == value_of(shipped(), indicators, name)[lane]


def test_a_step_after_the_last_turn_changes_nothing_and_stops_the_model() -> None:
    model = RapprochementModel(shipped(), run_seed=1)
    play(model)
    assert model.datacollector is not None
    was_running, digest = model.running, model.state.digest()
    model.step()
    assert (was_running, model.running) == (True, False)
    assert model.state.digest() == digest
    assert len(model.datacollector.get_model_vars_dataframe()) == 13


class Recluse(CapitalAgent):
    """A Tokyo that never offers anything and never accepts."""

    def propose(self) -> None:
        super().propose()
        if self.capital == Capital.TOKYO:
            self.model.proposal_row[self.index] = -1

    def answer(self) -> None:
        super().answer()
        if self.capital == Capital.TOKYO:
            self.model.consent_given[self.index] = False


def test_governments_of_another_class_change_an_ensemble() -> None:
    runs = range(64)
    usual = RapprochementModel(shipped(), runs=runs, collect=False)
    other = RapprochementModel(shipped(), runs=runs, collect=False, capital_agent=Recluse)
    before, after = play(usual)[-1], play(other)[-1]
    drill = value_of(shipped(), after, "interoperability_seoul_tokyo")
    assert (drill <= value_of(shipped(), before, "interoperability_seoul_tokyo")).all()
    assert drill.mean() < value_of(shipped(), before, "interoperability_seoul_tokyo").mean() - 0.05


def test_a_policy_that_changes_nothing_changes_no_bit_elsewhere() -> None:
    """Forcing the very order that the agent would give leaves the whole world as it was."""
    free = RapprochementModel(shipped(), runs=[3, 9], collect=False)
    forced = RapprochementModel(shipped(), runs=[3, 9], collect=False)
    while not free.is_over:
        free.step()
        forced.order_override[Capital.SEOUL] = _last_orders(free, Capital.SEOUL)
        forced.order_modifiers_override[Capital.SEOUL] = _last_modifiers(free, Capital.SEOUL)
        forced.step()
        for lane in range(2):
            assert free.state.digest(lane) == forced.state.digest(lane)


def _last_orders(model: RapprochementModel, capital: Capital) -> np.ndarray:
    rows = model.acts.row[5 + 2 * capital : 7 + 2 * capital]
    return np.where(rows >= 0, rows, -2)


def _last_modifiers(model: RapprochementModel, capital: Capital) -> np.ndarray:
    return model.acts.modifiers[5 + 2 * capital : 7 + 2 * capital]
