"""``rapprochement conflicts``: where the sources disagree, with both readings."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

EPILOG = """\b
Examples:
  rapprochement conflicts
  rapprochement conflicts drills_build_trust
  rapprochement conflicts --json
"""
_WIDTH = 78


@click.command("conflicts", epilog=EPILOG)
@click.argument("tag", required=False)
@click.option("--scenario", metavar="SCENARIO", help="Take the rules of this scenario.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def command(tag: str | None, scenario: str | None, as_json: bool) -> None:
    """List where the sources disagree, with both readings and what they touch.

    TAG chooses one disagreement and tells its sources in full.
    """
    from rapprochement_sim.errors import MalformedInput, listed, nearest_name
    from rapprochement_sim.scenario.explaining import Explainer
    from rapprochement_sim.scenario.loading import load_rules, load_scenario

    rules = load_scenario(scenario).rules if scenario else load_rules()
    if tag is not None and tag not in rules.conflicts:
        what = f"there is no disagreement called '{tag}'"
        raise MalformedInput(
            what, allowed=listed(rules.conflicts), nearest=nearest_name(tag, rules.conflicts)
        )
    explainer = Explainer(rules)
    found = []
    for name in [tag] if tag else rules.conflicts:
        conflict = rules.conflicts[name]
        told = explainer.explain(f"contested:{name}")["entries"][0]["contested"][0]
        head = {"name": name, "title": conflict.title, "about": conflict.about}
        both = {"readings": told["sides"], "touches": told["readings"]}
        found.append({**head, "where": conflict.where, **both})
    if as_json:
        click.echo(json.dumps(found, indent=1, ensure_ascii=False))
    else:
        blocks = ("\n".join(_lines(each, in_full=tag is not None)) for each in found)
        click.echo("\n\n".join(blocks))


def _lines(conflict: dict[str, Any], *, in_full: bool) -> Iterator[str]:
    from rapprochement_sim.scenario.explanation_text import broken, side_lines

    yield from _wrapped(conflict["title"], 0)
    about = "  (a matter of record: no number depends on it)"
    yield f"  [{conflict['name']}]{about if conflict['about'] == 'record' else ''}"
    yield from _wrapped(conflict["where"], 2)
    for side in conflict["readings"]:
        if in_full:
            for line in side_lines(side, 4):
                yield from broken(line)
            continue
        references = ", ".join(source["reference"] for source in side["sources"])
        scale = f" (times {side['scale']:g})" if side["scale"] is not None else ""
        yield from _wrapped(f"- {side['name']}{scale}: {side['text']} [{references}]", 4)
    if conflict["touches"]:
        yield "    touches:"
    for touched in conflict["touches"]:
        value = touched.get("value", touched.get("size", 0.0))
        cell = f": {touched['on']} ({', '.join(touched['at'])})" if "on" in touched else ""
        yield from _wrapped(f"{touched['label']}{cell} {value:+g}", 6)


def _wrapped(text: str, indent: int) -> Iterator[str]:
    pad = " " * indent
    hanging = pad + ("  " if indent else "")
    yield from textwrap.wrap(
        text, _WIDTH, initial_indent=pad, subsequent_indent=hanging, break_on_hyphens=False
    )
