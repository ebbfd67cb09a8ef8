"""The whole model against a bare kernel of the same shapes: citizens' update and its draws.

The kernel draws every citizen's chance, takes neighbours' means and moves attitudes. The
model does that and all the rest: governments, acts, months, protest, polls, beliefs,
indicators. At most four times the kernel was the aim.
"""

from collections.abc import Callable

import numpy as np
from benchmarks.measuring import Timing, interleaved, print_table, ratio_text
from benchmarks.shipped import BLOCK, play_block, shipped_case

from rapprochement_sim.agents.public import draw_opinion_noise
from rapprochement_sim.dynamics.opinion import opinion_shares, update_attitude
from rapprochement_sim.randomness import Chance
from rapprochement_sim.world.axes import N_CAPITALS, Array

BLOCKS = (32, 64, 128)
RUNS = 128


def kernel(lanes: int) -> Callable[[], int]:
    """Return the bare kernel over ``RUNS`` runs in blocks of so many lanes."""
    case = shipped_case()
    world = case.world
    numbers, population = world.parameters, world.population
    shares = opinion_shares(
        numbers["anchor_rate_per_year"], numbers["social_rate_per_year"], world.turn_years
    )
    start = np.ascontiguousarray(
        np.broadcast_to(case.start_attitude, (*case.start_attitude.shape[:-1], lanes))
    )
    steered = population.receptivity * shares[0] * world.start_displacement[:, np.newaxis]
    anchored = shares[0] * population.anchor
    n_citizens = population.n_citizens

    def turn_of_publics(attitude: Array, chance: Chance, turn: int) -> Array:
        noise = draw_opinion_noise(chance, turn, world)
        moved = np.empty_like(attitude)
        for i in range(N_CAPITALS):
            held = attitude[i]
            crowd = population.neighbours[i] @ held.reshape(n_citizens, -1)
            moved[i] = update_attitude(
                held,
                neighbour_mean=crowd.reshape(held.shape),
                noise=noise[i],
                steered=steered[i],
                anchored=anchored[i],
                shares=shares,
            )
        return moved

    def work() -> int:
        for first in range(0, RUNS, lanes):
            chance = Chance(1, np.arange(first, first + lanes))
            attitude = start
            for turn in range(world.n_turns):
                attitude = turn_of_publics(attitude, chance, turn)
        return RUNS * world.n_turns

    return work


def model(lanes: int) -> Callable[[], int]:
    """Return the model over ``RUNS`` runs in blocks of so many lanes, its making included."""

    def work() -> int:
        for first in range(0, RUNS, lanes):
            play_block(lanes, first=first)
        return RUNS * shipped_case().world.n_turns

    return work


def measure(repeats: int) -> None:
    """Print CPU per run-turn of both, and their ratio, by block size."""
    works = {}
    for lanes in BLOCKS:
        works[f"kernel {lanes}"] = kernel(lanes)
        works[f"model {lanes}"] = model(lanes)
    found = interleaved(works, repeats)
    print_table(
        "Whole model over a bare kernel (CPU microseconds a run and turn; aim: at most 4)",
        ["runs side by side", "kernel", "model", "model / kernel"],
        [_row(lanes, found) for lanes in BLOCKS],
    )


def _row(lanes: int, found: dict[str, Timing]) -> list[str]:
    bare, whole = found[f"kernel {lanes}"], found[f"model {lanes}"]
    return [
        f"{lanes}{' (shipped)' if lanes == BLOCK else ''}",
        f"{bare.microseconds:.1f}",
        f"{whole.microseconds:.1f}",
        ratio_text(whole.over(bare)),
    ]
