"""Pages point at things that exist: works, files, names of the rules, other pages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rapprochement_sim.scenario.indicator_names import indicator_names
from rapprochement_sim.scenario.loading import load_rules
from rapprochement_sim.scenario.names import SCALER_ARGUMENTS
from rapprochement_sim.scenario.topics import explainable_names

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "rapprochement_sim"
WRITTEN = sorted(
    path
    for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    if "reference" not in path.parts
)
IDS = [path.relative_to(ROOT).as_posix() for path in WRITTEN]
KEY = re.compile(r"\[([A-Z][A-Za-z]+\d{4}[a-z]?)\]")
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
IN_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LONGEST_NOTE = 80
NOTE_PARTS = ("Decision", "Why", "Passed over", "What would change it", "Consequences")


def text_of(path: Path) -> str:
    """Return a page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.M)


def docstrings() -> Iterator[tuple[Path, str]]:
    """Walk all docstrings of the package."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, kinds):
                yield path, ast.get_docstring(node) or ""


def bibliography() -> dict[str, list[str]]:
    """Return the keys of each section of the bibliography."""
    text = (ROOT / "docs" / "bibliography.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    entry = re.compile(r"^- \*\*\[(\w+)\]\*\*", re.MULTILINE)
    return {section.splitlines()[0]: entry.findall(section) for section in sections}


def test_every_work_that_a_docstring_cites_stands_in_the_bibliography() -> None:
    cited = {key for _, text in docstrings() for key in re.findall(r"\[(\w+\d{4}\w?)\]_", text)}
    assert cited
    assert set(bibliography()["Cited in the code"]) == cited


def test_every_work_stands_once_and_in_sequence() -> None:
    for keys in bibliography().values():
        assert keys == sorted(keys)
    every = [key for keys in bibliography().values() for key in keys]
    assert len(every) == len(set(every))


def test_every_study_behind_a_number_stands_in_the_bibliography() -> None:
    known = {key.casefold() for keys in bibliography().values() for key in keys}
    sources = load_rules().sources.items()
    studies = {name.replace("_", "") for name, source in sources if source.kind == "study"}
    assert studies <= known


@pytest.mark.parametrize("path", WRITTEN, ids=IDS)
def test_every_work_that_a_page_cites_stands_in_the_bibliography(path: Path) -> None:
    known = {key for keys in bibliography().values() for key in keys}
    assert set(KEY.findall(text_of(path))) <= known


@pytest.mark.parametrize("path", WRITTEN, ids=IDS)
def test_links_lead_somewhere(path: Path) -> None:
    for target in LINK.findall(text_of(path)):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        page = path if not name else (path.parent / name)
        assert page.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {_anchor(heading) for heading in headings}, target


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("path", WRITTEN, ids=IDS)
def test_files_that_a_page_names_exist(path: Path) -> None:
    for name in IN_CODE.findall(text_of(path)):
        if not re.fullmatch(r"[\w.*-]+(/[\w.*-]+)+\.(py|yaml|md|csv)", name):
            continue
        places = (ROOT, SOURCE, path.parent)
        assert any(list(place.glob(name)) for place in places), f"{name} is nowhere"


def test_names_of_the_rules_on_the_odd_page_exist() -> None:
    rules = load_rules()
    known = {*explainable_names(rules), *indicator_names(rules), *SCALER_ARGUMENTS}
    text = text_of(ROOT / "docs" / "odd.md").partition("## 7. Submodels")[2]
    named = {n for n in IN_CODE.findall(text) if re.fullmatch(r"[a-z]+(_[a-z]+)+", n)}
    assert named
    assert named <= known


def notes() -> list[Path]:
    """List the decision notes."""
    return sorted((ROOT / "docs" / "decisions").glob("0*.md"))


@pytest.mark.parametrize("path", notes(), ids=[path.stem for path in notes()])
def test_a_decision_note_has_its_parts_and_stays_on_its_page(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"^\*\*(.+?)\.\*\*", text, re.MULTILINE) == list(NOTE_PARTS)
    assert text.startswith(f"# {path.name[:4]}: ")
    assert len(text.splitlines()) <= LONGEST_NOTE


def test_decision_notes_are_numbered_and_listed() -> None:
    listed = LINK.findall((ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8"))
    assert [path.name for path in notes()] == listed
    assert [int(path.name[:4]) for path in notes()] == list(range(1, len(notes()) + 1))
