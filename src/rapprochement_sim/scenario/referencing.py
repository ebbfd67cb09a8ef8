"""The references that a scenario with its rules, or one entry of the rules, rests on."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import TYPE_CHECKING, Any

from rapprochement_sim.scenario.citing import (
    ASSUMPTION,
    passage_text,
    references_in,
    resolved_source,
)
from rapprochement_sim.scenario.crosschecks import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rapprochement_sim.scenario.schema import RuleBook

WIDTH = 78
_GROUPS = {
    "article": "Articles",
    "record": "Records",
    "study": "Studies",
    "fit": "Fits",
}


def references_of(values: Iterable[object]) -> Counter[str]:
    """Count the references made anywhere inside some entries of rules or scenarios."""
    return Counter(
        reference
        for value in values
        for _, part in parts(value)
        for reference in references_in(part)
    )


def references_told(explanation: object) -> Counter[str]:
    """Count the references told in what ``explain_json`` returns."""
    found: Counter[str] = Counter()
    if isinstance(explanation, dict):
        if "reference" in explanation:
            return Counter([explanation["reference"]])
        for value in explanation.values():
            found += references_told(value)
    elif isinstance(explanation, list):
        for value in explanation:
            found += references_told(value)
    return found


def references_json(
    subject: str, uses: Mapping[str, int], rules: RuleBook, passages: Mapping[str, str]
) -> dict[str, Any]:
    """Group references by work, as plain data.

    Returns
    -------
    dict
        ``subject``, ``works`` in the sequence of the bibliography, each with ``id``,
        ``kind``, ``title``, ``published``, ``grade`` and ``parts`` (the references used,
        with ``passage``, ``begins`` and ``uses``), and ``assumptions``, a count.
    """
    works = []
    for name, source in rules.sources.items():
        used = sorted(key for key in uses if key.partition(":")[0] == name)
        if not used or name == ASSUMPTION:
            continue
        told = [{**resolved_source(key, rules, passages), "uses": uses[key]} for key in used]
        works.append(
            {
                "id": name,
                "kind": source.kind,
                "title": source.title,
                "published": source.reference,
                "grade": source.grade,
                "parts": told,
            }
        )
    assumed = sum(n for key, n in uses.items() if key.partition(":")[0] == ASSUMPTION)
    return {"subject": subject, "works": works, "assumptions": assumed}


def references_text(found: Mapping[str, Any]) -> str:
    """Lay out what :func:`references_json` returns, at most 78 columns wide."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    yield from _wrapped(f"References of {found['subject']}", 0)
    for kind, title in _GROUPS.items():
        works = [work for work in found["works"] if work["kind"] == kind]
        if works:
            yield ""
            yield title
        for work in works:
            yield ""
            yield from _wrapped(f"{work['title']}. {work['published']} [{work['id']}]", 2)
            for part in work["parts"]:
                yield from _part_lines(part)
    n = found["assumptions"]
    yield ""
    yield from _wrapped(
        f"Assumptions: {n}, each with its range and reason. `rapprochement cite --audit` "
        "counts them by file."
        if n
        else "No assumptions.",
        0,
    )


def _part_lines(part: Mapping[str, Any]) -> Iterator[str]:
    times = f" ({part['uses']} times)" if part["uses"] > 1 else ""
    yield from _wrapped(f"{part['part'] or 'as a whole'}{times}  [{part['reference']}]", 4)
    yield from _wrapped(passage_text(part), 6)


def _wrapped(text: str, indent: int) -> Iterator[str]:
    pad = " " * indent
    yield from textwrap.wrap(
        text,
        WIDTH,
        initial_indent=pad,
        subsequent_indent=pad + ("  " if indent else ""),
        break_on_hyphens=False,
        break_long_words=False,  # a reference stays whole, so that it can be copied
    )
