"""The command line as a process: help, statuses, streams, plain errors."""

import json
import os
import pty
import subprocess
import sys
import termios
from importlib import import_module
from pathlib import Path

import click
import pytest

from rapprochement_sim.cli import COMMANDS, main
from rapprochement_sim.cli import commands as group
from rapprochement_sim.ensemble.block import BlockResult, run_block
from rapprochement_sim.ensemble.spec import EnsembleSpec
from rapprochement_sim.experiments import block_files
from tests.ensemble.commands import COMMAND, call

HEAVY = {"mesa", "pandas", "numpy", "scipy", "textual", "pyarrow", "pydantic", "yaml", "tqdm"}


def modules_after(*words: str) -> set[str]:
    """Run a command in a fresh interpreter and list what it imported."""
    program = (
        "import sys\n"
        "from rapprochement_sim.cli import main\n"
        f"sys.argv = ['rapprochement', *{words!r}]\n"
        "try:\n    main()\n"
        "finally:\n    print('\\nimported:', *sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(result.stdout.rpartition("imported:")[2].split())


@pytest.mark.parametrize("words", [("--help",), ("--version",), *((n, "--help") for n in COMMANDS)])
def test_help_imports_nothing_heavy(words: tuple[str, ...]) -> None:
    imported = modules_after(*words)
    assert imported & HEAVY == set()
    if words == ("--help",):
        assert not [name for name in imported if name.startswith("rapprochement_sim.commands")]


def test_the_list_of_commands_says_what_each_command_says() -> None:
    context = click.Context(group)
    assert group.list_commands(context) == list(COMMANDS)
    for name in COMMANDS:
        command: click.Command = import_module(f"rapprochement_sim.commands.{name}").command
        assert group.get_command(context, name) is command
        assert command.name == name
        assert command.help


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_help_fits_a_terminal_and_gives_an_example(name: str, tmp_path: Path) -> None:
    result = call(name, "--help", folder=tmp_path)
    assert result.returncode == 0
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert f"rapprochement {name}" in result.stdout.partition("Options:")[2]


def test_help_lists_the_commands(tmp_path: Path) -> None:
    result = call("--help", folder=tmp_path)
    assert result.returncode == 0
    for name, text in COMMANDS.items():
        assert f"{name:<10} {text}" in result.stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("rnu",), "There is no command 'rnu'. Did you mean 'run'?"),
        (("xyzzy",), "There is no command 'xyzzy'. There are: play, host, join, run"),
        (("run",), "Missing argument 'SCENARIO'"),
        (("run", "rekindled_2023", "--seed", "soon"), "'soon' is not a valid integer"),
        (("run", "rekindled_2032"), "there is no scenario 'rekindled_2032'; did you mean"),
        (("run", "rekindled_2023", "--runs", "0"), "the number of runs is 0. Allowed: 1 to"),
        (("run", "rekindled_2023", "--runs", "9", "--workers", "0"), "number of workers is 0"),
        (("run", "rekindled_2023", "--runs", "9", "--block-size", "1"), "the block size is 1"),
        (("run", "rekindled_2023", "--seed", "-1"), "the seed is -1"),
        (("run", "rekindled_2023", "--time-limit", "0"), "--time-limit"),
        (("run", "rekindled_2023", "--lens", "seoul"), "--lens: 'seoul' is no weighting"),
        (("run", "rekindled_2023", "--lens", "seoul=realist"), "the form seoul=realist:2"),
        (("run", "rekindled_2023", "--lens", "oslo=realist:1"), "there is no capital 'oslo'"),
        (("run", "rekindled_2023", "--indicator", "peace"), "there is no indicator 'peace'"),
        (("run", "rekindled_2023", "--out", "file"), "file: this is a file. Name a folder."),
        (("run", "rekindled_2023", "--out", "."), "holds other files and no manifest.json"),
        (("run", "file"), "file"),
        (("run", "folder"), "folder"),
        (("validate", "file"), "file"),
        (("validate", "gone.yaml"), "gone.yaml"),
        (("explain", "trsut"), "nothing is called 'trsut'; did you mean 'trust'?"),
    ],
)
def test_what_is_refused_is_told_in_one_message_and_status_2(
    tmp_path: Path, words: tuple[str, ...], expected: str
) -> None:
    (tmp_path / "file").write_text("a sentence, and no scenario")
    (tmp_path / "folder").mkdir()
    result = call(*words, folder=tmp_path)
    assert result.returncode == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert expected in result.stderr
    assert len(result.stderr.splitlines()) <= 5


def test_run_prints_tables_and_nothing_else(tmp_path: Path) -> None:
    result = call("run", "rekindled_2023", "--runs", "6", folder=tmp_path)
    assert result.returncode == 0
    assert result.stderr == ""
    assert result.stdout.startswith("Rekindled, 2023\n6 runs, seed 7, 12 quarters from 2023-01\n")
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert list(tmp_path.iterdir()) == []


def test_run_gives_json_alone(tmp_path: Path) -> None:
    result = call("run", "rekindled_2023", "--runs", "6", "--json", "--out", "a b", folder=tmp_path)
    assert result.returncode == 0
    assert result.stderr == ""
    assert json.loads(result.stdout)["n_runs"] == 6
    assert (tmp_path / "a b" / "manifest.json").is_file()


