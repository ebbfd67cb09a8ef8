"""Run benchmarks: ``python -m benchmarks [name ...] [--repeats N]``.

Every number is a ratio measured in one sitting, printed as a table; nothing is asserted
but that the things compared are the same.
"""

import argparse
import os
import platform
from importlib.metadata import version

from benchmarks import (
    adviser,
    against_batch_run,
    against_kernel,
    against_objects,
    classroom,
    ledger_cost,
    memory,
    screens,
)

BENCHMARKS = {
    "kernel": against_kernel.measure,
    "batch_run": against_batch_run.measure,
    "objects": against_objects.measure,
    "ledger": ledger_cost.measure,
    "memory": memory.measure,
    "adviser": adviser.measure,
    "screens": screens.measure,
    "classroom": classroom.measure,
}


def main() -> None:
    """Run the named benchmarks, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(BENCHMARKS))
    parser.add_argument("--repeats", type=int, default=7, help="interleaved repeats (7)")
    wanted = parser.parse_args()
    unknown = [name for name in wanted.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]!r}; there are {', '.join(BENCHMARKS)}")
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "mesa"))
    load = os.getloadavg()[0]
    print(f"Python {platform.python_version()}, {packages}; load {load:.1f}")
    for name in wanted.names or BENCHMARKS:
        BENCHMARKS[name](wanted.repeats)


if __name__ == "__main__":
    main()
