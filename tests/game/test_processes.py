"""The game in real processes: no terminal, a pipe, a kill, a terminal that hangs up."""

import os
import pty
import signal
import subprocess
import time
from pathlib import Path

from tests.game.commands import PROGRAM, Commands, environment, run_process


def test_without_a_terminal_a_short_game_plays_itself(tmp_path: Path) -> None:
    result = run_process("play", home=tmp_path)
    assert result.code == 0, result.err
    for words in ("Turn 4, Oct-Dec 2023", "Scores after 4 of 12 turns", "There is no terminal"):
        assert words in result.out
    assert "Turn 5" not in result.out
    assert max(map(len, result.out.splitlines())) <= 80
    assert result.err == ""
    assert not list(tmp_path.iterdir())


def test_a_pipe_plays_whatever_bytes_it_carries(tmp_path: Path) -> None:
    typed = b"order 4\nnote \xff\xfe\nwhy \xc3\nresolve\n"
    start = ["play", "--plain", "--seed", "5", "--save", "game"]
    result = run_process(*start, home=tmp_path, typed=typed)
    assert result.code == 0, result.err
    assert "Seoul, turn 1, talks > order 4" in result.out
    assert "Turn 2 of 12" in result.out
    assert result.out.endswith("Goodbye.\n")


def test_a_game_that_is_killed_between_orders_loses_none(
    tmp_path: Path, rapprochement: Commands
) -> None:
    path = rapprochement.here / "game"
    process = subprocess.Popen(
        [*PROGRAM, "play", "--seat", "tokyo", "--plain", "--seed", "7", "--save", "game"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        cwd=rapprochement.here,
        env=environment(tmp_path),
        text=True,
    )
    assert process.stdin is not None
    process.stdin.write("resolve\norder lift export controls\n")
    process.stdin.flush()
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if path.exists() and '"turn": 2, "seat": "tokyo"' in path.read_text(encoding="utf-8"):
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)
    resumed = rapprochement("play", "--resume", "game", typed="undo\nquit\n")
    assert resumed.code == 0, resumed.err
    assert "Decided so far" in resumed.out
    assert "Taken back: Lift export controls (Seoul)." in resumed.out
    assert [entry.name for entry in rapprochement.here.iterdir()] == ["game"]


def test_at_a_terminal_ctrl_d_saves_and_leaves(tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, "play", "--plain", "--seat", "seoul", "--seed", "2", "--save", "game"],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        cwd=tmp_path,
        env=environment(tmp_path),
        start_new_session=True,
    )
    os.close(follower)
    said, typed = b"", [b"order 1\n", b"\x04"]
    try:
        while True:
            said += os.read(leader, 4096)
            if typed and said.rstrip().endswith(b">"):
                os.write(leader, typed.pop(0))
    except OSError:
        pass
    finally:
        os.close(leader)
    assert process.wait(timeout=30) == 0
    assert b"Noted:" in said
    assert b"Saved in game" in said
    assert b"Goodbye." in said
