"""``play`` and ``replay`` as people and scripts meet them: a real process, real files."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rapprochement_sim.cli import main
from rapprochement_sim.game.journal_text import checksum

PROGRAM = [sys.executable, "-c", "from rapprochement_sim.cli import main; main()"]


def environment(home: Path) -> dict[str, str]:
    """Keep the user's own folders out of tests."""
    return {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "data")}


def rapprochement(*arguments: str, home: Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command with typed lines piped into it."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=home,
        env=environment(home),
        timeout=120,
    )


def test_without_a_terminal_a_short_game_plays_itself(tmp_path: Path) -> None:
    result = rapprochement("play", home=tmp_path)
    assert result.returncode == 0, result.stderr
    for words in ("Turn 4, Oct-Dec 2023", "Scores after 4 of 12 turns", "There is no terminal"):
        assert words in result.stdout
    assert "Turn 5" not in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert result.stderr == ""
    assert not list(tmp_path.iterdir())


def test_a_script_plays_saves_resumes_and_replays(tmp_path: Path) -> None:
    start = ["play", "--seat", "tokyo", "--plain", "--seed", "7", "--save", "my game.jsonl"]
    played = rapprochement(*start, home=tmp_path, typed="order 4\nresolve\nnote so far so good\n")
    assert played.returncode == 0, played.stderr
    assert "Go on with: rapprochement play --resume 'my game.jsonl'" in played.stdout
    assert "Goodbye." in played.stdout

    resumed = rapprochement(
        "play", "--resume", "my game.jsonl", home=tmp_path, typed="order lift\nresolve\nquit\n"
    )
    assert resumed.returncode == 0, resumed.stderr
    assert "Your note of turn 2: so far so good" in resumed.stdout
    assert "Turn 2 of 12" in resumed.stdout
    assert "Turn 3 of 12" in resumed.stdout

    replayed = rapprochement("replay", "my game.jsonl", home=tmp_path)
    assert replayed.returncode == 0, replayed.stderr
    assert "Replayed 2 turns: every digest agrees, bit for bit." in replayed.stdout
    one = rapprochement("replay", "my game.jsonl", "--turn", "1", home=tmp_path)
    assert "Turn 1, Jan-Mar 2023" in one.stdout
    assert "Turn 2" not in one.stdout
    as_json = json.loads(rapprochement("replay", "my game.jsonl", "--json", home=tmp_path).stdout)
    assert as_json["is_exact"] is True
    assert [turn["turn"] for turn in as_json["turns"]] == [1, 2]

    again = rapprochement(*start, home=tmp_path)
    assert again.returncode == 2
    assert "there is a file of that name already" in again.stderr


