"""Running a record many times: one draw of parameters and chance a lane, shares as asked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from rapprochement_sim.ensemble.supervisor import supervise
from rapprochement_sim.errors import OutputProblem
from rapprochement_sim.experiments.lanes import strengths, with_parameters
from rapprochement_sim.experiments.record import load_record
from rapprochement_sim.experiments.record_model import RecordModel, tabulate
from rapprochement_sim.model import compile_case
from rapprochement_sim.randomness import Process, study_generator
from rapprochement_sim.world.forms import soft_step
from rapprochement_sim.world.population import resting_attitude

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.experiments.record import LeaderChange, RecordAct
    from rapprochement_sim.world.axes import Array

BLOCK = 128


@dataclass(frozen=True)
class Ask:
    """A question to a public: the share above a threshold at the start of a month.

    ``shift`` names the effective parameter that moves the threshold; empty for none.
    """

    month: int
    respondent: int
    target: int
    threshold: float
    width: float
    shift: str = ""


@dataclass(frozen=True)
class RecordRuns:
    """Runs of a record that differ by parameters and chance, and what they are asked.

    Attributes
    ----------
    record
        Name or folder of the record.
    acts, leaders
        What happens; the record's own, or a variation.
    parameters
        Effective parameters on natural scales, by name (draw,).
    asks
        Questions.
    seed
        Root seed; draw k is run k.
    chance
        False switches chance off.
    has_drift
        Whether publics drift slowly beside what the model does.
    jitter, jitter_seed
        Spread of a random factor of every declared effect and of every dispute's weight,
        the same in all draws, in logarithms; and its seed.
    is_mean_field
        Whether every citizen meets the public's mean instead of neighbours.
    """

    record: str
    acts: tuple[RecordAct, ...]
    leaders: tuple[LeaderChange, ...]
    parameters: Mapping[str, Array]
    asks: tuple[Ask, ...]
    seed: int = 1
    chance: bool = True
    has_drift: bool = True
    jitter: float = 0.0
    jitter_seed: int = 0
    is_mean_field: bool = False

    @property
    def n_draws(self) -> int:
        """Number of draws."""
        return int(next(iter(self.parameters.values())).size)

    @property
    def n_blocks(self) -> int:
        """Number of blocks of lanes."""
        return -(-self.n_draws // BLOCK)


@lru_cache(maxsize=2)
def case_of(record: str) -> Case:
    """Compile a record's scenario, once a process."""
    return compile_case(load_record(record).loaded)


def ask_record(
    runs: RecordRuns, *, workers: int = 1, on_block: Callable[[], None] | None = None
) -> Array:
    """Run a record and return shares (ask, draw), 0..1.

    Raises
    ------
    OutputProblem
        If a block could not be finished.
    """
    found: dict[int, Array] = {}

    def keep(receipt: tuple[int, Array]) -> None:
        found[receipt[0]] = receipt[1]
        if on_block is not None:
            on_block()

    failures = supervise(
        partial(run_block, runs), range(runs.n_blocks), workers=workers, on_receipt=keep
    )
    if failures:
        what = f"{len(failures)} blocks of runs failed: {failures[0].reason}"
        raise OutputProblem(what, todo="Run again; report it if it happens twice.")
    return np.concatenate([found[block] for block in range(runs.n_blocks)], axis=1)


def run_block(runs: RecordRuns, block: int) -> tuple[int, Array]:
    """Run one block of draws; return its number and shares (ask, lane)."""
    first = block * BLOCK
    numbers = range(first, min(first + BLOCK, runs.n_draws))
    kept = len(numbers)
    lanes = np.array(list(numbers) * (2 if kept == 1 else 1))
    drawn = {name: values[lanes] for name, values in runs.parameters.items()}
    base = case_of(runs.record)
    if runs.is_mean_field:
        base = _mean_field(base)
    factors = None
    if runs.jitter:
        base, factors = _jittered(base, runs.jitter, runs.jitter_seed)
    case = with_parameters(base, drawn)
    answers = np.empty((len(runs.asks), lanes.size))
    by_month: dict[int, list[int]] = defaultdict(list)
    for place, ask in enumerate(runs.asks):
        by_month[ask.month].append(place)

    def listen(model: RecordModel) -> None:
        for place in by_month.get(model.turn, ()):
            answers[place] = answer_to(runs.asks[place], model.state.attitude, drawn)

    model = RecordModel(
        case,
        tabulate(case, runs.acts, runs.leaders),
        strength=strengths(case, drawn, factors),
        watch=listen,
        root_seed=runs.seed,
        runs=list(lanes) if kept > 1 else [int(lanes[0])],
        chance=runs.chance,
    )
    while model.turn < max(by_month, default=0):
        model.step()
    model.release()
    return block, answers[:, :kept]


def answer_to(ask: Ask, attitude: Array, drawn: Mapping[str, Array]) -> Array:
    """Return the share that answers above a threshold (run), 0..1.

    Parameters
    ----------
    ask
        The question; its month is not looked at.
    attitude
        Attitudes (capital, citizen, partner, run).
    drawn
        Effective parameters by name (run,), for the shift of the threshold.
    """
    threshold = ask.threshold + drawn.get(ask.shift, 0.0)
    distance = (attitude[ask.respondent, :, ask.target] - threshold) / ask.width
    share: Array = soft_step(distance).mean(axis=0)
    return share


def _mean_field(case: Case) -> Case:
    """Return the case in which every citizen meets the public's mean, at rest as well."""
    world = case.world
    n = world.population.n_citizens
    everyone = sparse.csr_array(np.full((n, n), 1.0 / n))
    population = replace(
        world.population, neighbours=tuple(everyone for _ in world.population.neighbours)
    )
    pull = world.parameters["social_rate_per_year"] / world.parameters["anchor_rate_per_year"]
    return replace(
        case,
        world=replace(world, population=population),
        start_attitude=resting_attitude(population, world.start_displacement, pull),
    )


def _jittered(case: Case, spread: float, seed: int) -> tuple[Case, Array]:
    """Return the case with other weights of disputes, at rest as before, and factors of effects."""
    generator = study_generator(seed, Process.EFFECTIVE_PARAMETERS)
    factors = np.exp(spread * generator.standard_normal((case.effects.size.size, 1)))
    world = case.world
    weights = world.dispute_weights * np.exp(
        spread * generator.standard_normal(world.dispute_weights.shape)
    )
    heavier = np.einsum("dij,dir->ijr", weights - world.dispute_weights, world.start["hurt"])
    moved = -world.parameters["hurt_to_attitude"] * heavier
    population = world.population
    anchor = population.anchor - population.receptivity * moved[:, np.newaxis]
    world = replace(
        world,
        dispute_weights=weights,
        start_displacement=world.start_displacement + moved,
        population=replace(population, anchor=anchor),
    )
    return replace(case, world=world), factors
