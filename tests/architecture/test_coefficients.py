"""No bare number in the theory: every coefficient is a parameter with a range and a source.

What a number in code may be: nothing, one, the middle of a share, or a place in an array.
Anything else is either a parameter of ``rules/parameters.yaml`` or listed here with what
it is.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "rapprochement_sim"
FOLDERS = ("dynamics", "decision", "agents", "effects")
FILES = ("model.py",)

PLAIN = {0.0, 1.0}
"""Nothing and all; 1.0 also turns a share into its complement."""

EXPLAINED = {
    ("dynamics/incidents.py", "0.5 * (threat_ab + threat_ba)"): "a mean of two",
    ("dynamics/politics.py", "approval - 0.5"): "the middle of a share",
    ("dynamics/threat.py", "trust - 0.5"): "the middle of a share",
    ("decision/choice.py", "trust - 0.5"): "the middle of a share",
    ("agents/turning.py", "2.0 * logistic(state.values['approval'][capital])"): (
        "a share 0..1 laid out on -1..1"
    ),
    ("agents/turning.py", "0.5 + 0.5 * state.values['stance'][capital]"): (
        "a stance -1..1 laid out on 0..1"
    ),
    ("agents/turning.py", "0.5 * state.values['stance'][capital]"): "the same",
    ("agents/responding.py", "STEP = 0.05"): "a step to read a slope off, which is one",
    ("decision/goals.py", "100.0 * state.beliefs.polls"): "a share in percent",
    ("effects/scalers.py", "0.5 + sign * 0.5 * stance(view)"): "a stance -1..1 laid out on 0..1",
    ("effects/scalers.py", "sign * 0.5"): "the same",
    ("agents/months.py", "np.maximum(stakes.sum(axis=0), 1e-12)"): "nothing is divided by zero",
}
"""A file and the expression around a number, and what the number is."""


def coefficients(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line of each bare float, and the expression it stands in."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=float() as number) if number not in PLAIN:
                yield node.lineno, ast.unparse(parents[node])


def files() -> list[Path]:
    """List the files that hold theory."""
    in_folders = [path for folder in FOLDERS for path in sorted((SOURCE / folder).glob("*.py"))]
    return in_folders + [SOURCE / name for name in FILES]


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_no_coefficient_is_without_a_source(path: Path) -> None:
    name = str(path.relative_to(SOURCE))
    found = [
        f"{name}:{line}: {expression}"
        for line, expression in coefficients(path)
        if (name, expression) not in EXPLAINED
    ]
    assert not found, "Move these to rules/parameters.yaml, or say above what they are."


def test_what_is_explained_is_still_there() -> None:
    """An exception that outlives its code would hide the next one."""
    standing = {
        (str(path.relative_to(SOURCE)), expression)
        for path in files()
        for _, expression in coefficients(path)
    }
    assert set(EXPLAINED) == standing


def test_a_bare_coefficient_would_be_found(tmp_path: Path) -> None:
    path = tmp_path / "trust.py"
    path.write_text("RATE = 0.7\ndef f(x):\n    return 1.0 - 0.3 * x\n", encoding="utf-8")
    assert list(coefficients(path)) == [(1, "RATE = 0.7"), (3, "0.3 * x")]
