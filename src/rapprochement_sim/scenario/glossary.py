"""Words of the field and the five capitals, as the codex explains them beside the rules."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from rapprochement_sim.scenario.composing import read_document
from rapprochement_sim.scenario.problems import validated
from rapprochement_sim.scenario.schema import CapitalKey, Schema

TERM_SECTIONS = ("glossary", "capitals")
_FILE = Path(__file__).resolve().parents[1] / "data" / "codex.yaml"
_Text = Annotated[str, Field(min_length=1, max_length=240)]


class Term(Schema):
    """A word or a capital: what it means, what to read beside it, who says so."""

    title: str
    text: _Text
    see: list[str]
    sources: Annotated[list[str], Field(min_length=1)]


class CodexText(Schema):
    """What the codex holds beside the rule book."""

    capitals: dict[CapitalKey, Term]
    glossary: dict[str, Term]


def read_codex(path: Path) -> CodexText:
    """Read the words of the codex from a file.

    Raises
    ------
    MalformedInput
        If the file is malformed.
    """
    return validated(CodexText, read_document(path))


@cache
def shipped_codex() -> CodexText:
    """Return the words that come along."""
    return read_codex(_FILE)


def terms_in(section: str) -> dict[str, Term]:
    """Return the words of a section: ``capitals`` or ``glossary``."""
    text = shipped_codex()
    capitals = {str(key): term for key, term in text.capitals.items()}
    return capitals if section == "capitals" else text.glossary
