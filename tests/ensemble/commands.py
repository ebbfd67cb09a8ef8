"""Starting the command line as a person would, and looking at what it leaves behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

COMMAND = (sys.executable, "-m", "rapprochement_sim")


def call(
    *words: str | Path, folder: Path, timeout: float = 300.0
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [*COMMAND, *map(str, words)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=timeout,
    )


def start(
    *words: str | Path, folder: Path, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    """Start a command in a process group of its own, as a terminal does.

    Whoever runs the tests in the background may have Ctrl-C ignored; the command has not.
    """
    return subprocess.Popen(
        [*COMMAND, *map(str, words)],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_heed_interrupts,  # noqa: PLW1509 - no threads between here and the command
    )


def _heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def wait_until(is_so: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Wait for something that a process should bring about."""
    end = time.monotonic() + 120.0
    while not is_so():
        assert process.poll() is None, "it ended too early"
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def workers_of(pid: int) -> list[int]:
    """List the worker processes of a process."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
            line = (place / "cmdline").read_text()
        except OSError:
            continue
        if parent == pid and "spawn_main" in line:
            found.append(int(place.name))
    return found


def is_alive(pid: int) -> bool:
    """Whether a process still runs (a zombie does not)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def kill(pids: Sequence[int]) -> None:
    """End processes as an out-of-memory killer does."""
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones included."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def blocks_in(folder: Path) -> int:
    """How many blocks of a run folder are finished."""
    return len(list((folder / "summary").glob("block-*.parquet")))
