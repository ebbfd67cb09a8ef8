"""Peak memory of a process of its own."""

import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_STATUS = Path("/proc/self/status")


def own_peak_megabytes() -> float:
    """Return the peak resident memory of this process.

    On Linux from the kernel's high-water mark of this program alone: what ``getrusage``
    tells may still be the parent's, since a child begins as its copy.
    """
    if _STATUS.exists():
        for line in _STATUS.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return float(line.split()[1]) / 1024.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024.0 * 1024.0 if sys.platform == "darwin" else 1024.0)


def peak_megabytes(program: str) -> float:
    """Run a Python program in a fresh process; return its peak resident memory."""
    report = "from benchmarks.processes import own_peak_megabytes; print(own_peak_megabytes())"
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\n{report}"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    return float(done.stdout.splitlines()[-1])