def test_automated_games_are_told_to_their_end(tmp_path: Path) -> None:
    result = rapprochement(
        "play", "--auto", "--seat", "washington", "--seed", "3", "--save", "auto", home=tmp_path
    )
    assert result.returncode == 0, result.stderr
    assert "told from Washington" in result.stdout
    assert "Scores after 12 of 12 turns" in result.stdout
    replayed = rapprochement("replay", "auto", home=tmp_path)
    assert "DEBRIEF" in replayed.stdout
    assert "Replayed 12 turns: every digest agrees" in replayed.stdout
    resumed = rapprochement("play", "--resume", "auto", home=tmp_path)
    assert resumed.returncode == 2
    assert "nobody plays in this game" in resumed.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["play", "nowhere"], "there is no scenario 'nowhere'"),
        (["play", "--seat", "toyko"], "did you mean 'tokyo'?"),
        (["play", "--resume", "nowhere"], "there is no such save"),
        (["play", "--resume", "x", "--seed", "1"], "leave the other options out"),
        (["play", "--plain", "--turns", "2"], "--turns belongs to --auto"),
        (["play", "--plain", "--seed", "-1"], "Invalid value for '--seed'"),
        (["play", "--plain", "--lens", "tokio=realist:1"], "did you mean 'tokyo'?"),
        (["play", "--plain", "--lens", "tokyo=realism:1"], "did you mean 'realist'?"),
        (["play", "--plain", "--lens", "tokyo=realist:0"], "must be 0 or more and sum to 1"),
        (["replay", "nowhere"], "there is no such save"),
        (["replay"], "Missing argument 'SAVE'"),
    ],
)
def test_refusals_end_with_2_and_one_message(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    words: str,
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("sys.argv", ["rapprochement", *arguments])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
    assert words in capsys.readouterr().err
    assert not list(here.iterdir())


def saved_game(home: Path) -> Path:
    """Play a turn and return its save."""
    path = home / "game"
    typed = "order 4\nresolve\nquit\n"
    rapprochement("play", "--plain", "--seed", "7", "--save", "game", home=home, typed=typed)
    return path


def reseal(path: Path, lines: list[str]) -> None:
    """Write changed lines with a checksum that fits."""
    closing = {"lines": len(lines), "sha256": checksum(lines)}
    path.write_text("\n".join([*lines, json.dumps(closing)]) + "\n", encoding="utf-8")


def test_a_save_of_other_rules_is_read_only_and_a_tampered_one_names_the_difference(
    tmp_path: Path,
) -> None:
    path = saved_game(tmp_path)
    whole = path.read_text(encoding="utf-8")
    lines = whole.rstrip("\n").split("\n")[:-1]

    header = {**json.loads(lines[0]), "rules_hash": "0" * 64}
    reseal(path, [json.dumps(header), *lines[1:]])
    kept = path.read_bytes()
    told = rapprochement("replay", "game", home=tmp_path)
    assert told.returncode == 0
    assert "another version of the rules" in told.stdout
    assert "Read-only" in told.stdout
    assert "published_korea_unfavourable_of_japan" in told.stdout
    assert json.loads(rapprochement("replay", "game", "--json", home=tmp_path).stdout)["read_only"]
    refused = rapprochement("play", "--resume", "game", home=tmp_path)
    assert refused.returncode == 2
    assert "another version of the rules" in refused.stderr
    assert path.read_bytes() == kept

    figures = [
        n for n, line in enumerate(lines) if '"turn": 1, "published": {"published_korea' in line
    ]
    assert figures
    first = json.loads(lines[figures[0]])
    first["published"]["published_korea_favourable_of_japan"] += 1.0
    changed = [*lines[: figures[0]], json.dumps(first), *lines[figures[0] + 1 :]]
    reseal(path, changed)
    different = rapprochement("replay", "game", home=tmp_path)
    assert different.returncode == 1
    words = "the first difference is in turn 1: published_korea_favourable_of_japan"
    assert words in " ".join(different.stdout.split())
    refused = rapprochement("play", "--resume", "game", home=tmp_path)
    assert refused.returncode == 2
    assert "does not replay to what it recorded: turn 1" in refused.stderr


def test_a_game_that_is_killed_between_orders_loses_none(tmp_path: Path) -> None:
    path = tmp_path / "game"
    process = subprocess.Popen(
        [*PROGRAM, "play", "--seat", "tokyo", "--plain", "--seed", "7", "--save", "game"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        cwd=tmp_path,
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
    resumed = rapprochement("play", "--resume", "game", home=tmp_path, typed="undo\nquit\n")
    assert resumed.returncode == 0, resumed.stderr
    assert "Decided so far" in resumed.stdout
    assert "Taken back: Lift export controls (Seoul)." in resumed.stdout
    assert [entry.name for entry in tmp_path.iterdir() if not entry.is_dir()] == ["game"]


def test_a_scenario_of_one_s_own_is_kept_beside_the_save(tmp_path: Path) -> None:
    shipped = Path(__file__).resolve().parents[2] / "scenarios" / "rekindled_2023"
    own = tmp_path / "own.yaml"
    text = (shipped / "scenario.yaml").read_text(encoding="utf-8")
    own.write_text(text.replace("turns: 12", "turns: 11", 1), encoding="utf-8")
    start = ["play", "own.yaml", "--plain", "--seed", "1", "--save", "game"]
    result = rapprochement(*start, home=tmp_path, typed="resolve\nquit\n")
    assert "Turn 2 of 11" in result.stdout, result.stderr
    own.unlink()
    replayed = rapprochement("replay", "game", home=tmp_path)
    assert "every digest agrees" in replayed.stdout, replayed.stderr


def test_saves_go_to_the_user_s_own_folder_and_never_over_each_other(tmp_path: Path) -> None:
    for _ in range(2):
        result = rapprochement("play", "--plain", "--seed", "5", home=tmp_path, typed="quit\n")
        assert result.returncode == 0, result.stderr
    saves = sorted(path.name for path in tmp_path.rglob("*.jsonl"))
    assert saves == ["rekindled_2023-seoul-5-2.jsonl", "rekindled_2023-seoul-5.jsonl"]


def test_bytes_that_are_no_text_are_survived(tmp_path: Path) -> None:
    result = subprocess.run(
        [*PROGRAM, "play", "--plain", "--seed", "5", "--save", "game"],
        input=b"note \xff\xfe\nwhy \xc3\nquit\n",
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env=environment(tmp_path),
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    assert b"Goodbye." in result.stdout


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
    said = b""
    typed = [b"order 1\n", b"\x04"]
    try:
        while process.poll() is None or said[-8:].find(b"Goodbye") < 0:
            try:
                said += os.read(leader, 4096)
            except OSError:
                break
            if typed and said.rstrip().endswith(b">"):
                os.write(leader, typed.pop(0))
    finally:
        os.close(leader)
    assert process.wait(timeout=30) == 0
    assert b"Noted:" in said
    assert b"Saved in game" in said
    assert b"Goodbye." in said
