"""What single acts of the record bring about: runs with them and without, draw by draw."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.decision.appraisal import appraise_threat
from rapprochement_sim.experiments.lanes import strengths, with_parameters
from rapprochement_sim.experiments.record_model import RecordModel, tabulate
from rapprochement_sim.experiments.record_runs import BLOCK, case_of
from rapprochement_sim.world.axes import VARIABLES
from rapprochement_sim.world.forms import logistic, soft_step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rapprochement_sim.experiments.record import Record
    from rapprochement_sim.experiments.record_runs import RecordRuns
    from rapprochement_sim.vocabulary import Capital
    from rapprochement_sim.world.axes import Array

_WIDTH = 0.25


@dataclass(frozen=True)
class Reading:
    """Something of the state that is read: ``opinion`` is the share of a public above 0.

    A variable of governments has a partner, approval has none.
    """

    name: str
    capital: Capital
    partner: Capital | None = None

    def of(self, model: RecordModel) -> Array:
        """Return it in points of 0..100 (run)."""
        if self.name == "opinion":
            attitude = model.state.attitude[self.capital, :, self.partner]
            share: Array = soft_step(attitude / _WIDTH).mean(axis=0)
            return 100.0 * share
        values = self._variable(model)[self.capital]
        own: Array = values if self.partner is None else values[self.partner]
        return 100.0 * own

    def _variable(self, model: RecordModel) -> Array:
        values = model.state.values
        if self.name == "threat":
            return logistic(appraise_threat(model.case.world, values))
        is_logit = VARIABLES[self.name].link == "logit"
        return logistic(values[self.name]) if is_logit else values[self.name]


def effect_of(
    record: Record,
    runs: RecordRuns,
    event_lines: Sequence[int],
    reading: Reading,
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
    reading
        What is read.
    months_after
        When it is read, in months after the acts; 0 is before they are felt.

    Raises
    ------
    ValueError
        If the record has no act of these lines.
    """
    left_out = [act for act in runs.acts if act.event_line in event_lines]
    if not left_out:
        message = f"the record has no act of lines {list(event_lines)}"
        raise ValueError(message)
    first = min(act.month for act in left_out)
    months = [first + after for after in months_after]
    others = tuple(act for act in runs.acts if act.event_line not in event_lines)
    with_them = _read(record, runs, runs.acts, reading, months)
    difference: Array = with_them - _read(record, runs, others, reading, months)
    return difference


def _read(
    record: Record,
    runs: RecordRuns,
    acts: Sequence[object],
    reading: Reading,
    months: Sequence[int],
) -> Array:
    lanes = np.arange(min(runs.n_draws, BLOCK))
    drawn = {name: values[lanes] for name, values in runs.parameters.items()}
    base = case_of(str(record.folder))
    found = np.zeros((len(months), lanes.size))
    places: dict[int, list[int]] = defaultdict(list)
    for place, month in enumerate(months):
        places[month].append(place)

    def listen(model: RecordModel) -> None:
        for place in places.get(model.turn, ()):
            found[place] = reading.of(model)

    model = RecordModel(
        with_parameters(base, drawn),
        tabulate(base, acts, runs.leaders),  # type: ignore[arg-type]
        strength=strengths(base, drawn, None),
        watch=listen,
        root_seed=runs.seed,
        runs=[int(lane) for lane in lanes],
        chance=runs.chance,
    )
    while model.turn < max(months):
        model.step()
    model.release()
    return found
