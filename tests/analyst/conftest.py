"""One study, made without a terminal, that several tests look at."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.ensemble.commands import COMMAND
from tests.game.commands import Commands

STUDY = ("run", "rekindled_2023", "--runs", "12", "--block-size", "4", "--seed", "11")


@pytest.fixture(scope="session")
def headless(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """Run a study with neither a terminal nor what a terminal sets."""
    folder = tmp_path_factory.mktemp("analyst")
    kept = ("PATH", "HOME", "PYTHONPATH", "SYSTEMROOT")
    return subprocess.run(
        [*COMMAND, *STUDY, "--workers", "1", "--out", str(folder / "study")],
        cwd=folder,
        env={name: os.environ[name] for name in kept if name in os.environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
        timeout=300,
    )


@pytest.fixture(scope="session")
def study(headless: subprocess.CompletedProcess[str]) -> Path:
    """Return the run folder of that study."""
    return Path(headless.args[-1])


@pytest.fixture
def rapprochement(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Commands:
    """Call the command line in this process."""
    return Commands(tmp_path, monkeypatch, capsys)
