"""Playing on from a state, many worlds side by side.

The futures of a state share its past and differ in chance alone. Run k of a seed meets the
same chance whatever was decided, so alternatives are compared run by run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.agents.following import followed_by
from rapprochement_sim.ensemble.block import final_scores, judged_places, outcomes_met, surveys_read
from rapprochement_sim.ensemble.spec import NARROW_BLOCK_SIZE
from rapprochement_sim.game.table import LANE, write_orders, write_talks
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.randomness import Chance, Process, draws_of
from rapprochement_sim.world.state import WorldState

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.game.decisions import Decision
    from rapprochement_sim.vocabulary import Capital
    from rapprochement_sim.world.axes import Array, Booleans, Integers

ChanceOfRuns = Callable[["Integers"], Chance]
StateOfRuns = Callable[["Integers"], WorldState]


@dataclass(frozen=True)
class Plan:
    """What is forced on seats in coming turns; all else is decided by the seats' agents.

    Attributes
    ----------
    decisions
        Turn (from 1) to what is decided in it, as :class:`~rapprochement_sim.game.session.Session`
        takes decisions; the same in every run.
    seats
        Seats that are bound in these turns, and in no other: what they did not offer,
        accept or order, they do not.
    """

    decisions: Mapping[int, Sequence[Decision]] = field(default_factory=dict)
    seats: tuple[Capital, ...] = ()


AUTOMATED = Plan()
"""Every seat decides by itself."""


@dataclass(frozen=True)
class Futures:
    """How a state went on, run by run.

    Attributes
    ----------
    seed
        With a run's number it fixes the chance of that run.
    runs
        Run numbers (run).
    first_turn
        Turns resolved in the state they start from.
    indicators, series
        Names of the kept indicators, and their values after each turn, the state they start
        from included (turn, indicator, run).
    scores
        Each seat's score at the end (capital, run), 0..100.
    outcome_names, outcomes
        The scenario's outcomes, and whether each came true (outcome, run).
    """

    seed: int
    runs: Integers
    first_turn: int
    indicators: tuple[str, ...]
    series: Array
    scores: Array
    outcome_names: tuple[str, ...]
    outcomes: Booleans

    @property
    def n_runs(self) -> int:
        """Number of runs."""
        return int(self.runs.size)

    def final(self, indicator: str) -> Array:
        """Return an indicator at the end (run)."""
        values: Array = self.series[-1, self.indicators.index(indicator)]
        return values

    def score(self, seat: Capital) -> Array:
        """Return a seat's score at the end (run), 0..100."""
        values: Array = self.scores[seat]
        return values

    def outcome(self, name: str) -> Booleans:
        """Return whether an outcome came true (run)."""
        values: Booleans = self.outcomes[self.outcome_names.index(name)]
        return values


def play_futures(
    case: Case,
    state: WorldState | StateOfRuns | None,
    *,
    seed: int,
    runs: Sequence[int],
    plan: Plan = AUTOMATED,
    turns: int | None = None,
    indicators: Sequence[str] = (),
    past: Sequence[WorldState] = (),
    chance: ChanceOfRuns | None = None,
    block_size: int = NARROW_BLOCK_SIZE,
) -> Futures:
    """Play on from a state in many runs.

    Parameters
    ----------
    case
        The compiled scenario.
    state
        Where to start: one world, whose first lane every run begins with; what gives the
        worlds of some runs, a lane each (their turns must agree); or None for the
        scenario's start.
    seed, runs
        They fix all chance: run k is the same bits in any block and beside any others.
    plan
        What is forced on seats. Legality is not asked for again.
    turns
        Turns to play, at most those that are left; all of these by default.
    indicators
        Indicators to keep by turn.
    past
        States before this one, so that outcomes which may come true in any turn know of
        them; their first lane is looked at.
    chance
        Draws of one's own for some runs, in place of the keyed ones of ``seed``.
    block_size
        Runs stepped side by side; it changes no result.

    Raises
    ------
    ValueError
        If there are no runs, or the block size is below 1.
    """
    numbers = np.asarray(runs, dtype=np.int64)
    if not numbers.size or block_size < 1:
        msg = f"{numbers.size} runs in blocks of {block_size}"
        raise ValueError(msg)
    draw = chance or (lambda block: Chance(seed, block))
    parts = []
    for first in range(0, numbers.size, block_size):
        kept = numbers[first : first + block_size]
        model = _opened(case, state, kept, draw, surveys_read(case, indicators))
        parts.append(_played(model, kept, plan, turns, tuple(indicators), past))
        model.release()
    return joined(parts)


