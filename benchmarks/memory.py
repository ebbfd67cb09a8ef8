"""Peak memory of a process that runs few and many runs, block after block.

A worker's memory must not grow with the runs it has done; under 400 MB was the aim.
"""

from benchmarks.measuring import print_table
from benchmarks.processes import peak_megabytes
from benchmarks.shipped import BLOCK

RUNS = (0, BLOCK, 400, 4000)


def measure(repeats: int) -> None:
    """Print the peak of one fresh process for each number of runs, the median of some."""
    rows = []
    for n_runs in RUNS:
        program = "from benchmarks.shipped import *; shipped_case()"
        if n_runs > 0:
            program += f"; run_ensemble(spec_of({n_runs}))"
        times = 1 if n_runs > 400 else max(1, repeats // 3)
        peaks = sorted(peak_megabytes(program) for _ in range(times))
        rows.append([str(n_runs), f"{peaks[len(peaks) // 2]:.0f}"])
    print_table(
        f"Peak memory of a process, {BLOCK} runs a block (aim: under 400 MB, not growing)",
        ["runs", "peak MB"],
        rows,
    )
