from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapprochement_sim.ensemble.spec import LARGEST_SEED, EnsembleSpec
from rapprochement_sim.errors import MalformedInput

SPEC = EnsembleSpec(
    scenario="rekindled_2023",
    content_hash="",
    rules_hash="",
    root_seed=7,
    n_runs=100,
    block_size=32,
    indicators=(),
    explained_runs=0,
)


@given(n_runs=st.integers(1, 2000), block_size=st.integers(2, 128))
def test_blocks_hold_every_run_once_and_in_sequence(n_runs: int, block_size: int) -> None:
    spec = replace(SPEC, n_runs=n_runs, block_size=block_size)
    blocks = [spec.block_runs(block) for block in range(spec.n_blocks)]
    assert [run for block in blocks for run in block] == list(range(n_runs))
    assert all(len(block) == block_size for block in blocks[:-1])
    assert 1 <= len(blocks[-1]) <= block_size


@pytest.mark.parametrize(
    ("field", "value", "allowed"),
    [
        ("n_runs", 0, "1 to 10000000"),
        ("root_seed", -1, f"0 to {LARGEST_SEED}"),
        ("root_seed", LARGEST_SEED + 1, f"0 to {LARGEST_SEED}"),
        ("block_size", 1, "2 to 128"),
        ("block_size", 129, "2 to 128"),
        ("explained_runs", 101, "0 to 100"),
    ],
)
def test_numbers_that_make_no_ensemble_are_refused(field: str, value: int, allowed: str) -> None:
    with pytest.raises(MalformedInput, match=f"is {value}. Allowed: {allowed}"):
        replace(SPEC, **{field: value})  # type: ignore[arg-type]
