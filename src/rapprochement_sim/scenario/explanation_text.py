"""An explanation as text for a terminal."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rapprochement_sim.naming import WITHHELD, capital_title, shown, shown_id, worn
from rapprochement_sim.scenario.cell_words import KINDS
from rapprochement_sim.scenario.citing import ASSUMPTION, cited, passage_text, withheld_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WIDTH = 78
MOST_BEHIND = 8

Data = dict[str, Any]


def explanation_text(explanation: Mapping[str, Any], *, width: int = WIDTH) -> str:
    """Lay out what :func:`explain_json` returns, at most ``width`` columns wide."""
    blocks = [
        "\n".join(part for line in _entry_lines(entry) for part in broken(line, width))
        for entry in _said(explanation["entries"])
    ]
    return "\n\n".join(blocks) + "\n"


def _said(part: Any) -> Any:
    """Return a part of an explanation with all its words as the worn skin says them."""
    if isinstance(part, str):
        return shown_id(shown(part))
    if isinstance(part, dict):
        if "reference" in part or part.get("kind") == "sources":
            return _cited_said(part)
        return {_said(key): _said(value) for key, value in part.items()}
    return [_said(each) for each in part] if isinstance(part, list) else part


def _cited_said(part: Data) -> Data:
    """Return a source: its words are those of others, and are said as they stand or not at all."""
    if not worn().hides_history:
        return part
    if "reference" in part:
        return part if part["kind"] in (ASSUMPTION, WITHHELD) else withheld_source()
    said = {"name": WITHHELD, "title": WITHHELD, "summary": "", "facts": {}}
    return {**part, **said, "sources": [], "used_by": []}


def _entry_lines(entry: Data) -> Iterator[str]:
    yield from _wrapped(entry["title"] or entry["name"].replace("_", " ").capitalize(), 0)
    yield from _wrapped(f"{_kind(entry)} ({entry['kind']}:{entry['name']})", 2)
    yield from _wrapped(entry["summary"], 0)
    for label, text in entry["facts"].items():
        yield from _wrapped(f"{label[:1].upper()}{label[1:]}: {text}", 2)
    yield from _section("Numbers", [_number_lines(number) for number in entry["numbers"]])
    for group, effects in groupby(entry["effects"], key=lambda effect: effect["group"]):
        yield from _section(group, [_effect_lines(effect) for effect in effects])
    yield from _section("Conditions", [_condition_lines(each) for each in entry["conditions"]])
    yield from _section("Contested", [_contested_lines(each) for each in entry["contested"]])
    yield from _section("Dissent", [_wrapped(entry["dissent"], 2)])
    yield from _section("Sources", _first_sources(entry))
    yield from _section("Used by", [_use_lines(use) for use in entry["used_by"]])


def _kind(entry: Data) -> str:
    words = KINDS[entry["kind"]]
    return words[:1].upper() + words[1:]


def _section(title: str, items: list[Iterator[str]]) -> Iterator[str]:
    lines = [line for item in items for line in item]
    if lines:
        yield ""
        yield title
        yield from lines


def _number_lines(number: Data) -> Iterator[str]:
    # A share of something is 1 per it; the 1 would read as another number.
    unit = "" if number["unit"] == "1" else f" {number['unit'].removeprefix('1 ')}"
    value = f"{number['value']:g}{unit}, plausible {_range(number['range'])}"
    yield from _wrapped(f"{number['label']}: {value}", 2)
    yield from _wrapped(number["about"], 6)
    yield from _reasons(number)


def _effect_lines(effect: Data) -> Iterator[str]:
    plausible = f", plausible {_range(effect['range'])}" if effect["range"] else ""
    scaled = f", times {effect['times']}" if effect["times"] else ""
    seats = f"; for {', '.join(map(capital_title, effect['seats']))}" if effect["seats"] else ""
    yield from _wrapped(f"{effect['title']}: {effect['size']:+g}{plausible}{scaled}{seats}", 2)
    yield from _wrapped(effect["why"], 6)
    yield from _reasons(effect)


def _reasons(item: Data) -> Iterator[str]:
    if item["contested"]:
        yield from _wrapped(f"contested: {item['contested'].replace('_', ' ')}", 6)
    yield from _source_lines(item["source"], 6)


def _condition_lines(condition: Data) -> Iterator[str]:
    above = f" above {condition['above']:g}" if condition["above"] is not None else ""
    below = f" below {condition['below']:g}" if condition["below"] is not None else ""
    both = " and" if above and below else ""
    group = f"{condition['group']}: " if condition["group"] else ""
    yield from _wrapped(f"{group}{condition['title']}{above}{both}{below}", 2)
    yield from _wrapped(condition["reason"], 6)


def _contested_lines(contested: Data) -> Iterator[str]:
    yield from _wrapped(f"{contested['title']}: read in more than one way", 2)
    for side in contested["sides"]:
        yield from side_lines(side, 4)
    for reading in contested["readings"]:
        value = reading.get("value", reading.get("size", 0.0))
        words = reading.get("why") or reading.get("about") or ""
        cell = f" {reading['title']}" if "on" in reading else ""
        line = (
            f"{reading['label']}:{cell} {value:+g}, plausible {_range(reading['range'])}. {words}"
        )
        yield from _wrapped(line, 6)
        yield from _source_lines(reading["source"], 8)


def side_lines(side: Data, indent: int) -> Iterator[str]:
    """Lay out one reading of a disagreement, with its sources; lines are not broken yet."""
    scale, value = side["scale"], side["value"]
    how = "" if scale is None else f" (times {scale:g})"
    how = how if value is None else f" (as {value:g})"
    yield from _wrapped(f"reading '{side['name']}'{how}: {side['text']}", indent)
    for source in side["sources"]:
        yield from _source_lines(source, indent + 2)


def _first_sources(entry: Data) -> list[Iterator[str]]:
    """Lay out the sources; those behind a variable are many, and the first will do."""
    sources = entry["sources"]
    shown = sources[:MOST_BEHIND] if entry["kind"] == "variables" else sources
    left = len(sources) - len(shown)
    lines = [_source_lines(source, 2) for source in shown]
    more = f"and {left} more: `explain` an act that moves it, or `cite {entry['name']}`"
    return [*lines, _wrapped(more, 2)] if left else lines


def _source_lines(source: Data, indent: int) -> Iterator[str]:
    is_named = source["reference"] and source["kind"] != ASSUMPTION
    reference = f" [{source['reference']}]" if is_named else ""
    yield from _wrapped(f"source: {cited(source)}{reference}", indent)
    yield from _wrapped(passage_text(source), indent + 2)


def _use_lines(use: Data) -> Iterator[str]:
    yield from _wrapped(f"{use['title']}, {KINDS[use['section']]} ({', '.join(use['how'])})", 2)


def _range(bounds: list[float]) -> str:
    return f"{bounds[0]:g} to {bounds[1]:g}" if bounds else "not stated"


def _wrapped(text: str, indent: int) -> Iterator[str]:
    """Yield a text as one line, if there is any; it is broken once the width is known."""
    if text.strip():
        yield " " * indent + text.strip()


def broken(line: str, width: int = WIDTH) -> list[str]:
    """Break a line of an explanation into lines of a width."""
    indent = len(line) - len(line.lstrip())
    return textwrap.wrap(
        line,
        width,
        subsequent_indent=" " * (indent + 2) if indent else "",
        break_long_words=False,  # a reference stays whole, so that it can be copied
        break_on_hyphens=False,
    ) or [""]
