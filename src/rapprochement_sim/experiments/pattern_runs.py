"""What acts of the record bring about: runs with them and without, draw by draw."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from rapprochement_sim.errors import MalformedInput, listed
from rapprochement_sim.experiments.lanes import strengths, with_parameters
from rapprochement_sim.experiments.readings import read
from rapprochement_sim.experiments.record_model import RecordModel, tabulate
from rapprochement_sim.experiments.record_runs import BLOCK, case_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rapprochement_sim.experiments.readings import Question
    from rapprochement_sim.experiments.record import Record
    from rapprochement_sim.experiments.record_runs import RecordRuns
    from rapprochement_sim.world.axes import Array
    from rapprochement_sim.world.state import WorldState

Lines = frozenset[int]
AS_IT_WAS: Lines = frozenset()


def effect_of(
    record: Record,
    runs: RecordRuns,
    event_lines: Sequence[int],
    question: Question,
    months_after: Sequence[int],
) -> Array:
    """Return what acts changed, with them less without them (month after, draw), points.

    Both share parameters and chance. At most 128 draws are taken.

    Parameters
    ----------
    record, runs
        What happens, and the plan of its runs.
    event_lines
        Lines of the event list whose acts are left out; all of one month.
    question
        What is read.
    months_after
        When it is read, in months after the acts; 0 is before they are felt.

    Raises
    ------
    MalformedInput
        If the record has no act of these lines.
    """
    taken = min(runs.n_draws, BLOCK)
    parameters = {name: values[:taken] for name, values in runs.parameters.items()}
    lines = frozenset(event_lines)
    first = _first_month(runs, lines)
    asks = [(question, first + after) for after in months_after]
    found = ask_without(record, replace(runs, parameters=parameters), {lines: asks})
    changes = [found[AS_IT_WAS, *ask] - found[lines, *ask] for ask in asks]
    return np.stack(changes)


def ask_without(
    record: Record, runs: RecordRuns, wanted: Mapping[Lines, Sequence[tuple[Question, int]]]
) -> dict[tuple[Lines, Question, int], Array]:
    """Ask a record as it was, and without some of its acts under the same chance.

    Until the first act that is left out the two are one and the same, so runs without it
    start there.

    Parameters
    ----------
    record, runs
        What happens, and the plan of its runs; all draws run side by side.
    wanted
        Lines of the event list whose acts are left out, and what is then asked at the start
        of which month. The record as it was (no lines) is asked all of it.

    Returns
    -------
    dict
        By lines, question and month: points of 0..100 (draw).

    Raises
    ------
    MalformedInput
        If the record has no act of some lines.
    """
    begins = {lines: _first_month(runs, lines) for lines in wanted if lines}
    everything = [ask for asks in wanted.values() for ask in asks]
    states: dict[int, WorldState] = {}
    whole = _Play(record, runs, AS_IT_WAS)
    found = whole.ask(everything, keep=states, at=frozenset(begins.values()))
    for lines, first in begins.items():
        late = [ask for ask in wanted[lines] if ask[1] > first]
        for question, month in wanted[lines]:
            found[lines, question, month] = found[AS_IT_WAS, question, month]
        found |= _Play(record, runs, lines, states[first]).ask(late)
    return found


class _Play:
    """One set of runs of a record without some acts, from its start or a state within it."""

    def __init__(
        self, record: Record, runs: RecordRuns, lines: Lines, state: WorldState | None = None
    ) -> None:
        self.lines = lines
        self.drawn = runs.parameters
        base = case_of(str(record.folder))
        acts = [act for act in runs.acts if act.event_line not in lines]
        self._settings: dict[str, Any] = {
            "case": with_parameters(base, self.drawn),
            "table": tabulate(base, acts, runs.leaders),
            "strength": strengths(base, self.drawn),
            "root_seed": runs.seed,
            "runs": list(range(runs.n_draws)),
            "chance": runs.chance,
            "state": state,
        }

    def ask(
        self,
        asks: Sequence[tuple[Question, int]],
        *,
        keep: dict[int, WorldState] | None = None,
        at: frozenset[int] = frozenset(),
    ) -> dict[tuple[Lines, Question, int], Array]:
        by_month = defaultdict(set)
        for question, month in asks:
            by_month[month].add(question)
        found = {}

        def listen(model: RecordModel) -> None:
            for question in by_month.get(model.turn, ()):
                found[self.lines, question, model.turn] = read(question, model, self.drawn)
            if keep is not None and model.turn in at:
                keep[model.turn] = model.state

        model = RecordModel(watch=listen, **self._settings)
        while model.turn < max(by_month, default=0):
            model.step()
        model.release()
        return found


def _first_month(runs: RecordRuns, lines: Lines) -> int:
    known = {act.event_line for act in runs.acts}
    if not lines or not lines <= known:
        numbers = listed(str(line) for line in sorted(lines - known))
        what = f"the record has no act of the event list's lines {numbers}"
        raise MalformedInput(what, todo="The table of facts belongs to the shipped record.")
    return min(act.month for act in runs.acts if act.event_line in lines)
