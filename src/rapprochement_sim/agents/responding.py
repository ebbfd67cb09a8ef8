"""What is left of a push: how every indicator answers, turns later, to a step in one cell."""

from dataclasses import replace

import numpy as np

from rapprochement_sim.agents.months import Shocks, advance_month
from rapprochement_sim.agents.starting import poll_shares, start_state
from rapprochement_sim.decision.case import Case
from rapprochement_sim.world.axes import N_CAPITALS, VARIABLES, Array, Integers
from rapprochement_sim.world.forms import logistic
from rapprochement_sim.world.state import WorldState

STEP = 0.05
"""Size of the step on a cell's own scale; the answer is read as a slope."""


def impulse_response(case: Case, cells: Integers, indicators: Integers) -> Array:
    """Return how indicators answer to a step in a cell (turns later, indicator, cell).

    The world is the scenario's start left to itself: nobody acts, nothing befalls, and
    publics follow what moves them. Entry ``n`` is ``n`` turns after the step.

    Parameters
    ----------
    case
        The compiled scenario.
    cells
        Cells in the vector of all cells.
    indicators
        Places of the indicators that are asked about.

    Returns
    -------
    Array
        Change of an indicator per unit that the cell was moved by, on its natural scale.
    """
    lanes = cells.size + 1
    state = start_state(case, lanes)
    vector = np.concatenate([state.values[name].reshape(-1, lanes) for name in VARIABLES])
    before = _natural(case, vector)
    room = case.world.cells.high[cells, 0] - vector[cells, 0]
    is_stock = case.world.cells.saturates[cells, 0]
    steps = np.where(is_stock & (room < STEP), -STEP, STEP)
    vector[cells, 1 + np.arange(cells.size)] += steps
    moved = (_natural(case, vector) - before)[cells, 1 + np.arange(cells.size)]
    state = state.with_values(**case.world.cells.split(vector))
    quiet = Shocks(np.zeros((N_CAPITALS, lanes)), np.zeros(lanes))
    answers = [_answer(case, state, indicators, moved)]
    for _ in range(case.world.n_turns):
        for _ in range(case.world.turn_months):
            state, _ = advance_month(case, state, None, quiet)
        answers.append(_answer(case, _with_polls(case, state), indicators, moved))
    return np.stack(answers)


def _natural(case: Case, vector: Array) -> Array:
    sizes = [case.world.axes.n_cells(name) for name in VARIABLES]
    is_logit = np.repeat([v.link == "logit" for v in VARIABLES.values()], sizes)
    return np.where(is_logit[:, np.newaxis], logistic(vector), vector)


def _with_polls(case: Case, state: WorldState) -> WorldState:
    """Let publics follow their displacement; what neighbours and chance do is left aside."""
    shift = state.displacement - case.world.start_displacement
    receptivity = case.world.population.receptivity
    attitude = case.start_attitude + receptivity * shift[:, np.newaxis]
    return replace(state, attitude=attitude, shares=poll_shares(case.world.surveys, attitude))


def _answer(case: Case, state: WorldState, indicators: Integers, moved: Array) -> Array:
    read = case.indicators.read(state)[indicators]
    slope: Array = (read[:, 1:] - read[:, :1]) / moved
    return slope
