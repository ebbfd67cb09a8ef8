"""Each how-to is followed literally: its files are written, its commands run and compared.

Before a block stands a comment that says what to do with it: ``write FILE``, or
``in FILE, below: LINE``, ``above: LINE`` and ``instead of: LINE``. ``LINE | SECTION`` means
the first such line after the line SECTION. In a console block, lines that follow a command
stand in its output, in that sequence; ``[...]`` leaves lines out.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).resolve().parents[2] / "docs" / "how-to").glob("add-*.md"))
FOLLOWED_ALWAYS = "add-an-action"
BLOCK = re.compile(
    r"(?:^<!-- (?P<what>.+?) -->\n)?^```(?P<kind>yaml|console)\n(?P<text>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
SCRIPT = '#!/bin/sh\nexec "{python}" -m rapprochement_sim "$@"\n'


def edit(path: Path, how: str, line: str, text: str) -> None:
    """Do with a file what the comment says."""
    wanted, _, section = line.partition(" | ")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    bare = [each.strip() for each in lines]
    at = bare.index(wanted, bare.index(section) if section else 0)
    before, after = {"below": (1, 1), "above": (0, 0), "instead of": (0, 1)}[how]
    path.write_text("".join([*lines[: at + before], text, *lines[at + after :]]), encoding="utf-8")


def follow_yaml(folder: Path, what: str, text: str) -> None:
    """Write or change a file; a block without a comment only shows what stands there."""
    if not what:
        assert any(text.strip() in p.read_text("utf-8") for p in folder.rglob("*.yaml"))
    elif what.startswith("write "):
        path = folder / what.removeprefix("write ")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    else:
        told = re.fullmatch(r"in (\S+), (below|above|instead of): (.+)", what)
        assert told, what
        edit(folder / told[1], told[2], told[3], text)


def follow_console(folder: Path, text: str, path: str) -> None:
    """Run the commands of a block and find its lines in what they say."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, *lines = part.splitlines()
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=folder,
            env={**os.environ, "PATH": path, "COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=False,
        )
        said = " ".join(f"{done.stdout} {done.stderr} status {done.returncode}".split())
        expects_refusal = any(line.startswith("status ") for line in lines)
        assert expects_refusal or done.returncode == 0, f"{command}\n{said}"
        assert "Traceback" not in said
        at = 0
        for line in lines:
            if line == "[...]":
                continue
            found = said.find(" ".join(line.split()), at)
            assert found >= 0, f"{command}\nsays no '{line}' but\n{said[at : at + 3000]}"
            at = found


def marked(page: Path) -> object:
    """Follow one page at every call of the tests, and all of them before a change lands."""
    marks = [] if page.stem == FOLLOWED_ALWAYS else [pytest.mark.slow]
    return pytest.param(page, id=page.stem, marks=marks)


@pytest.mark.parametrize("page", [marked(page) for page in PAGES])
def test_a_how_to_works_as_written(page: Path, tmp_path: Path) -> None:
    tools, folder = tmp_path / "tools", tmp_path / "here"
    tools.mkdir()
    folder.mkdir()
    script = tools / "rapprochement"
    script.write_text(SCRIPT.format(python=sys.executable), encoding="utf-8")
    script.chmod(0o755)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    blocks = list(BLOCK.finditer(page.read_text(encoding="utf-8")))
    for block in blocks:
        if block["kind"] == "yaml":
            follow_yaml(folder, block["what"] or "", block["text"])
        else:
            assert block["what"] is None
            follow_console(folder, block["text"], path)
    assert any("rapprochement validate" in block["text"] for block in blocks)


def test_there_is_a_how_to_for_each_kind_of_addition() -> None:
    assert {page.stem for page in PAGES} >= {
        "add-a-dispute",
        "add-a-lens",
        "add-a-scenario",
        "add-an-action",
        "add-an-event",
    }
