"""Who uses what: the entries of a rule book that touch a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rapprochement_sim.scenario.crosschecks import parts
from rapprochement_sim.scenario.names import (
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
from rapprochement_sim.vocabulary import CAPITAL_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def uses_of(topic: Topic, rules: RuleBook) -> list[Use]:
    """Find every entry that touches a variable, dispute, institution, survey or source.

    Parameters
    ----------
    topic
        ``("variables", "trust")``, ``("disputes", "forced_labour")``,
        ``("sources", "essay")``, ``("contested", "drills_and_memory")`` and so on.
    rules
        The rule book to search.
    """
    found: list[Use] = []
    for section in WATCHED_SECTIONS:
        for name, entry in getattr(rules, section).items():
            if (section, name) == topic:
                continue
            how = [path for path, topics in _touched(entry, rules) if topic in topics]
            if how:
                found.append(Use(section, name, tuple(dict.fromkeys(map(_words, how)))))
    return found


def split_indicator(name: str, rules: RuleBook) -> tuple[Topic, tuple[str, ...]] | None:
    """Split an indicator such as ``hurt_forced_labour_seoul`` into a topic and its cell.

    Returns
    -------
    tuple or None
        The variable and the names along its axes, or None when the name has no such form.
    """
    for variable in sorted(VARIABLES, key=len, reverse=True):
        if name.startswith(f"{variable}_"):
            rest = _split_names(name.removeprefix(f"{variable}_"), rules)
            wanted = len(coordinate_kinds(VARIABLES[variable].axes))
            if rest is not None and len(rest) == wanted:
                return Topic("variables", variable), rest
    return None


def _split_names(text: str, rules: RuleBook) -> tuple[str, ...] | None:
    known = sorted([*CAPITAL_KEYS, *rules.disputes, *rules.institutions], key=len, reverse=True)
    names: list[str] = []
    while text:
        first = next((name for name in known if f"{text}_".startswith(f"{name}_")), None)
        if first is None:
            return None
        names.append(first)
        text = text[len(first) + 1 :]
    return tuple(names)


def _touched(entry: BaseModel, rules: RuleBook) -> Iterator[tuple[DataPath, set[Topic]]]:
    for path, part in parts(entry):
        topics = set(_source_topics(part))
        if isinstance(part, Effect | Condition | Valuation):
            topics |= set(_cell_topics(part.on, part.at))
        if isinstance(part, Effect | Valuation):
            topics |= set(_scaler_topics(part.scaled_by))
        if isinstance(part, Ratification):
            topics.add(Topic("disputes", part.dispute))
        if isinstance(part, CompositeTerm):
            topics |= set(_indicator_topics(part.of, rules))
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
    if on in VARIABLES:
        for kind, name in zip(coordinate_kinds(VARIABLES[on].axes), at, strict=False):
            yield Topic(f"{kind}s", name)


def _scaler_topics(text: str) -> Iterator[Topic]:
    name, arguments = parse_scaler(text)
    if name in VARIABLES:
        yield Topic("variables", name)
    for kind, argument in zip(SCALER_ARGUMENTS[name], arguments, strict=True):
        yield Topic(f"{kind}s", argument)


def _indicator_topics(indicator: str, rules: RuleBook) -> Iterator[Topic]:
    yield Topic("surveys", indicator)
    yield Topic("composites", indicator)
    cell = split_indicator(indicator, rules)
    if cell is not None:
        topic, names = cell
        yield from _cell_topics(topic.name, list(names))


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
        return f"its modifier {path[1]}"
    return names.get(head, head.replace("_", " "))
