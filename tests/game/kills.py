"""Killing a game while it saves, and looking at what stands there then."""

import os
import signal
import subprocess
from pathlib import Path

from rapprochement_sim.game.journal_files import read_journal
from rapprochement_sim.game.replaying import open_game
from tests.ensemble.commands import COMMAND
from tests.game.commands import environment

N_LINES = 40
_LINES = ("resolve", "note {}", "order 4", "note {}")


def kill_while_playing(folder: Path, n_answers: int) -> int:
    """Play in a process of its own, and kill it as soon as it gave so many answers.

    More lines wait in the pipe, so the game is in the midst of the next one.

    Returns
    -------
    int
        How many notes were acknowledged before the kill.
    """
    process = subprocess.Popen(
        [*COMMAND, "play", "--plain", "--seed", "7", "--save", "game"],
        cwd=folder,
        env={**environment(folder.with_name(f"{folder.name}-home")), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    lines = [_LINES[number % 4].format(number) for number in range(1, N_LINES)]
    process.stdin.write("".join(f"{line}\n" for line in lines))
    process.stdin.flush()
    answers = 0
    for line in process.stdout:
        answers += line.startswith(" Noted, with the save.")
        if answers == n_answers:
            break
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    return answers


def check_what_is_left(folder: Path, n_answers: int) -> None:
    """Nothing acknowledged is lost, nothing partial is to be seen, and the game goes on."""
    visible = [path.name for path in folder.iterdir() if not path.name.startswith(".")]
    assert visible == ["game"]
    journal = read_journal(folder / "game")
    numbers = [int(note.text) for note in journal.notes]
    assert numbers == list(range(1, N_LINES, 2))[: len(numbers)]
    assert len(numbers) >= n_answers
    session = open_game(folder / "game")
    assert [path.name for path in folder.iterdir()] == ["game"]
    session.save()
    assert read_journal(folder / "game") == journal
