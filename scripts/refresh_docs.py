"""Write the parts of the documentation that the program itself knows best.

    python scripts/refresh_docs.py            write them
    python scripts/refresh_docs.py --check    say what would change; status 1 if anything would

Three kinds of parts are written: the pages of ``docs/reference``; in ``docs/odd.md`` the
order of a turn, from the docstring of ``RapprochementModel.step``, and the variables; and
transcripts in README.md and the how-to pages, which stand between two comments::

    <!-- transcript: ..Attention | Staff papers..capital | Saved in.. -->
    <!-- end transcript -->

Every line of the block that starts with ``$`` is run again by a shell, in one empty folder
for the block, and what it prints is put below it; ``>`` continues a command. ``from..to``
in the comment shows the lines from the next one that holds the first text to the next one
that holds the second; what is left out is shown as ``[...]``. Without any, all is shown.
"""

from __future__ import annotations

import argparse
import difflib
import inspect
import os
import re
import subprocess
import sys
import tempfile
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]  # so that the file also runs by its path

from scripts import reference_pages  # noqa: E402

from rapprochement_sim.model import RapprochementModel  # noqa: E402

REFERENCE = ROOT / "docs" / "reference"
ODD = ROOT / "docs" / "odd.md"
WITH_TRANSCRIPTS = (
    "README.md",
    "docs/how-to/play.md",
    "docs/how-to/run.md",
    "docs/how-to/open-fork-compare.md",
)

_BLOCK = re.compile(
    r"(?P<open><!-- transcript:(?P<shown>[^\n]*)-->\n)"
    r"(?P<body>.*?)(?P<close><!-- end transcript -->)",
    re.DOTALL,
)
_WRITTEN = re.compile(r"<!-- (phases|variables) -->\n.*?<!-- end \1 -->", re.DOTALL)
_OMITTED = "[...]"
_TIME_LIMIT = 300

# What depends on the moment or the machine, and what stands for it.
_MASKS = (
    (re.compile(r"\d+\.\d+ s\b"), "0.0 s"),
    (re.compile(r"[\d,]+ run-turns a second"), "0 run-turns a second"),
)


# ------------------------------------------------------------------ the order of a turn


def phases() -> list[str]:
    """Return the numbered phases of a turn, one a line, as the model's docstring has them."""
    text = inspect.getdoc(RapprochementModel.step) or ""
    found = re.findall(r"^(\d+)\. (.+?)(?=^\d+\. |^$)", text, re.DOTALL | re.MULTILINE)
    return [f"{number}. {' '.join(phase.split())}" for number, phase in found]


def with_phases_and_variables(text: str) -> str:
    """Return the ODD page with the phases and the table of variables put in."""
    made = {"phases": "\n".join(phases()), "variables": reference_pages.variable_table()}
    return _WRITTEN.sub(
        lambda match: f"<!-- {match[1]} -->\n\n{made[match[1]]}\n\n<!-- end {match[1]} -->", text
    )


# ------------------------------------------------------------------ transcripts


def with_transcripts(text: str) -> str:
    """Return a page with all its transcripts run again."""
    return _BLOCK.sub(_run_block, text)


def transcripts_in(text: str) -> list[str]:
    """Return the transcripts of a page, each with its comments."""
    return [match[0] for match in _BLOCK.finditer(text)]


def _run_block(match: re.Match[str]) -> str:
    lines: list[str] = []
    asked: list[bool] = []
    with tempfile.TemporaryDirectory() as folder:
        for command in commands_in(match["body"]):
            typed, said = _prompted(command), _run(command, Path(folder))
            lines += [*typed, *said]
            asked += [True] * len(typed) + [False] * len(said)
    block = "\n".join(["```console", *shown_lines(lines, asked, match["shown"]), "```"])
    return f"{match['open']}{block}\n{match['close']}"


def commands_in(body: str) -> list[str]:
    """Return the commands of a transcript, continued lines joined by line ends."""
    commands: list[str] = []
    is_open = False
    for line in body.splitlines():
        if line.startswith("$ "):
            commands.append(line.removeprefix("$ "))
            is_open = True
        elif line.startswith("> ") and is_open:
            commands[-1] += "\n" + line.removeprefix("> ")
        else:
            is_open = False
    return commands


def _prompted(command: str) -> list[str]:
    first, *rest = command.split("\n")
    return [f"$ {first}", *(f"> {line}" for line in rest)]


