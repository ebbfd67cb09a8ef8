"""The model under the record: what was done is done again, and only publics are free."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from rapprochement_sim.agents.capital import CapitalAgent
from rapprochement_sim.agents.turning import Deals, Events, install_leader
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.vocabulary import CAPITAL_KEYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.experiments.record import LeaderChange, RecordAct
    from rapprochement_sim.world.axes import Array, Integers


@dataclass(frozen=True)
class ActTable:
    """Acts and new leaders by month.

    Attributes
    ----------
    rows, modifiers
        Month to rows of the rule book and their modifiers as bits (act,).
    weights
        Month to factors of rows that are not told in full (row, factor).
    leaders
        Month to (capital, stance) of those who take office.
    """

    rows: Mapping[int, Integers]
    modifiers: Mapping[int, Integers]
    weights: Mapping[int, tuple[tuple[int, float], ...]]
    leaders: Mapping[int, tuple[tuple[int, float], ...]]


def tabulate(
    case: Case, acts: Iterable[RecordAct], leaders: Iterable[LeaderChange] = ()
) -> ActTable:
    """Lay the acts of a record out by month."""
    rows: dict[int, list[int]] = defaultdict(list)
    bits: dict[int, list[int]] = defaultdict(list)
    weights: dict[int, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for act in acts:
        row = case.effects.row_by_key[act.act]
        known = case.row(row).modifiers
        rows[act.month].append(row)
        bits[act.month].append(sum(1 << known.index(name) for name in act.modifiers))
        weights[act.month][row].append(act.weight)
    offices: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for change in leaders:
        offices[change.month].append((CAPITAL_KEYS.index(change.capital), change.stance))
    return ActTable(
        {month: np.array(found, dtype=np.int64) for month, found in rows.items()},
        {month: np.array(found, dtype=np.int64) for month, found in bits.items()},
        {month: _partly_told(found) for month, found in weights.items()},
        {month: tuple(found) for month, found in offices.items()},
    )


def _partly_told(weights: Mapping[int, list[float]]) -> tuple[tuple[int, float], ...]:
    """Return the mean weight of each row that is not told in full."""
    means = ((row, sum(found) / len(found)) for row, found in weights.items())
    return tuple((row, mean) for row, mean in means if mean != 1.0)


class Bystander(CapitalAgent):
    """A government that leaves everything to the record."""

    def appraise(self) -> None:
        """Judge nothing."""

    def propose(self) -> None:
        """Offer nothing."""

    def answer(self) -> None:
        """Answer nobody."""

    def choose_orders(self) -> None:
        """Order nothing."""


class RecordModel(RapprochementModel):
    """Worlds in which the acts of a record happen when they did; a turn is a month.

    Parameters
    ----------
    case
        The record's scenario, compiled; its parameters and anchors may differ by lane.
    table
        What happens when.
    strength
        Factor of every declared effect in every lane (entry, run), or one for all.
    watch
        Called with the model at the start of each month, and after the last.
    **settings
        As :class:`~rapprochement_sim.model.RapprochementModel` takes them.
    """

    def __init__(
        self,
        case: Case,
        table: ActTable,
        *,
        strength: Array | float = 1.0,
        watch: Callable[[RecordModel], None] | None = None,
        **settings: Any,
    ) -> None:
        self.table = table
        self.watch = watch
        super().__init__(case, capital_agent=Bystander, collect=False, **settings)
        n_entries = case.effects.size.size
        self.strength = np.broadcast_to(np.asarray(strength), (n_entries, self.n_lanes))

    def open_turn(self) -> None:
        """Find what the record holds for the month."""
        if self._is_open:
            return
        self._is_open = True
        if self.watch is not None:
            self.watch(self)
        lanes = self.n_lanes
        rows = self.table.rows.get(self.turn, np.zeros(0, dtype=np.int64))
        bits = self.table.modifiers.get(self.turn, rows)
        shape = (rows.size, lanes)
        self.events = Events(
            np.broadcast_to(rows[:, np.newaxis], shape),
            np.zeros(shape, dtype=np.int64),
            np.broadcast_to(bits[:, np.newaxis], shape),
        )

    def carry_out(self) -> None:
        """Let the month's acts enter, each with the weight it is told with."""
        strength = self.strength
        partly = self.table.weights.get(self.turn, ())
        if partly:
            strength = strength.copy()
            for row, weight in partly:
                groups = self.case.effects.row_groups[row]
                entries = self.case.effects.group_entries[groups[groups >= 0]]
                strength[entries[entries >= 0]] *= weight
        self.effects_strength = strength  # type: ignore[assignment]
        super().carry_out()

    def settle_proposals(self) -> None:
        """Strike no deals: those of the record are among its acts."""
        state = self.state
        self.deals = Deals(
            row=self.proposal_row,
            accepted=np.zeros_like(self.proposal_row, dtype=bool),
            attention_left=state.attention,
            capital_left=state.values["political_capital"],
        )
        self.attention_left = state.attention
        self.capital_left = state.values["political_capital"]

    def hold_politics(self) -> None:
        """Put those into office who took it."""
        self._home = {}
        for capital, stance in self.table.leaders.get(self.turn, ()):
            self.state = install_leader(self.case, self.state, capital, stance)

    def record(self) -> None:
        """Count the month and open the next."""
        self.state = replace(self.state, turn=self.turn + 1)
        self._clear_overrides()
        self._is_open = self._is_settled = False
        self.open_turn()

    def _read_indicators(self) -> None:
        """Leave indicators unread: a hindcast asks publics."""
