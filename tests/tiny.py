"""A tiny world: the shipped rules with few citizens and with parts replaced.

Tests that work a number out by hand take their own actions, effects and parameters from
here, so that tuning the shipped rules never touches them.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any

import numpy as np

from rapprochement_sim.decision.case import Case
from rapprochement_sim.effects.compiling import Effects, compile_effects
from rapprochement_sim.effects.scalers import View
from rapprochement_sim.model import compile_case
from rapprochement_sim.scenario.loading import LoadedScenario, load_rules, load_scenario
from rapprochement_sim.scenario.schema import (
    Action,
    Condition,
    Effect,
    Event,
    Modifier,
    Quantity,
    Ratification,
    RuleBook,
    Seat,
)
from rapprochement_sim.vocabulary import CAPITAL_KEYS
from rapprochement_sim.world.axes import N_CAPITALS, VARIABLES
from rapprochement_sim.world.building import World, build_world

SHIPPED = "rekindled_2023"
CITIZENS = 24


def quantity(value: float) -> Quantity:
    """Return a number whose range is itself."""
    return Quantity(value=value, range=[value, value], source="assumption")


def effect(on: str, at: str, size: float, scaled_by: str = "one") -> Effect:
    """Return a declared effect; ``at`` holds the names apart by blanks."""
    return Effect(
        on=on,
        at=at.split(),
        size=size,
        range=[size, size],
        scaled_by=scaled_by,
        source="assumption",
        why="for a test",
    )


def condition(on: str, at: str, *, above: float | None = None, below: float | None = None) -> Any:
    """Return a precondition whose reason names the variable."""
    return Condition(on=on, at=at.split(), above=above, below=below, reason=f"{on} forbids it")


def seat(text: str, *, third: Any = None, consent: list[Any] | None = None) -> Seat:
    """Return a seat written ``actor>target``."""
    actor, target = text.split(">")
    fields: dict[str, Any] = {"actor": actor, "target": target, "third": third}
    return Seat(**fields, consent=consent or [])


def modifier(*effects: Effect, cost: float = 0.0, ease: float = 0.0) -> Modifier:
    """Return a modifier, unchecked: the schema wants two effects, one is easier by hand."""
    return Modifier.model_construct(
        title="Modifier",
        summary="For a test.",
        capital_cost=cost,
        ratification_ease=ease,
        effects=list(effects),
    )


def action(
    seats: list[Seat],
    *effects: Effect,
    modifiers: Mapping[str, Modifier] | None = None,
    requires: list[Condition] | None = None,
    refusal: list[Effect] | None = None,
    ratification: Ratification | None = None,
    attention: float = 1.0,
    cost: float = 0.0,
    readiness: float = 0.0,
    pause_turns: int = 0,
) -> Action:
    """Return an action of the rule book."""
    return Action(
        title="Act",
        summary="For a test.",
        narration="It was done.",
        cameo="000",
        goldstein=quantity(0.0),
        seats=seats,
        attention=attention,
        capital_cost=quantity(cost),
        readiness=quantity(readiness),
        requires=requires or [],
        pause_turns=pause_turns,
        modifiers=dict(modifiers or {}),
        effects=list(effects),
        refusal=refusal or [],
        ratification=ratification,
        dissent="None.",
        sources=["assumption"],
    )


def event(*effects: Effect, per_year: float = 1.0, unless: list[Condition] | None = None) -> Event:
    """Return an event that befalls Seoul and Tokyo."""
    return Event(
        title="Event",
        summary="For a test.",
        narration="It befell.",
        per_year=quantity(per_year),
        parties=["seoul", "tokyo"],
        unless=unless or [],
        effects=list(effects),
        sources=["assumption"],
    )


def nod_of_everyone() -> Action:
    """Return an act that every seat can order and that moves hardly anything."""
    pairs = zip(CAPITAL_KEYS, CAPITAL_KEYS[1:] + CAPITAL_KEYS[:1], strict=True)
    return action(
        [seat(f"{a}>{b}") for a, b in pairs], effect("posture", "actor", 0.01), attention=0.5
    )


def tiny_rules(
    *,
    actions: Mapping[str, Action] | None = None,
    events: Mapping[str, Event] | None = None,
    **sections: Any,
) -> RuleBook:
    """Return the shipped rules with other actions and events, and other sections as named."""
    changed: dict[str, Any] = {
        "actions": {"nod": nod_of_everyone(), **(actions or {})},
        "events": dict(events or {}),
        **sections,
    }
    return load_rules().model_copy(update=changed)


def tiny_scenario(
    rules: RuleBook, *, parameters: Mapping[str, float] | None = None, **fields: Any
) -> LoadedScenario:
    """Return the shipped scenario with few citizens, no events and no elections."""
    loaded = load_scenario(SHIPPED)
    changed: dict[str, Any] = {
        "citizens": CITIZENS,
        "hazards": [],
        "scheduled": [],
        "calendar": [],
        "parameters": {name: quantity(value) for name, value in (parameters or {}).items()},
        **fields,
    }
    return replace(loaded, rules=rules, schema=loaded.schema.model_copy(update=changed))


def tiny_case(
    *,
    actions: Mapping[str, Action] | None = None,
    events: Mapping[str, Event] | None = None,
    parameters: Mapping[str, float] | None = None,
    **fields: Any,
) -> Case:
    """Compile a tiny scenario."""
    rules = tiny_rules(actions=actions, events=events)
    return compile_case(tiny_scenario(rules, parameters=parameters, **fields))


def tiny_effects(
    actions: Mapping[str, Action], *, parameters: Mapping[str, float] | None = None
) -> tuple[Effects, World]:
    """Compile the effects of some actions."""
    rules = tiny_rules(actions=actions)
    world = build_world(tiny_scenario(rules, parameters=parameters))
    return compile_effects(rules, world), world


@cache
def shipped_rules_few_citizens() -> Case:
    """Return the shipped scenario in full, but with few citizens."""
    loaded = load_scenario(SHIPPED)
    return compile_case(
        replace(loaded, schema=loaded.schema.model_copy(update={"citizens": CITIZENS}))
    )


def flat_view(world: World, *, lanes: int = 2, value: float = 0.5, **changed: Any) -> View:
    """Return a view in which every number is ``value``, but for those named."""
    pairs = (N_CAPITALS, N_CAPITALS)
    shapes = {
        field.name: world.axes.shape(field.name) if field.name in VARIABLES else pairs
        for field in fields(View)
    }
    values = {name: np.full((*shape, lanes), value) for name, shape in shapes.items()}
    return View(**{**values, **changed})
