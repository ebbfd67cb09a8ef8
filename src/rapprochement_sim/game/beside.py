"""Automated worlds beside a game: the same scenario, other chance, nobody playing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.ensemble.block import final_scores
from rapprochement_sim.game.futures import Futures, joined, play_futures
from rapprochement_sim.game.table import LANE
from rapprochement_sim.vocabulary import CAPITALS
from rapprochement_sim.world.objectives import outcome_met

if TYPE_CHECKING:
    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.game.arms import Report
    from rapprochement_sim.game.session import Session
    from rapprochement_sim.vocabulary import Capital
    from rapprochement_sim.world.axes import Array

_LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
_BIN_WIDTHS = (1.0, 2.0, 2.5, 5.0)
_MOST_BINS = 20


@dataclass(frozen=True)
class Standing:
    """Where a game stands among automated worlds, by one number.

    Attributes
    ----------
    value
        Of this game.
    mean
        Over the worlds.
    quantiles
        5, 25, 50, 75 and 95% of the worlds are below these.
    percentile
        Share of worlds below this game, in percent; those equal to it count half.
    counts
        Worlds in each of equally wide bins between ``low`` and ``high``.
    low, high
        Ends of the bins, on a scale of 0 to 100; all worlds and this game lie between.
    """

    value: float
    mean: float
    quantiles: tuple[float, ...]
    percentile: float
    counts: tuple[int, ...]
    low: float
    high: float


@dataclass(frozen=True)
class ScoreBeside:
    """A seat's score beside those of automated worlds."""

    seat: Capital
    standing: Standing


@dataclass(frozen=True)
class FigureBeside:
    """A headline figure at the end beside those of automated worlds."""

    name: str
    title: str
    unit: str
    standing: Standing


@dataclass(frozen=True)
class OutcomeBeside:
    """Whether an outcome came true here, and in which share of the worlds."""

    title: str
    is_met: bool
    share: float


@dataclass(frozen=True)
class WorldsBeside:
    """The worlds beside a game."""

    n_worlds: int
    scores: tuple[ScoreBeside, ...]
    figures: tuple[FigureBeside, ...]
    outcomes: tuple[OutcomeBeside, ...]


class AutomatedWorlds:
    """Automated worlds of a scenario, played in sequence and kept.

    Parameters
    ----------
    case, seed
        The compiled scenario with the lens weights of the game, and the seed of all chance.
    block_size
        Worlds stepped side by side; it changes no result.
    report
        Told after each block how many turns of a world were played.
    """

    def __init__(
        self, case: Case, seed: int, *, block_size: int, report: Report = lambda _: None
    ) -> None:
        self.case = case
        self.seed = seed
        self._block_size = block_size
        self._report = report
        self._parts: list[Futures] = []

    def first(self, n_worlds: int) -> Futures:
        """Return worlds 0 to ``n_worlds``; those already played are not played again."""
        played = sum(part.n_runs for part in self._parts)
        for at in range(played, n_worlds, self._block_size):
            runs = range(at, min(at + self._block_size, n_worlds))
            names = tuple(self.case.loaded.rules.composites)
            part = play_futures(self.case, None, seed=self.seed, runs=runs, indicators=names)
            self._parts.append(part)
            self._report(len(runs) * self.case.world.n_turns)
        return joined(self._parts)


def worlds_beside(session: Session, worlds: Futures) -> WorldsBeside:
    """Put a game's scores, headline figures and outcomes beside those of automated worlds."""
    case = session.case
    table, rules = case.indicators, case.loaded.rules
    series = np.stack([table.read(state)[:, LANE] for state in session.states])
    here = final_scores(case, series[-1][:, np.newaxis])[:, 0]
    return WorldsBeside(
        n_worlds=worlds.n_runs,
        scores=tuple(
            ScoreBeside(seat, standing(float(here[seat]), worlds.score(seat))) for seat in CAPITALS
        ),
        figures=tuple(
            FigureBeside(
                name=name,
                title=session.titles[name],
                unit=table.by_name[name].unit,
                standing=standing(float(series[-1, table.by_name[name].index]), worlds.final(name)),
            )
            for name in rules.composites
        ),
        outcomes=tuple(
            OutcomeBeside(
                title=outcome.title,
                is_met=bool(
                    outcome_met(outcome, series[:, [table.by_name[outcome.indicator].index]])[0]
                ),
                share=float(worlds.outcome(name).mean()),
            )
            for name, outcome in case.loaded.schema.outcomes.items()
        ),
    )


def standing(value: float, worlds: Array) -> Standing:
    """Say where a value stands among those of worlds (world)."""
    below = float((worlds < value).mean()) + 0.5 * float((worlds == value).mean())
    width, low, high = _bins(min(value, worlds.min()), max(value, worlds.max()))
    counts, _ = np.histogram(worlds, bins=round((high - low) / width), range=(low, high))
    return Standing(
        value=value,
        mean=float(worlds.mean()),
        quantiles=tuple(float(q) for q in np.quantile(worlds, _LEVELS)),
        percentile=100.0 * below,
        counts=tuple(int(count) for count in counts),
        low=low,
        high=high,
    )


def _bins(least: float, most: float) -> tuple[float, float, float]:
    """Choose the width of bins and their ends, so that they are few and at round numbers."""
    fitting = (width for width in _BIN_WIDTHS if (most - least) / width <= _MOST_BINS)
    width = next(fitting, _BIN_WIDTHS[-1])
    low = width * np.floor(least / width)
    high = width * max(np.ceil(most / width), low / width + 1.0)
    return width, float(low), float(high)
