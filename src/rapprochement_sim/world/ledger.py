"""The ledger: who caused what. It keeps the terms of every turn and splits on request.

Keeping costs little, since the terms exist anyway; splitting follows them forward (see
:mod:`rapprochement_sim.world.attribution`). There is no term for the unexplained.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from rapprochement_sim.vocabulary import CauseKind
from rapprochement_sim.world.attribution import CHANCE, PROCESSES, Walk
from rapprochement_sim.world.axes import VARIABLES, Array, Integers
from rapprochement_sim.world.building import World
from rapprochement_sim.world.indicators import IndicatorTable
from rapprochement_sim.world.records import TurnRecord
from rapprochement_sim.world.state import WorldState

PUBLISHED = "published_"


@dataclass(frozen=True)
class RowLabel:
    """How the ledger names a row of the rule book: its key and its kind of cause."""

    key: str
    kind: CauseKind


@dataclass(frozen=True)
class Cause:
    """What a change is due to.

    ``key`` is a row's key (``summit:seoul>tokyo``) or the name of a process; ``turn``,
    ``slot`` and ``row`` say which act it was, -1 for processes and chance.
    """

    kind: CauseKind
    key: str
    turn: int = -1
    slot: int = -1
    row: int = -1


@dataclass(frozen=True)
class Term:
    """One cause's share of a change."""

    cause: Cause
    amount: float


_PROCESS_CAUSES = tuple(
    Cause(CauseKind.CHANCE if name in CHANCE else CauseKind.PROCESS, name) for name in PROCESSES
)


class _LaneBook:
    """All splits of one lane, turn by turn (cause, figure).

    Kept sparse: of a hundred causes and six hundred figures one pair in a hundred meets.
    """

    def __init__(self, ledger: "Ledger", lane: int) -> None:
        self._ledger = ledger
        self._lane = lane
        self._n_followed = 0
        self.causes: list[Cause] = list(_PROCESS_CAUSES)
        self.turns: list[sparse.csc_array] = []
        self.polls: list[sparse.csc_array] = []

    def follow(self) -> None:
        """Follow the lane through all turns kept so far, from the start."""
        records = self._ledger.records
        if self._n_followed == len(records):
            return
        self.causes = list(_PROCESS_CAUSES)
        self.turns, self.polls = [], []
        numbered = [self._number(record) for record in records]
        walk = self._ledger.walk(np.array([self._lane]), len(self.causes) - len(PROCESSES))
        for record, cause_of in zip(records, numbered, strict=True):
            walk.follow(record, cause_of)
            self.turns.append(sparse.csc_array(self._ledger.indicator_terms(walk)[..., 0]))
            self.polls.append(sparse.csc_array(self._ledger.poll_terms(walk, record)[..., 0]))
        self._n_followed = len(records)

    def _number(self, record: TurnRecord) -> Integers:
        rows = record.rows[:, self._lane]
        numbers = np.full((rows.size, 1), -1, dtype=np.int64)
        for slot in np.flatnonzero(rows >= 0):
            label = self._ledger.labels[rows[slot]]
            numbers[slot, 0] = len(self.causes)
            self.causes.append(
                Cause(label.kind, label.key, record.turn, int(slot), int(rows[slot]))
            )
        return numbers


