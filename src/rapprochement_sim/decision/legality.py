"""Which orders are allowed now, and in plain words why the others are not."""

import numpy as np

from rapprochement_sim.decision.case import RowArrays
from rapprochement_sim.effects.compiling import Effects
from rapprochement_sim.effects.rows import CompiledCondition, Row
from rapprochement_sim.world.axes import VARIABLES, Booleans
from rapprochement_sim.world.forms import logistic
from rapprochement_sim.world.state import WorldState


def _holds(condition: CompiledCondition, state: WorldState) -> Booleans:
    values = state.values[condition.variable].reshape(-1, state.n_lanes)[condition.cell]
    if VARIABLES[condition.variable].link == "logit":
        values = logistic(values)
    holds: Booleans = (values > condition.above) & (values < condition.below)
    return holds


def conditions_hold(effects: Effects, state: WorldState) -> Booleans:
    """Return whether every precondition of a row holds (row, run)."""
    allowed = np.ones((len(effects.rows), state.n_lanes), dtype=bool)
    table = effects.condition_table
    if table.rows.size == 0:
        return allowed
    values = np.empty((table.above.size, state.n_lanes))
    for name, cells, places in table.places:
        held = state.values[name].reshape(-1, state.n_lanes)[cells]
        values[places] = logistic(held) if VARIABLES[name].link == "logit" else held
    holds = (values > table.above) & (values < table.below)
    allowed[table.rows] = np.logical_and.reduceat(holds, table.starts, axis=0)
    return allowed


def legal_rows(rows: RowArrays, state: WorldState, hold: Booleans) -> Booleans:
    """Return which acts may be ordered now (row, run).

    Parameters
    ----------
    rows, state
        Columns of the rule book and state.
    hold
        Whether preconditions hold, from :func:`conditions_hold`.
    """
    actor = rows.actor
    has_attention = state.attention[actor] >= rows.attention[:, np.newaxis]
    has_capital = state.values["political_capital"][actor] >= rows.cost[:, np.newaxis]
    ordered = rows.is_order[:, np.newaxis]
    allowed: Booleans = hold & (state.pauses == 0) & has_attention & has_capital & ordered
    return allowed


def refusal_reason(effects: Effects, state: WorldState, row: Row, lane: int) -> str:
    """Return why an order is not allowed now, or an empty text if it is allowed.

    The reason speaks of what the seat itself can see: its own means, public agreements,
    its own pauses.
    """
    if row.actor is None or row.kind != "act":
        return "nobody orders it; it befalls"
    if state.turn < row.closed_turns:
        return row.closed_reason
    for condition in effects.conditions:
        if condition.row == row.index and not _holds(condition, state)[lane]:
            return condition.reason
    if state.pauses[row.index, lane] > 0:
        turns = int(state.pauses[row.index, lane])
        return (
            f"it was tried lately; it can be tried again in {turns} turn{'s' if turns > 1 else ''}"
        )
    have = float(state.attention[row.actor, lane])
    if have < row.attention:
        return f"it takes {row.attention:g} attention, {have:g} is left"
    capital = float(state.values["political_capital"][row.actor, lane])
    if capital < row.cost:
        return f"it costs {100 * row.cost:.0f} political capital, {100 * capital:.0f} is left"
    return ""
