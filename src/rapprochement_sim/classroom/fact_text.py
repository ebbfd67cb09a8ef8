"""Facts as JSON, and back. A fact that cannot be read again is never written."""

from __future__ import annotations

import json
from dataclasses import MISSING, asdict, fields
from functools import cache
from typing import TYPE_CHECKING, Any, get_type_hints

from rapprochement_sim.classroom import facts
from rapprochement_sim.classroom.facts import Fact, FigureChange, SeatDecision
from rapprochement_sim.errors import MalformedInput, WrongVersion

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLAIN: dict[Any, Any] = {str: str, int: int, float: (float, int), bool: bool}


@cache
def fact_kinds() -> Mapping[str, type[Fact]]:
    """Return every kind of fact by its name."""
    return {kind.__name__: kind for kind in Fact.__subclasses__()}


def format_fact(fact: Fact) -> str:
    """Write a fact as one line of JSON."""
    return json.dumps(asdict(fact), ensure_ascii=False, allow_nan=False)  # type: ignore[call-overload]


def parse_fact(name: str, text: str, where: str) -> Fact:
    """Read a fact.

    Raises
    ------
    WrongVersion
        If this program knows no such fact.
    MalformedInput
        If its text is damaged.
    """
    kind = fact_kinds().get(name)
    if kind is None:
        what = f"the class has a fact that this program does not know: {name}"
        raise WrongVersion(what, where=where, todo="Open it with the program that wrote it.")
    try:
        fact: Fact = _built(kind, json.loads(text))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        what = f"a fact of the class is damaged ({name})"
        raise MalformedInput(what, where=where) from error
    return fact


def _built(kind: Any, found: Any) -> Any:
    """Build a fact or a decision whose fields have the types they are declared with.

    A field with a default may be missing: an older program wrote the fact without it.
    """
    hints = _hints(kind)
    needed = {field.name for field in fields(kind) if field.default is MISSING}
    if not isinstance(found, dict) or not needed <= set(found) <= set(hints):
        msg = "not the fields of this fact"
        raise TypeError(msg)
    return kind(**{name: _typed(hints[name], found[name]) for name in hints if name in found})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    named = get_type_hints(kind, vars(facts))
    return {field.name: named[field.name] for field in fields(kind)}


def _typed(hint: Any, value: Any) -> Any:
    if hint in (SeatDecision, FigureChange):
        return _built(hint, value)
    if hint in _PLAIN:
        if not isinstance(value, _PLAIN[hint]) or (hint is not bool and isinstance(value, bool)):
            msg = f"{value!r} is no {hint.__name__}"
            raise TypeError(msg)
        return float(value) if hint is float else value
    if not isinstance(value, list):
        msg = "a list is wanted"
        raise TypeError(msg)
    inner = hint.__args__[0]
    return tuple(_typed(inner, each) for each in value)
