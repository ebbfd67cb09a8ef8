"""A source reference in full: which work, which part of it, and what kind it is.

References are written ``head:rest``. The head is an id of the bibliography; the rest is
``section#paragraph`` of an article, or a key of a record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rapprochement_sim.naming import WITHHELD, worn
from rapprochement_sim.scenario.passages import shipped_index
from rapprochement_sim.scenario.record_rows import data_files, matching_rows, row_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rapprochement_sim.scenario.schema import RuleBook

ASSUMPTION = "assumption"


def references_in(part: object) -> list[str]:
    """List the references that a schema object itself makes, without those inside its parts."""
    named = [getattr(part, field, None) for field in ("source", "lens_source")]
    listed = getattr(part, "sources", None)
    every = [*named, *(listed if isinstance(listed, list) else [])]
    return [reference for reference in every if isinstance(reference, str)]


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
        the record), ``published`` (the bibliography's entry), ``passage`` (our own words,
        or the first row of the record), ``begins`` (the passage's first words) and
        ``n_rows`` (rows of the record that the key names); what does not apply is empty.
    """
    head, _, rest = reference.partition(":")
    if head == ASSUMPTION:
        return _fields(reference, kind=ASSUMPTION, title="an assumption of this model", part=rest)
    if worn().hides_history:
        return withheld_source()
    source = rules.sources.get(head)
    if source is None:
        return _fields(reference, kind="unknown", title=head, part=rest)
    known: dict[str, Any] = {
        "kind": source.kind,
        "title": source.title,
        "published": source.reference,
        "passage": passages.get(reference, ""),
    }
    if source.kind == "article":
        place = shipped_index().get(reference) if reference in passages else None
        known["part"] = _article_part(rest, place.heading if place else "")
        known["begins"] = place.begins if place else ""
    else:
        known["part"] = rest.replace(":", ", ")
    if source.file in data_files() and rest:
        rows = matching_rows(source.file, rest)
        known |= {"n_rows": len(rows), "passage": row_text(rows[0]) if rows else ""}
    return _fields(reference, **known)


def withheld_source() -> dict[str, Any]:
    """Return what stands in place of a source where nothing may tell which history is played."""
    return _fields("", kind=WITHHELD, title=WITHHELD)


def cite(reference: str, rules: RuleBook) -> str:
    """Short form of a reference, for one line: kind, title and part."""
    return cited(resolved_source(reference, rules, {}))


def named_source(reference: str, rules: RuleBook) -> str:
    """Name a reference in few words, without looking up what it says: ``Singh, paragraph 8``."""
    return named_sources((reference,), rules)[0]


def named_sources(references: Iterable[str], rules: RuleBook) -> tuple[str, ...]:
    """Name references in few words; those to one part of an article share one name.

    Returns
    -------
    tuple[str, ...]
        In the order of the references, each part once: ``Singh, paragraphs 8 and 11``,
        ``Events 2018-12-20``.
    """
    paragraphs: dict[str, list[str]] = {}
    for reference in references:
        name, paragraph = _short_name(reference, rules)
        known = paragraphs.setdefault(name, [])
        known.extend([paragraph] if paragraph and paragraph not in known else [])
    return tuple(
        f"{name}, {'paragraph' if len(each) == 1 else 'paragraphs'} {_and(each)}" if each else name
        for name, each in paragraphs.items()
    )


def _short_name(reference: str, rules: RuleBook) -> tuple[str, str]:
    """Return what a reference is called, and its paragraph if that is an article's."""
    head, _, rest = reference.partition(":")
    if head == ASSUMPTION:
        return "an assumption of this model", ""
    if worn().hides_history:
        return WITHHELD, ""
    source = rules.sources.get(head)
    if source is None:
        return reference, ""
    name = head.replace("_", " ").capitalize()
    if source.kind != "article":
        return f"{name} {rest.replace(':', ', ')}".strip(), ""
    section, _, paragraph = rest.partition("#")
    return ", ".join(text for text in (name, _article_part(section, "")) if text), paragraph


def _and(parts: list[str]) -> str:
    return " and ".join(text for text in (", ".join(parts[:-1]), parts[-1]) if text)


def cited(source: Mapping[str, Any]) -> str:
    """Short form of a source that is already resolved."""
    if source["kind"] == WITHHELD:
        return WITHHELD
    if source["kind"] == ASSUMPTION:
        return f"{source['title']}{': ' if source['part'] else ''}{source['part']}"
    part = f", {source['part']}" if source["part"] else ""
    return f"{source['title']}{part} ({source['kind']})"


def passage_text(source: Mapping[str, Any]) -> str:
    """Say what a resolved source holds, in our own words, and how to find it there."""
    begins = f' (begins "{source["begins"]} ...")' if source["begins"] else ""
    left = source["n_rows"] - 1
    more = f" (and {left} more {'row' if left == 1 else 'rows'})" if left > 0 else ""
    return f"{source['passage']}{begins}{more}"


def _fields(reference: str, **known: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("kind", "title", "part", "published", "passage", "begins"), "")
    return {"reference": reference, **empty, "n_rows": 0, **known}


def _article_part(rest: str, heading: str) -> str:
    section, _, paragraph = rest.partition("#")
    words = heading or section.replace("-", " ")
    named = f"section '{words}'" if words and words != "body" else ""
    numbered = f"paragraph {paragraph}" if paragraph else ""
    return ", ".join(text for text in (named, numbered) if text)
