"""What a name of the rule book means, with every number and who says so.

``explain_json`` gives plain data, ``explain`` the same as text for a terminal. Names are
ids of any section, ``action.modifier``, variables, contested readings, and indicators
such as ``trust_seoul_tokyo``, or the titles under which people see these;
``section:name`` chooses among equal ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rapprochement_sim.errors import MalformedInput, nearest_name
from rapprochement_sim.naming import shown_id
from rapprochement_sim.scenario.cause_names import PROCESS_SOURCE, PROCESSES, name_behind
from rapprochement_sim.scenario.cell_words import (
    cell_title,
    entry_title,
    figure_titles,
    label_words,
    scaler_words,
)
from rapprochement_sim.scenario.citing import resolved_source
from rapprochement_sim.scenario.crosschecks import parts
from rapprochement_sim.scenario.entry_facts import entry_facts
from rapprochement_sim.scenario.explanation_text import explanation_text
from rapprochement_sim.scenario.glossary import TERM_SECTIONS, terms_in
from rapprochement_sim.scenario.indicator_names import indicator_cells
from rapprochement_sim.scenario.loading import load_passages
from rapprochement_sim.scenario.mechanism_facts import carriers_of, mechanism_facts
from rapprochement_sim.scenario.mechanisms import mechanisms_of
from rapprochement_sim.scenario.names import APPRAISALS, VARIABLES, coordinate_kinds
from rapprochement_sim.scenario.programmes import programme_facts, programmes_of
from rapprochement_sim.scenario.reaching import (
    TERMS,
    UNMOVED,
    coefficients_of,
    effects_of,
    references_behind,
    start_of,
)
from rapprochement_sim.scenario.rule_files import SECTIONS
from rapprochement_sim.scenario.schema import (
    Condition,
    Effect,
    Quantity,
    RuleBook,
    Scenario,
    Valuation,
)
from rapprochement_sim.scenario.topics import topics_of
from rapprochement_sim.scenario.usage import Topic, usage_index

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from rapprochement_sim.scenario.composing import DataPath
    from rapprochement_sim.scenario.glossary import Term
    from rapprochement_sim.scenario.indicator_names import Cell
    from rapprochement_sim.scenario.programmes import Programme
    from rapprochement_sim.scenario.schema_conflicts import ConflictReading
    from rapprochement_sim.scenario.schema_mechanisms import Mechanism


def explain(name: str, rules: RuleBook, *, passages: Mapping[str, str] | None = None) -> str:
    """Explain a name in plain text, at most 78 columns wide.

    Parameters
    ----------
    name
        An id, ``action.modifier``, a variable, a contested reading or an indicator, or its title.
    rules
        The rule book that defines it.
    passages
        Summaries of the article passages; the shipped ones by default.

    Raises
    ------
    MalformedInput
        If nothing has this name; the error gives the nearest one.
    """
    return explanation_text(explain_json(name, rules, passages=passages))


def explain_json(
    name: str, rules: RuleBook, *, passages: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Explain a name as plain data that JSON can hold.

    Returns
    -------
    dict
        ``name`` and ``entries``: one entry for each thing of that name, with ``kind``,
        ``title``, ``summary``, ``facts``, ``numbers``, ``effects``, ``conditions``,
        ``dissent``, ``contested``, ``sources`` and ``used_by``; words of the field have
        ``see``, names to read beside.

    Raises
    ------
    MalformedInput
        If nothing has this name; the error gives the nearest one.
    """
    mechanisms, programmes = mechanisms_of(rules), programmes_of(rules)
    explainer = Explainer(rules, passages, mechanisms=mechanisms, programmes=programmes)
    return explainer.explain(name)


