"""A class served by the real command, and what its processes take."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event, Thread
from time import perf_counter, sleep
from urllib.parse import urlsplit

_LINKS = re.compile(r"Students open\s+(\S+)\s+and type\s+(\S+)\s+You open")
_TICKS = os.sysconf("SC_CLK_TCK")
_KILOBYTES = 1024
_QUIET_SECONDS, _LOOK_SECONDS = 3.0, 2.0


@dataclass(frozen=True)
class Served:
    """A class that can be reached, and how long its first page took (seconds)."""

    process: subprocess.Popen[str]
    link: str
    code: str
    first_page: float

    def processes(self) -> dict[str, int]:
        """Return the processes of the class by what they are."""
        found = {"server": self.process.pid}
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError, IndexError):
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                if parent == self.process.pid:
                    is_tracker = "resource_tracker" in (folder / "cmdline").read_text()
                    found["tracker" if is_tracker else "worlds"] = int(folder.name)
        return found

    def wait_for_quiet(self) -> None:
        """Wait until the worlds have nothing left to do."""
        worlds = self.processes()["worlds"]
        spent = -1.0
        while spent < (spent := cpu_seconds(worlds)):
            sleep(_QUIET_SECONDS)


@contextmanager
def most_memory(at: Served) -> Iterator[list[float]]:
    """Add up the memory of a class's processes again and again meanwhile (megabytes)."""
    found = [0.0]
    is_over = Event()

    def look() -> None:
        while not is_over.wait(_LOOK_SECONDS):
            found.append(sum(map(megabytes, at.processes().values())))

    looking = Thread(target=look, daemon=True)
    looking.start()
    try:
        yield found
    finally:
        is_over.set()
        looking.join()


@contextmanager
def served(path: Path, *words: str) -> Iterator[Served]:
    """Serve a new class in a file on a free port; end it afterwards."""
    begun = perf_counter()
    command = [sys.executable, "-m", "rapprochement_sim", "host", *words]
    command += ["--class", str(path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            link, code = _links(process)
            _first_page(link)
            yield Served(process, link, code, perf_counter() - begun)
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)


def _links(process: subprocess.Popen[str]) -> tuple[str, str]:
    said = ""
    for line in process.stdout or ():
        said += line
        found = _LINKS.search(said)
        if found:
            return found[1], found[2]
    msg = f"the class was not opened: {said}"
    raise RuntimeError(msg)


def _first_page(link: str) -> None:
    at = urlsplit(link)
    while True:
        line = HTTPConnection(at.hostname or "", at.port, timeout=30)
        try:
            line.request("GET", "/")
            if line.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            sleep(0.01)
        finally:
            line.close()


def megabytes(process: int) -> float:
    """Return the memory of a process; of pages shared by several, its part."""
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return float(line.split()[1]) / _KILOBYTES
    msg = f"the kernel does not tell the memory of {process}"
    raise RuntimeError(msg)


def cpu_seconds(process: int) -> float:
    """Return what a process has used of the processors so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
