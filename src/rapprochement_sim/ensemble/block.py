"""One block: some runs of an ensemble, stepped side by side from start to end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.errors import WrongVersion
from rapprochement_sim.model import RapprochementModel, load_case
from rapprochement_sim.vocabulary import CAPITALS, Capital
from rapprochement_sim.world.objectives import outcome_met, score_goals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.ensemble.spec import EnsembleSpec
    from rapprochement_sim.world.axes import Array, Booleans, Integers


@dataclass(frozen=True)
class ActList:
    """Everything that happened, by turn and slot: one place in each array for each act.

    ``row`` is the row of the rule book, ``modifiers`` bits as in
    :class:`rapprochement_sim.effects.acting.Acts`.
    """

    run: Integers
    turn: Integers
    slot: Integers
    row: Integers
    modifiers: Integers


@dataclass(frozen=True)
class CauseTotals:
    """What a cause did to an indicator over all turns (run), of the explained runs."""

    indicator: str
    cause: str
    amount: Array


@dataclass(frozen=True)
class BlockResult:
    """What is kept of a block.

    Attributes
    ----------
    runs
        Run numbers (run).
    series
        Kept indicators by turn, the start included (turn, indicator, run).
    scores
        Each seat's weighted progress towards its goals, secret ones included, at the
        end (capital, run), 0..100.
    outcomes
        Whether each outcome of the scenario came true (outcome, run).
    acts
        See :class:`ActList`.
    digests
        SHA-256 of every bit of each final state.
    explained
        Run numbers whose causes were kept.
    causes
        Causes that did anything in any explained run of the block.
    """

    runs: Integers
    series: Array
    scores: Array
    outcomes: Booleans
    acts: ActList
    digests: tuple[str, ...]
    explained: Integers
    causes: tuple[CauseTotals, ...]


@lru_cache(maxsize=4)
def case_of(spec: EnsembleSpec) -> Case:
    """Compile the case of an ensemble, once a process.

    Raises
    ------
    WrongVersion
        If the scenario or the rules were changed after the ensemble was asked for.
    """
    case = load_case(spec.scenario)
    found = (case.loaded.content_hash, case.loaded.rules_hash)
    if found != (spec.content_hash, spec.rules_hash):
        what = "the scenario or the rules were changed while the runs were under way"
        raise WrongVersion(what, where=spec.scenario, todo="Start again in a new folder.")
    if spec.lens_weights is None:
        return case
    return replace(case, lens_weights=np.array(spec.lens_weights))


def run_block(spec: EnsembleSpec, block: int) -> BlockResult:
    """Step the runs of one block through all turns."""
    case, runs = case_of(spec), spec.block_runs(block)
    explained = [run for run in runs if run < spec.explained_runs]
    model = RapprochementModel(
        case, root_seed=spec.root_seed, runs=runs, ledger=bool(explained), collect=False
    )
    kept = len(runs)
    looked_at = judged_places(case)
    places = _places(case, spec.indicators)
    series, judged, acts = [model.indicators[places]], [model.indicators[looked_at]], []
    while not model.is_over:
        model.step()
        series.append(model.indicators[places])
        judged.append(model.indicators[looked_at])
        acts.append((model.acts.row[:, :kept], model.acts.modifiers[:, :kept]))
    result = BlockResult(
        runs=np.array(runs, dtype=np.int64),
        series=np.stack(series)[..., :kept],
        scores=final_scores(case, model.indicators)[:, :kept],
        outcomes=outcomes_met(case, np.stack(judged))[:, :kept],
        acts=_act_list(acts, runs.start),
        digests=tuple(model.state.digest(lane) for lane in range(kept)),
        explained=np.array(explained, dtype=np.int64),
        causes=_causes(model, spec.indicators, len(explained)),
    )
    model.release()
    return result


def _places(case: Case, names: Iterable[str]) -> list[int]:
    return [case.indicators.by_name[name].index for name in names]


def final_scores(case: Case, final: Array) -> Array:
    """Return each seat's score (capital, run), 0..100, from all indicators (indicator, run)."""
    seats = [case.loaded.schema.seats[capital.key] for capital in CAPITALS]  # type: ignore[index]
    return np.stack(
        [
            score_goals([*seat.public_goals, *seat.secret_goals], final, case.indicators)
            for seat in seats
        ]
    )


def surveys_read(
    case: Case, names: Iterable[str] = (), seats: Iterable[Capital] = CAPITALS
) -> frozenset[str]:
    """Name the surveys that these indicators, the outcomes and some seats' scores are read off."""
    briefs = [case.loaded.schema.seats[seat.key] for seat in seats]  # type: ignore[index]
    goals = [goal for brief in briefs for goal in (*brief.public_goals, *brief.secret_goals)]
    looked_at = [goal.indicator for goal in goals]
    looked_at += [outcome.indicator for outcome in case.loaded.schema.outcomes.values()]
    return case.indicators.surveys_behind([*names, *looked_at])


def judged_places(case: Case) -> list[int]:
    """Return the place of the indicator that each outcome of the scenario looks at."""
    return _places(case, [each.indicator for each in case.loaded.schema.outcomes.values()])


def outcomes_met(case: Case, judged: Array) -> Booleans:
    """Return whether each outcome came true (outcome, run).

    ``judged`` holds the indicators of :func:`judged_places` by turn, the start included
    (turn, outcome, run).
    """
    outcomes = case.loaded.schema.outcomes.values()
    met = np.empty((len(outcomes), judged.shape[-1]), dtype=np.bool_)
    for number, outcome in enumerate(outcomes):
        met[number] = outcome_met(outcome, judged[:, number])
    return met


def _act_list(by_turn: list[tuple[Integers, Integers]], first_run: int) -> ActList:
    rows = np.stack([row for row, _ in by_turn])
    modifiers = np.stack([bits for _, bits in by_turn])
    lane, turn, slot = np.nonzero(rows.transpose(2, 0, 1) >= 0)
    return ActList(
        run=first_run + lane,
        turn=turn + 1,
        slot=slot,
        row=rows[turn, slot, lane],
        modifiers=modifiers[turn, slot, lane],
    )


def _causes(
    model: RapprochementModel, indicators: tuple[str, ...], n_explained: int
) -> tuple[CauseTotals, ...]:
    if model.ledger is None:
        return ()
    return tuple(
        CauseTotals(indicator, cause, amount[:n_explained])
        for indicator, by_cause in model.ledger.totals(indicators).items()
        for cause, amount in by_cause.items()
        if np.any(amount[:n_explained] != 0.0)
    )