class Ledger:
    """Keeps the records of a model's turns and explains changes.

    Parameters
    ----------
    world, table
        Constants and indicators of the scenario.
    start
        The state that the first kept turn starts from.
    labels
        One label a row of the rule book.
    """

    def __init__(
        self,
        world: World,
        table: IndicatorTable,
        start: WorldState,
        labels: Sequence[RowLabel],
    ) -> None:
        self.world = world
        self.table = table
        self.labels = tuple(labels)
        self.records: list[TurnRecord] = []
        self._start = start
        self._books: dict[int, _LaneBook] = {}

    def append(self, record: TurnRecord) -> None:
        """Keep a turn."""
        self.records.append(record)

    def explain(self, indicator: str, turn: int, lane: int = 0) -> list[Term]:
        """Split one indicator's change over one turn; the parts sum to it.

        Parameters
        ----------
        indicator
            Name of an indicator, or ``published_`` and the id of a survey for the
            published share (with its sampling error).
        turn
            Turn, from 0; a kept one.
        lane
            Which world.

        Returns
        -------
        list
            Terms that are not zero, the largest first.

        Raises
        ------
        KeyError
            If there is no such indicator.
        IndexError
            If the turn is not kept.
        """
        book = self._books.setdefault(lane, _LaneBook(self, lane))
        book.follow()
        if not 0 <= turn < len(book.turns):
            msg = f"turn {turn} is not in the ledger, which holds {len(book.turns)} turns"
            raise IndexError(msg)
        is_published, column = self._place(indicator)
        kept = (book.polls if is_published else book.turns)[turn]
        met = slice(*kept.indptr[column : column + 2])
        terms = [
            Term(book.causes[number], float(amount))
            for number, amount in zip(kept.indices[met], kept.data[met], strict=True)
        ]
        return sorted(terms, key=lambda term: (-abs(term.amount), term.cause.key, term.cause.turn))

    def totals(self, indicators: Sequence[str]) -> dict[str, dict[str, Array]]:
        """Split indicators' changes over all kept turns by row or process, in every lane.

        Returns
        -------
        dict
            Indicator to cause key to summed change (run). Acts of the same row in
            several turns are summed.
        """
        if not self.records:
            return {name: {} for name in indicators}
        n_lanes = self.records[0].rows.shape[1]
        happened = np.unique(np.concatenate([r.rows[r.rows >= 0] for r in self.records]))
        number = np.full(len(self.labels) + 1, -1, dtype=np.int64)
        number[happened] = len(PROCESSES) + np.arange(happened.size)
        walk = self.walk(np.arange(n_lanes), happened.size)
        keys = [*PROCESSES, *(self.labels[row].key for row in happened)]
        sums: dict[str, Array] = {name: np.zeros((len(keys), n_lanes)) for name in indicators}
        for record in self.records:
            walk.follow(record, number[record.rows])
            terms, polls = self.indicator_terms(walk), self.poll_terms(walk, record)
            for name, summed in sums.items():
                is_published, column = self._place(name)
                summed[...] += (polls if is_published else terms)[:, column]
        return {
            name: {key: row for key, row in zip(keys, total, strict=True) if row.any()}
            for name, total in sums.items()
        }

    def walk(self, lanes: Integers, n_causes: int) -> Walk:
        """Start a walk over some lanes."""
        return Walk(self.world, lanes, n_causes, self._start)

    def indicator_terms(self, walk: Walk) -> Array:
        """Return the terms of all indicators in a followed turn (cause, indicator, lane)."""
        n, lanes = walk.n_causes, walk.lanes.size
        base = np.concatenate(
            [
                *(walk.natural[name].reshape(n, -1, lanes) for name in VARIABLES),
                walk.natural["threat"].reshape(n, -1, lanes),
                walk.natural["protest"],
                100.0 * walk.shares,
            ],
            axis=1,
        )
        flat = base.transpose(1, 0, 2).reshape(base.shape[1], -1)
        summed = (self.table.weights @ flat).reshape(-1, n, lanes).transpose(1, 0, 2)
        return np.concatenate([base, summed], axis=1)

    def poll_terms(self, walk: Walk, record: TurnRecord) -> Array:
        """Return the terms of published shares (cause, survey, lane), in percent."""
        error = [(end.polls - end.shares)[:, walk.lanes] for end in (record.before, record.after)]
        terms = 100.0 * walk.shares
        terms[PROCESSES.index("sampling")] += 100.0 * (error[1] - error[0])
        return terms

    def _place(self, indicator: str) -> tuple[bool, int]:
        """Return whether an indicator is a published share, and its column among its like."""
        if indicator.startswith(PUBLISHED):
            survey = indicator.removeprefix(PUBLISHED)
            if survey not in self.world.axes.surveys:
                msg = f"unknown survey {survey!r}"
                raise KeyError(msg)
            return True, self.world.axes.surveys.index(survey)
        return False, self.table.by_name[indicator].index
