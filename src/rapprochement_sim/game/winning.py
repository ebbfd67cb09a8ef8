"""What it takes to win a seat, said before the game starts and judged when it is over.

A win is a score above a mark that the scenario sets for the seat, and above what the seat
gets when everyone is automated: nobody wins by goals that reach themselves. The automated
worlds have their own chance, so the bar is the same for every game of a scenario. Where a
game is played among other governments than the scenario's own, its mark is moved.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.game.futures import play_futures
from rapprochement_sim.game.moved_mark import moved_mark

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
    asked
        Mark that the scenario sets, 0..100; 0 where it sets none.
    least_score
        That mark among the governments of the game; the same among the scenario's own.
    automated_low, automated_middle, automated_high
        Interval of the seat's score over automated worlds, and its median.
    n_worlds
        How many worlds that is taken from.
    """

    seat: Capital
    asked: float
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

    @property
    def demand(self) -> str:
        """What the scenario asks for, as the end of a sentence; nothing where it sets no mark."""
        if not self.asked:
            return ""
        by = self.least_score - self.asked
        if by == 0.0:
            return f"; this scenario asks for {self.asked:g}"
        return (
            f"; this scenario asks for {self.asked:g}, and for {self.least_score:.1f} among these "
            f"governments, where its goals are {'easier' if by > 0.0 else 'harder'} to reach"
        )


def win_rule(case: Case, seat: Capital, *, n_worlds: int = AUTOMATED_WORLDS) -> WinRule:
    """Return what it takes to win a seat; the automated worlds are played once a process."""
    scores = _automated_scores(_Played(case), n_worlds)[seat]
    low, middle, high = (float(value) for value in np.quantile(scores, INTERVAL))
    mark = case.loaded.schema.seats[seat.key].win_score  # type: ignore[index]
    asked = 0.0 if mark is None else mark.value
    return WinRule(
        seat=seat,
        asked=asked,
        least_score=_least_score(_Played(case), seat, asked) if asked else 0.0,
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


@lru_cache(maxsize=64)
def _least_score(played: _Played, seat: Capital, asked: float) -> float:
    return moved_mark(played.case, seat, asked)


@lru_cache(maxsize=8)
def _automated_scores(played: _Played, n_worlds: int) -> Array:
    futures = play_futures(played.case, None, seed=AUTOMATED_SEED, runs=range(n_worlds))
    return futures.scores
