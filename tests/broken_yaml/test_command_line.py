"""Whatever is wrong, a person reads one message, and the command ends with status 2."""

from pathlib import Path

import pytest

from rapprochement_sim.game.journal_files import write_journal
from tests.ensemble.commands import call
from tests.game.commands import Commands
from tests.unit.game.test_journal_text import JOURNAL

FILES = Path(__file__).parent / "files"
SHIPPED = "rekindled_2023"
LONG = "a" * 300


@pytest.mark.parametrize("name", sorted(path.name for path in FILES.iterdir()))
def test_every_broken_file_is_refused_at_the_command_line(
    rapprochement: Commands, name: str
) -> None:
    ended = rapprochement("validate", str(FILES / name))
    assert ended.code == 2
    assert ended.out == ""
    assert f"files/{name}" in ended.err.splitlines()[0]
    assert all(line.isprintable() for line in ended.err.splitlines())


@pytest.mark.parametrize(
    "name", ["binary.yaml", "alias_bomb.yaml", "python_tag.yaml", "utf_16.yaml", "include_tag.yaml"]
)
def test_and_in_a_process_of_its_own(tmp_path: Path, name: str) -> None:
    ended = call("validate", FILES / name, folder=tmp_path)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert len(ended.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", LONG], f"{LONG}: this cannot be read or written (File name too long)"),
        (["run", SHIPPED, "--runs", "2", "--out", LONG], "(File name too long)"),
        (["play", "--plain", "--save", LONG], "(File name too long)"),
        (["replay", LONG], "the save cannot be read: File name too long"),
        (["run", SHIPPED, "--runs", "2", "--out", "/proc/study"], "this cannot be written"),
        (["run", SHIPPED, "--runs", "2", "--out", "/dev/full"], "/dev/full: this is a file"),
        (["play", "--plain", "--save", "/proc/game"], "the game cannot be saved"),
        (["play", "--plain", "--run", str(2**62)], "Invalid value for '--run'"),
        (["play", "--lens", "seoul=realist:nan"], "the weight nan in 'seoul=realist:nan'"),
        (["play", "--lens", "seoul=realist:-1,liberal:2"], "Allowed: weights from 0 on"),
        (["run", SHIPPED, "--lens", "seoul=realist:inf"], "no ordinary number from 0 on"),
        (["run", SHIPPED, "--lens", "seoul=liberal:1,liberal:2"], "two weights of 'liberal'"),
        (["run", SHIPPED, "--seed", "9" * 30], "the seed is 99999"),
        (["run", "/dev/zero"], "there is no scenario '/dev/zero'"),
        (["validate", "/dev/zero"], "this is a device or a pipe"),
        (["replay", "/dev/zero"], "this is a device or a pipe"),
        (["validate", "a\x1b[2J"], "a\\x1b[2J"),
    ],
)
def test_odd_arguments_are_refused_with_one_message(
    rapprochement: Commands, arguments: list[str], words: str
) -> None:
    ended = rapprochement(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert words in ended.err
    assert list(rapprochement.here.iterdir()) == []


def test_wrong_orders_and_consents_leave_the_game_as_it_was(rapprochement: Commands) -> None:
    wrong = {
        "order sumit": "no order of yours is called 'sumit'; did you mean 'summit'?",
        "order 99": "there is no staff paper 99. Allowed: 1 to 7.",
        "order summit (tokyo) with xyz": "'summit' has no modifier 'xyz'. Allowed:",
        "accept paris": "there is no capital 'paris'. Allowed: seoul, tokyo,",
        "accept tokyo": "Tokyo has made no offer that waits for Seoul.",
        "ordr 1": "there is no command 'ordr'; did you mean 'order'?",
        "order": "no order is named.",
    }
    start = ("play", "--plain", "--seed", "7", "--save", "game")
    ended = rapprochement(*start, typed="".join(f"{line}\n" for line in (*wrong, "quit")))
    assert ended.code == 0, ended.err
    assert ended.out.count("\n! ") == len(wrong)
    for line, words in wrong.items():
        assert words in ended.out.split(f"> {line}\n")[1]
    assert '"kind"' not in (rapprochement.here / "game").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda text: text[:-200], "the save is cut short"),
        (lambda text: text.replace('"seed": 7', '"seed": 8'), "the save was changed"),
        (lambda text: text.replace('"version": 1', '"version": 9'), "Update the program."),
        (lambda text: text.replace('"version": 1', '"version": 0'), "the program that wrote it"),
        (lambda text: text.replace('"version": 1', '"version": NaN'), "format version nan"),
        (lambda text: "\x00" + text, "this is no saved game"),
        (lambda _: "", "the file is empty"),
    ],
)
@pytest.mark.parametrize("command", [["replay"], ["play", "--plain", "--resume"]])
def test_a_damaged_save_is_refused_and_left_alone(
    rapprochement: Commands, command: list[str], damage: object, words: str
) -> None:
    path = rapprochement.here / "game"
    write_journal(path, JOURNAL)
    path.write_text(damage(path.read_text("utf-8")), encoding="utf-8")  # type: ignore[operator]
    before = path.read_bytes()
    ended = rapprochement(*command, "game")
    assert ended.code == 2
    assert ended.out == ""
    assert words in ended.err
    assert len(ended.err.splitlines()) == 1
    assert path.read_bytes() == before
