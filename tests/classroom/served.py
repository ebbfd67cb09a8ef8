"""A class served by the real command, in a process of its own on a free port."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

PATIENCE_SECONDS = 60.0
_LINKS = re.compile(r"Students open\s+(\S+)\s+and type\s+(\S+)\s+You open\s+(\S+)")


@dataclass(frozen=True)
class Served:
    """A class that can be reached."""

    process: subprocess.Popen[str]
    link: str
    code: str
    teacher: str

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.link.rstrip("/").rsplit(":", 1)[1])

    def worlds(self) -> int:
        """Return the process that holds its worlds; on Linux."""
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
                is_child = int(parent) == self.process.pid and state != "Z"
                if is_child and "spawn_main" in (folder / "cmdline").read_text():
                    return int(folder.name)
        message = "no process holds the worlds"
        raise AssertionError(message)


@contextmanager
def served(path: Path, *words: str, port: int = 0) -> Iterator[Served]:
    """Serve a class of a file, a new one or the one that stands there; end it afterwards."""
    command = [sys.executable, "-m", "rapprochement_sim", "host"]
    command += ["--class", str(path), "--port", str(port), *words]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Served(process, *_links(process))
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            try:
                process.communicate(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def _links(process: subprocess.Popen[str]) -> tuple[str, str, str]:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        found = _LINKS.search(said)
        if found:
            return found[1], found[2], found[3]
    _, error = process.communicate()
    message = f"the class was not opened: {said}{error}"
    raise AssertionError(message)


def until_true(is_so: Callable[[], bool]) -> None:
    """Wait until something that comes by itself is there."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert is_so()
