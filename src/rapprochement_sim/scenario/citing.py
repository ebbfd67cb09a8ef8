"""A source reference in full: which work, which part of it, and what kind it is.

References are written ``head:rest``. The head is an id of the bibliography; the rest is
``section#paragraph`` of an article, or a key of a record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rapprochement_sim.scenario.schema import RuleBook

ASSUMPTION = "assumption"


def resolved_source(reference: str, rules: RuleBook, passages: Mapping[str, str]) -> dict[str, Any]:
    """Resolve a reference into plain data.

    Parameters
    ----------
    reference
        As written in a rule file.
    rules
        Holds the bibliography.
    passages
        Our own summary of each article passage, by reference.

    Returns
    -------
    dict
        ``reference``, ``kind``, ``title``, ``part`` (section and paragraph, or the key in
        the record), ``published`` (the bibliography's entry) and ``passage`` (our own
        words); texts that do not apply are empty.
    """
    head, _, rest = reference.partition(":")
    if head == ASSUMPTION:
        return _fields(reference, kind=ASSUMPTION, title="an assumption of this model", part=rest)
    source = rules.sources.get(head)
    if source is None:
        return _fields(reference, kind="unknown", title=head, part=rest)
    part = _article_part(rest) if source.kind == "article" else rest.replace(":", ", ")
    return _fields(
        reference,
        kind=source.kind,
        title=source.title,
        part=part,
        published=source.reference,
        passage=passages.get(reference, ""),
    )


def cite(reference: str, rules: RuleBook) -> str:
    """Short form of a reference, for one line: kind, title and part."""
    return cited(resolved_source(reference, rules, {}))


def cited(source: Mapping[str, Any]) -> str:
    """Short form of a source that is already resolved."""
    if source["kind"] == ASSUMPTION:
        return f"{source['title']}{': ' if source['part'] else ''}{source['part']}"
    part = f", {source['part']}" if source["part"] else ""
    return f"{source['title']}{part} ({source['kind']})"


def _fields(reference: str, **texts: str) -> dict[str, Any]:
    empty = dict.fromkeys(("kind", "title", "part", "published", "passage"), "")
    return {"reference": reference, **empty, **texts}


def _article_part(rest: str) -> str:
    section, _, paragraph = rest.partition("#")
    words = section.replace("-", " ")
    named = f"section '{words}'" if words and words != "body" else ""
    numbered = f"paragraph {paragraph}" if paragraph else ""
    return ", ".join(text for text in (named, numbered) if text)
