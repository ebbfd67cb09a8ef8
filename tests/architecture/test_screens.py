"""The screens draw and pass on: one screen a file, a short application, no arithmetic on state."""

import ast
from collections.abc import Iterator
from pathlib import Path

TUI = Path(__file__).resolve().parents[2] / "src" / "rapprochement_sim" / "tui"
LONGEST_APP = 200
CORE = {"model", "agents", "decision", "dynamics", "effects", "world", "ensemble", "randomness"}
"""Where state lives and rules are: a face asks ``game`` for what it shows."""
ARRAYS = {"numpy", "scipy", "pandas"}
STATE = {"states", "model", "case", "ledger"}
"""Attributes of a session that a seat must not know."""


def trees(folder: str = ".") -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((TUI / folder).rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_the_application_is_short() -> None:
    assert len((TUI / "app.py").read_text(encoding="utf-8").splitlines()) < LONGEST_APP


def test_each_screen_and_widget_has_a_file_of_its_own() -> None:
    # A screen may bring a variant of itself: its subclass.
    for folder in ("screens", "widgets"):
        for path, tree in trees(folder):
            classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
            own = [
                name
                for name, node in classes.items()
                if not name.startswith("_")
                and not {base.id for base in node.bases if isinstance(base, ast.Name)}
                & {"Protocol", "NamedTuple", *classes}
            ]
            assert len(own) <= 1, f"{path.name} holds {own}"


def test_screens_know_neither_rules_nor_arrays() -> None:
    found = []
    for path, tree in trees():
        for name in imported(tree):
            first, _, rest = name.partition(".")
            inner = rest.partition(".")[0]
            if first in ARRAYS or (first == "rapprochement_sim" and inner in CORE):
                found.append(f"{path.name} imports {name}")
    assert not found


def test_no_screen_reaches_for_the_state_behind_a_seat() -> None:
    found = [
        f"{path.name}:{node.lineno} .{node.attr}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in STATE
        and isinstance(node.value, ast.Attribute | ast.Name)
        and (node.value.attr if isinstance(node.value, ast.Attribute) else node.value.id)
        in {"seat", "session", "desk"}
    ]
    assert not found


def test_screens_and_boards_compute_no_figure() -> None:
    """What is measured, published or scored is added and multiplied in ``game`` alone.

    Readings may be compared and laid out; sums, differences and means of their values are
    figures of their own, which the seat must publish for both faces.
    """
    figures = {"value", "margin", "change", "error", "score", "mean", "amount"}
    found = [
        f"{path.name}:{node.lineno} {ast.unparse(node)}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Add | ast.Sub)
        and all(
            isinstance(side, ast.Attribute) and side.attr in figures
            for side in (node.left, node.right)
        )
    ]
    assert not found
