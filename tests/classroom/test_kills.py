"""A class that is killed while it writes: nothing acknowledged is lost, nothing is doubled."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rapprochement_sim.classroom import commands
from tests.classroom.made import open_writer
from tests.classroom.writing_process import keys
from tests.disks import call_on_small_disk

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "tests.classroom.writing_process")


def kill_after(path: Path, n_acknowledged: int) -> set[str]:
    """Kill the writing process when it has acknowledged so many; return which."""
    with subprocess.Popen(
        [*PROGRAM, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(n_acknowledged)]
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate()
        lines = "".join(said).splitlines() + rest.split("\n")[:-1]
        assert process.returncode == -signal.SIGKILL
    return {line.strip() for line in lines}


def check_after_kill(path: Path, acknowledged: set[str]) -> None:
    writer = open_writer(path)
    said = [message.text for message in writer.state.messages]
    assert acknowledged <= set(said)
    assert len(said) == len(set(said))
    for thread, key in keys():
        writer.submit(commands.Say(key, ()), by=thread + 1, key=key).result()
    again = [message.text for message in writer.state.messages]
    writer.close()
    assert sorted(again) == sorted(key for _, key in keys())
    assert again[: len(said)] == said


@pytest.mark.slow
@pytest.mark.parametrize("n_acknowledged", [1, 13, 50, 101, 170])
def test_a_killed_class_loses_nothing_it_acknowledged(tmp_path: Path, n_acknowledged: int) -> None:
    path = tmp_path / "class.db"
    check_after_kill(path, kill_after(path, n_acknowledged))


@pytest.mark.soak
@pytest.mark.parametrize("n_acknowledged", [*range(1, 196, 2), 2, 4])
def test_a_class_killed_at_any_moment_loses_nothing(tmp_path: Path, n_acknowledged: int) -> None:
    path = tmp_path / "class.db"
    check_after_kill(path, kill_after(path, n_acknowledged))


@pytest.mark.slow
def test_a_class_on_a_disk_that_fills_up_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    script = tmp_path / "fill.py"
    script.write_text(FILLING, encoding="utf-8")
    ended = call_on_small_disk(
        str(script), folder=tmp_path, kilobytes=400, program=(sys.executable,)
    )
    assert ended.code == 0, ended.err
    lines = ended.out.splitlines()
    assert "disk is full" in lines[-1] or "disk I/O error" in lines[-1]
    writer = open_writer(ended.kept / "class.db")
    said = [message.text for message in writer.state.messages]
    writer.close()
    assert [int(text.split()[0]) for text in said] == list(range(len(said)))
    assert len(said) == int(lines[-2])
    assert len(said) > 0


FILLING = f"""
import sys
from pathlib import Path
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "src")!r}]
from rapprochement_sim.classroom import commands
from rapprochement_sim.errors import OutputProblem
from tests.classroom.made import open_writer
writer = open_writer(Path("disk/class.db"))
n = 0
try:
    while n < 2000:
        writer.submit(commands.Say(f"{{n}} " + "x" * 900, ()), by=0).result()
        n += 1
except OutputProblem as error:
    print(n)
    print(error)
writer.close()
"""
