"""YAML text to plain data, with the line of every key and every item.

A small, strict part of YAML is read, so that a file means what it looks like: keys are
text, numbers and ``true``/``false`` follow YAML 1.2, and anchors, aliases, merge keys,
tags and second documents are refused. The parser's events are read one by one, so
neither depth nor size of a hostile file can hurt.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.scenario.text_files import read_text, shown_path

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE_BYTES = 1_000_000
NO_INCLUDES = (
    "Files are not included: write 'based_on: NAME' to start from a shipped scenario, and put "
    "rules of your own into the folder 'rules' beside yours."
)
INCLUDING_WORDS = frozenset({"include", "includes", "import", "imports", "extends"})
DEEPEST_NESTING = 40
_LONGEST_NUMBER = 40

DataPath = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?[0-9]{1,300}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True)
class Document:
    """One YAML file as plain data, and where in the file each part stands."""

    path: Path
    data: Any
    lines: dict[DataPath, int]

    def where(self, path: DataPath) -> str:
        """Return ``file:line:key`` of a part, or of its nearest ancestor in the file."""
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        key = ".".join(str(part) for part in path)
        place = f"{shown_path(self.path)}:{self.lines.get(known, 1)}"
        return f"{place}:{key}" if key else place

    def says(self, path: DataPath) -> bool:  # noqa: ARG002 - another kind of document may not
        """Whether this very file says a part."""
        return True


def read_document(path: Path) -> Document:
    """Read one YAML file.

    Raises
    ------
    MalformedInput
        If the file cannot be read, is not UTF-8 text, is larger than 1 MB, is not
        YAML, or uses a part of YAML that is refused.
    """
    return compose(read_text(path, kind="YAML", largest=LARGEST_FILE_BYTES), path)


def compose(text: str, path: Path) -> Document:
    """Turn YAML text into plain data; ``path`` only names it in errors.

    Raises
    ------
    MalformedInput
        If the text is not YAML, or uses a part of YAML that is refused.
    """
    control = _CONTROL.search(text)
    if control is not None:
        line = text.count("\n", 0, control.start()) + 1
        what = f"a control character (U+{ord(control[0]):04X}) stands here"
        raise MalformedInput(what, where=f"{shown_path(path)}:{line}", todo="Delete it.")
    composer = _Composer(path)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            composer.take(event)
    except yaml.MarkedYAMLError as problem:
        raise _not_yaml(problem, text, path) from None
    except yaml.YAMLError as problem:
        what = f"this is not YAML text: {problem}".splitlines()[0]
        raise MalformedInput(what, where=shown_path(path)) from None
    if composer.is_empty:
        what = "the file is empty"
        raise MalformedInput(what, where=shown_path(path), todo="Write it, or delete it.")
    return Document(path, composer.root, composer.lines)


def _line_of(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _not_yaml(problem: yaml.MarkedYAMLError, text: str, path: Path) -> MalformedInput:
    mark = problem.problem_mark or problem.context_mark
    number = mark.line + 1 if mark else 1
    where = f"{shown_path(path)}:{number}"
    lines = text.splitlines()
    line = lines[number - 1] if number <= len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return MalformedInput(
            "a tab is used for indentation", where=where, todo="Indent with spaces, two a level."
        )
    what = ", ".join(part for part in (problem.context, problem.problem) if part)
    return MalformedInput(
        f"this is not YAML: {what}",
        where=where,
        todo="Look at this line and the one above: quotes, colons, brackets, indentation.",
    )


@dataclass
class _Container:
    """A mapping or a list that is still open."""

    path: DataPath
    value: dict[str, Any] | list[Any]
    key: str | None = None
    key_lines: dict[str, int] = field(default_factory=dict)


class _Composer:
    """Builds plain data from the parser's events, one at a time."""

    def __init__(self, path: Path) -> None:
        self.root: Any = None
        self.lines: dict[DataPath, int] = {}
        self.is_empty = True
        self._path = path
        self._open: list[_Container] = []

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_marks(event)
            self._take_scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._refuse_marks(event)
            self._open_container(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.AliasEvent):
            what = f"an alias (*{event.anchor}) stands here; aliases are not read"
            raise self._refusal(event, what, "Write the value out.")
        elif isinstance(event, yaml.DocumentStartEvent) and not self.is_empty:
            raise self._refusal(event, "a second document starts here; one file holds one document")

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        if self._open and self._is_key_expected(self._open[-1]):
            self._take_key(self._open[-1], event)
        elif event.style:
            self._place(event.value, event)
        else:
            self._place(self._plain_value(event), event)

    def _take_key(self, container: _Container, event: yaml.ScalarEvent) -> None:
        key = event.value
        line = _line_of(event)
        if key == "<<" and not event.style:
            raise self._refusal(event, "a merge key (<<) stands here; merge keys are not read")
        if key in container.key_lines:
            what = f"the key '{key}' is a duplicate of line {container.key_lines[key]}"
            raise self._refusal(event, what, "Keep one of the two.")
        container.key_lines[key] = line
        container.key = key
        self.lines[(*container.path, key)] = line

    def _open_container(self, event: yaml.CollectionStartEvent) -> None:
        if self._open and self._is_key_expected(self._open[-1]):
            raise self._refusal(event, "a key must be text, found a list or a mapping")
        if len(self._open) >= DEEPEST_NESTING:
            what = f"the nesting is too deep (more than {DEEPEST_NESTING} levels)"
            raise self._refusal(event, what)
        value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._open.append(_Container(self._place(value, event), value))

    def _place(self, value: Any, event: yaml.NodeEvent) -> DataPath:
        line = _line_of(event)
        self.is_empty = False
        if not self._open:
            self.root = value
            self.is_empty = value is None
            self.lines[()] = line
            return ()
        container = self._open[-1]
        if isinstance(container.value, list):
            path = (*container.path, len(container.value))
            container.value.append(value)
            self.lines[path] = line
            return path
        key = container.key or ""
        container.value[key] = value
        container.key = None
        return (*container.path, key)

    def _plain_value(self, event: yaml.ScalarEvent) -> str | float | bool | None:
        text = event.value
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text) and math.isfinite(float(text)):
            return float(text)
        if _NOT_FINITE.fullmatch(text) or _FLOAT.fullmatch(text):
            shown = text if len(text) <= _LONGEST_NUMBER else f"{text[:_LONGEST_NUMBER]}..."
            what = f"the number {shown} is not finite"
            raise self._refusal(event, what, "Write an ordinary number.")
        return str(text)

    def _refuse_marks(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        tag = event.tag
        if tag is not None and tag != "!":
            what = f"the tag {tag} stands here; tags are not read and never run code"
            is_include = tag.lstrip("!") in INCLUDING_WORDS
            raise self._refusal(event, what, NO_INCLUDES if is_include else "Write the value out.")
        if event.anchor is not None:
            what = f"an anchor (&{event.anchor}) stands here; anchors are not read"
            raise self._refusal(event, what, "Write the value out where it is used.")

    def _refusal(self, event: yaml.Event, what: str, todo: str = "") -> MalformedInput:
        where = f"{shown_path(self._path)}:{_line_of(event)}"
        key = ".".join(str(part) for part in self._current_path())
        return MalformedInput(what, where=f"{where}:{key}" if key else where, todo=todo)

    def _current_path(self) -> DataPath:
        if not self._open:
            return ()
        container = self._open[-1]
        if isinstance(container.value, list):
            return (*container.path, len(container.value))
        return container.path if container.key is None else (*container.path, container.key)

    @staticmethod
    def _is_key_expected(container: _Container) -> bool:
        return isinstance(container.value, dict) and container.key is None
