"""What a mechanism's entry says, in words: what carries it, where it matters, what ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rapprochement_sim.scenario.schema_mechanisms import (
        EffectChoice,
        Mechanism,
        ValueChoice,
        Without,
    )
    from rapprochement_sim.scenario.usage import Topic


def mechanism_facts(entry: Mechanism, carriers: Sequence[str]) -> dict[str, str]:
    """Describe the plain fields of a mechanism: label and text of each; carriers by title."""
    return {
        "number": str(entry.number),
        "carried by": "; ".join(carriers),
        "worked case": f"tests/worked_cases/{entry.worked_case}",
        "matters in": ", ".join(entry.scenarios),
        "switched off by": "; ".join(switch_words(entry.without)),
    }


def carriers_of(topic: Topic, mechanisms: Mapping[str, Mechanism]) -> list[dict[str, Any]]:
    """Return the mechanisms that a name carries, as entries of ``used_by``."""
    return [
        {"section": "mechanisms", "name": key, "how": [f"carries number {entry.number}"]}
        for key, entry in mechanisms.items()
        if topic.section != "mechanisms" and topic.name in entry.carried_by
    ]


def switch_words(off: Without) -> Iterator[str]:
    """Say what switches a mechanism off, one coefficient or group of them at a time."""
    for name, value in off.parameters.items():
        yield f"{name} at {value:g}"
    if off.lenses_alike:
        yield "equal weights of all lenses in every seat"
    if off.carried_without_a_vote:
        yield f"no vote that could stop {' '.join(off.carried_without_a_vote)}"
    for effects in off.effects:
        yield f"effects {_choice_words(effects)} at nought"
    for values in off.values:
        yield f"values {_choice_words(values)} at nought"


def _choice_words(choice: EffectChoice | ValueChoice) -> str:
    told = choice.model_dump(exclude_defaults=True)
    words = {"scaled_by": "scaled by", "sources": "resting on", "contested": "contested as"}
    return ", ".join(f"{words.get(key, key)} {' '.join(found)}" for key, found in told.items())
