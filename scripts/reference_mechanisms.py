"""The page of the forty mechanisms: what carries each, its cases, its scenarios, its passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.reference_layout import Lines, page, table

from rapprochement_sim.scenario.mechanism_facts import switch_words
from rapprochement_sim.scenario.mechanisms import shipped_mechanisms

if TYPE_CHECKING:
    from rapprochement_sim.scenario.schema_mechanisms import Mechanism

_CASES = "../../tests/worked_cases"
_SCENARIOS = "../../scenarios"


def mechanisms_page() -> str:
    """Return the page, from the registry."""
    entries = shipped_mechanisms()
    about = (
        f"The {len(entries)} mechanisms that the five articles describe. A worked case can be "
        f"followed [by hand]({_CASES}/README.md); its sign holds among playing "
        "governments too, in paired runs. "
        "`rapprochement explain NAME` tells what a mechanism rests on, `rapprochement ablate "
        "SCENARIO --without NAME` what it contributes. Where the sources give a figure, "
        "[sizes](../concepts/sizes.md) sets it beside what the rules do."
    )
    head = ("no.", "mechanism", "carried by", "worked case", "matters in", "passages")
    lines = table(head, (_row(key, entry) for key, entry in entries.items()))
    lines += ["## What switches each off", ""]
    lines += table(
        ("no.", "name", "neutral"),
        (
            [str(entry.number), f"`{key}`", "; ".join(switch_words(entry.without))]
            for key, entry in entries.items()
        ),
    )
    return page("Mechanisms", about, lines)


def _row(key: str, entry: Mechanism) -> Lines:
    scenarios = (f"[{name}]({_SCENARIOS}/{name}/README.md)" for name in entry.scenarios)
    references = (f"`{reference}`" for reference in (*entry.passages, *entry.figures))
    return [
        str(entry.number),
        f"**{entry.title}** (`{key}`). {entry.summary}",
        ", ".join(f"`{name}`" for name in entry.carried_by),
        f"[{entry.worked_case.removesuffix('.yaml')}]({_CASES}/{entry.worked_case})",
        ", ".join(scenarios),
        ", ".join(references),
    ]
