"""Debriefs and analyses as plain data: dictionaries, lists, texts and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from math import isfinite

from rapprochement_sim.vocabulary import Capital

_LEFT_OUT = frozenset({"taken"})


def plain_data(found: object) -> object:
    """Return records as nested dictionaries; capitals by name, unbounded numbers as None."""
    if is_dataclass(found):
        return {
            field.name: plain_data(getattr(found, field.name))
            for field in fields(found)
            if field.name not in _LEFT_OUT
        }
    if isinstance(found, Capital):
        return found.key
    if isinstance(found, Mapping):
        return {str(key): plain_data(value) for key, value in found.items()}
    if isinstance(found, (list, tuple)):
        return [plain_data(part) for part in found]
    if isinstance(found, float) and not isfinite(found):
        return None
    return found
