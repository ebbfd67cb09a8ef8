"""No sentence of any scenario or of the rules tells the case under the masked skin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel

from rapprochement_sim.naming import shown, shown_id, wear
from rapprochement_sim.scenario.codex import Codex
from rapprochement_sim.scenario.lessons import first_lesson
from rapprochement_sim.scenario.loading import list_scenarios, load_scenario
from rapprochement_sim.scenario.name_table import masked_skin, name_table
from rapprochement_sim.scenario.programmes import shipped_programmes
from rapprochement_sim.scenario.wearing import wear_labels
from tests.scenarios.real_names import real_names

if TYPE_CHECKING:
    from collections.abc import Iterator

WITHIN = re.compile(r"""(?<=[a-z,;:'")] )["'(]?([A-Z][\w-]*)""")
"""A capital inside a sentence: a name, or what looks like one."""
RANGE = re.compile(r"\d[\d.,]* to \d[\d.,]*")
FORMULA = re.compile(r"[a-z_]+\(")
INNOCENT = frozenset(
    (
        *("State", "States", "A", "B", "C", "D", "E", "A-State", "Year", "CAMEO", "Per", "Q1"),
        *("January", "February", "March", "April", "May", "June", "July", "August"),
        *("September", "October", "November", "December", "Esc", "Enter", "Right", "New", "N"),
        *("Tab", "Space"),
    )
)
CLUMSY = re.compile(
    r"\b(?:[Tt]he (?:the|another)|(?<!State )(?:[Aa] an?|[Aa]n? (?:the|another))"
    r"|[Aa]n State|of of|in in)\b"
)


def sentences(part: Any) -> Iterator[str]:
    """Yield the texts of a model's fields that are more than a name or a formula."""
    if isinstance(part, BaseModel):
        shown_fields = set(type(part).model_fields) - {"answer"}
        part = [getattr(part, name) for name in sorted(shown_fields)]
    if isinstance(part, dict):
        part = list(part.values())
    if isinstance(part, list | tuple):
        for each in part:
            yield from sentences(each)
    elif isinstance(part, str) and " " in part and not FORMULA.match(part):
        yield part


def telling(texts: list[str]) -> dict[str, str]:
    """Find what tells or reads badly in texts, each with a text that it stands in."""
    found = {name: text for text in texts for name in real_names(_without_places(text))}
    for text in texts:
        found.update({name: text for name in WITHIN.findall(text) if name not in INNOCENT})
        found.update(dict.fromkeys(CLUMSY.findall(text), text))
    return found


def _without_places(text: str) -> str:
    return re.sub(r"\{(?:actor|target|third)\}", "", text)


@pytest.mark.parametrize("name", list_scenarios())
def test_no_sentence_of_a_scenario_tells_the_case(name: str) -> None:
    wear(masked_skin())
    wear_labels(name)
    assert telling(list(sentences(load_scenario(name).schema))) == {}


def test_no_sentence_of_the_rules_tells_the_case() -> None:
    wear(masked_skin())
    rules = load_scenario("rekindled_2023").rules
    kinds = set(type(rules).model_fields) - {"sources", "conflicts"}
    texts = [text for kind in kinds for text in sentences(getattr(rules, kind))]
    said = [shown(text) for text in sentences(list(shipped_programmes().values()))]
    steps = sentences(first_lesson())
    said += [shown_id(shown(text)) for text in steps]
    assert telling(texts + said) == {}


def test_no_entry_of_the_codex_tells_the_case() -> None:
    wear(masked_skin())
    codex = Codex(load_scenario("crossroads_2026"))
    entries = [entry for section in codex.sections for entry in section.entries]
    texts = [entry.title for entry in entries]
    for entry in entries[:: max(1, len(entries) // 80)]:
        page = codex.page(entry.name)
        texts += [page.title, page.summary, RANGE.sub("", page.text)]
    assert not {name: text for text in texts for name in real_names(text)}


def test_disputes_and_institutions_keep_names_of_their_own() -> None:
    wear(masked_skin())
    rules = load_scenario("rekindled_2023").rules
    for named in (rules.disputes, rules.institutions, rules.actions, rules.events):
        titles = [each.title for each in named.values()]
        assert len(set(titles)) == len(titles)
    ids = [masked_skin().id(name) for name in (*rules.actions, *rules.disputes, *rules.events)]
    assert len(set(ids)) == len(ids)


def test_what_was_done_to_people_is_not_made_less() -> None:
    disputes = load_scenario("rekindled_2023").rules.disputes
    wear(masked_skin())
    masked = load_scenario("rekindled_2023").rules.disputes
    assert "coercion" in masked["forced_labour"].title
    assert "violence" in masked["comfort_women"].title
    assert "taken away" in masked["abductions"].title
    for name in ("forced_labour", "comfort_women", "abductions"):
        assert masked[name].title != disputes[name].title
        assert not {"issue", "misunderstanding", "alleged"} & set(masked[name].summary.split())


def test_every_telling_word_has_a_word_that_tells_nothing() -> None:
    table = name_table().masked
    for word, kind in table.kinds.items():
        assert kind
        assert not real_names(kind), (word, kind)
