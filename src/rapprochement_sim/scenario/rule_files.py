"""Rule files put together: which sections they may hold, and which file an entry stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from rapprochement_sim.errors import MalformedInput, listed, nearest_name
from rapprochement_sim.scenario.composing import (
    INCLUDING_WORDS,
    NO_INCLUDES,
    Document,
    read_document,
)
from rapprochement_sim.scenario.passages import DESCRIBING_FILES
from rapprochement_sim.scenario.problems import described, validated
from rapprochement_sim.scenario.schema import RuleBook
from rapprochement_sim.scenario.text_files import shown_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pydantic import BaseModel

SECTIONS: dict[str, type[BaseModel]] = {
    name: get_args(field.annotation)[1] for name, field in RuleBook.model_fields.items()
}
"""Top-level keys of rule files, and what an entry of each looks like."""


@dataclass(frozen=True)
class RuleFiles:
    """Entries of several rule files put together, and the file each one stands in."""

    entries: dict[str, dict[str, BaseModel]]
    origins: dict[tuple[str, str], Document]

    def book(self) -> RuleBook:
        """Return all entries as one rule book."""
        return RuleBook.model_validate(self.entries)


def rule_paths(folder: Path) -> list[Path]:
    """List the rule files of a folder and of its ``actions`` folder.

    Raises
    ------
    MalformedInput
        If one of them is a link that leads out of the folder.
    """
    paths = sorted(folder.glob("*.yaml")) + sorted(folder.glob("actions/*.yaml"))
    inside = folder.resolve()
    for path in paths:
        if inside not in _resolved(path).parents:
            what = "this rule file is a link that leads out of its folder"
            where = shown_path(path.parent) + f"/{path.name}"
            raise MalformedInput(what, where=where, todo="Put the file itself here.")
    return [path for path in paths if path.name not in DESCRIBING_FILES]


def _resolved(path: Path) -> Path:
    """Follow links to the end.

    Raises
    ------
    MalformedInput
        If they go in a circle.
    """
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # Python 3.13 raises the one, earlier ones the other
        what = "this is a link that leads back to itself"
        raise MalformedInput(what, where=str(path), todo="Put the file itself here.") from None


def read_rule_files(paths: Sequence[Path], shipped: RuleFiles | None = None) -> RuleFiles:
    """Read rule files and put their entries together.

    Parameters
    ----------
    paths
        The files.
    shipped
        Rules that these files add to; an id of theirs cannot be used again.

    Raises
    ------
    MalformedInput
        If any file is malformed, or an id stands twice.
    """
    return merged([read_document(path) for path in paths], shipped)


def merged(documents: Sequence[Document], shipped: RuleFiles | None = None) -> RuleFiles:
    """Put the entries of documents together; see :func:`read_rule_files`."""
    files = RuleFiles({section: {} for section in SECTIONS}, {})
    errors: list[MalformedInput] = []
    for document in documents:
        for section in _sections_of(document):
            errors.extend(_take_section(files, document, section, shipped))
    if errors:
        raise MalformedInput.gather(errors)
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
                todo=NO_INCLUDES if key in INCLUDING_WORDS else "",
            )
        if not isinstance(entries, dict):
            what = f"found {described(entries)}"
            allowed = "a mapping of ids to entries"
            raise MalformedInput(what, where=document.where((key,)), allowed=allowed)
    return list(data)


def _take_section(
    files: RuleFiles, document: Document, section: str, shipped: RuleFiles | None
) -> Iterator[MalformedInput]:
    for name in document.data[section]:
        place = document.where((section, name))
        if shipped is not None and (section, name) in shipped.origins:
            what = f"the id '{name}' is one of the shipped {section}"
            todo = "A scenario's own rules add to the shipped ones: choose another id."
            yield MalformedInput(what, where=place, todo=todo)
            continue
        earlier = files.origins.get((section, name))
        if earlier is not None:
            what = f"the id '{name}' is a duplicate of {earlier.where((section, name))}"
            yield MalformedInput(what, where=place)
            continue
        try:
            entry = validated(SECTIONS[section], document, (section, name))
        except MalformedInput as error:
            yield error
            continue
        files.entries[section][name] = entry
        files.origins[section, name] = document
