"""Run k is the same bits alone, in any block, with and without a ledger."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from rapprochement_sim.ensemble.block import BlockResult, run_block
from rapprochement_sim.ensemble.spec import EnsembleSpec
from rapprochement_sim.errors import WrongVersion
from rapprochement_sim.model import RapprochementModel, load_case
from rapprochement_sim.world.axes import Array

SCENARIO = "rekindled_2023"
RUN = 37
SIZES = (2, 7, 32, 128)
INDICATORS = ("rapprochement", "korea_unfavourable_of_japan", "trust_tokyo_seoul")


@cache
def spec() -> EnsembleSpec:
    loaded = load_case(SCENARIO).loaded
    return EnsembleSpec(
        scenario=SCENARIO,
        content_hash=loaded.content_hash,
        rules_hash=loaded.rules_hash,
        root_seed=7,
        n_runs=130,
        block_size=32,
        indicators=INDICATORS,
        explained_runs=0,
    )


@cache
def block_with_the_run(block_size: int) -> BlockResult:
    return run_block(replace(spec(), block_size=block_size), RUN // block_size)


@cache
def run_alone() -> tuple[str, Array]:
    model = RapprochementModel(SCENARIO, root_seed=7, runs=[RUN], collect=False)
    places = [model.case.indicators.by_name[name].index for name in INDICATORS]
    series = [model.indicators[places, 0]]
    while not model.is_over:
        model.step()
        series.append(model.indicators[places, 0])
    return model.state.digest(0), np.stack(series)


@pytest.mark.parametrize("block_size", SIZES)
def test_a_run_is_the_same_bits_alone_and_in_any_block(block_size: int) -> None:
    result = block_with_the_run(block_size)
    lane = result.runs.tolist().index(RUN)
    digest, series = run_alone()
    assert result.digests[lane] == digest
    assert result.series[:, :, lane].tobytes() == series.tobytes()


@pytest.mark.parametrize("block_size", SIZES)
def test_what_is_kept_of_a_run_does_not_depend_on_its_block(block_size: int) -> None:
    here, there = block_with_the_run(block_size), block_with_the_run(32)
    lane, other = here.runs.tolist().index(RUN), there.runs.tolist().index(RUN)
    assert here.scores[:, lane].tolist() == there.scores[:, other].tolist()
    assert here.outcomes[:, lane].tolist() == there.outcomes[:, other].tolist()
    for field in ("turn", "slot", "row", "modifiers"):
        mine, its = getattr(here.acts, field), getattr(there.acts, field)
        assert mine[here.acts.run == RUN].tolist() == its[there.acts.run == RUN].tolist()


def test_the_last_block_may_hold_a_single_run() -> None:
    result = run_block(replace(spec(), n_runs=RUN + 1, block_size=37), 1)
    assert result.runs.tolist() == [RUN]
    assert result.digests == (run_alone()[0],)
    assert result.series.shape == (13, len(INDICATORS), 1)
    assert set(result.acts.run.tolist()) == {RUN}


def test_keeping_the_ledger_changes_no_bit_and_its_parts_sum_to_the_change() -> None:
    size = 7
    plain = block_with_the_run(size)
    first = RUN // size * size
    explained = run_block(replace(spec(), block_size=size, explained_runs=first + 3), RUN // size)
    assert explained.digests == plain.digests
    assert explained.series.tobytes() == plain.series.tobytes()
    assert explained.explained.tolist() == [first, first + 1, first + 2]
    assert {each.amount.shape for each in explained.causes} == {(3,)}
    for number, name in enumerate(INDICATORS):
        change = explained.series[-1, number, :3] - explained.series[0, number, :3]
        parts = sum(each.amount for each in explained.causes if each.indicator == name)
        assert np.allclose(parts, change, rtol=0.0, atol=1e-9)


def test_acts_are_listed_by_run_turn_and_slot() -> None:
    acts = block_with_the_run(7).acts
    places = list(zip(acts.run.tolist(), acts.turn.tolist(), acts.slot.tolist(), strict=True))
    assert places == sorted(set(places))
    assert set(acts.turn.tolist()) <= set(range(1, 13))
    assert acts.row.min() >= 0


def test_other_lens_weights_make_other_worlds() -> None:
    realists = tuple((1.0, 0.0, 0.0) for _ in range(5))
    result = run_block(replace(spec(), block_size=7, lens_weights=realists), RUN // 7)
    assert set(result.digests).isdisjoint(block_with_the_run(7).digests)
    usual = tuple(tuple(row) for row in load_case(SCENARIO).lens_weights.tolist())
    same = run_block(replace(spec(), block_size=7, lens_weights=usual), RUN // 7)
    assert same.digests == block_with_the_run(7).digests


@pytest.mark.parametrize("field", ["content_hash", "rules_hash"])
def test_changed_rules_are_noticed(field: str) -> None:
    with pytest.raises(WrongVersion, match="changed while the runs were under way"):
        run_block(replace(spec(), **{field: "0" * 64}), 0)  # type: ignore[arg-type]
