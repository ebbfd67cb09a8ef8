"""A save is played by one process at a time."""

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rapprochement_sim.errors import NotAllowedNow
from rapprochement_sim.game.journal_files import read_journal
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.game.replaying import open_game
from rapprochement_sim.game.save_claim import SaveClaim, claim_save
from rapprochement_sim.vocabulary import Capital
from tests.game.commands import PROGRAM, Commands, environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows locks no save")

SAYS = "game: another process is playing this game now."


@contextmanager
def played_elsewhere(home: Path, *how: str) -> Iterator[subprocess.Popen[str]]:
    """Play in a process of its own, until it noted something in the save."""
    process = subprocess.Popen(
        [*PROGRAM, "play", "--plain", *how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=home,
        env={**environment(home), "PYTHONUNBUFFERED": "1"},
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("note mine\n")
    process.stdin.flush()
    assert any("Noted, with the save." in line for line in process.stdout)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def notes_of(save: Path) -> list[str]:
    return [note.text for note in read_journal(save).notes]


def test_a_second_process_is_refused_and_the_first_loses_nothing(rapprochement: Commands) -> None:
    save = rapprochement.here / "game"
    with played_elsewhere(rapprochement.here, "--seed", "7", "--save", "game") as first:
        for how in ((), ("--plain",)):
            second = rapprochement("play", "--resume", "game", *how, typed="note theirs\nquit\n")
            assert second.code == 2
            assert second.err.startswith(SAYS)
            assert "play --branch" in second.err
            assert second.out == ""
        assert rapprochement("replay", "game").code == 0, "looking is free"
        branch = rapprochement("play", "--branch", "game", "--turn", "1", typed="quit\n")
        assert branch.code == 0, branch.err
        out, _ = first.communicate("note again\nquit\n")
        assert "Noted, with the save." in out
    assert notes_of(save) == ["mine", "again"]
    resumed = rapprochement("play", "--resume", "game", typed="note theirs\nquit\n")
    assert resumed.code == 0, resumed.err
    assert notes_of(save) == ["mine", "again", "theirs"]
    assert not [path for path in rapprochement.here.iterdir() if path.name.startswith(".")]


def test_a_killed_process_lets_go(rapprochement: Commands) -> None:
    with played_elsewhere(rapprochement.here, "--seed", "7", "--save", "game") as first:
        os.kill(first.pid, signal.SIGKILL)
        first.communicate()
    resumed = rapprochement("play", "--resume", "game", typed="quit\n")
    assert resumed.code == 0, resumed.err


def test_the_screens_refuse_by_the_same_words(rapprochement: Commands) -> None:
    from rapprochement_sim.game.library import Library  # noqa: PLC0415 - what the screens open by

    with (
        played_elsewhere(rapprochement.here, "--seed", "7", "--save", "game"),
        pytest.raises(NotAllowedNow, match=SAYS.partition(": ")[2]),
    ):
        Library(rapprochement.here).open(rapprochement.here / "game")


def test_one_process_may_open_its_own_save_again(tmp_path: Path) -> None:
    path = tmp_path / "game"
    start_game("sandbox", seats=[Capital.SEOUL], path=path).note(Capital.SEOUL, "one")
    again = open_game(path)
    again.note(Capital.SEOUL, "two")
    assert notes_of(path) == ["one", "two"]


def test_a_claim_follows_the_save_and_ends_with_who_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "game"
    claim = claim_save(path)
    for text in ("one", "two"):
        claim.write(text)
        with pytest.raises(NotAllowedNow):
            SaveClaim(path)
    assert claim_save(tmp_path / "x" / ".." / "game") is claim
    del claim
    gc.collect()
    SaveClaim(path).write("three")
    assert path.read_text() == "three"


def test_what_cannot_be_written_stays_held(tmp_path: Path) -> None:
    path = tmp_path / "game"
    claim = claim_save(path)
    claim.write("one")
    with pytest.raises(UnicodeEncodeError):
        claim.write("half a character: \ud800")
    with pytest.raises(NotAllowedNow):
        SaveClaim(path)
    assert [each.name for each in tmp_path.iterdir() if not each.name.startswith(".")] == ["game"]


def test_a_pipe_in_place_of_a_save_is_left_to_the_reader(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert claim_save(pipe).path == pipe
