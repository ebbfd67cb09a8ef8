"""Blocks of runs against Mesa's own batch runner, on the same model class and cached case.

``mesa.batch_run`` makes one model a run and lets its data collector keep every named
indicator; the ensemble makes one model a block and keeps twenty. Stepping one run a model
without a collector shows what lanes alone are worth. Ten times was the aim.
"""

import mesa
from benchmarks.measuring import Timing, interleaved, print_table, ratio_text
from benchmarks.processes import peak_megabytes
from benchmarks.shipped import BLOCK, SCENARIO, play_block, run_ensemble, shipped_case, spec_of

from rapprochement_sim.model import RapprochementModel

RUNS_ONE_BY_ONE = 8
RUNS_IN_BLOCKS = 2 * BLOCK


def batch_run(n_runs: int, *, every_turn: bool) -> int:
    """Run some runs by ``mesa.batch_run``; return how many."""
    turns = shipped_case().world.n_turns
    rows = mesa.batch_run(
        RapprochementModel,
        {"case": SCENARIO, "run_seed": list(range(n_runs))},
        number_processes=1,
        data_collection_period=1 if every_turn else -1,
        max_steps=turns,
        display_progress=False,
    )
    assert rows[-1]["turn"] == turns
    return n_runs


def one_by_one(n_runs: int) -> int:
    """Step one model a run, without a collector; return how many."""
    for run in range(n_runs):
        model = RapprochementModel(shipped_case(), run_seed=run, collect=False)
        while not model.is_over:
            model.step()
    return n_runs


def in_blocks(n_runs: int) -> int:
    """Run an ensemble in blocks of the shipped size; return how many."""
    return run_ensemble(spec_of(n_runs))


def blocks_equal_batch_run() -> None:
    """Assert that both give the same final numbers, so that the race is over one course."""
    row = mesa.batch_run(
        RapprochementModel,
        {"case": SCENARIO, "run_seed": [3]},
        number_processes=1,
        max_steps=shipped_case().world.n_turns,
        display_progress=False,
    )[-1]
    block = play_block(BLOCK)
    for entry in shipped_case().indicators.entries:
        assert row[entry.name] == block.indicators[entry.index, 3], entry.name


def measure(repeats: int) -> None:
    """Print runs a CPU second, ratios, and the memory of a process that does only that."""
    blocks_equal_batch_run()
    found = interleaved(
        {
            "batch_run, every turn": lambda: batch_run(RUNS_ONE_BY_ONE, every_turn=True),
            "batch_run, last turn": lambda: batch_run(RUNS_ONE_BY_ONE, every_turn=False),
            "one run a model, no collector": lambda: one_by_one(RUNS_ONE_BY_ONE),
            "blocks": lambda: in_blocks(RUNS_IN_BLOCKS),
        },
        repeats,
    )
    probes = {
        "batch_run, every turn": f"batch_run({8 * RUNS_ONE_BY_ONE}, every_turn=True)",
        "batch_run, last turn": f"batch_run({8 * RUNS_ONE_BY_ONE}, every_turn=False)",
        "one run a model, no collector": f"one_by_one({8 * RUNS_ONE_BY_ONE})",
        "blocks": f"in_blocks({RUNS_IN_BLOCKS})",
    }
    memory = {
        name: peak_megabytes(f"from benchmarks.against_batch_run import *; {call}")
        for name, call in probes.items()
    }
    print_table(
        "Blocks over Mesa's batch runner, one process (runs a CPU second; aim: at least 10)",
        ["", "runs / CPU s", "blocks / this", "peak MB"],
        [_row(name, timing, found["blocks"], memory[name]) for name, timing in found.items()],
    )


def _row(name: str, timing: Timing, blocks: Timing, megabytes: float) -> list[str]:
    return [
        name,
        f"{timing.units_a_second:.1f}",
        ratio_text(timing.over(blocks)),
        f"{megabytes:.0f}",
    ]