def _run(command: str, folder: Path) -> list[str]:
    """Run a command as a person would who has installed the project, and return what it says."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    here = folder / "here"
    here.mkdir(exist_ok=True)
    kept = {name: os.environ[name] for name in ("LANG", "LC_ALL") if name in os.environ}
    environment = {
        **kept,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "COLUMNS": "80",
        "LINES": "24",
        "NO_COLOR": "1",
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(  # noqa: S603 - the commands stand in our own pages
        ["/bin/sh", "-c", command],
        cwd=here,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=_TIME_LIMIT,
        check=False,
    )
    said = done.stdout.replace(str(home), "~").replace(str(here), ".")
    lines = [line.rstrip() for line in said.rstrip().splitlines()]
    if done.returncode:
        lines.append(f"[status {done.returncode}]")
    return lines


def shown_lines(lines: list[str], asked: list[bool], wanted: str) -> list[str]:
    """Return the wanted lines of a transcript, its commands always among them.

    Parameters
    ----------
    lines, asked
        All lines, and which of them are commands.
    wanted
        What the comment before the block says.

    Raises
    ------
    ValueError
        If a text that is looked for does not come.
    """
    if not wanted.strip():
        return lines
    said = ["" if is_asked else line for line, is_asked in zip(lines, asked, strict=True)]
    kept = list(asked)
    at = 0
    for part in wanted.split(" | "):
        start, _, end = (text.strip() for text in part.partition(".."))
        first = _find(said, start, at)
        at = _find(said, end, first) + 1 if end else len(lines)
        kept[first:at] = [True] * (at - first)
    shown: list[str] = []
    for is_kept, group in groupby(zip(lines, kept, strict=True), key=lambda pair: pair[1]):
        found = [line for line, _ in group]
        left_out = _OMITTED if any(found) else ""
        shown += found if is_kept else [left_out]
    return shown


def _find(lines: list[str], text: str, start: int) -> int:
    for number in range(start, len(lines)):
        if text in lines[number]:
            return number
    message = f"a transcript has no line with {text!r} from line {start + 1} on"
    raise ValueError(message)


def masked(text: str) -> str:
    """Return a text without what depends on the moment or the machine."""
    for pattern, instead in _MASKS:
        text = pattern.sub(instead, text)
    return text


# ------------------------------------------------------------------ all of it


def refreshed_pages() -> dict[Path, Callable[[], str]]:
    """Return what makes the fresh text of every page that has written parts."""

    def page_of(path: Path, fresh: Callable[[str], str]) -> Callable[[], str]:
        return lambda: fresh(path.read_text(encoding="utf-8"))

    made: dict[Path, Callable[[], str]] = {ODD: page_of(ODD, with_phases_and_variables)}
    for name, text in reference_pages.pages().items():
        made[REFERENCE / name] = lambda text=text: text  # type: ignore[misc]
    for name in WITH_TRANSCRIPTS:
        made[ROOT / name] = page_of(ROOT / name, with_transcripts)
    return made


def differences(path: Path, fresh: str) -> list[str]:
    """Return how a page differs from its fresh text, masks applied; nothing if it does not."""
    now = path.read_text(encoding="utf-8") if path.exists() else ""
    kept, made = (masked(text).splitlines() for text in (now, fresh))
    name = path.relative_to(ROOT).as_posix()
    ends = (f"{name} (kept)", f"{name} (fresh)")
    return list(difflib.unified_diff(kept, made, *ends, lineterm=""))


def main() -> int:
    """Write the pages, or say what would change."""
    parser = argparse.ArgumentParser(description="Refresh the written parts of the documentation.")
    parser.add_argument("--check", action="store_true", help="write nothing; status 1 if stale")
    is_check = parser.parse_args().check
    is_stale = False
    for path, make in refreshed_pages().items():
        fresh = make()
        found = differences(path, fresh)
        if not found:
            continue
        is_stale = True
        print("\n".join(found) if is_check else f"refreshed {path.relative_to(ROOT).as_posix()}")
        if not is_check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(fresh, encoding="utf-8")
    for stray in sorted(set(REFERENCE.glob("*.md")) - set(refreshed_pages())):
        is_stale = True
        print(f"{stray.relative_to(ROOT).as_posix()} belongs to nothing")
    return 1 if is_check and is_stale else 0


if __name__ == "__main__":
    sys.exit(main())
