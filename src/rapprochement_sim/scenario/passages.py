"""The article passages that sources name: our own summaries, and the index that says where.

``passages.yaml`` tells each passage in our own words. ``passage_index.yaml`` gives its
heading, its number under that heading and its first few words, so that a reader finds it
in the article; no sentence of an article stands in either.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import Field, model_validator

from rapprochement_sim.scenario.composing import read_document
from rapprochement_sim.scenario.problems import validated
from rapprochement_sim.scenario.schema import Schema

PASSAGES_FILE = "passages.yaml"
INDEX_FILE = "passage_index.yaml"
MECHANISMS_FILE = "mechanisms.yaml"
PASSAGE_FILES = frozenset({PASSAGES_FILE, INDEX_FILE})
DESCRIBING_FILES = PASSAGE_FILES | {MECHANISMS_FILE}
"""Files of a rules folder that hold no rules."""
MOST_WORDS = 6

_SHIPPED = Path(__file__).resolve().parents[1] / "rules"


class PassagePlace(Schema):
    """Where a passage stands in its article: heading, paragraph under it, first words."""

    heading: str
    paragraph: Annotated[int, Field(ge=1)]
    begins: str

    @model_validator(mode="after")
    def _first_words_only(self) -> PassagePlace:
        if len(self.begins.split()) > MOST_WORDS:
            msg = f"more than the first {MOST_WORDS} words are given"
            raise ValueError(msg)
        return self


class _Passages(Schema):
    passages: dict[str, str]


class _Index(Schema):
    passages: dict[str, PassagePlace]


def read_passages(folder: Path) -> dict[str, str]:
    """Read our own summary of each passage, by reference; none if there is no such file.

    Raises
    ------
    MalformedInput
        If the file is malformed.
    """
    held = _read(_Passages, folder / PASSAGES_FILE)
    return {} if held is None else held.passages


def read_passage_index(folder: Path) -> dict[str, PassagePlace]:
    """Read where each passage stands, by reference; none if there is no such file.

    Raises
    ------
    MalformedInput
        If the file is malformed.
    """
    held = _read(_Index, folder / INDEX_FILE)
    return {} if held is None else held.passages


@cache
def shipped_passages() -> dict[str, str]:
    """Return the summaries shipped with the package."""
    return read_passages(_SHIPPED)


@cache
def shipped_index() -> dict[str, PassagePlace]:
    """Return the index shipped with the package."""
    return read_passage_index(_SHIPPED)


_File = TypeVar("_File", bound=Schema)


def _read(kind: type[_File], path: Path) -> _File | None:
    return validated(kind, read_document(path)) if path.is_file() else None
