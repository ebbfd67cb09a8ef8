"""Worlds that go on from a turn of a game with its decisions as they were, or changed.

An *arm* says what is decided in that one turn; afterwards every seat decides by itself. Run
k meets the same chance in all arms, never that of the game, so arms are compared run by run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.agents.capital import NOTHING
from rapprochement_sim.agents.following import followed_by
from rapprochement_sim.ensemble.block import final_scores, surveys_read
from rapprochement_sim.ensemble.spec import NARROW_BLOCK_SIZE
from rapprochement_sim.game.decisions import find_row, modifier_bits
from rapprochement_sim.game.table import LANE
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.randomness import Chance
from rapprochement_sim.vocabulary import CAPITALS, Capital

if TYPE_CHECKING:
    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.game.decisions import Decision
    from rapprochement_sim.world.axes import Array
    from rapprochement_sim.world.state import WorldState

Report = Callable[[int], object]


@dataclass(frozen=True)
class Arm:
    """What is decided in a turn.

    Attributes
    ----------
    decisions
        Offers, answers and orders that are made. Answers that are not listed, to an offer
        that was never made in the game, are left to who is asked.
    bound
        Seats that offer and order what is listed and nothing else; the others decide by
        themselves.
    """

    decisions: tuple[Decision, ...] = ()
    bound: tuple[Capital, ...] = ()


AUTOMATED = Arm()
"""Every seat decides by itself."""

Lane = tuple[Arm, int]


def as_decided(decisions: Sequence[Decision]) -> Arm:
    """Return the arm of a turn as it was, all seats bound."""
    return Arm(tuple(decisions), CAPITALS)


def left_to_itself(decisions: Sequence[Decision], seat: Capital) -> Arm:
    """Return the arm in which one seat decides by itself and all others as they did."""
    kept = tuple(
        d for d in decisions if d.seat != seat and not (d.kind == "answer" and d.partner == seat)
    )
    return Arm(kept, tuple(capital for capital in CAPITALS if capital != seat))


def play_lanes(case: Case, state: WorldState, seed: int, lanes: Sequence[Lane]) -> Array:
    """Play on from a state to the end, each lane in its own arm and run.

    Returns
    -------
    Array
        Each seat's score (capital, lane), 0..100. A lane is the same bits beside any others.
    """
    held = list(lanes) * (2 if len(lanes) == 1 else 1)
    runs = np.array([run for _, run in held], dtype=np.int64)
    surveys = surveys_read(case)
    narrow = followed_by(case.world, surveys).narrowed(state)
    model = RapprochementModel(
        case,
        runs=runs.tolist(),
        collect=False,
        chance=Chance(seed, runs),
        state=narrow.lane(np.full(runs.size, LANE)),
        surveys=surveys,
    )
    arms = dict.fromkeys(arm for arm, _ in held)
    for arm in arms:
        _write(model, arm, [place for place, (own, _) in enumerate(held) if own == arm])
    while not model.is_over:
        model.step()
    scores = final_scores(case, model.indicators)[:, : len(lanes)]
    model.release()
    return scores


def _write(model: RapprochementModel, arm: Arm, lanes: list[int]) -> None:
    """Write an arm's decisions into its lanes of a model."""
    case, orders = model.case, dict.fromkeys(CAPITALS, 0)
    for seat in arm.bound:
        model.proposal_override[seat, lanes] = NOTHING
        model.order_override[seat, :, lanes] = NOTHING
    for decision in arm.decisions:
        seat = decision.seat
        if decision.kind == "answer":
            model.consent_override[seat, decision.partner, lanes] = int(decision.accepts)
            continue
        row = find_row(case, decision.order)
        bits = modifier_bits(row, decision.modifiers)
        if decision.kind == "offer":
            model.proposal_override[seat, lanes] = row.index
            model.proposal_modifiers_override[seat, lanes] = bits
        else:
            number = orders[seat]
            model.order_override[seat, number, lanes] = row.index
            model.order_modifiers_override[seat, number, lanes] = bits
            orders[seat] += 1


class ArmScores:
    """Final scores of arms of a game's turns, each run played once and kept.

    Parameters
    ----------
    case
        The compiled scenario of the game.
    states
        The game's states, the start first; their first lane is looked at.
    seed
        Of the chance of all runs.
    block_size
        Lanes stepped side by side; it changes no result.
    spread
        Maps a function over tasks, as the built-in ``map`` does or an executor's; it changes
        no result.
    report
        Told after each block how many turns of a world were played. What it raises ends the
        work, and what was played before is kept.
    """

    def __init__(
        self,
        case: Case,
        states: Sequence[WorldState],
        seed: int,
        *,
        block_size: int = NARROW_BLOCK_SIZE,
        spread: Callable[..., Iterable[Array]] = map,
        report: Report = lambda _: None,
    ) -> None:
        self._case = case
        self._states = states
        self._seed = seed
        self._block_size = block_size
        self._spread = spread
        self._report = report
        self._kept: dict[tuple[int, Arm], dict[int, Array]] = {}

    def play(self, wanted: Mapping[int, Iterable[Arm]], runs: range) -> None:
        """Play arms of some turns (turns resolved before them) in some runs, if not yet played."""
        blocks: list[tuple[int, list[Lane]]] = []
        for turn, arms in wanted.items():
            lanes = []
            for arm in dict.fromkeys(arms):
                kept = self._kept.setdefault((turn, arm), {})
                lanes += [(arm, run) for run in runs if run not in kept]
            size = self._block_size
            blocks += [(turn, lanes[at : at + size]) for at in range(0, len(lanes), size)]
        played = self._spread(self._block, blocks)
        for (turn, lanes), scores in zip(blocks, played, strict=True):
            for place, (arm, run) in enumerate(lanes):
                self._kept[turn, arm][run] = scores[:, place]
            self._report(len(lanes) * (self._case.world.n_turns - turn))

    def scores(self, turn: int, arm: Arm, runs: range) -> Array:
        """Return each seat's final score in an arm (capital, run), 0..100."""
        if turn >= self._case.world.n_turns:
            final = final_scores(self._case, self._case.indicators.read(self._states[turn]))
            return np.repeat(final[:, :1], len(runs), axis=1)
        self.play({turn: [arm]}, runs)
        kept = self._kept[turn, arm]
        return np.stack([kept[run] for run in runs], axis=1)

    def _block(self, block: tuple[int, list[Lane]]) -> Array:
        turn, lanes = block
        return play_lanes(self._case, self._states[turn], self._seed, lanes)