def joined(parts: Sequence[Futures]) -> Futures:
    """Put futures of the same state and settings together, runs in the sequence given."""
    first = parts[0]
    return Futures(
        seed=first.seed,
        runs=np.concatenate([part.runs for part in parts]),
        first_turn=first.first_turn,
        indicators=first.indicators,
        series=np.concatenate([part.series for part in parts], axis=-1),
        scores=np.concatenate([part.scores for part in parts], axis=-1),
        outcome_names=first.outcome_names,
        outcomes=np.concatenate([part.outcomes for part in parts], axis=-1),
    )


class DeskChance(Chance):
    """Chance of futures in which the open turn begins with the offers of a game.

    What lay on the desks when the turn opened is what people decided on, so the offers that
    automated seats make in that turn are drawn as in the game; all else differs by run.

    Parameters
    ----------
    seed, runs
        Of the futures.
    game
        Seed and run of the game.
    turn
        Turns resolved when the offers were made.
    seat
        Whose alternatives are compared: its own offers differ by run.
    """

    def __init__(
        self, seed: int, runs: Integers, *, game: tuple[int, int], turn: int, seat: Capital
    ) -> None:
        super().__init__(seed, runs)
        self._turn = turn
        self._own = draws_of(Process.PROPOSALS, seat)
        self._game = Chance(game[0], np.full(2, game[1]))

    def uniforms(
        self, process: Process, turn: int, n_cells: int, *, draw: int = 0
    ) -> NDArray[np.float64]:
        """Draw uniforms on [0, 1), shape (n_cells, run)."""
        by_run = super().uniforms(process, turn, n_cells, draw=draw)
        if process is not Process.PROPOSALS or turn != self._turn:
            return by_run
        drawn = self._game.uniforms(process, turn, n_cells, draw=draw)[:, :1]
        drawn = np.repeat(drawn, self.runs.size, axis=1)
        drawn[self._own] = by_run[self._own]
        return drawn


def _opened(
    case: Case,
    state: WorldState | StateOfRuns | None,
    runs: Integers,
    draw: ChanceOfRuns,
    surveys: Collection[str],
) -> RapprochementModel:
    """Return a model of some runs; a sum over one lane rounds differently, so one is held twice."""
    lanes = np.repeat(runs, 2) if runs.size == 1 else runs
    if isinstance(state, WorldState):
        state = followed_by(case.world, surveys).narrowed(state)
    return RapprochementModel(
        case,
        runs=lanes.tolist(),
        collect=False,
        chance=draw(lanes),
        state=_worlds(state, lanes),
        surveys=surveys,
    )


def _worlds(state: WorldState | StateOfRuns | None, block: Integers) -> WorldState | None:
    if isinstance(state, WorldState):
        return state.lane(np.full(block.size, LANE))
    return None if state is None else state(block)


def _played(
    model: RapprochementModel,
    runs: Integers,
    plan: Plan,
    turns: int | None,
    indicators: tuple[str, ...],
    past: Sequence[WorldState],
) -> Futures:
    case, first_turn = model.case, model.turn
    looked_at = judged_places(case)
    kept = [case.indicators.by_name[name].index for name in indicators]
    judged = [
        np.repeat(case.indicators.read(earlier)[looked_at, :1], model.n_lanes, axis=1)
        for earlier in past
    ]
    series = [model.indicators[kept]]
    judged.append(model.indicators[looked_at])
    while not model.is_over and (turns is None or model.turn - first_turn < turns):
        decided = plan.decisions.get(model.turn + 1)
        if decided is not None:
            write_talks(model, plan.seats, decided)
            write_orders(model, plan.seats, decided)
        model.step()
        series.append(model.indicators[kept])
        judged.append(model.indicators[looked_at])
    n = runs.size
    return Futures(
        seed=model.chance.seed,
        runs=runs,
        first_turn=first_turn,
        indicators=indicators,
        series=np.stack(series)[..., :n],
        scores=final_scores(case, model.indicators)[:, :n],
        outcome_names=tuple(case.loaded.schema.outcomes),
        outcomes=outcomes_met(case, np.stack(judged))[:, :n],
    )
