"""The codex: every entry opens, says who says so, and leads on to entries that open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.scenario.citing import resolved_source
from rapprochement_sim.scenario.codex import Codex
from rapprochement_sim.scenario.glossary import TERM_SECTIONS, read_codex, terms_in
from rapprochement_sim.scenario.indicator_names import indicator_names
from rapprochement_sim.scenario.loading import load_passages, load_rules, load_scenario
from rapprochement_sim.scenario.topics import explainable_names

if TYPE_CHECKING:
    from pathlib import Path

WIDTHS = (60, 78)


@pytest.fixture(scope="module")
def codex() -> Codex:
    return Codex(load_scenario("sandbox"))


@pytest.mark.parametrize("every", [11, pytest.param(1, marks=pytest.mark.slow)])
def test_every_entry_opens_and_leads_on(every: int, codex: Codex) -> None:
    entries = [entry for section in codex.sections for entry in section.entries]
    known = {entry.name for entry in entries}
    assert len(known) == len(entries)
    for number, entry in enumerate(entries[::every]):
        width = WIDTHS[number % 2]
        page = codex.page(entry.name, width)
        assert page.title
        lines = page.text.splitlines()
        # References are never broken, so that they can be copied.
        assert all(len(line) <= width or " " not in line.strip() for line in lines), entry.name
        assert {link.name for link in page.links} <= known


def test_every_section_opens(codex: Codex) -> None:
    for section in codex.sections:
        assert codex.page(section.entries[0].name).title, section.title


def test_every_name_that_can_be_explained_has_an_entry(codex: Codex) -> None:
    listed = {e.name.partition(":")[2] for section in codex.sections for e in section.entries}
    missing = {name for name in explainable_names(load_rules()) if "." not in name} - listed
    # Readings without a title of their own stand under the acts that they touch.
    assert missing <= set(load_rules().conflicts) | {"assumption"}


def test_every_figure_has_a_page_with_links(codex: Codex) -> None:
    names = indicator_names(load_rules())
    for name in names[:: max(len(names) // 20, 1)]:
        assert codex.page(name).links, name


@pytest.mark.slow
def test_words_of_the_field_rest_on_sources_and_lead_to_names(codex: Codex) -> None:
    rules, passages = load_rules(), load_passages()
    for section in TERM_SECTIONS:
        for name, term in terms_in(section).items():
            for reference in term.sources:
                source = resolved_source(reference, rules, passages)
                assert source["kind"] != "unknown", (name, reference)
                if source["kind"] == "article":
                    assert source["passage"], (name, reference)
            for other in term.see:
                assert codex.page(other).title, (name, other)


def test_words_on_the_screens_are_in_the_glossary() -> None:
    wanted = "audience_cost salience extended_deterrence dyad entrapment abandonment"
    assert set(wanted.split()) <= set(terms_in("glossary"))


def test_an_unknown_name_and_a_malformed_file_say_so(codex: Codex, tmp_path: Path) -> None:
    with pytest.raises(MalformedInput, match="salience"):
        codex.page("saliense")
    path = tmp_path / "codex.yaml"
    path.write_text("capitals: {}\nglossary:\n  dyad: {title: Dyad, text: x, see: []}\n", "utf-8")
    with pytest.raises(MalformedInput, match="'sources' is missing"):
        read_codex(path)
