"""Who uses what: the entries of a rule book that touch a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rapprochement_sim.scenario.crosschecks import parts
from rapprochement_sim.scenario.indicator_names import Cell, indicator_cells
from rapprochement_sim.scenario.names import (
    APPRAISALS,
    SCALER_ARGUMENTS,
    VARIABLES,
    coordinate_kinds,
    parse_scaler,
)
from rapprochement_sim.scenario.schema import (
    CompositeTerm,
    Condition,
    Effect,
    Ratification,
    Valuation,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel

    from rapprochement_sim.scenario.composing import DataPath
    from rapprochement_sim.scenario.schema import RuleBook

WATCHED_SECTIONS = (
    "actions",
    "events",
    "lenses",
    "composites",
    "disputes",
    "institutions",
    "surveys",
    "parameters",
)


class Topic(NamedTuple):
    """Something that rules can touch: a section of the rule book or "variables", and an id."""

    section: str
    name: str


class Use(NamedTuple):
    """One entry that touches a topic, and in which parts of it."""

    section: str
    name: str
    how: tuple[str, ...]


def usage_index(rules: RuleBook) -> dict[Topic, list[Use]]:
    """Find, for every topic of a rule book, the entries that touch it.

    A topic is ``("variables", "trust")``, ``("disputes", "forced_labour")``,
    ``("sources", "essay")``, ``("contested", "drills_and_memory")`` and so on.
    """
    cells = indicator_cells(rules)
    index: dict[Topic, list[Use]] = {}
    for section in WATCHED_SECTIONS:
        for name, entry in getattr(rules, section).items():
            touched: dict[Topic, list[str]] = {}
            for path, topics in _touched(entry, cells):
                for topic in topics - {Topic(section, name)}:
                    touched.setdefault(topic, []).append(_words(path))
            for topic, how in touched.items():
                use = Use(section, name, tuple(dict.fromkeys(how)))
                index.setdefault(topic, []).append(use)
    return index


def _touched(entry: BaseModel, cells: Mapping[str, Cell]) -> Iterator[tuple[DataPath, set[Topic]]]:
    for path, part in parts(entry):
        topics = set(_source_topics(part))
        if isinstance(part, Effect | Condition | Valuation):
            topics |= set(_cell_topics(part.on, part.at))
        if isinstance(part, Effect | Valuation):
            topics |= set(_scaler_topics(part.scaled_by))
        if isinstance(part, Ratification):
            topics.add(Topic("disputes", part.dispute))
        if isinstance(part, CompositeTerm):
            topics |= set(_indicator_topics(part.of, cells))
        if topics:
            yield path, topics


def _source_topics(part: BaseModel) -> Iterator[Topic]:
    references: list[str] = [getattr(part, "source", ""), *getattr(part, "sources", [])]
    for reference in references:
        yield Topic("sources", reference.partition(":")[0])
    if getattr(part, "contested", ""):
        yield Topic("contested", getattr(part, "contested", ""))


def _cell_topics(on: str, at: list[str]) -> Iterator[Topic]:
    yield Topic("variables", on)
    axes = VARIABLES[on].axes if on in VARIABLES else APPRAISALS[on].axes
    for kind, name in zip(coordinate_kinds(axes), at, strict=True):
        yield Topic(f"{kind}s", name)


def _scaler_topics(text: str) -> Iterator[Topic]:
    name, arguments = parse_scaler(text)
    yield Topic("variables", name)
    for kind, argument in zip(SCALER_ARGUMENTS[name], arguments, strict=True):
        yield Topic(f"{kind}s", argument)


def _indicator_topics(indicator: str, cells: Mapping[str, Cell]) -> Iterator[Topic]:
    cell = cells.get(indicator)
    if cell is None:
        yield Topic("surveys", indicator)
    else:
        yield from _cell_topics(cell.of, list(cell.names))


def _words(path: DataPath) -> str:
    head = str(path[0]) if path else "sources"
    names = {
        "effects": "its effects",
        "refusal": "what a refusal does",
        "requires": "what it requires",
        "unless": "what averts it",
        "values": "what it values",
        "terms": "its terms",
        "ratification": "its ratification",
    }
    if head == "modifiers":
        return f"its modifier '{str(path[1]).replace('_', ' ')}'"
    return names.get(head, head.replace("_", " "))
