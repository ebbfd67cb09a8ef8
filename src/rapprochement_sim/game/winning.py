"""What it takes to win a seat, said before the game starts and judged when it is over.

A win is a score above a mark that the scenario sets for the seat, and above what the seat
gets when everyone is automated: nobody wins by goals that reach themselves. The automated
worlds have their own chance, so the bar is the same for every game of a scenario.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.game.futures import play_futures

if TYPE_CHECKING:
    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.vocabulary import Capital
    from rapprochement_sim.world.axes import Array

AUTOMATED_WORLDS = 256
AUTOMATED_SEED = 41_009
INTERVAL = (0.1, 0.5, 0.9)
"""Lower end, median and upper end of the interval of automated play: 80% of worlds lie in it."""


@dataclass(frozen=True)
class WinRule:
    """What it takes to win one seat of a scenario.

    Attributes
    ----------
    seat
        Who plays.
    least_score
        Mark that the scenario sets, 0..100; 0 where it sets none.
    automated_low, automated_middle, automated_high
        Interval of the seat's score over automated worlds, and its median.
    n_worlds
        How many worlds that is taken from.
    """

    seat: Capital
    least_score: float
    automated_low: float
    automated_middle: float
    automated_high: float
    n_worlds: int

    @property
    def bar(self) -> float:
        """The score that must be passed."""
        return max(self.least_score, self.automated_high)

    def is_won(self, score: float) -> bool:
        """Whether a final score wins."""
        return score > self.bar


def win_rule(case: Case, seat: Capital, *, n_worlds: int = AUTOMATED_WORLDS) -> WinRule:
    """Return what it takes to win a seat; the automated worlds are played once a process."""
    scores = _automated_scores(_Played(case), n_worlds)[seat]
    low, middle, high = (float(value) for value in np.quantile(scores, INTERVAL))
    mark = case.loaded.schema.seats[seat.key].win_score  # type: ignore[index]
    return WinRule(
        seat=seat,
        least_score=0.0 if mark is None else mark.value,
        automated_low=low,
        automated_middle=middle,
        automated_high=high,
        n_worlds=n_worlds,
    )


class _Played:
    """A compiled case as a key: the same object has been played already."""

    def __init__(self, case: Case) -> None:
        self.case = case

    def __hash__(self) -> int:
        return id(self.case)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Played) and self.case is other.case


@lru_cache(maxsize=8)
def _automated_scores(played: _Played, n_worlds: int) -> Array:
    futures = play_futures(played.case, None, seed=AUTOMATED_SEED, runs=range(n_worlds))
    return futures.scores
