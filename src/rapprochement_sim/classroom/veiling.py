"""Ids on the wire of a masked class: telling parts stand veiled, and are laid open at its ends.

A joined seat lays its pages out by ids of the rules, and "trust_seoul_tokyo" would tell whoever
reads the connection what the pages hide. Both ends know the naming table; between them each
telling part of an id is a number. What people wrote goes through unchanged, whatever it spells.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from rapprochement_sim.naming import worn
from rapprochement_sim.scenario.name_table import name_table

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGITS = 7
_YEARS = range(1900, 2100)
_VEIL = rf"[qQ]+\d{{{_DIGITS}}}[qQ]"
_NO_PART_BEFORE, _NO_PART_AFTER = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"


@cache
def _veils() -> dict[str, str]:
    """Return the number of each telling part; the same in every version that knows the part."""
    parts = (*name_table().masked.parts, *map(str, _YEARS))
    found = {part: f"q{_number(part)}q" for part in parts}
    return {part.upper(): veil.upper() for part, veil in found.items()} | found


def _number(part: str) -> str:
    digest = int.from_bytes(hashlib.sha256(part.encode()).digest()[:8])
    return f"{digest % 10**_DIGITS:0{_DIGITS}}"


@cache
def _bare() -> dict[str, str]:
    return {veil: part for part, veil in _veils().items()}


@cache
def _to_veil() -> re.Pattern[str]:
    longest = sorted(_veils(), key=len, reverse=True)
    parts = "|".join(map(re.escape, longest))
    return re.compile(f"{_NO_PART_BEFORE}(?:{parts}|{_VEIL}){_NO_PART_AFTER}")


_TO_BARE = re.compile(f"{_NO_PART_BEFORE}{_VEIL}{_NO_PART_AFTER}")


def veiled(data: Any) -> Any:
    """Return plain data as they go over the wire; unchanged in a class without a mask."""
    return _each(data, _veil) if worn().hides_history else data


def laid_open(data: Any) -> Any:
    """Return plain data as the other end meant them; unchanged in a class without a mask."""
    return _each(data, _lay_open) if worn().hides_history else data


def _veil(text: str) -> str:
    return _to_veil().sub(_one_veil, text)


def _one_veil(found: re.Match[str]) -> str:
    # What looks like a veil already gets one sign more, so that nobody can write an id as one.
    return _veils().get(found[0]) or f"{found[0][0]}{found[0]}"


def _lay_open(text: str) -> str:
    return _TO_BARE.sub(_one_bare, text)


def _one_bare(found: re.Match[str]) -> str:
    text = found[0]
    if text[1] in "qQ":
        return text[1:]
    return _bare().get(text, text)


def _each(data: Any, change: Callable[[str], str]) -> Any:
    if isinstance(data, str):
        return change(data)
    if isinstance(data, dict):
        return {change(str(key)): _each(value, change) for key, value in data.items()}
    return [_each(each, change) for each in data] if isinstance(data, list | tuple) else data
