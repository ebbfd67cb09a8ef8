"""The mechanisms that the articles describe: one entry each, with what carries it and where.

``rules/mechanisms.yaml`` says of each mechanism which passages describe it, which rules or
processes carry it, which worked case shows it, in which scenarios it matters, and which
coefficients switch it off. It describes the rules and is no part of them: changing it
changes no result and no version.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, listed, nearest_name
from rapprochement_sim.scenario.composing import Document, read_document
from rapprochement_sim.scenario.indicator_names import indicator_names
from rapprochement_sim.scenario.loading import list_scenarios, load_passages, load_rules
from rapprochement_sim.scenario.passages import MECHANISMS_FILE
from rapprochement_sim.scenario.problems import validated
from rapprochement_sim.scenario.schema import Schema
from rapprochement_sim.scenario.schema_mechanisms import Mechanism, Without
from rapprochement_sim.scenario.switching_off import matches_nothing
from rapprochement_sim.scenario.topics import explainable_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from rapprochement_sim.scenario.schema import RuleBook

_SHIPPED = Path(__file__).resolve().parents[1] / "rules" / MECHANISMS_FILE


class _File(Schema):
    mechanisms: dict[str, Mechanism]


@cache
def shipped_mechanisms() -> dict[str, Mechanism]:
    """Return the mechanisms of the shipped rules by name, in the sequence of their numbers.

    Raises
    ------
    MalformedInput
        If an entry is malformed or names what does not exist.
    """
    rules = load_rules()
    names = explainable_names(rules)
    return read_mechanisms(_SHIPPED, rules, names, load_passages(), list_scenarios())


def mechanisms_of(rules: RuleBook) -> dict[str, Mechanism]:
    """Return the shipped mechanisms if a rule book holds the shipped rules, else none."""
    shipped = load_rules()
    is_shipped = shipped.actions.keys() <= rules.actions.keys()
    return shipped_mechanisms() if is_shipped else {}


def read_mechanisms(
    path: Path,
    rules: RuleBook,
    names: Collection[str],
    passages: Collection[str],
    scenarios: Collection[str],
) -> dict[str, Mechanism]:
    """Read a table of mechanisms and check every name in it.

    Parameters
    ----------
    path
        The file.
    rules
        What it describes.
    names
        Everything that ``carried_by`` may name.
    passages
        References that ``passages`` may name.
    scenarios
        Names of the shipped scenarios.

    Raises
    ------
    MalformedInput
        If an entry is malformed or names what does not exist.
    """
    document = read_document(path)
    found = validated(_File, document).mechanisms
    known_in = {
        "passages": passages,
        "carried_by": names,
        "scenarios": scenarios,
        "indicators": indicator_names(rules),
    }
    problems = [
        *_name_problems(found, document, known_in),
        *_switch_problems(found, document, rules),
        *_number_problems(found, document),
    ]
    if problems:
        raise MalformedInput.gather(problems)
    return dict(sorted(found.items(), key=lambda item: item[1].number))


def mechanism_named(name: str) -> tuple[str, Mechanism]:
    """Return a shipped mechanism by its name or its number.

    Raises
    ------
    MalformedInput
        If there is none; the error gives the nearest name.
    """
    known = shipped_mechanisms()
    numbers = {str(each.number): key for key, each in known.items()}
    key = numbers.get(name.strip(), name)
    if key in known:
        return key, known[key]
    what = f"there is no mechanism '{name}'"
    raise MalformedInput(
        what,
        allowed="a name or a number from 1 to 40, as in docs/reference/mechanisms.md",
        nearest=nearest_name(name, known),
        todo="`rapprochement explain mechanisms` lists them.",
    )


def _name_problems(
    found: dict[str, Mechanism], document: Document, known_in: Mapping[str, Collection[str]]
) -> Iterator[MalformedInput]:
    for key, entry in found.items():
        for field, known in known_in.items():
            for number, name in enumerate(getattr(entry, field)):
                if name not in known:
                    where = document.where(("mechanisms", key, field, number))
                    yield _unknown(name, known, where)


def _switch_problems(
    found: dict[str, Mechanism], document: Document, rules: RuleBook
) -> Iterator[MalformedInput]:
    for key, entry in found.items():
        path = ("mechanisms", key, "without")
        off = entry.without
        for name in off.parameters:
            if name not in rules.parameters:
                where = document.where((*path, "parameters", name))
                yield _unknown(name, rules.parameters, where)
        for field in ("effects", "values"):
            for number, choice in enumerate(getattr(off, field)):
                if matches_nothing(choice, rules):
                    what = "this choice fits no coefficient of the rules"
                    where = document.where((*path, field, number))
                    yield MalformedInput(what, where=where, todo="Loosen it or correct a name.")
        votes = {name for name, action in rules.actions.items() if action.ratification}
        for number, name in enumerate(off.carried_without_a_vote):
            if name not in votes:
                yield _unknown(
                    name, votes, document.where((*path, "carried_without_a_vote", number))
                )
        if off == Without():
            what = "nothing is switched off"
            where = document.where(path)
            allowed = listed(Without.model_fields)
            yield MalformedInput(what, where=where, allowed=allowed)


def _number_problems(found: dict[str, Mechanism], document: Document) -> Iterator[MalformedInput]:
    taken: dict[int, str] = {}
    for key, entry in found.items():
        earlier = taken.setdefault(entry.number, key)
        if earlier != key:
            what = f"number {entry.number} is that of '{earlier}'"
            yield MalformedInput(what, where=document.where(("mechanisms", key, "number")))


def _unknown(name: str, known: Collection[str], where: str) -> MalformedInput:
    what = f"'{name}' is not known here"
    return MalformedInput(
        what, where=where, allowed=listed(known), nearest=nearest_name(name, known)
    )
