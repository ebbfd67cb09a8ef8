"""The codex as text: what can be explained, by sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.naming import shown_id
from rapprochement_sim.plain.layout import heading, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rapprochement_sim.game.seat import Lookup
    from rapprochement_sim.scenario.codex import CodexEntry

_TITLE = 44


def codex_lines(codex: Lookup, word: str) -> Iterator[str]:
    """List the entries that hold a word, each with the name to ask for.

    Without a word the sections are told with the number of their entries. If only one
    entry is left, it is explained at once.
    """
    folded = word.strip().casefold()
    if not folded:
        yield from heading("Codex: everything that has a name")
        for section in codex.sections:
            yield f" {section.title:<{_TITLE}} {len(section.entries):>4}"
        yield from wrapped("codex WORD lists what holds a word, explain NAME explains it.", 1)
        return
    found = [
        (
            section,
            [e for e in section.entries if folded in f"{shown_id(e.name)} {e.title}".casefold()],
        )
        for section in codex.sections
    ]
    n_found = sum(len(entries) for _, entries in found)
    for section, entries in found:
        if entries:
            yield from heading(section.title)
            for entry in entries:
                yield f" {entry.title}"
                yield f"     explain {shown_id(entry.name)}"
    if not n_found:
        yield f" Nothing holds '{word}' in its name. `codex` lists the sections."
    elif n_found == 1:
        name = next(entries[0].name for _, entries in found if entries)
        yield ""
        found_page = codex.page(name)
        yield from found_page.text.rstrip().split("\n")
        yield from link_lines(found_page.links)


def link_lines(links: Sequence[CodexEntry]) -> Iterator[str]:
    """List entries to read next, each with the name to ask for."""
    if not links:
        return
    yield ""
    yield "See also (explain NAME)"
    for entry in links:
        yield from wrapped(f"{entry.title}: {shown_id(entry.name)}", 4, first="  ")
