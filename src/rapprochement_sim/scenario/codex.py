"""The codex: everything that has a name, by sections, each entry with what to read next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rapprochement_sim.naming import shown, shown_id
from rapprochement_sim.scenario.cause_names import PROCESSES, name_behind
from rapprochement_sim.scenario.citing import ASSUMPTION
from rapprochement_sim.scenario.explaining import Explainer
from rapprochement_sim.scenario.explanation_text import WIDTH, explanation_text
from rapprochement_sim.scenario.glossary import terms_in
from rapprochement_sim.scenario.indicator_names import indicator_cells
from rapprochement_sim.scenario.loading import passages_for
from rapprochement_sim.scenario.mechanisms import mechanisms_of
from rapprochement_sim.scenario.names import APPRAISALS, VARIABLES
from rapprochement_sim.scenario.programmes import programmes_of
from rapprochement_sim.scenario.reaching import TERMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rapprochement_sim.scenario.loading import LoadedScenario
    from rapprochement_sim.scenario.schema import RuleBook

_SECTIONS = {
    "glossary": "Words of the field",
    "capitals": "Capitals",
    "actions": "Orders and offers",
    "disputes": "Disputes",
    "institutions": "Institutions",
    "lenses": "Schools of thought",
    "mechanisms": "Mechanisms that the articles describe",
    "programmes": "Programmes that the articles recommend",
    "events": "Events and hazards",
    "surveys": "Surveys",
    "composites": "Headline figures",
    "contested": "Where the sources disagree",
    "variables": "What the model keeps count of",
    "processes": "What moves by itself",
    "terms": "Figures of the game",
    "parameters": "Parameters",
    "sources": "Sources",
}
_MOST_LINKS = 16


@dataclass(frozen=True)
class CodexEntry:
    """Something that can be looked up: ``name`` asks for it, ``title`` is shown."""

    name: str
    title: str


@dataclass(frozen=True)
class CodexSection:
    """Entries of one kind."""

    title: str
    entries: tuple[CodexEntry, ...]


@dataclass(frozen=True)
class CodexPage:
    """An explanation as text, what it is in a sentence, and entries to read next."""

    name: str
    title: str
    summary: str
    text: str
    links: tuple[CodexEntry, ...]


class Codex:
    """The codex of a scenario.

    Parameters
    ----------
    loaded
        The scenario with its rules: figures tell where it starts them.
    """

    def __init__(self, loaded: LoadedScenario) -> None:
        self._loaded = loaded

    @cached_property
    def _explainer(self) -> Explainer:
        loaded = self._loaded
        mechanisms = mechanisms_of(loaded.rules)
        passages = passages_for(loaded.path)
        programmes = programmes_of(loaded.rules)
        return Explainer(
            loaded.rules, passages, loaded.schema, mechanisms=mechanisms, programmes=programmes
        )

    @cached_property
    def sections(self) -> tuple[CodexSection, ...]:
        """Everything that can be looked up."""
        return codex_sections(self._loaded.rules)

    def page(self, name: str, width: int = WIDTH) -> CodexPage:
        """Explain a name, at most ``width`` columns wide, and say what to read next.

        Raises
        ------
        MalformedInput
            If nothing has this name.
        """
        return codex_page(name, self._explainer, self._loaded.rules, width=width)


def codex_sections(rules: RuleBook) -> tuple[CodexSection, ...]:
    """List everything that can be looked up, by sections."""
    return tuple(
        CodexSection(title, tuple(_entries(section, rules))) for section, title in _SECTIONS.items()
    )


def _entries(section: str, rules: RuleBook) -> Iterator[CodexEntry]:
    for name, title in _titles(section, rules).items():
        yield CodexEntry(f"{section}:{name}", shown(title))


def _titles(section: str, rules: RuleBook) -> Mapping[str, str]:
    if section in ("glossary", "capitals"):
        titles = {name: term.title for name, term in terms_in(section).items()}
        is_list = section == "glossary"
        return dict(sorted(titles.items(), key=lambda item: item[1])) if is_list else titles
    if section == "variables":
        return {name: _words(name) for name in (*VARIABLES, *APPRAISALS)}
    if section == "terms":
        return {name: title for name, (title, _) in TERMS.items()}
    if section == "processes":
        return {name: title for name, (title, _) in PROCESSES.items()}
    if section == "mechanisms":
        return {name: entry.title for name, entry in mechanisms_of(rules).items()}
    if section == "programmes":
        return {name: entry.title for name, entry in programmes_of(rules).items()}
    if section == "contested":
        return {name: entry.title for name, entry in rules.conflicts.items()}
    entries = getattr(rules, section).items()
    return {name: getattr(entry, "title", "") or _words(name) for name, entry in entries}


def codex_page(name: str, explainer: Explainer, rules: RuleBook, *, width: int) -> CodexPage:
    """Explain a name, at most ``width`` columns wide, and say what to read next.

    Raises
    ------
    MalformedInput
        If nothing has this name.
    """
    explained = explainer.explain(name)
    first = explained["entries"][0]
    links = tuple(_links(explained, name, rules))
    title = shown(first["title"] or _words(first["name"]))
    text = explanation_text(explained, width=width)
    return CodexPage(name, title, shown(first["summary"]), text, links)


def _links(explained: Mapping[str, Any], name: str, rules: RuleBook) -> Iterator[CodexEntry]:
    """List related entries, each once: named beside, acting on it, cited."""
    known = {entry.name: entry for section in codex_sections(rules) for entry in section.entries}
    found: dict[str, CodexEntry] = {}
    own = {f"{entry['kind']}:{entry['name']}" for entry in explained["entries"]}
    for wanted in _related(explained, name, rules):
        names = [wanted] if wanted in known else [f"{each}:{wanted}" for each in _SECTIONS]
        full = next((each for each in names if each in known), "")
        # A word of the field and what the model counts under it lead to the same pages.
        if full and full not in own and known[full].title not in found:
            found[known[full].title] = known[full]
    yield from list(found.values())[:_MOST_LINKS]


def _related(explained: Mapping[str, Any], name: str, rules: RuleBook) -> Iterator[str]:
    cells = indicator_cells(rules)
    named = name_behind(name)
    composite = rules.composites.get(named.rpartition(":")[2])
    parts = [named] if composite is None else [term.of for term in composite.terms]
    for cell in (cells[part] for part in parts if part in cells):
        yield f"glossary:{cell.of}"
        yield f"variables:{cell.of}"
        yield from cell.names
    for entry in explained["entries"]:
        yield from entry.get("see", ())
        yield f"glossary:{entry['name']}"
        yield entry["facts"].get("action", "")
        for use in entry["used_by"]:
            yield f"{use['section']}:{use['name']}"
        for effect in entry["effects"]:
            yield from effect["at"]
            yield f"glossary:{effect['on']}"
        yield from (f"contested:{each['name']}" for each in entry["contested"])
        for source in entry["sources"]:
            head = source["reference"].partition(":")[0]
            yield f"sources:{head}" if head != ASSUMPTION else ""


def _words(name: str) -> str:
    text = shown_id(name).replace("_", " ")
    return text[:1].upper() + text[1:]
