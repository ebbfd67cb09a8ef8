"""What a record is held against: scores beside baselines, as one documented file.

Three kinds of forecast are scored, each beside the same baselines: *free* (the posterior,
run without a look at any survey; only rows that are neither anchors nor levels), *one step
ahead* and *rolling origin* (prior draws, updated on what was published by then).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rapprochement_sim.experiments.baselines import (
    ONE_STEP,
    Asked,
    Dressed,
    forecast,
    known_one_step_ahead,
    known_when_running_free,
    learn,
    learn_one_step,
)
from rapprochement_sim.experiments.episodes import episodes_of
from rapprochement_sim.experiments.rolling import placed_rows, roll
from rapprochement_sim.experiments.scoring import fair_crps, score, skill
from rapprochement_sim.experiments.updating import one_step_ahead, updated_draws

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rapprochement_sim.experiments.hindcast import Hindcast
    from rapprochement_sim.experiments.placing import Placed
    from rapprochement_sim.world.axes import Array

FORMAT, VERSION = "rapprochement-sim scores", 1
MODEL, UPDATED = "model", "model_updated"
_DIGITS = 4


@dataclass(frozen=True)
class Judged:
    """Forecasts of some rows by several forecasters, and what was published.

    ``ensembles`` has (row, draw) by forecaster, ``values`` (row,), in per cent.
    """

    rows: tuple[Placed, ...]
    values: Array
    ensembles: Mapping[str, Array]

    def table(self, seed: int) -> dict[str, Any]:
        """Return scores and skills, pooled and by series."""
        if not self.rows:
            return {"rows": 0, "pooled": {}, "skill": {}, "series": {}}
        segments = dict.fromkeys(row.segment for row in self.rows)
        return {
            "rows": len(self.rows),
            "pooled": self._scores(np.arange(len(self.rows))),
            "skill": self._skills(seed),
            "series": {segment: self._scores(self._of(segment)) for segment in segments},
        }

    def _of(self, segment: str) -> Any:
        return np.flatnonzero([row.segment == segment for row in self.rows])

    def _scores(self, which: Any) -> dict[str, Any]:
        return {
            name: asdict(score(draws[which], self.values[which]))
            for name, draws in self.ensembles.items()
        }

    def _skills(self, seed: int) -> dict[str, Any]:
        """Skill of the model over each baseline, by point and by episode."""
        crps = {name: fair_crps(draws, self.values) for name, draws in self.ensembles.items()}
        episodes = episodes_of(row.observation for row in self.rows)
        found: dict[str, Any] = {}
        for own in (MODEL, UPDATED):
            if own not in crps:
                continue
            found[own] = {
                name: {
                    "by_point": asdict(skill(crps[own], crps[name], seed=seed)),
                    "by_episode": asdict(skill(crps[own], crps[name], episodes, seed=seed)),
                }
                for name in crps
                if name not in {MODEL, UPDATED}
            }
        return found


def judge_free(free: Hindcast, prior: Hindcast, learnt: Mapping[str, Dressed], seed: int) -> Judged:
    """Judge rows that are held out: neither anchors nor spent on a level.

    ``model`` has seen no survey while it ran; ``model_updated`` is told, for each row, what
    persistence is told: the fitted rows before it.
    """
    placed = placed_rows(free)
    asked = [row for row, each in enumerate(placed) if each.is_scored]
    ensembles = {MODEL: free.predicted[asked]}
    if asked:
        ensembles[UPDATED] = np.stack(
            [updated_draws(prior, _told(placed, row), [row], seed=seed)[0] for row in asked]
        )
    questions = [Asked(placed[row], known_when_running_free(placed[row], placed)) for row in asked]
    return _judged(free, placed, asked, ensembles, questions, _further(learnt), seed)


def _told(placed: Sequence[Placed], row: int) -> list[int]:
    """Return fitted and level-setting rows before a row."""
    month = placed[row].observation.month
    return [
        number
        for number, each in enumerate(placed)
        if each.observation.month < month and (each.observation.is_fitted or each.sets_level)
    ]


def judge_one_step(prior: Hindcast, learnt: Mapping[str, Dressed], seed: int) -> Judged:
    """Judge every row that has an earlier one of its series, told all that came before."""
    placed = placed_rows(prior)
    known = [known_one_step_ahead(row, placed) for row in placed]
    asked = [number for number, before in enumerate(known) if before]
    draws = one_step_ahead(prior, seed=seed)
    questions = [Asked(placed[number], known[number]) for number in asked]
    beside = {ONE_STEP: learnt[ONE_STEP]} | dict(learnt)
    return _judged(prior, placed, asked, {MODEL: draws[asked]}, questions, beside, seed)


def judge_rolling(prior: Hindcast, seed: int) -> Judged:
    """Judge forecasts from rolling origins inside the fitted years."""
    placed = placed_rows(prior)
    rolled = roll(prior, seed=seed)
    return Judged(
        tuple(placed[row] for row in rolled.row),
        rolled.values,
        {MODEL: rolled.draws, **rolled.baselines},
    )


def judge_fitted(free: Hindcast, learnt: Mapping[str, Dressed], seed: int) -> Judged:
    """Judge the fitted rows by the posterior that has seen them: in sample, and called so."""
    placed = placed_rows(free)
    asked = [row for row, each in enumerate(placed) if each.observation.is_fitted]
    questions = [Asked(placed[row], known_when_running_free(placed[row], placed)) for row in asked]
    ensembles = {MODEL: free.predicted[asked]}
    return _judged(free, placed, asked, ensembles, questions, _further(learnt), seed)


def _further(learnt: Mapping[str, Dressed]) -> dict[str, Dressed]:
    """Return the baselines that say how sure they are any number of years ahead."""
    return {name: each for name, each in learnt.items() if name != ONE_STEP}


def _judged(
    hindcast: Hindcast,
    placed: Sequence[Placed],
    asked: Sequence[int],
    ensembles: Mapping[str, Array],
    questions: Sequence[Asked],
    learnt: Mapping[str, Dressed],
    seed: int,
) -> Judged:
    n_draws = hindcast.predicted.shape[1]
    answerable = [number for number, question in enumerate(questions) if question.known]
    rows = [asked[number] for number in answerable]
    dressed = forecast(learnt, [questions[n] for n in answerable], n_draws=n_draws, seed=seed)
    return Judged(
        tuple(placed[row] for row in rows),
        hindcast.values[rows],
        {**{name: draws[answerable] for name, draws in ensembles.items()}, **dressed},
    )


def learnt_baselines(
    hindcast: Hindcast, shipped: Sequence[Placed]
) -> tuple[dict[str, Dressed], str]:
    """Let baselines learn from the fitted rows, or from the shipped ones if these are few.

    Returns
    -------
    tuple
        The baselines, and what is to be said about it, or an empty text.
    """
    try:
        return _learnt(placed_rows(hindcast)), ""
    except ValueError:
        return _learnt(shipped), "baselines learnt their spread from the shipped fitted rows"


def _learnt(rows: Sequence[Placed]) -> dict[str, Dressed]:
    return learn(rows) | learn_one_step(rows)


def row_entries(free: Hindcast) -> list[dict[str, Any]]:
    """Return what was published and predicted, row by row."""
    low, half_low, middle, half_high, high = np.quantile(
        free.predicted, [0.05, 0.25, 0.5, 0.75, 0.95], axis=1
    )
    crps = fair_crps(free.predicted, free.values)
    return [
        {
            "series": row.observation.series,
            "respondent": row.observation.respondent.key,
            "target": None if row.observation.target is None else row.observation.target.key,
            "measure": row.observation.measure,
            "date": row.observation.date,
            "file": row.observation.file,
            "line": row.observation.line,
            "use": row.use,
            "published": row.observation.value,
            "median": middle[number],
            "interval_50": [half_low[number], half_high[number]],
            "interval_90": [low[number], high[number]],
            "crps": crps[number],
        }
        for number, row in enumerate(placed_rows(free))
    ]


def rounded(value: Any) -> Any:
    """Round every number of a nested structure, so that a file is short and stable."""
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(each) for each in value]
    if isinstance(value, (float, np.floating)):
        return round(float(value), _DIGITS)
    return value
