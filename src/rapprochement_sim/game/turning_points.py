"""Turning points: which decisions moved a seat's score most, against what else it might have done.

Each decision's alternatives are played on from its turn, paired run by run, in rounds: all of
them in few runs, then those that seem to matter most in ever more [KarninKoren2013]_. The
effect of an alternative is taken from the last round that it reached, whose runs had no part
in choosing it, so that its interval is not too narrow for having been picked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.game.estimates import Estimate, estimate_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rapprochement_sim.game.arms import Arm, ArmScores
    from rapprochement_sim.game.candidates import Alternative, AlternativeKind, Candidate
    from rapprochement_sim.vocabulary import Capital
    from rapprochement_sim.world.axes import Array

KEPT_OF_ROUND = (20, 10, 6)
"""Alternatives that go on into the second, third and fourth round."""
_LEAST_SPREAD = 0.05
_NOTHING = 1e-300


@dataclass(frozen=True)
class Instead:
    """An alternative: ``effect`` is what the decision was worth against it, in points.

    ``round`` counts the rounds that it was played in.
    """

    kind: AlternativeKind
    text: str
    effect: Estimate
    round: int


@dataclass(frozen=True)
class TurningPoint:
    """A decision, its turn (from 1), and its alternatives, that of the largest effect first."""

    turn: int
    text: str
    alternatives: tuple[Instead, ...]

    @property
    def effect(self) -> Estimate:
        """The effect by which it is ranked."""
        return self.alternatives[0].effect


_Pair = tuple[int, int]


def turning_points(
    scores: ArmScores, candidates: Sequence[Candidate], seat: Capital, rounds: Sequence[int]
) -> Iterator[tuple[TurningPoint, ...]]:
    """Rank a seat's decisions by the size of their effect; yield the ranking after each round.

    Parameters
    ----------
    scores
        Plays the arms.
    candidates
        Decisions with their alternatives.
    seat
        Whose score counts.
    rounds
        Runs of each round; the first takes all alternatives.
    """
    pairs = [(n, m) for n, c in enumerate(candidates) for m in range(len(c.alternatives))]
    estimates: dict[_Pair, Estimate] = {}
    reached: dict[_Pair, int] = {}
    first = 0
    for number, n_runs in enumerate(rounds):
        runs = range(first, first + n_runs)
        scores.play(_wanted(candidates, pairs), runs)
        for pair in pairs:
            estimates[pair] = estimate_mean(_worth(scores, candidates, pair, seat, runs))
            reached[pair] = number + 1
        yield _ranked(candidates, estimates, reached)
        first += n_runs
        if number < len(KEPT_OF_ROUND):
            so_far = {
                pair: estimate_mean(_worth(scores, candidates, pair, seat, range(first)))
                for pair in pairs
            }
            pairs = promising(so_far)[: KEPT_OF_ROUND[number]]


def promising(estimates: Mapping[_Pair, Estimate]) -> list[_Pair]:
    """Sort pairs by how large their effects are likely to be, the largest first.

    A large mean of few and scattered runs is likely to be smaller in truth, so each is drawn
    towards zero by its own error, against the spread of all effects (empirical Bayes).
    """
    values = np.array([estimate.value for estimate in estimates.values()])
    noise = np.array([estimate.error for estimate in estimates.values()]) ** 2
    spread = max(float((values**2 - noise).mean()), _LEAST_SPREAD * float((values**2).mean()))
    sizes = np.abs(values) * spread / np.maximum(spread + noise, _NOTHING)
    pairs = list(estimates)
    return [pairs[n] for n in np.argsort(-sizes, kind="stable")]


def _worth(
    scores: ArmScores, candidates: Sequence[Candidate], pair: _Pair, seat: Capital, runs: range
) -> Array:
    """Return what a decision was worth against an alternative (run), in points."""
    candidate, alternative = _of(candidates, pair)
    decided = scores.scores(candidate.turn, candidate.decided, runs)[seat]
    instead = scores.scores(candidate.turn, alternative.arm, runs)[seat]
    worth: Array = decided - instead
    return worth


def _of(candidates: Sequence[Candidate], pair: _Pair) -> tuple[Candidate, Alternative]:
    candidate = candidates[pair[0]]
    return candidate, candidate.alternatives[pair[1]]


def _wanted(candidates: Sequence[Candidate], pairs: Iterable[_Pair]) -> dict[int, list[Arm]]:
    wanted: dict[int, list[Arm]] = {}
    for pair in pairs:
        candidate, alternative = _of(candidates, pair)
        wanted.setdefault(candidate.turn, [candidate.decided]).append(alternative.arm)
    return wanted


def _ranked(
    candidates: Sequence[Candidate],
    estimates: dict[_Pair, Estimate],
    reached: dict[_Pair, int],
) -> tuple[TurningPoint, ...]:
    """Rank: what went further in the rounds first, then by the size of the effect."""
    points = []
    for n, candidate in enumerate(candidates):
        instead = [
            Instead(a.kind, a.text, estimates[n, m], reached[n, m])
            for m, a in enumerate(candidate.alternatives)
        ]
        instead.sort(key=_rank)
        points.append(TurningPoint(candidate.turn + 1, candidate.text, tuple(instead)))
    return tuple(sorted(points, key=lambda point: _rank(point.alternatives[0])))


def _rank(instead: Instead) -> tuple[int, float]:
    return -instead.round, -abs(instead.effect.value)
