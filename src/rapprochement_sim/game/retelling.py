"""Letting worlds live through a turn whose public acts are known.

Everything that made the news is forced: deals, refusals, failed ratifications, orders,
events, encounters at sea and changes of leader. What nobody saw, the worlds draw for
themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.agents.capital import NOTHING
from rapprochement_sim.agents.turning import Events, mandate_of_opinion
from rapprochement_sim.decision.case import MARITIME_ENCOUNTER, ORDER_SLOTS, PROPOSAL_SLOTS
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.randomness import Chance, Process
from rapprochement_sim.vocabulary import ORDERS_PER_TURN
from rapprochement_sim.world.axes import N_CAPITALS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.effects.rows import Row
    from rapprochement_sim.world.axes import Array
    from rapprochement_sim.world.state import WorldState

_HAPPENS, _DOES_NOT = 0.0, 1.0
_SAME_STANCE = 1e-6
_LARGEST_STANCE = 1.0 - 1e-9


@dataclass(frozen=True)
class ActSeen:
    """A public act: its slot of the turn, row of the rule book, modifiers as bits, month."""

    slot: int
    row: int
    bits: int
    month: int


class ToldChance(Chance):
    """Chance in which some draws are told, one for each cell of their process.

    Parameters
    ----------
    chance
        Where all other draws come from.
    uniforms
        Process to what is drawn (cell,), in every run alike.
    normals
        Process to what is drawn (cell,), or in each run (cell, run).
    """

    def __init__(
        self,
        chance: Chance,
        uniforms: Mapping[Process, Array],
        normals: Mapping[Process, Array],
    ) -> None:
        super().__init__(chance.seed, chance.runs, is_on=chance.is_on)
        self._uniforms = dict(uniforms)
        self._normals = dict(normals)

    def uniforms(
        self, process: Process, turn: int, n_cells: int, *, draw: int = 0
    ) -> NDArray[np.float64]:
        """Draw uniforms on [0, 1], shape (n_cells, run); told ones are what they are told."""
        if process not in self._uniforms:
            return super().uniforms(process, turn, n_cells, draw=draw)
        return np.repeat(self._uniforms[process][:, np.newaxis], self.runs.size, axis=1)

    def normals(
        self,
        process: Process,
        turn: int,
        n_cells: int,
        *,
        draw: int = 0,
        only: NDArray[np.int64] | None = None,
    ) -> NDArray[np.float64]:
        """Draw standard normals, shape (n_cells, run); told ones are what they are told."""
        if process not in self._normals:
            return super().normals(process, turn, n_cells, draw=draw, only=only)
        told = self._normals[process] if only is None else self._normals[process][only]
        told = told if told.ndim > 1 else told[:, np.newaxis]
        return np.broadcast_to(told, (told.shape[0], self.runs.size)).copy()


def relive(
    case: Case, state: WorldState, acts: Sequence[ActSeen], chance: Chance, stance: Array
) -> WorldState:
    """Return worlds after a turn in which these acts happened, and no others.

    ``stance`` is where leaders were seen to stand afterwards (capital, 1): that a leader
    changed shows in it, and then the turn is lived through again with that change.
    """
    stayed = np.full(N_CAPITALS, _DOES_NOT)
    nobody_new = np.zeros((N_CAPITALS, state.n_lanes))
    lived = _lived(case, state, acts, chance, (stayed, nobody_new))
    due = {entry.capital for entry in case.elections if entry.turn == state.turn}
    jumped = np.abs(lived.values["stance"] - stance).max(axis=1) > _SAME_STANCE
    changed = [capital for capital in due if jumped[capital]]
    if not changed:
        return lived
    lost = stayed.copy()
    lost[changed] = _HAPPENS
    return _lived(case, state, acts, chance, (lost, _leaders_drawn(case, lived, stance)))


def _leaders_drawn(case: Case, lived: WorldState, stance: Array) -> Array:
    """Return the draws by which new leaders come to stand where these do (capital, run)."""
    inside = np.clip(stance, -_LARGEST_STANCE, _LARGEST_STANCE)
    drawn = inside / np.sqrt(1.0 - inside * inside)
    spread = case.world.parameters["new_leader_stance_spread"]
    mandates = np.stack([mandate_of_opinion(case, lived, c) for c in range(N_CAPITALS)])
    return (drawn - mandates) / spread if spread > 0.0 else np.zeros_like(mandates)


def _lived(
    case: Case,
    state: WorldState,
    acts: Sequence[ActSeen],
    chance: Chance,
    elections: tuple[Array, Array],
) -> WorldState:
    lost, leaders = elections
    told = {
        Process.RATIFICATION: _votes(case, acts),
        Process.INCIDENTS: np.array([_encounter(case, acts)]),
        Process.ELECTIONS: lost,
    }
    model = RapprochementModel(
        case,
        runs=chance.runs.tolist(),
        collect=False,
        chance=ToldChance(chance, told, {Process.ELECTIONS: leaders}),
        state=state,
    )
    _force(model, acts)
    model.step()
    after = model.state
    model.release()
    return after


def _force(model: RapprochementModel, acts: Sequence[ActSeen]) -> None:
    case = model.case
    model.proposal_override[:] = NOTHING
    model.order_override[:] = NOTHING
    events = np.full_like(model.events.row, -1)
    months = np.zeros_like(model.events.month)
    for act in acts:
        if act.slot < PROPOSAL_SLOTS:
            offered = _offered(case, case.row(act.row))
            model.proposal_override[act.slot] = offered.index
            model.proposal_modifiers_override[act.slot] = act.bits
            model.consent_override[:, act.slot] = int(case.row(act.row).kind != "refused")
        elif act.slot < PROPOSAL_SLOTS + ORDER_SLOTS:
            seat, number = divmod(act.slot - PROPOSAL_SLOTS, ORDERS_PER_TURN)
            model.order_override[seat, number] = act.row
            model.order_modifiers_override[seat, number] = act.bits
        else:
            events[act.slot - PROPOSAL_SLOTS - ORDER_SLOTS] = act.row
            months[act.slot - PROPOSAL_SLOTS - ORDER_SLOTS] = act.month
    model.events = Events(events, months)


def _offered(case: Case, happened: Row) -> Row:
    """Return the act that was offered, whatever became of it."""
    if happened.kind == "act":
        return happened
    came_to = "refused_row" if happened.kind == "refused" else "failed_row"
    return next(row for row in case.effects.rows if getattr(row, came_to) == happened.index)


def _votes(case: Case, acts: Sequence[ActSeen]) -> Array:
    """Tell how parliaments voted (proposer and capital,): only what failed was voted down."""
    votes = np.full((N_CAPITALS, N_CAPITALS), _HAPPENS)
    for act in acts:
        if act.slot < PROPOSAL_SLOTS and case.row(act.row).kind == "failed":
            votes[act.slot] = _DOES_NOT
    return votes.reshape(-1)


def _encounter(case: Case, acts: Sequence[ActSeen]) -> float:
    """Tell whether there was an encounter at sea."""
    names = [case.row(act.row).name for act in acts]
    return _HAPPENS if MARITIME_ENCOUNTER in names else _DOES_NOT
