"""Several ways for worlds to go, run by run under the same chance, over worker processes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.ensemble.block import case_of
from rapprochement_sim.ensemble.spec import DEFAULT_BLOCK_SIZE, EnsembleSpec
from rapprochement_sim.ensemble.supervisor import DEFAULT_TIME_LIMIT, Failure, supervise
from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.experiments.main_indicators import main_indicators
from rapprochement_sim.experiments.runs import Progress, usable_cores
from rapprochement_sim.game.futures import (
    AUTOMATED,
    DeskChance,
    Futures,
    Plan,
    joined,
    play_futures,
)
from rapprochement_sim.scenario.loading import list_scenarios

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.vocabulary import Capital
    from rapprochement_sim.world.axes import Integers
    from rapprochement_sim.world.state import WorldState

_RUN_TURNS_WORTH_A_POOL = 4000
MOST_RUNS = 1_000_000


@dataclass(frozen=True)
class Desk:
    """Whose offers open the first turn: those of a game (seed and run), but for one seat."""

    seed: int
    run: int
    turn: int
    seat: Capital


@dataclass(frozen=True)
class Strand:
    """One way to go.

    Attributes
    ----------
    spec
        Scenario, lens weights, seed and runs.
    state
        Where it starts; the scenario's start if None.
    plan
        What is forced on seats.
    past
        States before, for outcomes that look at any turn.
    desk
        Whose offers open the first turn, if not drawn by run.
    """

    spec: EnsembleSpec
    state: WorldState | None = None
    plan: Plan = AUTOMATED
    past: tuple[WorldState, ...] = ()
    desk: Desk | None = None

    def play(self, block: int) -> Futures:
        """Play the runs of one block."""
        spec = self.spec
        return play_futures(
            case_of(spec),
            self.state,
            seed=spec.root_seed,
            runs=spec.block_runs(block),
            plan=self.plan,
            indicators=spec.indicators,
            past=self.past,
            chance=None if self.desk is None else self._chance,
            block_size=spec.block_size,
        )

    def _chance(self, runs: Integers) -> DeskChance:
        desk = self.desk
        if desk is None:
            msg = "this strand has no desk"
            raise RuntimeError(msg)
        game = (desk.seed, desk.run)
        return DeskChance(self.spec.root_seed, runs, game=game, turn=desk.turn, seat=desk.seat)


@dataclass(frozen=True)
class Played:
    """What came of some strands.

    ``futures`` holds the same runs for each strand, in the sequence of strands; runs of
    blocks that failed in any of them are in none.
    """

    futures: tuple[Futures, ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True)
class _Task:
    """Plays a block of a strand: numbers count the blocks of the first, the second..."""

    strands: tuple[Strand, ...]

    def __call__(self, number: int) -> tuple[int, Futures]:
        strand, block = divmod(number, self.strands[0].spec.n_blocks)
        return number, self.strands[strand].play(block)


def strand_spec(
    case: Case, *, seed: int, runs: int, scenario: str = "", indicators: Sequence[str] = ()
) -> EnsembleSpec:
    """Describe the runs of a strand, so that any process can compile their case again.

    Parameters
    ----------
    case
        The case, with the lens weights to judge by.
    seed, runs
        Root seed; runs are numbered from 0.
    scenario
        Name by which it was opened, if it is a shipped one.
    indicators
        To keep by turn besides the main ones.

    Raises
    ------
    MalformedInput
        If there are too few or too many runs, or no such seed or indicator.
    """
    if not 2 <= runs <= MOST_RUNS:
        what = f"the number of runs is {runs}"
        raise MalformedInput(what, allowed=f"2 to {MOST_RUNS}")
    return EnsembleSpec(
        scenario=scenario if scenario in list_scenarios() else str(case.loaded.path),
        content_hash=case.loaded.content_hash,
        rules_hash=case.loaded.rules_hash,
        root_seed=seed,
        n_runs=runs,
        block_size=DEFAULT_BLOCK_SIZE,
        indicators=main_indicators(case, indicators),
        explained_runs=0,
        lens_weights=tuple(tuple(float(w) for w in row) for row in case.lens_weights),
    )


def play_strands(
    strands: Sequence[Strand],
    *,
    workers: int | None = None,
    time_limit: float = DEFAULT_TIME_LIMIT,
    on_progress: Callable[[Progress], None] | None = None,
) -> Played:
    """Play all runs of some strands, which must have as many runs and the same blocks.

    Neither the number of workers nor the sequence in which blocks finish changes a bit.

    Parameters
    ----------
    strands
        What to play.
    workers
        Processes; by default one for little work, else one for each core.
    time_limit
        Seconds that a block may take in a worker.
    on_progress
        Called at the start and after every block.

    Raises
    ------
    MalformedInput
        If the number of workers is below 1.
    RapprochementError
        If a block meets what every other would meet as well.
    """
    first = strands[0].spec
    n_blocks = first.n_blocks
    parts: dict[int, Futures] = {}

    def take(receipt: tuple[int, Futures]) -> None:
        parts[receipt[0]] = receipt[1]
        tell()

    def tell() -> None:
        if on_progress is not None:
            done = sum(part.n_runs for part in parts.values())
            asked = len(strands) * first.n_runs
            on_progress(Progress(done, asked, len(parts), len(strands) * n_blocks))

    tell()
    failures = supervise(
        _Task(tuple(strands)),
        range(len(strands) * n_blocks),
        workers=_workers_for(workers, strands),
        on_receipt=take,
        time_limit=time_limit,
    )
    return Played(_paired(parts, len(strands), n_blocks), tuple(failures))


def _paired(parts: dict[int, Futures], n_strands: int, n_blocks: int) -> tuple[Futures, ...]:
    """Join the blocks that every strand has finished; nothing if there is none."""
    firsts = [number * n_blocks for number in range(n_strands)]
    whole = [b for b in range(n_blocks) if all(first + b in parts for first in firsts)]
    if not whole:
        return ()
    return tuple(joined([parts[first + block] for block in whole]) for first in firsts)


def _workers_for(asked: int | None, strands: Sequence[Strand]) -> int:
    if asked is not None:
        if asked < 1:
            what = f"the number of workers is {asked}"
            raise MalformedInput(what, allowed="1 or more")
        return asked
    work = 0
    for strand in strands:
        n_turns = case_of(strand.spec).world.n_turns
        turn = 0 if strand.state is None else strand.state.turn
        work += strand.spec.n_runs * (n_turns - turn)
    n_tasks = len(strands) * strands[0].spec.n_blocks
    return 1 if work <= _RUN_TURNS_WORTH_A_POOL else min(usable_cores(), n_tasks)


def one_lane(state: WorldState) -> WorldState:
    """Return the first world of a state alone, held twice as single worlds are."""
    return state.lane(np.zeros(2, dtype=np.int64))
