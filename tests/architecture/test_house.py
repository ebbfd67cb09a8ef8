"""The shape of the house: sizes, imports, and nothing of one machine in the tree."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter import cli as import_linter

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "rapprochement_sim"

LONGEST_FILE = 400
LONGEST_FUNCTION = 60

# Spelt in pieces, so that this file does not find itself.
MACHINE_PATH = re.compile(
    r"(?<![\w.~*}-])/(?:" + "|".join(("work", "root", "home", "Users")) + ")/"
)


def source_files() -> list[Path]:
    """List the package's own Python files."""
    return sorted(SOURCE.rglob("*.py"))


def functions_of(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Walk all functions and methods of one file, nested ones included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def shipped_files() -> list[Path]:
    """List what a reader of the repository sees; outside git, what the source archive holds."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listing.returncode == 0:
        names = listing.stdout.decode().split("\0")
        return [ROOT / name for name in names if name and (ROOT / name).is_file()]
    folders = ("src", "scenarios", "tests", "docs", "benchmarks", "scripts")
    return [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]


def run_fresh(program: str) -> subprocess.CompletedProcess[str]:
    """Run a program in an interpreter that has imported nothing of ours yet."""
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=120,
    )


def test_there_is_source_to_measure() -> None:
    assert source_files()


def test_no_file_is_longer_than_its_limit() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in source_files()
    }
    too_long = {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE}
    assert not too_long, f"Split these: a file has at most {LONGEST_FILE} lines."


def test_no_function_is_longer_than_its_limit() -> None:
    too_long = {
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}": lines
        for path in source_files()
        for function in functions_of(path)
        if (lines := (function.end_lineno or function.lineno) - function.lineno + 1)
        > LONGEST_FUNCTION
    }
    assert not too_long, f"Split these: a function has at most {LONGEST_FUNCTION} lines."


def test_no_path_of_a_machine_is_in_the_tree() -> None:
    found = []
    for path in shipped_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(ROOT)}:{number}"
            for number, line in enumerate(text.splitlines(), start=1)
            if MACHINE_PATH.search(line)
        ]
    assert not found, "Say where a thing is from the project's root, or in the user's own words."


def test_importing_the_package_is_light() -> None:
    result = run_fresh(
        "import sys, rapprochement_sim\n"
        "heavy = {'mesa', 'pandas', 'numpy', 'scipy', 'textual', 'pyarrow', 'pydantic', 'yaml'}\n"
        "print(*sorted(heavy & set(sys.modules)))"
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.split() == []


def test_the_command_line_gives_help_without_the_model() -> None:
    result = run_fresh(
        "import sys\n"
        "from rapprochement_sim.cli import main\n"
        "sys.argv = ['rapprochement', '--help']\n"
        "try:\n"
        "    main()\n"
        "except SystemExit as stop:\n"
        "    assert not stop.code, stop.code\n"
        "heavy = {'mesa', 'pandas', 'numpy', 'scipy', 'textual', 'pyarrow'}\n"
        "print('heavy:', *sorted(heavy & set(sys.modules)))"
    )
    assert result.returncode == 0, result.stderr
    answer, _, heavy = result.stdout.rpartition("heavy:")
    assert answer.strip(), "it said nothing"
    assert heavy.split() == []


def test_the_import_contracts_hold(capsys: pytest.CaptureFixture[str]) -> None:
    code = import_linter.lint_imports(
        config_filename=str(ROOT / "pyproject.toml"),
        no_cache=True,
    )
    assert code == 0, capsys.readouterr().out
