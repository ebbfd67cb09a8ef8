"""Holding a record against surveys from start to end: run, score, tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.experiments.baselines import (
    BASELINES,
    Asked,
    forecast,
    known_when_running_free,
)
from rapprochement_sim.experiments.effective import POSTERIOR_FILE, beliefs_of, read_prior
from rapprochement_sim.experiments.hindcast import Hindcast, plan_runs, predict
from rapprochement_sim.experiments.links import link_observations
from rapprochement_sim.experiments.observations import is_shipped, read_observations
from rapprochement_sim.experiments.placing import Placed
from rapprochement_sim.experiments.record import DATA, SHIPPED_RECORD
from rapprochement_sim.experiments.record_runs import BLOCK
from rapprochement_sim.experiments.rolling import placed_rows
from rapprochement_sim.experiments.score_file import (
    FORMAT,
    VERSION,
    judge_fitted,
    judge_free,
    judge_one_step,
    judge_rolling,
    learnt_baselines,
    rounded,
    row_entries,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rapprochement_sim.experiments.baselines import Dressed
    from rapprochement_sim.experiments.observations import Observation, ObservationFile
    from rapprochement_sim.experiments.record import Record
    from rapprochement_sim.world.axes import Array


@dataclass(frozen=True)
class Verdict:
    """A hindcast, its scores as plain data, and baselines for the chart.

    ``baselines`` holds, by name, the draws for each row of the hindcast that has any (draw,).
    """

    free: Hindcast
    scores: dict[str, Any]
    baselines: Mapping[str, Mapping[int, Array]]


def hold_against(
    record: Record,
    read: ObservationFile,
    *,
    n_draws: int = 1000,
    seed: int = 1,
    workers: int = 1,
    on_block: Callable[[], None] | None = None,
) -> Verdict:
    """Run a record freely, by posterior and by prior, and score it beside baselines.

    Parameters
    ----------
    record
        What happened.
    read
        The poll file.
    n_draws, seed
        Draws of parameters and chance, and their seed.
    workers
        Processes.
    on_block
        Called after each block of runs.
    """
    rows = read.observations
    require_forecasts(record, rows)
    beliefs = (beliefs_of(record.folder), read_prior(record.folder))
    free, prior = (
        predict(
            record,
            rows,
            plan_runs(record, n_draws=n_draws, seed=seed, beliefs=each),
            workers=workers,
            on_block=on_block,
            with_courses=number == 0,
        )
        for number, each in enumerate(beliefs)
    )
    learnt, remark = learnt_baselines(free, _shipped(record))
    tables = {
        "free": judge_free(free, prior, learnt, seed),
        "one_step_ahead": judge_one_step(prior, learnt, seed),
        "fitted_years_in_sample": judge_fitted(free, learnt, seed),
    }
    scores: dict[str, Any] = {name: judged.table(seed) for name, judged in tables.items()}
    try:
        scores["rolling_origin"] = judge_rolling(prior, seed).table(seed)
    except ValueError:
        scores["rolling_origin"] = {"rows": 0, "pooled": {}, "skill": {}, "series": {}}
    told = (*read.remarks, *free.remarks, remark, unmet_by_the_fit(record, rows))
    remarks = [each for each in told if each]
    head = {**_head(record, n_draws, seed), "remarks": remarks, "set_aside": _set_aside(read, free)}
    entries = row_entries(free)
    return Verdict(
        free, rounded({**head, **scores, "rows": entries}), _drawn_beside(free, learnt, seed)
    )


def require_forecasts(record: Record, rows: Sequence[Observation]) -> None:
    """Refuse a file that says nothing of which a forecast could be made.

    Raises
    ------
    MalformedInput
        With the place of every row and the reason.
    """
    links, unlinked = link_observations(record.loaded.rules, rows)
    if links:
        return
    faults = [
        MalformedInput(f"no forecast: {why}", where=rows[n].where) for n, why in unlinked.items()
    ]
    raise MalformedInput.gather(faults or [MalformedInput("no row of the file can be forecast")])


def _head(record: Record, n_draws: int, seed: int) -> dict[str, Any]:
    is_fitted = (record.folder / POSTERIOR_FILE).is_file()
    return {
        "format": FORMAT,
        "version": VERSION,
        "record": record.name,
        "record_hash": record.loaded.content_hash,
        "rules_hash": record.loaded.rules_hash,
        "draws": n_draws,
        "seed": seed,
        "beliefs": "posterior" if is_fitted else "prior",
    }


def unmet_by_the_fit(record: Record, rows: Sequence[Observation]) -> str:
    """Return what is to be said of rows of role fit that the shipped posterior has not met."""
    n_unmet = sum(each.is_fitted and not is_shipped(each) for each in rows)
    if not n_unmet or record.folder != DATA / SHIPPED_RECORD:
        return ""
    return (
        f"rows of role fit that are not among the shipped polls: {n_unmet}; the shipped "
        "posterior has not met them, so for them 'in sample' means out of it"
    )


def _set_aside(read: ObservationFile, free: Hindcast) -> list[dict[str, str]]:
    rows = read.observations
    return [
        *({"where": each.observation.where, "why": each.reason} for each in read.set_aside),
        *({"where": rows[place].where, "why": why} for place, why in free.unlinked),
    ]


def n_blocks(n_draws: int) -> int:
    """Return how often ``on_block`` is called."""
    return 2 * -(-n_draws // BLOCK)


def _shipped(record: Record) -> tuple[Placed, ...]:
    rows = read_observations(months=record.months).observations
    links, _ = link_observations(record.loaded.rules, rows)
    return tuple(
        Placed(rows[place], link.key, link.is_level and place in link.anchors)
        for place, link in sorted(links.items())
    )


def _drawn_beside(
    free: Hindcast, learnt: Mapping[str, Dressed], seed: int
) -> dict[str, dict[int, Array]]:
    """Return what baselines say of every row, told what they are told when running free."""
    placed = placed_rows(free)
    questions = {
        number: Asked(row, known)
        for number, row in enumerate(placed)
        if (known := known_when_running_free(row, placed))
    }
    drawn = forecast(learnt, list(questions.values()), n_draws=200, seed=seed)
    return {name: dict(zip(questions, drawn[name], strict=True)) for name in BASELINES}