class Explainer:
    """Explains many names of one rule book, which it walks through only once.

    Parameters
    ----------
    rules
        The rule book that defines the names.
    passages
        Summaries of the article passages; the shipped ones by default.
    scenario
        A scenario whose start values are told with the figures; none by default.
    mechanisms
        Mechanisms that are explained beside the rules; none by default.
    programmes
        Programmes that are explained beside the rules; none by default.
    """

    def __init__(
        self,
        rules: RuleBook,
        passages: Mapping[str, str] | None = None,
        scenario: Scenario | None = None,
        mechanisms: Mapping[str, Mechanism] | None = None,
        programmes: Mapping[str, Programme] | None = None,
    ) -> None:
        self._rules = rules
        self._scenario = scenario
        self._passages = load_passages() if passages is None else passages
        self._mechanisms = mechanisms or {}
        self._programmes = programmes or {}
        shown = [Topic("mechanisms", name) for name in self._mechanisms]
        shown += [Topic("programmes", name) for name in self._programmes]
        self._topics = [*topics_of(rules), *shown]
        self._usage = usage_index(rules)
        self._effects = effects_of(rules)

    def explain(self, name: str) -> dict[str, Any]:
        """Explain a name as plain data; see :func:`explain_json`."""
        entries = self._called(name) or self._called("_".join(name.split())) or self._titled(name)
        if not entries:
            raise self._unknown(name)
        return {"name": name, "entries": entries}

    def entry(self, topic: Topic) -> dict[str, Any]:
        """Explain one topic."""
        if topic.section in TERM_SECTIONS:
            found = self._word(terms_in(topic.section)[topic.name])
        elif topic.section == "variables":
            found = self._variable(topic.name)
        elif topic.section == "terms":
            found = self._term(*TERMS[topic.name], "assumption:a rule of the game, by design")
        elif topic.section == "processes":
            found = self._term(*PROCESSES[topic.name], PROCESS_SOURCE)
        elif topic.section == "contested":
            found = self._contested_reading(topic.name)
        elif topic.section == "mechanisms":
            found = self._mechanism(self._mechanisms[topic.name])
        elif topic.section == "programmes":
            found = self._programme(self._programmes[topic.name])
        elif topic.section == "modifiers":
            action, _, key = topic.name.partition(".")
            found = self._schema(self._rules.actions[action].modifiers[key])
            found["facts"]["action"] = self._rules.actions[action].title
        else:
            found = self._schema(getattr(self._rules, topic.section)[topic.name])
        uses = self._usage.get(topic, [])
        used_by = [{"section": u.section, "name": u.name, "how": list(u.how)} for u in uses]
        used_by += carriers_of(topic, self._mechanisms)
        for use in used_by:
            use["title"] = self._title(str(use["section"]), str(use["name"]))
        return {"kind": topic.section, "name": topic.name, **found, "used_by": used_by}

    def _called(self, name: str) -> list[dict[str, Any]]:
        """Explain what has an id, as the worn skin spells it or not, with or without section."""
        section, _, plain = name_behind(name).rpartition(":")
        topics = [topic for topic in self._topics if plain in (topic.name, shown_id(topic.name))]
        entries = [self.entry(topic) for topic in topics if section in {"", topic.section}]
        cells = indicator_cells(self._rules)
        cell = cells.get(name) or next((cells[key] for key in cells if shown_id(key) == name), None)
        return entries if entries or cell is None else [self._cell(cell)]

    def _titled(self, title: str) -> list[dict[str, Any]]:
        """Explain what people see under a title, in whatever case they type it."""
        wanted = " ".join(title.split()).casefold()
        named = [topic for topic in self._topics if self._title(*topic).casefold() == wanted]
        if named:
            return [self.entry(topic) for topic in named]
        cells = indicator_cells(self._rules)
        figures = figure_titles(self._rules).items()
        return [self._cell(cells[name]) for name, each in figures if each.casefold() == wanted]

    def _title(self, section: str, name: str) -> str:
        """Name an entry as people read it."""
        mechanism = self._mechanisms.get(name) if section == "mechanisms" else None
        return mechanism.title if mechanism else entry_title(self._rules, section, name)

    def _mechanism(self, entry: Mechanism) -> dict[str, Any]:
        own = [self._source(reference) for reference in (*entry.passages, *entry.figures)]
        sections = {topic.name: topic.section for topic in reversed(self._topics)}
        carriers = [self._title(sections.get(name, ""), name) for name in entry.carried_by]
        facts = mechanism_facts(entry, carriers)
        told = {"title": entry.title, "summary": entry.summary, "facts": facts, "sources": own}
        return {**_EMPTY, **told}

    def _programme(self, entry: Programme) -> dict[str, Any]:
        own, facts = [self._source(entry.source)], programme_facts(entry, self._rules)
        told = {"title": entry.title, "summary": entry.about, "facts": facts, "sources": own}
        see = [entry.seat, *(act.action for act in entry.acts)]
        return {**_EMPTY, **told, "see": list(dict.fromkeys(see))}

    def _term(self, title: str, summary: str, source: str) -> dict[str, Any]:
        own = [self._source(source)]
        return {**_EMPTY, "title": title, "summary": summary, "sources": own}

    def _word(self, term: Term) -> dict[str, Any]:
        sources = [self._source(reference) for reference in term.sources]
        told = {"title": term.title, "summary": term.text, "see": list(term.see)}
        return {**_EMPTY, **told, "sources": sources}

    def _schema(self, entry: BaseModel) -> dict[str, Any]:
        walked = list(parts(entry))
        modifiers = {key: each.title for key, each in getattr(entry, "modifiers", {}).items()}
        effects = [
            self._effect(p, e, modifiers) for p, e in walked if isinstance(e, Effect | Valuation)
        ]
        numbers = [self._number(p, q) for p, q in walked if isinstance(q, Quantity)]
        contested = [text for _, part in walked if (text := getattr(part, "contested", ""))]
        own = "" if isinstance(entry, Quantity) else getattr(entry, "source", "")
        references = getattr(entry, "sources", []) or [own]
        return {
            "title": getattr(entry, "title", ""),
            "summary": getattr(entry, "summary", "") or getattr(entry, "about", ""),
            "facts": entry_facts(entry, self._rules),
            "numbers": numbers,
            "effects": effects,
            "conditions": [self._condition(p, c) for p, c in walked if isinstance(c, Condition)],
            "dissent": getattr(entry, "dissent", ""),
            "contested": [self._readings(name) for name in dict.fromkeys(contested)],
            "sources": [self._source(reference) for reference in references if reference],
        }

    def _unknown(self, name: str) -> MalformedInput:
        known = [topic.name for topic in self._topics] + list(indicator_cells(self._rules))
        titles = [*(self._title(*t) for t in self._topics), *figure_titles(self._rules).values()]
        kinds = ", ".join((*SECTIONS, "action.modifier", "a variable", "an indicator"))
        return MalformedInput(
            f"nothing is called '{name}'",
            allowed=f"an id of {kinds}, or its title",
            nearest=nearest_name(name.rpartition(":")[2], known) or nearest_name(name, titles),
        )

    def _cell(self, cell: Cell) -> dict[str, Any]:
        entry = self.entry(Topic("variables", cell.of))
        entry["title"] = cell_title(self._rules, cell.of, cell.names)
        entry["facts"] = {}
        start = start_of(cell, self._scenario) if self._scenario else None
        if start is not None and self._scenario is not None:
            text = f"where {self._scenario.title} starts"
            given = Quantity(
                value=start.value, range=start.range, source=start.source, about=start.why
            )
            number = self._number((text,), given)
            entry["numbers"] = [number, *entry["numbers"]]
        behind = references_behind(cell.of, cell.names, self._rules, self._effects)
        entry["sources"] = [self._source(reference) for reference in behind]
        if not entry["sources"] and not entry["numbers"]:
            entry["sources"] = [self._source(UNMOVED)]
        return entry

    def _variable(self, name: str) -> dict[str, Any]:
        behind = references_behind(name, (), self._rules, self._effects)
        coefficients = coefficients_of(name, self._rules).items()
        return {
            **_variable(name),
            "numbers": [self._number((key,), quantity) for key, quantity in coefficients],
            "sources": [self._source(reference) for reference in behind],
        }

    def _contested_reading(self, name: str) -> dict[str, Any]:
        conflict = self._rules.conflicts.get(name)
        summary = "The sources disagree here, and both readings are kept."
        return {
            **_EMPTY,
            "title": conflict.title if conflict else name.replace("_", " ").capitalize(),
            "summary": f"{summary} {conflict.where}" if conflict else summary,
            "contested": [self._readings(name)],
        }

    def _readings(self, name: str) -> dict[str, Any]:
        readings = []
        for section in SECTIONS:
            for key, entry in getattr(self._rules, section).items():
                for path, part in parts(entry):
                    if getattr(part, "contested", "") == name:
                        readings.append(self._reading((section, key, *path), part))
        conflict = self._rules.conflicts.get(name)
        sides = [self._side(side) for side in conflict.readings] if conflict else []
        title = conflict.title if conflict else name.replace("_", " ").capitalize()
        return {"name": name, "title": title, "sides": sides, "readings": readings}

    def _side(self, side: ConflictReading) -> dict[str, Any]:
        told = side.model_dump(include={"name", "text", "scale", "value"})
        return {**told, "sources": [self._source(reference) for reference in side.sources]}

    def _reading(self, path: DataPath, part: BaseModel) -> dict[str, Any]:
        if isinstance(part, Quantity):
            return self._number(path, part)
        return {"label": label_words(self._rules, path), **self._effect(path, part)}

    def _number(self, path: DataPath, quantity: Quantity) -> dict[str, Any]:
        return {
            "label": label_words(self._rules, path) or "Value",
            "value": quantity.value,
            "range": list(quantity.range),
            "unit": quantity.unit,
            "about": quantity.about if path else "",
            "contested": quantity.contested,
            "source": self._source(quantity.source),
        }

    def _effect(
        self, path: DataPath, part: Any, modifiers: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        is_value = isinstance(part, Valuation)
        return {
            "group": self._group(path[:-1], modifiers or {}),
            "on": part.on,
            "at": list(part.at),
            "title": cell_title(self._rules, part.on, part.at),
            "size": part.weight if is_value else part.size,
            "range": [] if is_value else list(part.range),
            "scaled_by": part.scaled_by,
            "times": scaler_words(self._rules, part.scaled_by),
            "seats": list(part.seats) if is_value else [],
            "why": part.why,
            "contested": getattr(part, "contested", ""),
            "source": self._source(part.source),
        }

    def _condition(self, path: DataPath, condition: Condition) -> dict[str, Any]:
        return {
            "group": label_words(self._rules, path[:-1]),
            "on": condition.on,
            "at": list(condition.at),
            "title": cell_title(self._rules, condition.on, condition.at),
            "above": condition.above,
            "below": condition.below,
            "reason": condition.reason,
        }

    def _group(self, path: DataPath, modifiers: Mapping[str, str]) -> str:
        """Name a part of an entry: a modifier by its title, anything else by its path."""
        head, *rest = (str(step) for step in path if not isinstance(step, int))
        if head == "modifiers" and rest and rest[0] in modifiers:
            return ", ".join((f"Modifier '{modifiers[rest[0]]}'", *rest[1:]))
        return label_words(self._rules, path)

    def _source(self, reference: str) -> dict[str, Any]:
        return resolved_source(reference, self._rules, self._passages)


_EMPTY: dict[str, Any] = {
    "facts": {},
    "numbers": [],
    "effects": [],
    "conditions": [],
    "dissent": "",
    "contested": [],
    "sources": [],
}
_LINK_WORDS = {
    "stock": "a stock: the nearer its bound, the less a further act adds",
    "logit": "held on the logit scale, shown as a share",
    "level": "a level: acts add up",
}


def _variable(name: str) -> dict[str, Any]:
    variable = VARIABLES.get(name)
    described = variable or APPRAISALS[name]
    kinds = coordinate_kinds(described.axes)
    facts = {"one for": " and ".join(f"each {kind}" for kind in kinds) or "the whole region"}
    if variable is None:
        facts["moved by"] = "no act directly: it is appraised anew each turn"
    else:
        facts["range"] = f"{variable.low:g} to {variable.high:g}"
        facts["scale"] = _LINK_WORDS[variable.link]
    title = name.replace("_", " ").capitalize()
    about = f"{described.about[:1].upper()}{described.about[1:]}."
    return {**_EMPTY, "title": title, "summary": about, "facts": facts}
