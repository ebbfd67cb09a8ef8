"""Reading rule books and scenarios from disk, checked through and through.

Whatever a file holds, the only error is :class:`MalformedInput`, with file, line and
key of every fault found.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from rapprochement_sim.errors import MalformedInput, listed, nearest_name
from rapprochement_sim.scenario.composing import Document, read_document, shown_path
from rapprochement_sim.scenario.crosschecks import PLACEHOLDERS, CrossChecker
from rapprochement_sim.scenario.problems import described, validated
from rapprochement_sim.scenario.scenario_checks import scenario_problems
from rapprochement_sim.scenario.schema import RuleBook, Scenario

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel

SECTIONS: dict[str, type[BaseModel]] = {
    name: get_args(field.annotation)[1] for name, field in RuleBook.model_fields.items()
}
"""Top-level keys of rule files, and what an entry of each looks like."""

PASSAGES_FILE = "passages.yaml"
SCENARIO_FILE = "scenario.yaml"

_PACKAGE = Path(__file__).resolve().parents[1]
_RULE_ONLY_SECTIONS = frozenset(SECTIONS) - {"parameters", "sources"}


@dataclass(frozen=True)
class LoadedScenario:
    """A scenario with the rule book it was checked against.

    Parameters
    ----------
    id
        Name of the scenario's folder.
    schema
        What the scenario file says.
    rules
        The rule book.
    path
        The scenario file.
    content_hash
        SHA-256 of what the scenario says; comments, line ends and the sequence of keys
        inside an entry do not matter, the sequence of entries does.
    rules_hash
        The same for the rule book.
    """

    id: str
    schema: Scenario
    rules: RuleBook
    path: Path
    content_hash: str
    rules_hash: str


@dataclass(frozen=True)
class _RuleFiles:
    """Entries of several rule files put together, and the file each one stands in."""

    entries: dict[str, dict[str, BaseModel]]
    origins: dict[tuple[str, str], Document]

    def book(self) -> RuleBook:
        return RuleBook.model_validate(self.entries)


# ------------------------------------------------------------------ rules


def load_rules(folder: Path | None = None) -> RuleBook:
    """Read a rule book: every YAML file of a folder and of its ``actions`` folder.

    Parameters
    ----------
    folder
        The rules to read; those shipped with the package by default, which are read
        once and kept.

    Raises
    ------
    MalformedInput
        If any file is malformed, an id stands in two files, or a name does not resolve.
    """
    return _shipped_rules() if folder is None else _read_rules(folder)


def rules_folder() -> Path:
    """Folder of the rules shipped with the package."""
    return _PACKAGE / "rules"


@cache
def _shipped_rules() -> RuleBook:
    return _read_rules(rules_folder())


def _read_rules(folder: Path) -> RuleBook:
    paths = sorted(folder.glob("*.yaml")) + sorted(folder.glob("actions/*.yaml"))
    paths = [path for path in paths if path.name != PASSAGES_FILE]
    if not paths:
        what = "no rule file (*.yaml) stands in this folder"
        raise MalformedInput(what, where=shown_path(folder))
    files = _merged([read_document(path) for path in paths])
    book = files.book()
    _raise_if_any(_rule_problems(files, book, load_passages(folder)))
    return book


def _merged(documents: list[Document]) -> _RuleFiles:
    files = _RuleFiles({section: {} for section in SECTIONS}, {})
    errors: list[MalformedInput] = []
    for document in documents:
        for section in _sections_of(document):
            errors.extend(_take_section(files, document, section))
    _raise_if_any(iter(errors))
    return files


def _sections_of(document: Document) -> list[str]:
    data = document.data
    if not isinstance(data, dict):
        what = f"found {described(data)}"
        raise MalformedInput(
            what,
            where=document.where(()),
            allowed=f"a mapping with some of the keys {listed(SECTIONS)}",
        )
    for key, entries in data.items():
        if key not in SECTIONS:
            what = f"unknown key '{key}'"
            raise MalformedInput(
                what,
                where=document.where((key,)),
                allowed=listed(SECTIONS),
                nearest=nearest_name(key, SECTIONS),
            )
        if not isinstance(entries, dict):
            what = f"found {described(entries)}"
            allowed = "a mapping of ids to entries"
            raise MalformedInput(what, where=document.where((key,)), allowed=allowed)
    return list(data)


def _take_section(files: _RuleFiles, document: Document, section: str) -> Iterator[MalformedInput]:
    for name in document.data[section]:
        earlier = files.origins.get((section, name))
        if earlier is not None:
            what = f"the id '{name}' is a duplicate of {earlier.where((section, name))}"
            yield MalformedInput(what, where=document.where((section, name)))
            continue
        try:
            entry = validated(SECTIONS[section], document, (section, name))
        except MalformedInput as error:
            yield error
            continue
        files.entries[section][name] = entry
        files.origins[section, name] = document


def _rule_problems(
    files: _RuleFiles, book: RuleBook, passages: Mapping[str, str]
) -> Iterator[MalformedInput]:
    for (section, name), document in files.origins.items():
        checker = CrossChecker(book, passages, document.where, PLACEHOLDERS.get(section, ()))
        yield from checker.entry(files.entries[section][name], (section, name))


def load_passages(folder: Path | None = None) -> dict[str, str]:
    """Read the article passages that sources refer to, as reference and our own summary.

    Empty when the folder has no passages file.

    Raises
    ------
    MalformedInput
        If the file is malformed.
    """
    return _shipped_passages() if folder is None else _read_passages(folder)


@cache
def _shipped_passages() -> dict[str, str]:
    return _read_passages(rules_folder())


def _read_passages(folder: Path) -> dict[str, str]:
    path = folder / PASSAGES_FILE
    if not path.is_file():
        return {}
    document = read_document(path)
    return dict(document.data["passages"])


# ------------------------------------------------------------------ scenarios


def load_scenario(path_or_name: Path | str, rules: RuleBook | None = None) -> LoadedScenario:
    """Read a scenario and check it against the rules.

    Parameters
    ----------
    path_or_name
        Name of a shipped scenario, a folder with a ``scenario.yaml``, or the file.
    rules
        The rule book; the shipped one by default.

    Raises
    ------
    MalformedInput
        If there is no such scenario, the file is malformed, or it does not fit the rules.
    """
    path = _scenario_path(path_or_name)
    document = read_document(path)
    book = load_rules() if rules is None else rules
    scenario = validated(Scenario, document)
    passages = load_passages() if rules is None else {}
    checker = CrossChecker(book, passages, document.where, ("any",))
    _raise_if_any(scenario_problems(scenario, checker))
    resolved = path.resolve()
    return LoadedScenario(
        id=resolved.parent.name if path.name == SCENARIO_FILE else path.stem,
        schema=scenario,
        rules=book,
        path=resolved,
        content_hash=content_hash(scenario),
        rules_hash=content_hash(book),
    )


def list_scenarios() -> list[str]:
    """Names of the shipped scenarios, in alphabetical sequence."""
    return sorted(path.parent.name for path in scenarios_folder().glob(f"*/{SCENARIO_FILE}"))


def scenarios_folder() -> Path:
    """Folder of the shipped scenarios: in the package, or at the root of a checkout."""
    inside = _PACKAGE / "scenarios"
    return inside if inside.is_dir() else _PACKAGE.parents[1] / "scenarios"


def content_hash(schema: BaseModel) -> str:
    """SHA-256 of what a schema object says, as 64 hexadecimal digits."""
    text = json.dumps(schema.model_dump(mode="json"), ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _scenario_path(path_or_name: Path | str) -> Path:
    shipped = list_scenarios()
    if str(path_or_name) in shipped:
        return scenarios_folder() / str(path_or_name) / SCENARIO_FILE
    path = Path(path_or_name)
    if path.is_dir():
        path /= SCENARIO_FILE
    if path.is_file():
        return path
    what = f"there is no scenario '{path_or_name}'"
    raise MalformedInput(
        what,
        allowed=f"a shipped scenario ({listed(shipped)}), a folder with {SCENARIO_FILE}, or a file",
        nearest=nearest_name(str(path_or_name), shipped),
        todo="Check the name or the path.",
    )


# ------------------------------------------------------------------ one file


def validate_file(path: Path, rules: RuleBook | None = None) -> str:
    """Check a scenario, a rule file or a folder of either, and report what it holds.

    A single rule file is checked together with a rule book, whose entries of the same id
    it replaces.

    Parameters
    ----------
    path
        The file or folder.
    rules
        The rule book to check against; the shipped one by default.

    Raises
    ------
    MalformedInput
        If anything is wrong with it.
    """
    if path.is_dir() and not (path / SCENARIO_FILE).is_file():
        return f"{shown_path(path)}: rules in order, {_counted(load_rules(path))}"
    file = path / SCENARIO_FILE if path.is_dir() else path
    if file.name == PASSAGES_FILE:
        return f"{shown_path(file)}: in order, {len(_read_passages(file.parent))} passages"
    document = read_document(file)
    if _is_rule_file(document.data):
        return f"{shown_path(file)}: rule file in order, {_validated_alone(document, rules)}"
    loaded = load_scenario(file, rules).schema
    cells = sum(len(entries) for entries in loaded.initial.values())
    return (
        f"{shown_path(file)}: scenario in order, '{loaded.title}', {loaded.turns} turns from "
        f"{loaded.start}, {cells} start values, {len(loaded.hazards)} hazards, "
        f"{len(loaded.scheduled)} scheduled events, {len(loaded.outcomes)} outcomes"
    )


def _is_rule_file(data: object) -> bool:
    if not isinstance(data, dict):
        return False
    return bool(_RULE_ONLY_SECTIONS & set(data)) or set(data) <= set(SECTIONS)


def _validated_alone(document: Document, rules: RuleBook | None) -> str:
    files = _merged([document])
    known = load_rules() if rules is None else rules
    passages = load_passages() if rules is None else {}
    merged: dict[str, Any] = {
        section: {**getattr(known, section), **entries}
        for section, entries in files.entries.items()
    }
    _raise_if_any(_rule_problems(files, RuleBook.model_validate(merged), passages))
    return _counted(files.book())


def _counted(book: RuleBook) -> str:
    counts = {section: len(getattr(book, section)) for section in SECTIONS}
    return ", ".join(f"{count} {section}" for section, count in counts.items() if count)


def _raise_if_any(problems: Iterator[MalformedInput]) -> None:
    found = list(problems)
    if found:
        raise MalformedInput.gather(found)
