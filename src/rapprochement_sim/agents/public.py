"""Publics: citizens who remember, listen to neighbours, answer polls and protest."""

from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.agents.counting import CountedAgent
from rapprochement_sim.dynamics.opinion import (
    opinion_shares,
    protest_crowd,
    update_attitude,
    update_participation,
)
from rapprochement_sim.randomness import Chance, Process
from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.axes import N_CAPITALS, Array
from rapprochement_sim.world.building import World

if TYPE_CHECKING:
    from rapprochement_sim.model import RapprochementModel

CASCADE_ROUNDS = 2


class PublicAgent(CountedAgent):
    """A public (in Beijing and Pyongyang the attentive elite), in every lane.

    It owns its rows of attitude (citizen, partner, run) and participation (citizen, run).
    """

    model: "RapprochementModel"

    def __init__(self, model: "RapprochementModel", capital: Capital) -> None:
        super().__init__(model)
        self.capital = capital
        world = model.case.world
        self.shares = opinion_shares(
            world.parameters["anchor_rate_per_year"],
            world.parameters["social_rate_per_year"],
            world.turn_years,
        )
        population = world.population
        self.neighbours = population.neighbours[capital]
        self.receptivity: Array = population.receptivity[capital]
        self.anchored: Array = self.shares[0] * population.anchor[capital]
        self.thresholds: Array = population.thresholds[capital]

    def react(self) -> None:
        """Move attitudes by acts, memory, neighbours and chance, for the whole turn."""
        model = self.model
        i = self.capital
        old: Array = model.attitude[i]
        shape = old.shape
        neighbour_mean = (self.neighbours @ old.reshape(shape[0], -1)).reshape(shape)
        was, now = model.displacement_before[i], model.state.displacement[i]
        steered = self.receptivity * (now - was + self.shares[0] * was)
        model.attitude_next[i] = update_attitude(
            old,
            neighbour_mean=neighbour_mean,
            noise=model.opinion_noise[i],
            steered=steered,
            anchored=self.anchored,
            shares=self.shares,
        )

    def protest(self) -> None:
        """Let protest spread: a citizen joins when grievance and crowd pass an own bar."""
        model = self.model
        i = self.capital
        numbers = model.case.world.parameters
        participation: Array = model.state.participation[i]
        for _ in range(CASCADE_ROUNDS):
            crowd = protest_crowd(participation, self.neighbours)
            participation = update_participation(
                crowd,
                grievance=model.grievance[i],
                thresholds=self.thresholds,
                contagion=numbers["protest_contagion"],
                width=numbers["protest_width"],
            )
        model.crowd_next[i] = crowd
        model.participation_next[i] = participation


def draw_opinion_noise(chance: Chance, turn: int, world: World) -> Array:
    """Draw the chance of all citizens in a turn (capital, citizen, partner, run), latent.

    Each citizen's own, plus what moves a whole public together.
    """
    shape = (N_CAPITALS, world.population.n_citizens, N_CAPITALS, chance.runs.size)
    years = np.sqrt(world.turn_years)
    own = chance.normals(Process.OPINION, turn, shape[0] * shape[1] * shape[2])
    common = chance.normals(Process.OPINION_COMMON, turn, N_CAPITALS * N_CAPITALS)
    noise = own.reshape(shape)
    noise *= world.parameters["opinion_noise"] * years
    noise += (world.parameters["opinion_common_noise"] * years) * common.reshape(
        N_CAPITALS, 1, N_CAPITALS, -1
    )
    return noise
