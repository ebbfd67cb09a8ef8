"""Worlds that differ by their parameters, side by side: one draw a lane.

The processes are elementwise along the run axis, so a number may be an array over runs
wherever it multiplies or adds. This module puts drawn parameters into a compiled case; no
process knows of it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from rapprochement_sim.scenario.fitting import HALF_LIFE, SIZES, SPEEDS, THRESHOLD
from rapprochement_sim.vocabulary import CAPITAL_KEYS
from rapprochement_sim.world.axes import N_CAPITALS
from rapprochement_sim.world.building import MONTH_YEARS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.world.axes import Array, Booleans

START = "start_"
HURT_THAT_STAYS = "hurt_that_stays"


def known_parameters(case: Case) -> tuple[str, ...]:
    """Names of all effective parameters that can be applied to a case."""
    pairs = [f"{START}{i}_{j}" for i in CAPITAL_KEYS for j in CAPITAL_KEYS if i != j]
    thresholds = [f"{THRESHOLD}{name}" for name in case.world.surveys.names]
    return (*SIZES, *SPEEDS, HALF_LIFE, HURT_THAT_STAYS, *pairs, *thresholds)


def with_parameters(case: Case, parameters: Mapping[str, Array]) -> Case:
    """Return a case whose parameters differ by lane (run); thresholds are left to surveys."""
    world = case.world
    numbers: dict[str, Any] = dict(world.parameters)
    kept = dict(world.kept)
    for name, keys in SPEEDS.items():
        if name in parameters:
            numbers |= {key: numbers[key] * parameters[name] for key in keys}
    if HALF_LIFE in parameters:
        disputes = case.loaded.rules.disputes.values()
        years = np.array([d.half_life_years.value for d in disputes])[:, np.newaxis, np.newaxis]
        kept["hurt"] = 2.0 ** (-MONTH_YEARS / (years * parameters[HALF_LIFE]))
    rest = dict(world.rest)
    if HURT_THAT_STAYS in parameters:
        rest["hurt"] = rest["hurt"] * parameters[HURT_THAT_STAYS]
    starts = {name: v for name, v in parameters.items() if name.startswith(START)}
    anchor, attitude = world.population.anchor, case.start_attitude
    if starts:
        lanes = next(iter(starts.values())).size
        anchor, attitude = (np.repeat(each, lanes, axis=-1) for each in (anchor, attitude))
        for name, shift in starts.items():
            i, j = (CAPITAL_KEYS.index(key) for key in name.removeprefix(START).split("_"))
            anchor[i, :, j] += shift
            attitude[i, :, j] += shift
    population = replace(world.population, anchor=anchor)
    return replace(
        case,
        world=replace(world, parameters=numbers, kept=kept, rest=rest, population=population),
        start_attitude=attitude,
    )


def strengths(case: Case, parameters: Mapping[str, Array], jitter: Array | None = None) -> Array:
    """Return the factor of every declared effect in every lane (entry, run).

    ``jitter`` multiplies further, entry by entry (entry, run) or (entry, 1).
    """
    lanes = next(iter(parameters.values())).size
    factors = np.ones((case.effects.size.size, lanes))
    for name, (variable, disputes) in SIZES.items():
        if name in parameters:
            factors[_entries_on(case, variable, disputes)] *= parameters[name]
    return factors if jitter is None else factors * jitter


def _entries_on(case: Case, variable: str, disputes: tuple[str, ...]) -> Booleans:
    """Return which effects are on a variable, of some disputes if any are named (entry,)."""
    effects, world = case.effects, case.world
    within = effects.cell - effects.offsets[variable]
    is_on = (within >= 0) & (within < world.axes.n_cells(variable))
    if not disputes:
        return is_on
    rows = [world.axes.disputes.index(name) for name in disputes if name in world.axes.disputes]
    return is_on & np.isin(within // N_CAPITALS, rows)
