"""The publics at rest: where a run starts when nothing has happened yet."""

import numpy as np

from rapprochement_sim.dynamics.opinion import protest_crowd, update_participation
from rapprochement_sim.world.axes import N_CAPITALS, Array
from rapprochement_sim.world.building import World

RESTING_ROUNDS = 200


def resting_protest(world: World) -> tuple[Array, Array]:
    """Return participation and crowd at rest under the start's grievances (capital, citizen, 1)."""
    numbers = world.parameters
    stakes = world.start["salience"] * world.start["hurt"] * world.grievance_weights
    grievance = stakes.sum(axis=0)
    population = world.population
    held = np.zeros((N_CAPITALS, population.n_citizens, 1))
    crowds = np.zeros_like(held)
    for i in range(N_CAPITALS):
        for _ in range(RESTING_ROUNDS):
            crowds[i] = protest_crowd(held[i], population.neighbours[i])
            held[i] = update_participation(
                crowds[i],
                grievance=grievance[i],
                thresholds=population.thresholds[i],
                contagion=numbers["protest_contagion"],
                width=numbers["protest_width"],
            )
    return held, crowds
