"""Hypothesis generators: numbers on the model's scales, runs, worlds, views, acts.

Large arrays are drawn from one integer, which seeds them: a failing example is then one
number that anybody can repeat, and a draw costs next to nothing.
"""

from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from rapprochement_sim.agents.months import Shocks
from rapprochement_sim.agents.starting import start_state
from rapprochement_sim.decision.appraisal import appraise_threat
from rapprochement_sim.decision.case import Case
from rapprochement_sim.effects.acting import Acts
from rapprochement_sim.effects.scalers import View
from rapprochement_sim.scenario.loading import load_rules
from rapprochement_sim.world.axes import N_CAPITALS, VARIABLES, Array
from rapprochement_sim.world.building import World
from rapprochement_sim.world.records import Entries, Impulses
from rapprochement_sim.world.state import WorldState

LANES = 4
SEEDS = st.integers(0, 2**32 - 1)

shares = st.floats(0.001, 0.999)
"""Numbers well inside 0..1."""

latents = st.floats(-20.0, 20.0)
"""Numbers on a logit or attitude scale."""

pushes = st.floats(1e-6, 15.0)
"""Sizes of impulses, without sign; beyond 36 an exponential vanishes in a double."""

years = st.floats(1.0 / 365.0, 20.0)
half_lives = st.floats(0.02, 60.0)


def tables(elements: st.SearchStrategy[float], n_rows: int = 3) -> st.SearchStrategy[Array]:
    """Draw arrays of shape (row, run)."""
    return hnp.arrays(np.float64, (n_rows, LANES), elements=elements)


def run_lists(largest: int = 4096) -> st.SearchStrategy[list[int]]:
    """Draw run numbers in any sequence, repeats allowed; a block has at least two lanes."""
    return st.lists(st.integers(0, largest), min_size=2, max_size=40)


def _generator(seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(seed))


@st.composite
def worlds(draw: st.DrawFn, case: Case, lanes: int = LANES) -> WorldState:
    """Draw states in which every variable lies anywhere in its range, and seats may do anything."""
    generator = _generator(draw(SEEDS))
    state = start_state(case, lanes)
    values: dict[str, Array] = {}
    for name, variable in VARIABLES.items():
        shape = state.values[name].shape
        if variable.link == "logit":
            values[name] = generator.uniform(-6.0, 6.0, shape)
        else:
            high = min(variable.high, 2.0)
            values[name] = generator.uniform(variable.low, high, shape)
    pauses = generator.integers(0, 3, state.pauses.shape)
    return replace(
        state,
        values=MappingProxyType(values),
        threat=appraise_threat(case.world, values),
        displacement=generator.uniform(-1.0, 1.0, state.displacement.shape),
        protest=generator.random(state.protest.shape),
        years_in_office=generator.uniform(0.0, 9.0, state.years_in_office.shape),
        attention=generator.choice([0.0, 0.5, 1.0, 2.0, 2.5], state.attention.shape),
        pauses=pauses * generator.integers(0, 2, pauses.shape),
    )


@st.composite
def views(draw: st.DrawFn, world: World, lanes: int = LANES) -> View:
    """Draw views with every share anywhere in 0..1, stances in -1..1."""
    generator = _generator(draw(SEEDS))
    seen: dict[str, Any] = {}
    for field in fields(View):
        is_pair = field.name not in VARIABLES
        shape = (N_CAPITALS, N_CAPITALS) if is_pair else world.axes.shape(field.name)
        low = 0.0 if is_pair else max(VARIABLES[field.name].low, -1.0)
        seen[field.name] = generator.uniform(low, 1.0, (*shape, lanes))
    return View(**seen)


@st.composite
def happenings(draw: st.DrawFn, case: Case, lanes: int = LANES) -> Acts:
    """Draw any rows of the rule book in any slots, with any of their modifiers, in any month."""
    generator = _generator(draw(SEEDS))
    shape = (case.n_slots, lanes)
    return Acts(
        row=generator.integers(-1, len(case.effects.rows), shape),
        modifiers=generator.integers(0, 16, shape),
        month=generator.integers(0, case.world.turn_months, shape),
    )


@st.composite
def impulses(draw: st.DrawFn, world: World, lanes: int = LANES) -> Impulses:
    """Draw impulses of up to 3 either way on any cells; remedies only add."""
    generator = _generator(draw(SEEDS))
    n = draw(st.integers(1, 200))
    cell = generator.integers(0, world.cells.n, n)
    lane, slot = generator.integers(0, lanes, n), np.sort(generator.integers(0, 20, n))
    amount = generator.uniform(-3.0, 3.0, n)
    first = world.cells.offsets["relief"]
    is_relief = (cell >= first) & (cell < first + world.axes.n_cells("relief"))
    amount = np.where(is_relief, np.abs(amount), amount)
    total = np.zeros((world.cells.n, lanes))
    np.add.at(total, (cell, lane), amount)
    return Impulses(total, Entries(cell, lane, slot, amount))


@st.composite
def shocks(draw: st.DrawFn, lanes: int = LANES) -> Shocks:
    """Draw a month's chance, up to five standard deviations."""
    generator = _generator(draw(SEEDS))
    return Shocks(generator.uniform(-5, 5, (N_CAPITALS, lanes)), generator.uniform(-5, 5, lanes))


@st.composite
def parameter_sets(draw: st.DrawFn) -> dict[str, float]:
    """Draw every parameter of the rules anywhere in its declared range, ends included."""
    generator = _generator(draw(SEEDS))
    found = {}
    for name, entry in load_rules().parameters.items():
        low, high = entry.range
        place = generator.choice([0.0, 1.0, generator.random()])
        found[name] = float(low + place * (high - low))
    return found
