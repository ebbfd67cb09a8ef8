"""Fixtures of the tests of bad input."""

from pathlib import Path

import pytest

from tests.game.commands import Commands


@pytest.fixture
def rapprochement(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Commands:
    """Call the command line in this process."""
    return Commands(tmp_path, monkeypatch, capsys)
