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
from typing import TYPE_CHECKING, Any

from rapprochement_sim.errors import MalformedInput, listed, nearest_name
from rapprochement_sim.naming import shown_id
from rapprochement_sim.scenario.basing import read_with_base
from rapprochement_sim.scenario.composing import Document, read_document
from rapprochement_sim.scenario.crosschecks import PLACEHOLDERS, CrossChecker, contested_names
from rapprochement_sim.scenario.fitting import fitted_rules
from rapprochement_sim.scenario.labels import dressed_rules, dressed_scenario, skin_of
from rapprochement_sim.scenario.passages import (
    INDEX_FILE,
    PASSAGES_FILE,
    read_passage_index,
    read_passages,
    shipped_passages,
)
from rapprochement_sim.scenario.problems import validated
from rapprochement_sim.scenario.rule_files import (
    SECTIONS,
    RuleFiles,
    merged,
    read_rule_files,
    rule_paths,
)
from rapprochement_sim.scenario.scenario_checks import scenario_problems
from rapprochement_sim.scenario.schema import RuleBook, Scenario
from rapprochement_sim.scenario.schema_conflicts import Conflict
from rapprochement_sim.scenario.text_files import shown_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pydantic import BaseModel

SCENARIO_FILE = "scenario.yaml"
STARTS_FOLDER = "starts"
"""Folder beside the scenarios with start values that several of them share."""

OWN_RULES = "rules"
"""Folder of a scenario that holds rules of its own, in addition to the shipped ones."""

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
    paths = rule_paths(folder)
    if not paths:
        what = "no rule file (*.yaml) stands in this folder"
        raise MalformedInput(what, where=shown_path(folder))
    files = read_rule_files(paths)
    book = files.book()
    known = read_passage_index(folder) or read_passages(folder)
    _raise_if_any(_rule_problems(files, book, known))
    return book


@cache
def shipped_rule_files() -> RuleFiles:
    """Return the shipped rules with the file that each entry stands in."""
    return read_rule_files(rule_paths(rules_folder()))


def own_rule_files(scenario_file: Path) -> RuleFiles | None:
    """Read the rules that a scenario brings along in its ``rules`` folder, if it has one.

    Raises
    ------
    MalformedInput
        If a file is malformed, leads out of the folder, or uses an id of the shipped rules.
    """
    folder = scenario_file.parent / OWN_RULES
    if scenario_file.name != SCENARIO_FILE or not folder.is_dir():
        return None
    paths = rule_paths(folder)
    return read_rule_files(paths, shipped_rule_files()) if paths else None


def _rules_with_own(scenario_file: Path) -> RuleBook:
    own = own_rule_files(scenario_file)
    if own is None:
        return load_rules()
    book = _added(load_rules(), own)
    _raise_if_any(_rule_problems(own, book, passages_for(scenario_file)))
    return book


def _added(rules: RuleBook, files: RuleFiles) -> RuleBook:
    """Put a rule book and more entries together; an entry of the same id is replaced."""
    entries: dict[str, Any] = {
        section: {**getattr(rules, section), **added} for section, added in files.entries.items()
    }
    return RuleBook.model_validate(entries)


def _rule_problems(
    files: RuleFiles, book: RuleBook, passages: Collection[str]
) -> Iterator[MalformedInput]:
    contested = contested_names(book)
    for (section, name), document in files.origins.items():
        entry = files.entries[section][name]
        checker = CrossChecker(book, passages, document.where, PLACEHOLDERS.get(section, ()))
        yield from checker.entry(entry, (section, name))
        if isinstance(entry, Conflict) and entry.about == "rules" and name not in contested:
            what = f"no number is contested under the name '{name}'"
            todo = "Name it in 'contested' of an effect or a number, or write 'about: record'."
            yield MalformedInput(what, where=document.where((section, name)), todo=todo)


def load_passages(folder: Path | None = None) -> dict[str, str]:
    """Read the article passages that sources refer to, as reference and our own summary.

    Empty when the folder has no passages file.

    Raises
    ------
    MalformedInput
        If the file is malformed.
    """
    return shipped_passages() if folder is None else read_passages(folder)


def passages_for(scenario_file: Path) -> dict[str, str]:
    """Read the passages that a scenario's sources may name: the shipped ones and its own.

    Raises
    ------
    MalformedInput
        If its own file is malformed.
    """
    own = read_passages(scenario_file.parent / OWN_RULES)
    return {**shipped_passages(), **own} if own else shipped_passages()


# ------------------------------------------------------------------ scenarios


def load_scenario(path_or_name: Path | str, rules: RuleBook | None = None) -> LoadedScenario:
    """Read a scenario and check it against the rules.

    Parameters
    ----------
    path_or_name
        Name of a shipped scenario, a folder with a ``scenario.yaml``, or the file.
    rules
        The rule book; by default the shipped one, with what the scenario's own ``rules``
        folder adds to it.

    Raises
    ------
    MalformedInput
        If there is no such scenario, the file is malformed, or it does not fit the rules.
    """
    path = scenario_path(path_or_name)
    document = scenario_document(path)
    book = _rules_with_own(path) if rules is None else rules
    scenario = validated(Scenario, document)
    if scenario.fit:
        book = fitted_rules(book, scenario.fit, document.where(("fit",)), path.parent)
    passages = passages_for(path) if rules is None else {}
    checker = CrossChecker(book, passages, document.where, ("any",))
    _raise_if_any(scenario_problems(scenario, checker))
    resolved = path.resolve()
    skin = skin_of(resolved)
    return LoadedScenario(
        id=resolved.parent.name if path.name == SCENARIO_FILE else path.stem,
        schema=dressed_scenario(scenario, skin),
        rules=dressed_rules(book, skin),
        path=resolved,
        content_hash=content_hash(scenario),
        rules_hash=content_hash(book),
    )


