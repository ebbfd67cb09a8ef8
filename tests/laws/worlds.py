"""Worlds for the laws: variants of the shipped case, and ways to force what happens."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from rapprochement_sim.decision.case import Case
from rapprochement_sim.model import RapprochementModel, compile_case, load_case
from rapprochement_sim.scenario.loading import LoadedScenario, load_scenario
from rapprochement_sim.scenario.schema import RuleBook, Scenario
from rapprochement_sim.vocabulary import CAPITALS
from rapprochement_sim.world.axes import Array

NAME = "rekindled_2023"
NOTHING = -2

Forcer = Callable[[RapprochementModel], None]


def shipped() -> Case:
    """Return the shipped case."""
    return load_case(NAME)


def quiet(case: Case, *, turns: int | None = None) -> Case:
    """Return a case without events and elections, of any length."""
    return replace(
        case,
        world=replace(case.world, n_turns=turns or case.world.n_turns),
        hazards=case.hazards[:0],
        hazard_rates=case.hazard_rates[:0],
        scheduled=(),
        elections=(),
        has_encounters=False,
    )


def hold_all(model: RapprochementModel) -> None:
    """Let nobody do anything this turn."""
    model.proposal_override[:] = NOTHING
    model.order_override[:] = NOTHING


def force_act(model: RapprochementModel, row: int, lanes: Any, *, month: int = 0) -> None:
    """Make an act happen in some lanes, accepted by all who are asked."""
    entry = model.case.row(row)
    assert entry.actor is not None
    if entry.is_joint:
        model.proposal_override[entry.actor, lanes] = row
        for capital in entry.consenting:
            model.consent_override[capital, entry.actor, lanes] = 1
    else:
        model.order_override[entry.actor, 0, lanes] = row
        model.order_month[entry.actor, 0, lanes] = month


def play(model: RapprochementModel, force: Forcer | None = None) -> list[Array]:
    """Play to the end; return all indicators at the start and after each turn."""
    series = [model.indicators]
    while not model.is_over:
        if force is not None:
            force(model)
        model.step()
        series.append(model.indicators)
    return series


def act_rows(case: Case) -> list[int]:
    """Return the rows that a capital can order or propose, all but hold."""
    return [r.index for r in case.effects.rows if r.kind == "act" and r.name != "hold"]


def value_of(case: Case, indicators: Array, name: str) -> Array:
    """Return one indicator (run)."""
    values: Array = indicators[case.indicators.by_name[name].index]
    return values


@cache
def monthly_twin() -> Case:
    """Return the shipped scenario in months instead of quarters."""
    loaded = load_scenario(NAME)
    scenario = loaded.schema
    monthly = scenario.model_copy(update={"turn_months": 1, "turns": scenario.turns * 3})
    return compile_case(replace(loaded, schema=monthly))


def _swap_text(text: str) -> str:
    swapped = text.replace("seoul", "\0").replace("tokyo", "seoul").replace("\0", "tokyo")
    is_dyad = swapped.startswith(("interoperability", "channel", "escalation", "institution"))
    return swapped.replace("tokyo_seoul", "seoul_tokyo") if is_dyad else swapped


def _swap_names(data: Any) -> Any:
    if isinstance(data, dict):
        return {_swap_text(key): _swap_names(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_swap_names(value) for value in data]
    return _swap_text(data) if isinstance(data, str) else data


SWAP = np.array([1, 0, 2, 3, 4])


@cache
def mirrored() -> Case:
    """Return the shipped scenario and rules with Seoul and Tokyo exchanged everywhere."""
    loaded = load_scenario(NAME)
    rules = RuleBook.model_validate(_swap_names(loaded.rules.model_dump()))
    scenario = Scenario.model_validate(_swap_names(loaded.schema.model_dump()))
    case = compile_case(
        LoadedScenario(
            id=loaded.id,
            schema=scenario,
            rules=rules,
            path=loaded.path,
            content_hash=loaded.content_hash,
            rules_hash=loaded.rules_hash,
        )
    )
    return _with_citizens_of(case, shipped())


def _with_citizens_of(case: Case, other: Case) -> Case:
    """Give a mirrored case the other case's citizens, exchanged as well."""
    citizens = other.world.population
    anchor = citizens.anchor[SWAP][:, :, SWAP]
    population = replace(
        citizens,
        cohort=citizens.cohort[SWAP],
        ideology=citizens.ideology[SWAP],
        receptivity=citizens.receptivity[SWAP],
        thresholds=citizens.thresholds[SWAP],
        anchor=anchor,
        neighbours=tuple(citizens.neighbours[i] for i in SWAP),
    )
    return replace(
        case,
        world=replace(case.world, population=population),
        start_attitude=other.start_attitude[SWAP][:, :, SWAP],
        start_participation=other.start_participation[SWAP],
        start_crowd=other.start_crowd[SWAP],
    )


def capitals_in_key(key: str) -> list[str]:
    """Return the capitals that a row's key names."""
    return [capital.key for capital in CAPITALS if capital.key in key]
