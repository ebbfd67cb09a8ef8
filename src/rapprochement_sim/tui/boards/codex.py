"""What to read next, beside an explanation or a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.tui.lines import BLANK, Line, Span, Spot, clipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rapprochement_sim.scenario.codex import CodexEntry, CodexPage


_HEADS = frozenset(
    ("Numbers", "Sources", "Effects", "Conditions", "Contested", "Dissent", "Used by", "Refusal")
)


def entry_lines(page: CodexPage, width: int) -> Iterator[Line]:
    """Lay an explanation out, and what to read next."""
    yield from explanation_lines(page)
    yield from link_lines(page.links, width)


def explanation_lines(page: CodexPage) -> Iterator[Line]:
    """Lay an explanation out; it has been made for the width."""
    for number, part in enumerate(page.text.rstrip().split("\n")):
        is_head = number == 0 or (part[:1].isupper() and part in _HEADS)
        yield (Span(part, "title" if is_head else "plain"),)


def link_lines(links: Sequence[CodexEntry], width: int) -> Iterator[Line]:
    """List entries to go on to, as many on a line as there is room for."""
    if not links:
        return
    yield BLANK
    yield (Span("See also (Enter opens)", "title"),)
    line: list[Span] = [Span("  ")]
    used = 2
    for entry in links:
        title = clipped(entry.title, width - 4)
        if used + len(title) + 2 > width and len(line) > 1:
            yield tuple(line)
            line, used = [Span("  ")], 2
        line += [Span(title, "key", Spot("name", entry.name)), Span("  ")]
        used += len(title) + 2
    yield tuple(line)
