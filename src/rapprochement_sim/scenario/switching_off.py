"""Rules with some of their coefficients at a neutral value.

See ``schema_mechanisms`` for how coefficients are chosen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from rapprochement_sim.scenario.loading import LoadedScenario, content_hash
from rapprochement_sim.scenario.schema import (
    Action,
    Effect,
    Event,
    LensRules,
    RuleBook,
)
from rapprochement_sim.scenario.schema_mechanisms import EffectChoice, ValueChoice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rapprochement_sim.scenario.schema_mechanisms import Without

_Entry = TypeVar("_Entry", Action, Event)
_NO_BAR = -100.0


def matches_nothing(choice: EffectChoice | ValueChoice, rules: RuleBook) -> bool:
    """Whether a choice fits no coefficient, or names an act, event, modifier or lens in vain."""
    if isinstance(choice, ValueChoice):
        known = set(choice.lenses) <= set(rules.lenses)
        return not known or not any(
            choice.fits(value)
            for name, lens in rules.lenses.items()
            if not choice.lenses or name in choice.lenses
            for value in lens.values
        )
    if not set(choice.of) <= {*rules.actions, *rules.events}:
        return True
    named = choice.of or [*rules.actions, *rules.events]
    return any(_left_alone(choice, name, rules) for name in choice.of) or not any(
        not _left_alone(choice, name, rules) for name in named
    )


def _left_alone(choice: EffectChoice, name: str, rules: RuleBook) -> bool:
    entry = rules.actions.get(name) or rules.events[name]
    return not any(True for _ in _meant(choice, name, entry))


def _meant(choice: EffectChoice, name: str, entry: Action | Event) -> Iterator[Effect]:
    if choice.of and name not in choice.of:
        return
    for key, group in _groups(entry).items():
        if choice.modifiers and key not in choice.modifiers:
            continue
        yield from (effect for effect in group if choice.fits(effect))


def _groups(entry: Action | Event) -> Mapping[str, list[Effect]]:
    """Effects of an entry: those of each modifier under its name, the others under none."""
    own = list(entry.effects)
    if isinstance(entry, Event):
        return {"": own}
    failure = entry.ratification.failure if entry.ratification else []
    groups = {"": [*own, *entry.refusal, *failure]}
    return groups | {key: list(each.effects) for key, each in entry.modifiers.items()}


def switched_off(loaded: LoadedScenario, off: Without) -> LoadedScenario:
    """Return a scenario whose rules have some coefficients at their neutral value.

    Nothing else changes: acts can still be ordered and events still befall, so that two
    worlds under the same chance differ by these coefficients alone.

    Parameters
    ----------
    loaded
        The scenario.
    off
        What is switched off.
    """
    rules, scenario = loaded.rules, loaded.schema
    known = {**rules.parameters, **scenario.parameters}
    parameters = {
        name: known[name].model_copy(update={"value": value})
        for name, value in off.parameters.items()
    }
    book = rules.model_copy(
        update={
            "actions": {k: _without_effects(k, e, off) for k, e in rules.actions.items()},
            "events": {k: _without_effects(k, e, off) for k, e in rules.events.items()},
            "lenses": {k: _without_values(k, e, off) for k, e in rules.lenses.items()},
        }
    )
    changed: dict[str, object] = {"parameters": {**scenario.parameters, **parameters}}
    if off.lenses_alike:
        alike = {"realist": 1 / 3, "liberal": 1 / 3, "constructivist": 1 / 3}
        changed["seats"] = {
            seat: brief.model_copy(update={"lens_weights": alike})
            for seat, brief in scenario.seats.items()
        }
    schema = scenario.model_copy(update=changed)
    return replace(
        loaded,
        schema=schema,
        rules=book,
        content_hash=content_hash(schema),
        rules_hash=content_hash(book),
    )


def _without_effects(name: str, entry: _Entry, off: Without) -> _Entry:
    meant = {id(effect) for choice in off.effects for effect in _meant(choice, name, entry)}
    is_carried = name in off.carried_without_a_vote
    if not meant and not is_carried:
        return entry

    def emptied(effects: list[Effect]) -> list[Effect]:
        return [e.model_copy(update={"size": 0.0}) if id(e) in meant else e for e in effects]

    changed: dict[str, object] = {"effects": emptied(entry.effects)}
    if isinstance(entry, Action):
        changed["refusal"] = emptied(entry.refusal)
        changed["modifiers"] = {
            key: each.model_copy(update={"effects": emptied(each.effects)})
            for key, each in entry.modifiers.items()
        }
        if entry.ratification is not None:
            vote: dict[str, object] = {"failure": emptied(entry.ratification.failure)}
            if is_carried:
                vote["bar"] = entry.ratification.bar.model_copy(update={"value": _NO_BAR})
            changed["ratification"] = entry.ratification.model_copy(update=vote)
    return entry.model_copy(update=changed)


def _without_values(name: str, lens: LensRules, off: Without) -> LensRules:
    choices = [each for each in off.values if not each.lenses or name in each.lenses]
    values = [
        value.model_copy(update={"weight": 0.0}) if any(c.fits(value) for c in choices) else value
        for value in lens.values
    ]
    return lens.model_copy(update={"values": values})