def scenario_document(path: Path) -> Document:
    """Read a scenario file as plain data, put together with what it is based on.

    Raises
    ------
    MalformedInput
        If a file is malformed, or what it is based on is not there.
    """
    return read_with_base(path, {**_shipped_files(), **_starts()})


def list_scenarios() -> list[str]:
    """Names of the shipped scenarios, in alphabetical sequence."""
    return sorted(_shipped_files())


def _shipped_files() -> dict[str, Path]:
    return {path.parent.name: path for path in scenarios_folder().glob(f"*/{SCENARIO_FILE}")}


def list_starts() -> list[str]:
    """Names of the shipped starts, which scenarios can be based on, in alphabetical sequence."""
    return sorted(_starts())


def _starts() -> dict[str, Path]:
    return {path.stem: path for path in (scenarios_folder() / STARTS_FOLDER).glob("*.yaml")}


def scenarios_folder() -> Path:
    """Folder of the shipped scenarios: in the package, or at the root of a checkout."""
    inside = _PACKAGE / "scenarios"
    return inside if inside.is_dir() else _PACKAGE.parents[1] / "scenarios"


def content_hash(schema: BaseModel) -> str:
    """SHA-256 of what a schema object says, as 64 hexadecimal digits."""
    text = json.dumps(schema.model_dump(mode="json"), ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def scenario_path(path_or_name: Path | str) -> Path:
    """Find the file of a scenario by its name, its folder or itself.

    Raises
    ------
    MalformedInput
        If there is none.
    """
    shipped = list_scenarios()
    if str(path_or_name) in shipped:
        return scenarios_folder() / str(path_or_name) / SCENARIO_FILE
    path = Path(path_or_name)
    if path.is_dir():
        path /= SCENARIO_FILE
    if path.is_file():
        return path
    what, called = f"there is no scenario '{path_or_name}'", listed(map(shown_id, shipped))
    raise MalformedInput(
        what,
        allowed=f"a shipped scenario ({called}), a folder with {SCENARIO_FILE}, or a file",
        nearest=nearest_name(str(path_or_name), shipped),
        todo="Check the name or the path.",
    )


# ------------------------------------------------------------------ one file


def validate_file(path: Path | str, rules: RuleBook | None = None) -> str:
    """Check a scenario, a rule file or a folder of either, and report what it holds.

    A single rule file is checked together with a rule book, whose entries of the same id
    it replaces.

    Parameters
    ----------
    path
        The file or folder, or the name of a shipped scenario.
    rules
        The rule book to check against; by default the shipped one, or that of the scenario
        in whose ``rules`` folder the file stands.

    Raises
    ------
    MalformedInput
        If anything is wrong with it.
    """
    file = Path(path)
    if not file.exists() and str(path) in list_scenarios():
        file = scenarios_folder() / str(path)
    if file.is_dir() and not (file / SCENARIO_FILE).is_file():
        return f"{shown_path(file)}: rules in order, {_counted(load_rules(file))}"
    file = file / SCENARIO_FILE if file.is_dir() else file
    if file.name == PASSAGES_FILE:
        return f"{shown_path(file)}: in order, {len(read_passages(file.parent))} passages"
    if file.name == INDEX_FILE:
        return f"{shown_path(file)}: in order, {len(read_passage_index(file.parent))} passages"
    document = read_document(file)
    if _is_rule_file(document.data):
        return f"{shown_path(file)}: rule file in order, {_validated_alone(document, rules)}"
    return f"{shown_path(file)}: {_scenario_report(file, rules)}"


def _scenario_report(file: Path, rules: RuleBook | None) -> str:
    loaded = load_scenario(file, rules).schema
    own = own_rule_files(file) if rules is None else None
    cells = sum(len(entries) for entries in loaded.initial.values())
    return (
        f"scenario in order, '{loaded.title}', {loaded.turns} turns from "
        f"{loaded.start}, {cells} start values, {len(loaded.hazards)} hazards, "
        f"{len(loaded.scheduled)} scheduled events, {len(loaded.outcomes)} outcomes"
        f"{f'; rules of its own: {_counted(own.book())}' if own else ''}"
    )


def _is_rule_file(data: object) -> bool:
    if not isinstance(data, dict):
        return False
    return bool(_RULE_ONLY_SECTIONS & set(data)) or set(data) <= set(SECTIONS)


def _validated_alone(document: Document, rules: RuleBook | None) -> str:
    files = merged([document])
    scenario_file = _scenario_around(document.path)
    if rules is not None:
        known, passages = rules, {}
    elif scenario_file is not None:
        known, passages = _rules_with_own(scenario_file), passages_for(scenario_file)
    else:
        known, passages = load_rules(), load_passages()
    _raise_if_any(_rule_problems(files, _added(known, files), passages))
    return _counted(files.book())


def _scenario_around(path: Path) -> Path | None:
    """Return the scenario file in whose ``rules`` folder a rule file stands, if any."""
    for folder in path.resolve().parents[:2]:
        scenario_file = folder.parent / SCENARIO_FILE
        if folder.name == OWN_RULES and scenario_file.is_file():
            return scenario_file
    return None


def _counted(book: RuleBook) -> str:
    counts = {section: len(getattr(book, section)) for section in SECTIONS}
    return ", ".join(f"{count} {section}" for section, count in counts.items() if count)


def _raise_if_any(problems: Iterator[MalformedInput]) -> None:
    found = list(problems)
    if found:
        raise MalformedInput.gather(found)
