"""Everything in a rule book that has a name and can be explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.scenario.cause_names import PROCESSES
from rapprochement_sim.scenario.crosschecks import contested_names
from rapprochement_sim.scenario.glossary import TERM_SECTIONS, terms_in
from rapprochement_sim.scenario.names import APPRAISALS, VARIABLES
from rapprochement_sim.scenario.reaching import TERMS
from rapprochement_sim.scenario.rule_files import SECTIONS
from rapprochement_sim.scenario.schema import Action, RuleBook
from rapprochement_sim.scenario.usage import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator


def explainable_names(rules: RuleBook) -> list[str]:
    """Every name that can be explained, each once; indicators of single cells apart."""
    return list(dict.fromkeys(topic.name for topic in topics_of(rules)))


def topics_of(rules: RuleBook) -> Iterator[Topic]:
    """Walk everything that can be explained, by section of the rule book."""
    for section in SECTIONS:
        if section == "conflicts":
            continue
        for name, entry in getattr(rules, section).items():
            yield Topic(section, name)
            if isinstance(entry, Action):
                yield from (Topic("modifiers", f"{name}.{key}") for key in entry.modifiers)
    for section in TERM_SECTIONS:
        yield from (Topic(section, name) for name in terms_in(section))
    yield from (Topic("variables", name) for name in (*VARIABLES, *APPRAISALS))
    contested = contested_names(rules) | set(rules.conflicts)
    yield from (Topic("contested", name) for name in sorted(contested))
    yield from (Topic("terms", name) for name in TERMS)
    yield from (Topic("processes", name) for name in PROCESSES)
