"""The naming table: places with both their names, and the masked skin."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from rapprochement_sim.naming import WITHHELD, Skin, worn
from rapprochement_sim.scenario.composing import read_document
from rapprochement_sim.scenario.dateless import DATELESS
from rapprochement_sim.scenario.problems import validated
from rapprochement_sim.scenario.schema import CapitalKey, Schema

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, TypeVar

    _Model = TypeVar("_Model", bound=BaseModel)

NAMES_FILE = Path(__file__).resolve().parents[1] / "data" / "names.yaml"
MASKED = "masked"

_TEXTS = frozenset(
    {
        "about",
        "dissent",
        "era",
        "grade",
        "headline",
        "introduction",
        "narration",
        "reason",
        "reasons",
        "reference",
        "refusal_narration",
        "summary",
        "teaches",
        "text",
        "title",
        "where",
        "why",
    }
)
"""Keys of rule and scenario files that hold sentences for people."""

_GRAMMAR = (
    (r"\b([Tt]he) (?:the|The|an|a)\b(?! and)", r"\1"),
    (r"\b[Tt]he (?=another year\b)", ""),
    (r"\b([Aa])n(?= (?:State|strategic|coerced|long-range|parliament|memorial|wreath)\b)", r"\1"),
    (r"\bin (?=early on\b)", ""),
    (r"(?<=\w)_(?:19|20)\d\d\b", ""),
    (r"\b(a joint poll)/a joint poll\b", r"\1"),
    (r"(?<=[a-z,] )Citizens of State\b", "citizens of State"),
)
"""What is mended in a sentence after names have been replaced."""

_REFERENCES = frozenset({"source", "sources", "lens_source"})
ASSUMPTION = "assumption"


class Place(Schema):
    """A place with the form in which it is shown, its single names, and its mask."""

    shown: str
    forms: list[str]
    masked: str


class _Mask(Schema):
    titles: dict[CapitalKey, str]
    words: dict[str, str]
    kinds: dict[str, str]
    parts: dict[str, str]

    @property
    def in_texts(self) -> dict[str, str]:
        """What stands in texts in place of names and of telling words, capitals or not."""
        capitals = {_capital(word): _capital(kind) for word, kind in self.kinds.items()}
        return {**capitals, **self.kinds, **self.words}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class NameTable(Schema):
    """Places by id, and what stands in place of names under the masked skin."""

    places: dict[str, Place]
    masked: _Mask


@cache
def name_table() -> NameTable:
    """Read the naming table shipped with the package."""
    return validated(NameTable, read_document(NAMES_FILE))


@cache
def masked_skin() -> Skin:
    """Return the skin of five nameless states: State A to State E, in years without number."""
    table = name_table()
    places = {
        name: place.masked
        for place in table.places.values()
        for name in (place.shown, *place.forms)
    }
    return Skin(
        MASKED,
        {str(key): title for key, title in table.masked.titles.items()},
        {**table.masked.in_texts, **places},
        table.masked.parts,
        patterns=(*DATELESS, *_GRAMMAR),
        hides_history=True,
    )


def dressed(model: _Model, skin: Skin) -> _Model:
    """Return rules, a scenario or a part of them with its sentences as a skin says them."""
    if not skin.words:
        return model
    return _dressed_model(model, skin)


def dressed_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """Return sentences by id as the worn skin says them."""
    return {name: worn().text(text) for name, text in texts.items()}


def _dressed_model(model: _Model, skin: Skin) -> _Model:
    changed = {
        name: _withheld(value)
        if skin.hides_history and name in _REFERENCES
        else _dressed_value(value, skin, is_text=name in _TEXTS)
        for name in type(model).model_fields
        for value in (getattr(model, name),)
    }
    return model.model_copy(update=changed)


def _withheld(value: Any) -> Any:
    """Return references as they may be shown: who says so tells which history is played."""
    if isinstance(value, str):
        return value if value.startswith(ASSUMPTION) else WITHHELD
    if isinstance(value, list):
        return list(dict.fromkeys(_withheld(each) for each in value))
    return {}


def _dressed_value(value: Any, skin: Skin, *, is_text: bool) -> Any:
    if isinstance(value, BaseModel):
        return _dressed_model(value, skin)
    if isinstance(value, dict):
        return {key: _dressed_value(each, skin, is_text=is_text) for key, each in value.items()}
    if isinstance(value, list):
        return [_dressed_value(each, skin, is_text=is_text) for each in value]
    return skin.text(value) if is_text and isinstance(value, str) else value
