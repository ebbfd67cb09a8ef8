"""Python examples on the pages run as they stand."""

import re
from pathlib import Path

import pytest

from rapprochement_sim.experiments.runs import Study, run_study

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
EXAMPLES = [
    (path.relative_to(ROOT).as_posix(), code)
    for path in PAGES
    for code in re.findall(
        r"^```python\n(.*?)^```$", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
]


@pytest.mark.parametrize(
    ("name", "code"), EXAMPLES, ids=[f"{n}-{i}" for i, (n, _) in enumerate(EXAMPLES)]
)
def test_an_example_runs(
    name: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An example that reads a study finds a small one in its folder."""
    monkeypatch.chdir(tmp_path)
    if '"study/' in code:
        study = Study("rekindled_2023", runs=2, seed=7, explained_runs=0)
        run_study(study, tmp_path / "study", workers=1)
    exec(compile(code, name, "exec"), {"__name__": "example"})  # noqa: S102 - our own pages


def test_there_are_examples() -> None:
    assert EXAMPLES
