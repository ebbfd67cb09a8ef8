"""Luck against choice: how a seat's expected score moved, and by whose doing.

With V the score expected from the state of a turn if everybody decides by itself, O the same
if all others decide as they did, and D if everybody does, each turn adds

    others   O - V      what the other capitals decided, against what they tend to
    choice   D - O      what the seat decided, against what it would by itself
    chance   V' - D     what then befell, V' being the V of the next turn

so that final score = V at the start + the sum of all of them, exactly, in every run. This is
the decomposition of value added by skill and by luck that is used on games of chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.game.arms import AUTOMATED, as_decided, left_to_itself
from rapprochement_sim.game.estimates import Estimate, estimate_mean, exactly

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rapprochement_sim.game.arms import Arm, ArmScores
    from rapprochement_sim.game.decisions import Decision
    from rapprochement_sim.vocabulary import Capital
    from rapprochement_sim.world.axes import Array


@dataclass(frozen=True)
class TurnOfLuck:
    """What one turn (from 1) did to the seat's expected score, by whose doing."""

    turn: int
    choice: Estimate
    others: Estimate
    chance: Estimate


@dataclass(frozen=True)
class LuckAndChoice:
    """A seat's score, split: ``final = start + choice + others + chance``, to rounding.

    Attributes
    ----------
    start
        Expected at the start if everybody decides by itself.
    final
        The score of the game; while it goes on, the one expected from here.
    choice, others, chance
        Sums over the turns. Luck, as the seat meets it, is the last two together.
    luck
        These two together.
    turns
        The same turn by turn.
    """

    start: Estimate
    final: Estimate
    choice: Estimate
    others: Estimate
    chance: Estimate
    luck: Estimate
    turns: tuple[TurnOfLuck, ...]


def arms_of_luck(
    decided: Sequence[Sequence[Decision]], seat: Capital, own_turns: Iterable[int]
) -> list[tuple[Arm, Arm, Arm]]:
    """Return for each turn the arms of V, O and D.

    In a turn that is not among ``own_turns`` (turns resolved before it) somebody else or
    nobody sat there, so the seat's part counts among the others.
    """
    own = set(own_turns)
    return [
        (
            AUTOMATED,
            left_to_itself(decisions, seat) if turn in own else as_decided(decisions),
            as_decided(decisions),
        )
        for turn, decisions in enumerate(decided)
    ]


def play_luck(
    scores: ArmScores, arms: Sequence[tuple[Arm, Arm, Arm]], seat: Capital, n_runs: int
) -> LuckAndChoice:
    """Estimate a seat's luck and choice from runs 0 to ``n_runs`` of its arms."""
    runs, n_turns = range(n_runs), len(arms)
    scores.play(dict(enumerate(arms)), runs)
    automated, others, decided = (
        np.stack([scores.scores(turn, arms[turn][kind], runs)[seat] for turn in range(n_turns)])
        if n_turns
        else np.zeros((0, n_runs))
        for kind in range(3)
    )
    last = scores.scores(n_turns, AUTOMATED, runs)[seat]
    return split_luck(np.vstack([automated, last]), others, decided)


def split_luck(automated: Array, others: Array, decided: Array) -> LuckAndChoice:
    """Split a score by turns, run by run.

    Parameters
    ----------
    automated
        V: final score if everybody decides by itself from the state of each turn, the
        state after the last turn included (turn + 1, run).
    others, decided
        O and D (turn, run).
    """
    by_others = others - automated[:-1]
    by_choice = decided - others
    by_chance = automated[1:] - decided
    last = automated[-1]
    is_known = bool((last == last[0]).all())
    return LuckAndChoice(
        start=estimate_mean(automated[0]),
        final=exactly(float(last[0]), last.size) if is_known else estimate_mean(last),
        choice=estimate_mean(by_choice.sum(axis=0)),
        others=estimate_mean(by_others.sum(axis=0)),
        chance=estimate_mean(by_chance.sum(axis=0)),
        luck=estimate_mean((by_others + by_chance).sum(axis=0)),
        turns=tuple(
            TurnOfLuck(
                turn=turn + 1,
                choice=estimate_mean(by_choice[turn]),
                others=estimate_mean(by_others[turn]),
                chance=estimate_mean(by_chance[turn]),
            )
            for turn in range(len(decided))
        ),
    )
