"""The real program in a real terminal: tmux draws it, keys are typed, the process is killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.game.journal_files import read_journal
from tests.tui.playing import new_seat

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="it takes tmux"),
]
PATIENCE_SECONDS = 60.0
GAME = (sys.executable, "-m", "rapprochement_sim", "play")


class Terminal:
    """A terminal of a size in which one program runs."""

    def __init__(self, folder: Path) -> None:
        self.name = ""
        self.folder = folder

    def tmux(self, *words: str) -> str:
        """Ask tmux something."""
        done = subprocess.run(
            ["tmux", "-L", self.name, *words], capture_output=True, text=True, check=True
        )
        return done.stdout

    def open(self, *command: str, width: int = 80, height: int = 24) -> None:
        """Run a program in a new window, with folders of its own."""
        # A server of its own: one that was told to end may still be about.
        self.name = f"test-{uuid.uuid4().hex}"
        homes = [f"XDG_{kind}_HOME={self.folder}" for kind in ("DATA", "CONFIG", "STATE", "CACHE")]
        path = f"PYTHONPATH={os.pathsep.join(sys.path)}"
        # Some shells export the size that the window had once; the window knows better.
        once = (f"COLUMNS={width}", f"LINES={height}")
        size = ("-x", str(width), "-y", str(height))
        shell = "; printf '\\n[ended with %s]\\n' $?; exec sleep 600"
        words = " ".join(f"'{word}'" for word in ("env", *homes, path, *once, *command))
        self.tmux("new-session", "-d", "-s", "game", *size, words + shell)

    def press(self, *keys: str) -> None:
        """Type keys, as tmux names them."""
        self.tmux("send-keys", "-t", "game", *keys)

    def resize(self, width: int, height: int) -> None:
        """Make the window another size."""
        self.tmux("resize-window", "-t", "game", "-x", str(width), "-y", str(height))

    def read(self) -> str:
        """Return what stands in the window."""
        return self.tmux("capture-pane", "-p", "-t", "game")

    def until(self, words: str) -> str:
        """Wait until some words stand in the window."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            shown = self.read()
            if words in " ".join(shown.split()):
                return shown
            time.sleep(0.05)
        pytest.fail(f"'{words}' never stood there, but:\n{self.read()}")

    def until_not(self, words: str) -> None:
        """Wait until some words stand there no more."""
        end = time.monotonic() + PATIENCE_SECONDS
        while words in self.read():
            assert time.monotonic() < end, f"'{words}' never went"
            time.sleep(0.05)

    def kill(self) -> None:
        """Kill the program as a power cut would."""
        shell = int(self.tmux("display-message", "-p", "-t", "game", "#{pane_pid}"))
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(shell)], capture_output=True, text=True, check=True
        )
        for child in children.stdout.split():
            os.kill(int(child), signal.SIGKILL)

    def close(self) -> None:
        """End tmux and all that runs in it."""
        subprocess.run(["tmux", "-L", self.name, "kill-server"], capture_output=True, check=False)


def paper_that_is_an_order(folder: Path) -> str:
    """Return the number of the first staff paper that needs nobody's consent."""
    seat = new_seat(folder)
    joint = {option.action for option in seat.options() if option.is_joint}
    return str(next(p.number for p in seat.brief().papers if p.action not in joint))


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path)
    yield terminal
    terminal.close()


def test_a_killed_game_goes_on_where_it_was(terminal: Terminal, tmp_path: Path) -> None:
    save = tmp_path / "mine.jsonl"
    terminal.open(*GAME, "--seed", "7", "--save", str(save))
    terminal.until("your instructions as Seoul")
    terminal.press("Enter")
    terminal.until("How things stand")
    terminal.press("o")
    terminal.until("Staff papers")
    terminal.press(paper_that_is_an_order(tmp_path / "other"))
    terminal.until("Give this order")
    terminal.press("g")
    terminal.until("> order:")
    terminal.press("e")
    terminal.until("Close the talks of this turn")
    terminal.press("Enter")
    terminal.until("How the talks of this turn ended")
    terminal.press("o", "e")
    terminal.until("All orders are carried out together")
    terminal.press("Enter")
    terminal.until("Turn 1 is over")
    terminal.press("Escape")
    terminal.until("What moved, and why")
    terminal.press("Enter")
    terminal.until("turn 2 of 12")
    terminal.resize(60, 20)
    terminal.until("Make this window larger")
    terminal.resize(120, 40)
    shown = terminal.until("TRUST of row in column")
    assert max(map(len, shown.splitlines())) == 120
    terminal.resize(80, 24)
    terminal.until_not("TRUST of row in column")
    terminal.press("o")
    terminal.until("Staff papers")
    terminal.press("1", "g")
    terminal.until("> o")
    before = read_journal(save)
    assert len(before.turns) == 1
    terminal.kill()
    terminal.until("[ended with 137]")
    terminal.close()

    terminal.open(*GAME, "--resume", str(save))
    terminal.until("turn 2 of 12")
    assert read_journal(save) == before
    terminal.press("q")
    shown = terminal.until("[ended with 0]")
    assert "Saved in" in " ".join(shown.split())
    assert read_journal(save) == before


def test_a_failing_screen_says_one_sentence_and_gives_the_terminal_back(
    terminal: Terminal, tmp_path: Path
) -> None:
    save = tmp_path / "mine.jsonl"
    program = (
        "import rapprochement_sim.tui.screens.keys as keys; "
        "keys.KeysScreen.lines = lambda self, width: 1 / 0; "
        "import sys; from rapprochement_sim.cli import main; "
        "sys.argv = sys.argv[:1] + sys.argv[1:]; main()"
    )
    terminal.open(sys.executable, "-c", program, "play", "--seed", "7", "--save", str(save))
    terminal.until("your instructions as Seoul")
    terminal.press("Enter")
    terminal.until("How things stand")
    terminal.press("h")
    shown = " ".join(terminal.until("[ended with 1]").split())
    assert "The screen failed (ZeroDivisionError); every decision was saved before." in shown
    assert "The log is" in shown
    assert "Go on with: rapprochement play --resume" in shown
    assert "Traceback" not in shown
    [log] = tmp_path.rglob("screen.log")
    assert "ZeroDivisionError" in log.read_text("utf-8")
    assert read_journal(save).turns == ()
