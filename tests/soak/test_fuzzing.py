"""A fixed number of executions of the fuzzer over each door that files come in by."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.soak.shares import share_of

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(
        sys.version_info[:2] != (3, 11) or sys.platform != "linux",
        reason="the fuzzer is built for Python 3.11 on Linux",
    ),
]

EXECUTIONS = {"yaml": 100_000, "save": 200_000, "sealed": 200_000, "manifest": 200_000}


@pytest.mark.parametrize("target", EXECUTIONS)
def test_no_bytes_end_in_a_traceback_or_hang(tmp_path: Path, target: str) -> None:
    root = Path(__file__).parents[2]
    result = subprocess.run(
        [sys.executable, "-m", "tests.soak.fuzz", target, str(share_of(EXECUTIONS[target]))],
        cwd=root,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=4 * 3600,
    )
    assert result.returncode == 0, result.stderr[-3000:]
    assert list(tmp_path.glob("rapprochement-fuzz-*")) == []
