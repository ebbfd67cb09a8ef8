"""A scenario that starts from another one and says only what is different."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rapprochement_sim.errors import MalformedInput, listed, nearest_name
from rapprochement_sim.scenario.composing import Document, read_document

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rapprochement_sim.scenario.composing import DataPath

BASED_ON = "based_on"
_MERGED_BY_KEY = frozenset({"initial", "seats", "outcomes", "parameters", "reasons"})
_MERGED_BY_NAME = {"polls": "survey"}


@dataclass(frozen=True)
class BasedDocument(Document):
    """A file put together with the one it is based on.

    ``origins`` says for the merged parts in which file, and where there, they stand; a part
    beneath a merged one stands in the same file.
    """

    origins: Mapping[DataPath, tuple[Document, DataPath]]

    def where(self, path: DataPath) -> str:
        """Return ``file:line:key`` of a part, in the file that says it."""
        document, place = self.origin(path)
        return document.where(place)

    def says(self, path: DataPath) -> bool:
        """Whether this very file says a part, rather than one that it is based on."""
        return self.origin(path)[0].path == self.path

    def origin(self, path: DataPath) -> tuple[Document, DataPath]:
        """Return the document that says a part, and where the part stands in it."""
        known = path
        while known not in self.origins:
            known = known[:-1]
        document, place = self.origins[known]
        return document, (*place, *path[len(known) :])


def read_with_base(path: Path, shipped: Mapping[str, Path]) -> Document:
    """Read a scenario file, together with the shipped scenarios that it is based on.

    ``based_on: NAME`` takes over everything of NAME that the file does not say itself. Start
    values are replaced cell by cell, polls survey by survey; seats, outcomes, parameters and
    reasons entry by entry, of a seat only the keys given; all else as a whole.

    Raises
    ------
    MalformedInput
        If a file cannot be read, there is no such scenario, or it is based on itself.
    """
    return _read(path, shipped, ())


def _read(path: Path, shipped: Mapping[str, Path], above: tuple[Path, ...]) -> Document:
    document = read_document(path)
    if not isinstance(document.data, dict) or BASED_ON not in document.data:
        return document
    name = document.data[BASED_ON]
    where = document.where((BASED_ON,))
    if not isinstance(name, str) or name not in shipped:
        what = f"there is no shipped scenario '{name}' to start from"
        near = nearest_name(str(name), shipped)
        raise MalformedInput(what, where=where, allowed=listed(shipped), nearest=near)
    chain = (*above, path.resolve())
    if shipped[name].resolve() in chain:
        what = f"'{name}' is based on this scenario: the two wait for each other"
        raise MalformedInput(what, where=where, todo="Start one of them from another scenario.")
    return _merged(document, _read(shipped[name], shipped, chain))


def _merged(own: Document, base: Document) -> Document:
    merger = _Merger(own, base)
    data = merger.mapping(own.data, base.data, ())
    return BasedDocument(own.path, data, own.lines, merger.origins)


class _Merger:
    def __init__(self, own: Document, base: Document) -> None:
        self.own, self.base = own, base
        self.origins: dict[DataPath, tuple[Document, DataPath]] = {(): (own, ())}

    def mapping(self, own: dict[str, Any], base: dict[str, Any], path: DataPath) -> dict[str, Any]:
        """Put two mappings at the same place together, the own keys first in right."""
        merged: dict[str, Any] = {}
        for key in (*base, *(key for key in own if key not in base)):
            here = (*path, key)
            if key not in own:
                merged[key] = self._taken(self.base, base[key], here)
            elif key not in base:
                merged[key] = self._taken(self.own, own[key], here)
            else:
                merged[key] = self._both(own[key], base[key], here)
        return merged

    def _both(self, own: Any, base: Any, path: DataPath) -> Any:
        are_mappings = isinstance(own, dict) and isinstance(base, dict)
        are_lists = isinstance(own, list) and isinstance(base, list)
        is_seat = len(path) == 2 and path[0] == "seats"
        if are_mappings and ((len(path) == 1 and path[0] in _MERGED_BY_KEY) or is_seat):
            self.origins[path] = (self.own, path)
            return self.mapping(own, base, path)
        if are_lists and len(path) == 2 and path[0] == "initial":
            return self._listed(own, base, path, "at")
        if are_lists and len(path) == 1 and path[0] in _MERGED_BY_NAME:
            return self._listed(own, base, path, _MERGED_BY_NAME[str(path[0])])
        return self._taken(self.own, own, path)

    def _listed(self, own: list[Any], base: list[Any], path: DataPath, key: str) -> list[Any]:
        """Put two lists together; an own entry stands in place of the one with the same key."""
        mine = {_key_of(entry, key): number for number, entry in enumerate(own)}
        self.origins[path] = (self.own, path)
        picked: list[tuple[Document, int]] = []
        for number, entry in enumerate(base):
            at = mine.pop(_key_of(entry, key), None)
            picked.append((self.base, number) if at is None else (self.own, at))
        placed = {number for source, number in picked if source is self.own}
        picked += [(self.own, number) for number in range(len(own)) if number not in placed]
        return [
            self._put(source, (*path, number), (*path, place))
            for place, (source, number) in enumerate(picked)
        ]

    def _put(self, source: Document, place: DataPath, path: DataPath) -> Any:
        value: Any = source.data
        for step in place:
            value = value[step]
        self.origins[path] = (source, place)
        return value

    def _taken(self, source: Document, value: Any, path: DataPath) -> Any:
        self.origins[path] = (source, path)
        return value


def _key_of(entry: Any, key: str) -> str:
    return repr(entry.get(key)) if isinstance(entry, dict) else repr(entry)