def test_run_changes_with_the_seed_and_the_lens_and_with_nothing_else(tmp_path: Path) -> None:
    def bands(*words: str) -> object:
        result = call("run", "rekindled_2023", "--runs", "5", "--json", *words, folder=tmp_path)
        return json.loads(result.stdout)["bands"]

    usual = bands()
    assert bands("--block-size", "2", "--workers", "1", "--explain-runs", "1") == usual
    assert bands("--seed", "8") != usual
    assert bands("--lens", "seoul=realist:1", "--lens", "tokyo=realist:2,liberal:2") != usual


def test_an_unfinished_block_is_told_and_ends_with_status_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run_or_fail(spec: EnsembleSpec, block: int) -> BlockResult:
        if block == 1:
            message = "overflow encountered in exp"
            raise FloatingPointError(message)
        return run_block(spec, block)

    monkeypatch.setattr(block_files, "run_block", run_or_fail)
    words = ["run", "rekindled_2023", "--runs", "8", "--block-size", "4"]
    monkeypatch.setattr(sys, "argv", ["rapprochement", *words, "--out", str(tmp_path / "study")])
    with pytest.raises(SystemExit) as caught:
        main()
    shown = capsys.readouterr()
    assert caught.value.code == 1
    assert "4 of 8 runs" in shown.out
    assert shown.err.splitlines() == [
        "1 block could not be finished:",
        "  block 1: FloatingPointError: overflow encountered in exp",
        "See failures.jsonl; the same command tries it again.",
    ]


def test_progress_is_shown_on_a_terminal_only(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    with subprocess.Popen(
        [*COMMAND, "run", "rekindled_2023", "--runs", "64", "--block-size", "8"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=theirs,
        stdin=subprocess.DEVNULL,
    ) as process:
        os.close(theirs)
        shown = b""
        while piece := _read(ours):
            shown += piece
        out, _ = process.communicate(timeout=60)
    os.close(ours)
    assert process.returncode == 0
    assert out.startswith(b"Rekindled, 2023\n64 runs")
    assert b"run/s" in shown
    assert b"/64" in shown


def _read(handle: int) -> bytes:
    try:
        return os.read(handle, 4096)
    except OSError:  # how a pseudo-terminal says that the other end has closed
        return b""


def test_a_reader_that_leaves_early_is_no_fault(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "explain"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()
        process.wait(timeout=60)
    assert err == b""
    assert process.returncode == 1


def test_a_terminal_without_unicode_gets_question_marks(tmp_path: Path) -> None:
    result = subprocess.run(
        [*COMMAND, "validate", "독도.yaml"],
        cwd=tmp_path,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        check=False,
    )
    assert result.returncode == 2
    assert b"??.yaml" in result.stderr
    assert b"Traceback" not in result.stderr


def test_scenarios_are_listed(tmp_path: Path) -> None:
    plain = call("scenarios", folder=tmp_path)
    listed = json.loads(call("scenarios", "--json", folder=tmp_path).stdout)
    assert plain.returncode == 0
    assert "rekindled_2023: Rekindled, 2023" in plain.stdout
    assert max(map(len, plain.stdout.splitlines())) <= 80
    assert [entry["turns"] for entry in listed if entry["id"] == "rekindled_2023"] == [12]


def test_validate_says_what_a_file_holds_or_every_fault(tmp_path: Path) -> None:
    good = call("validate", "rules", folder=Path(__file__).parents[1] / "scenario" / "small")
    assert good.returncode == 0
    assert "rules in order" in good.stdout
    (tmp_path / "a.yaml").write_text("actions: []\n")
    (tmp_path / "b.yaml").write_text("actoins: {}\n")
    bad = call("validate", "a.yaml", "b.yaml", folder=tmp_path)
    assert bad.returncode == 2
    assert "a.yaml:1:actions" in bad.stderr
    assert "b.yaml:1" in bad.stderr


def test_explain_gives_text_json_and_a_list(tmp_path: Path) -> None:
    text = call("explain", "summit", folder=tmp_path)
    assert text.stdout.startswith("Summit\n")
    data = json.loads(call("explain", "summit", "--json", folder=tmp_path).stdout)
    assert data["entries"][0]["title"] == "Summit"
    names = call("explain", folder=tmp_path).stdout.split()
    assert {"summit", "trust", "realist"} <= set(names)


def test_doctor_finds_the_model_well(tmp_path: Path) -> None:
    result = call("doctor", folder=tmp_path)
    assert result.returncode == 0, result.stdout
    for word in ("Python", "cores", "terminal", "colour", "unicode", "run-turns a second"):
        assert word in result.stdout
    findings = json.loads(call("doctor", "--json", folder=tmp_path).stdout)
    assert all(set(each) == {"what", "found", "advice", "is_fatal"} for each in findings)


def test_python_m_and_the_script_are_the_same(tmp_path: Path) -> None:
    script = Path(sys.executable).parent / "rapprochement"
    result = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    assert result.stdout == call("--version", folder=tmp_path).stdout
    assert result.stdout.startswith("rapprochement ")
