"""``play`` and ``replay`` as scripts meet them: arguments, files, messages, exit codes."""

import json
from pathlib import Path

import pytest

from rapprochement_sim.game.journal_text import checksum
from rapprochement_sim.model import case_under
from tests.game.commands import Commands

NEW = ("play", "--plain", "--seed", "7", "--save", "game")


def test_a_script_plays_saves_resumes_and_replays(rapprochement: Commands) -> None:
    start = ["play", "--seat", "tokyo", "--plain", "--seed", "7", "--save", "my game.jsonl"]
    played = rapprochement(*start, typed="order 4\nresolve\nnote so far so good\n")
    assert played.code == 0, played.err
    assert "Go on with: rapprochement play --resume 'my game.jsonl'" in played.out
    assert "Goodbye." in played.out

    typed = "order lift\nresolve\nquit\n"
    resumed = rapprochement("play", "--resume", "my game.jsonl", typed=typed)
    assert resumed.code == 0, resumed.err
    assert "Your note of turn 2: so far so good" in resumed.out
    assert "Turn 2 of 12" in resumed.out
    assert "Turn 3 of 12" in resumed.out

    replayed = rapprochement("replay", "my game.jsonl")
    assert replayed.code == 0, replayed.err
    assert "Replayed 2 turns: every digest agrees, bit for bit." in replayed.out
    one = rapprochement("replay", "my game.jsonl", "--turn", "1")
    assert "Turn 1, Jan-Mar 2023" in one.out
    assert "Turn 2" not in one.out
    as_json = json.loads(rapprochement("replay", "my game.jsonl", "--json").out)
    assert as_json["is_exact"] is True
    assert [turn["turn"] for turn in as_json["turns"]] == [1, 2]

    again = rapprochement(*start)
    assert again.code == 2
    assert "there is a file of that name already" in again.err


def test_automated_games_are_told_to_their_end(rapprochement: Commands) -> None:
    start = ["play", "--auto", "--seat", "washington", "--seed", "3", "--save", "auto"]
    result = rapprochement(*start)
    assert result.code == 0, result.err
    assert "told from Washington" in result.out
    assert "Scores after 12 of 12 turns" in result.out
    replayed = rapprochement("replay", "auto")
    assert "DEBRIEF" in replayed.out
    assert "Replayed 12 turns: every digest agrees" in replayed.out
    resumed = rapprochement("play", "--resume", "auto")
    assert resumed.code == 2
    assert "nobody plays in this game" in resumed.err


def test_an_automated_game_stops_when_it_is_told_to(rapprochement: Commands) -> None:
    result = rapprochement("play", "--auto", "--turns", "2", "--run", "3")
    assert "Scores after 2 of 12 turns" in result.out
    assert "There is no terminal" not in result.out


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
    rapprochement: Commands, arguments: list[str], words: str
) -> None:
    result = rapprochement(*arguments)
    assert result.code == 2
    assert words in result.err
    assert not list(rapprochement.here.iterdir())


def changed_save(path: Path, number: int, line: str) -> None:
    """Replace a line of a save, with a checksum that fits."""
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")[:-1]
    lines[number] = line
    closing = {"lines": len(lines), "sha256": checksum(lines)}
    path.write_text("\n".join([*lines, json.dumps(closing)]) + "\n", encoding="utf-8")


def test_a_save_of_other_rules_is_read_only(rapprochement: Commands) -> None:
    path = rapprochement.here / "game"
    rapprochement(*NEW, typed="order 4\nresolve\nquit\n")
    header = json.loads(path.read_text(encoding="utf-8").split("\n")[0])
    changed_save(path, 0, json.dumps({**header, "rules_hash": "0" * 64}))
    kept = path.read_bytes()
    told = rapprochement("replay", "game")
    assert told.code == 0
    assert "another version of the rules" in told.out
    assert "Read-only" in told.out
    assert "published_korea_unfavourable_of_japan" in told.out
    assert json.loads(rapprochement("replay", "game", "--json").out)["read_only"]
    refused = rapprochement("play", "--resume", "game")
    assert refused.code == 2
    assert "another version of the rules" in refused.err
    assert path.read_bytes() == kept


def test_a_tampered_save_names_the_first_difference(rapprochement: Commands) -> None:
    path = rapprochement.here / "game"
    rapprochement(*NEW, typed="order 4\nresolve\nquit\n")
    lines = path.read_text(encoding="utf-8").split("\n")
    beginning = '{"turn": 1, "published": {"published_korea'
    number = next(n for n, line in enumerate(lines) if line.startswith(beginning))
    figures = json.loads(lines[number])
    figures["published"]["published_korea_favourable_of_japan"] += 1.0
    changed_save(path, number, json.dumps(figures))
    different = rapprochement("replay", "game")
    assert different.code == 1
    words = "the first difference is in turn 1: published_korea_favourable_of_japan"
    assert words in " ".join(different.out.split())
    refused = rapprochement("play", "--resume", "game")
    assert refused.code == 2
    assert "does not replay to what it recorded: turn 1" in refused.err


def test_a_decision_slipped_into_a_save_is_found(rapprochement: Commands) -> None:
    path = rapprochement.here / "game"
    rapprochement(*NEW, typed="resolve\nresolve\nresolve\nquit\n")
    lines = path.read_text(encoding="utf-8").split("\n")
    number = next(n for n, line in enumerate(lines) if '"kind": "order"' in line)
    decision = json.loads(lines[number])
    changed_save(path, number, json.dumps({**decision, "action": "hold"}))
    different = rapprochement("replay", "game")
    assert different.code == 1
    assert f"DIFFERENT: the first difference is in turn {decision['turn']}" in different.out


def test_a_scenario_of_one_s_own_is_kept_beside_the_save(rapprochement: Commands) -> None:
    shipped = Path(__file__).resolve().parents[2] / "scenarios" / "rekindled_2023"
    own = rapprochement.here / "own.yaml"
    text = (shipped / "scenario.yaml").read_text(encoding="utf-8")
    own.write_text(text.replace("turns: 12", "turns: 11", 1), encoding="utf-8")
    start = ["play", "own.yaml", "--plain", "--seed", "1", "--save", "game"]
    result = rapprochement(*start, typed="resolve\nquit\n")
    assert "Turn 2 of 11" in result.out, result.err
    own.unlink()
    case_under.cache_clear()
    replayed = rapprochement("replay", "game")
    assert "every digest agrees" in replayed.out, replayed.err


def test_saves_go_to_the_user_s_own_folder_and_never_over_each_other(
    rapprochement: Commands,
) -> None:
    for _ in range(2):
        result = rapprochement("play", "--plain", "--seed", "5", typed="quit\n")
        assert result.code == 0, result.err
    saves = sorted(path.name for path in rapprochement.data.rglob("*.jsonl"))
    assert saves == ["rekindled_2023-seoul-5-2.jsonl", "rekindled_2023-seoul-5.jsonl"]
