"""A class of two hundred under load, against what it should take; on Linux.

The students are a process of their own beside the server, everyone at once. What the model
itself needs for a turn is measured in the same sitting, by playing the class again alone.
"""

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.class_load import percentile
from benchmarks.class_server import Served, cpu_seconds, megabytes, most_memory, served
from benchmarks.measuring import print_table
from benchmarks.processes import ROOT

SCENARIO = "rekindled_2023"
N_WORLDS, N_A_SEAT, N_TURNS = 8, 5, 12
N_STREAMS, IDLE_SECONDS = 500, 60
MOST_MEGABYTES = 300


def measure(_: int) -> None:
    """Let a class play under load once, hold idle streams, and print both."""
    if not Path("/proc/self/smaps_rollup").exists():
        print("\nA class under load: measured on Linux alone")
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "load.class"
        with served(path, SCENARIO, "--seed", "7", "--worlds", str(N_WORLDS)) as at:
            with most_memory(at) as most:
                load = _generated(at, "--worlds", str(N_WORLDS), "--turns", str(N_TURNS))
            memory = {name: megabytes(number) for name, number in at.processes().items()}
            cpu = {name: cpu_seconds(number) for name, number in at.processes().items()}
        alone = _told([sys.executable, "-m", "benchmarks.class_alone", str(path)])
        with served(Path(folder) / "idle.class", SCENARIO, "--worlds", "4") as at:
            idle = _idle(at)
            first_page = at.first_page
    orders, dones, screens = load["orders"], load["dones"], load["screens"]
    own = alone["wall"]
    late = [screen - each for screen, each in zip(screens, own, strict=True)]
    rows = [
        ["first page, after the command", "2 s", f"{first_page:.1f} s"],
        ["order acknowledged, p50", "20 ms", f"{1e3 * percentile(orders, 50):.1f} ms"],
        ["order acknowledged, p99", "200 ms", f"{1e3 * percentile(orders, 99):.1f} ms"],
        ["'done' acknowledged, all at once, p99", "", f"{1e3 * percentile(dones, 99):.1f} ms"],
        ["turn on every screen, median", "", f"{median(screens):.2f} s"],
        ["the same turns, the model alone", "", f"{median(own):.2f} s"],
        ["more than the model's own, median", "1 s", f"{median(late):.2f} s"],
        ["more than the model's own, worst turn", "1 s", f"{max(late):.2f} s"],
        ["a turn on every screen over the model's own", "", f"{median(screens) / median(own):.2f}"],
        *([f"memory of the {name}", "", f"{size:.0f} MB"] for name, size in memory.items()),
        ["memory, together", f"{MOST_MEGABYTES} MB", f"{sum(memory.values()):.0f} MB"],
        ["memory, together, the most", f"{MOST_MEGABYTES} MB", f"{max(most):.0f} MB"],
        *([f"CPU of the {name}", "", f"{spent:.1f} s"] for name, spent in cpu.items()),
        ["CPU of the students", "", f"{load['cpu']:.1f} s of {load['seconds']:.0f} s"],
        [f"{N_STREAMS} idle streams, share of a core", "1%", f"{100 * idle:.2f}%"],
    ]
    title = f"A class: {load['students']} students, {N_WORLDS} worlds, {len(screens)} turns, "
    title += f"{len(orders)} orders, {load['looks']} pages ({len(load['refused'])} refused)"
    print_table(title, ["what", "aim", "found"], rows)


def _generated(at: Served, *words: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.class_load", at.link, at.code]
    return _told([*command, "--a-seat", str(N_A_SEAT), *words])


def _told(command: list[str]) -> dict[str, Any]:
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _idle(at: Served) -> float:
    """Hold streams open that nothing happens on; return what they take of a core.

    Counted once the worlds have loaded the model, which they do while people come in.
    """
    command = [sys.executable, "-m", "benchmarks.class_load", at.link, at.code, "--worlds", "4"]
    command += ["--a-seat", str(N_A_SEAT), "--streams", str(N_STREAMS)]
    numbers = at.processes().values()
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holding:
        if holding.stdout is None or not holding.stdout.readline():
            msg = "the streams were not opened"
            raise RuntimeError(msg)
        at.wait_for_quiet()
        before = sum(map(cpu_seconds, numbers))
        try:
            holding.wait(IDLE_SECONDS)
        except subprocess.TimeoutExpired:
            after = sum(map(cpu_seconds, numbers))
        else:
            msg = "the streams were closed"
            raise RuntimeError(msg)
        holding.communicate()
    return (after - before) / IDLE_SECONDS
