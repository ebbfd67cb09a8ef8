"""How far an order's expected effects go towards a seat's own goals, by the end of the game.

Goals are scored once, at the end. So an effect counts by what will be left of it then, by
what follows from it, and only as far as the goal is neither won nor lost already.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.special import ndtr

from rapprochement_sim.decision.case import Case
from rapprochement_sim.effects.scalers import View
from rapprochement_sim.scenario.schema import Goal
from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.axes import VARIABLES, Array, Booleans, Integers
from rapprochement_sim.world.state import WorldState

_UNSEEN = ("relief", "glow", "narrative")
"""What no view shows; a seat takes it to be at rest."""


@dataclass(frozen=True)
class GoalLens:
    """A seat's goals, and what an effect on any cell does to them by the end.

    Attributes
    ----------
    case, seat, goals
        Whose goals, public ones first.
    answer
        Progress of each goal at the end per unit that a cell is moved by, so many turns
        before (turns left, goal, cell).
    places
        Variable of each cell, and its place within the variable.
    is_logit, is_stock
        How effects add: on the logit scale, or filling the room left (cell, 1).
    low, high
        Bounds of a cell (cell, 1).
    shares
        Weight of each goal among all (goal, 1); they sum to 1.
    entries, slots
        Entries of the compiled effects that the seat judges, and which cell each touches.
    by_unit
        Sparse (unit of the seat's lens, entry).
    """

    case: Case
    seat: Capital
    goals: tuple[Goal, ...]
    answer: Array
    places: tuple[tuple[str, int], ...]
    is_logit: Booleans
    is_stock: Booleans
    low: Array
    high: Array
    shares: Array
    entries: Integers
    slots: Integers
    by_unit: Any

    def score(self, view: View, credit: Array, turn: int) -> Array:
        """Return the expected gain of every unit as a share of the full score (unit, run).

        Parameters
        ----------
        view
            The world as the seat sees it.
        credit
            How much a step still counts for each goal (goal, run), 0..1.
        turn
            Turns resolved so far.
        """
        effects, turns_left = self.case.effects, self.case.world.n_turns - turn
        worth = np.einsum("gc,gr->cr", self.answer[turns_left], self.shares * credit)
        values = self._values(view)[self.slots]
        size = effects.size[self.entries][:, np.newaxis]
        room = np.where(size > 0.0, self.high[self.slots] - values, values - self.low[self.slots])
        steep = np.where(self.is_stock[self.slots], room, 1.0)
        steep = np.where(self.is_logit[self.slots], values * (1.0 - values), steep)
        scalers = effects.scalers.read(view)[effects.scaler[self.entries]]
        gains: Array = self.by_unit @ (size * scalers * steep * worth[self.slots])
        return gains

    def progress(self, state: WorldState, view: View) -> Array:
        """Return how far the seat believes each goal to be met now (goal, run), unclipped."""
        table = self.case.indicators
        seen = believed_indicators(self.case, state, view)
        return np.stack(
            [
                (seen[table.by_name[goal.indicator].index] - goal.from_value)
                / (goal.to_value - goal.from_value)
                for goal in self.goals
            ]
        )

    def _values(self, view: View) -> Array:
        nothing = np.zeros(view.n_lanes)
        return np.stack(
            [
                nothing if name in _UNSEEN else _flat(view, name)[place]
                for name, place in self.places
            ]
        )


@dataclass(frozen=True)
class Outlook:
    """What a seat expects of its goals at the end, from where they stand.

    A goal's progress at the end is taken as normal around ``level + slope * progress now``
    with standard deviation ``spread``, each (turn, goal).
    """

    level: Array
    slope: Array
    spread: Array

    def credit(self, progress: Array, turn: int, *, floor: float) -> Array:
        """Return how much a step still counts for each goal (goal, run), ``floor``..1.

        It is the chance that the goal ends between its start and its mark: there alone is a
        step worth a point.
        """
        at_end = self.level[turn][:, np.newaxis] + self.slope[turn][:, np.newaxis] * progress
        spread = self.spread[turn][:, np.newaxis]
        is_open = ndtr((1.0 - at_end) / spread) - ndtr(-at_end / spread)
        credit: Array = floor + (1.0 - floor) * is_open
        return credit


def believed_indicators(case: Case, state: WorldState, view: View) -> Array:
    """Return all indicators as one seat believes them to be (indicator, run), by place.

    ``view`` is what it believes; polls are taken as published, and protest is seen.
    """
    lanes = view.n_lanes
    base = [
        np.zeros((case.world.axes.n_cells(name), lanes)) if name in _UNSEEN else _flat(view, name)
        for name in VARIABLES
    ]
    polls = 100.0 * state.beliefs.polls
    return case.indicators.completed(
        np.concatenate([*base, _flat(view, "threat"), state.protest, polls])
    )


def _flat(view: View, name: str) -> Array:
    values: Array = getattr(view, name).reshape(-1, view.n_lanes)
    return values


def goals_of(case: Case, seat: Capital) -> tuple[Goal, ...]:
    """Return a seat's goals, public ones first."""
    brief = case.loaded.schema.seats[seat.key]  # type: ignore[index]
    return (*brief.public_goals, *brief.secret_goals)


def compile_goal_lens(case: Case, seat: Capital, cells: Integers, response: Array) -> GoalLens:
    """Lay out a seat's public and secret goals over the cells that acts can move.

    Parameters
    ----------
    case, seat
        Whose goals.
    cells
        Cells that any act moves, in the vector of all cells.
    response
        What the indicators of the seat's goals answer to a step in each of these cells
        (turns later, goal, cell), on natural scales.
    """
    goals = goals_of(case, seat)
    spans = np.array([[goal.to_value - goal.from_value] for goal in goals])
    total = sum(goal.weight for goal in goals)
    places = tuple(case.effects.variable_of(int(cell)) for cell in cells)
    slot = {int(cell): number for number, cell in enumerate(cells)}
    entries, by_unit = _entries_by_unit(case, seat)
    return GoalLens(
        case=case,
        seat=seat,
        goals=goals,
        answer=response / spans,
        places=places,
        is_logit=np.array([[VARIABLES[name].link == "logit"] for name, _ in places]),
        is_stock=case.world.cells.saturates[cells],
        low=case.world.cells.low[cells],
        high=case.world.cells.high[cells],
        shares=np.array([[goal.weight / total] for goal in goals]),
        entries=entries,
        slots=np.array([slot[int(case.effects.cell[e])] for e in entries], dtype=np.int64),
        by_unit=by_unit,
    )


def _entries_by_unit(case: Case, seat: Capital) -> tuple[Integers, Any]:
    """Return the entries that the seat's units hold, and which unit holds which."""
    lens = case.lenses[seat]
    pairs = [
        (unit, int(entry))
        for group, unit in lens.unit_of_group.items()
        for entry in case.effects.group_entries[group]
        if entry >= 0
    ]
    units, entries = np.array(pairs, dtype=np.int64).T
    known, columns = np.unique(entries, return_inverse=True)
    shape = (lens.n_units, known.size)
    return known, sparse.csr_array((np.ones(len(pairs)), (units, columns)), shape=shape)
