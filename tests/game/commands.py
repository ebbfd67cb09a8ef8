"""Calling the command line: in this process, which is fast, or in one of its own."""

import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from rapprochement_sim.cli import main

PROGRAM = [sys.executable, "-c", "from rapprochement_sim.cli import main; main()"]


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it printed."""

    code: object
    out: str
    err: str


class Commands:
    """The command line, called in a folder of its own and away from the user's saves."""

    def __init__(
        self, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.here = home / "here"
        self.here.mkdir()
        self.data = home / "data"
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        monkeypatch.chdir(self.here)
        monkeypatch.setenv("XDG_DATA_HOME", str(self.data))

    def __call__(self, *arguments: str, typed: str = "") -> Ended:
        self._monkeypatch.setattr("sys.argv", ["rapprochement", *arguments])
        self._monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as stopped:
            main()
        printed = self._capsys.readouterr()
        return Ended(stopped.value.code, printed.out, printed.err)


def environment(home: Path) -> dict[str, str]:
    """Keep the user's own folders out of processes."""
    return {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "data")}


def run_process(*arguments: str, home: Path, typed: bytes = b"") -> Ended:
    """Run the command in a process of its own, with typed lines piped into it."""
    result = subprocess.run(
        [*PROGRAM, *arguments],
        input=typed,
        capture_output=True,
        check=False,
        cwd=home,
        env=environment(home),
        timeout=120,
    )
    return Ended(result.returncode, result.stdout.decode(), result.stderr.decode())
