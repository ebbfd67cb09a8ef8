"""Publics: citizens who remember, listen to neighbours, answer polls and protest."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.agents.counting import CountedAgent
from rapprochement_sim.agents.following import Followed
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


class PublicAgent(CountedAgent):
    """A public (in Beijing and Pyongyang the attentive elite), in every lane.

    It owns its rows of attitude (citizen, partner, run) and participation (citizen, run).
    """

    model: "RapprochementModel"

    def __init__(self, model: "RapprochementModel", capital: Capital) -> None:
        super().__init__(model)
        self.capital = capital
        self.index = int(capital)
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
        self.partners = None if model.followed is None else model.followed.partners[self.index]
        if self.partners is not None:
            self.anchored = self.anchored[:, self.partners]
        self.thresholds: Array = population.thresholds[capital]
        self._contagion = world.parameters["protest_contagion"]
        self._width = world.parameters["protest_width"]

    def react(self) -> None:
        """Move attitudes by acts, memory, neighbours and chance, for the whole turn."""
        model, i, at = self.model, self.index, self.partners
        before, after = model.displacement_before[i], model.state.displacement[i]
        noise = model.opinion_noise[i]
        if at is None:
            model.attitude_next[i] = self.move(model.state.attitude[i], noise, (before, after))
        elif at.size:
            attitude = model.state.attitude[i, :, : at.size]
            model.attitude_next[i, :, : at.size] = self.move(
                attitude, noise, (before[at], after[at])
            )

    def protest(self) -> None:
        """Let protest spread: a citizen joins when grievance and crowd pass an own bar."""
        model, i = self.model, self.index
        _, model.crowd_next[i] = self.join(
            model.state.participation[i], model.grievance[i], out=model.participation_next[i]
        )

    def move(self, attitude: Array, noise: Array, displacement: tuple[Array, Array]) -> Array:
        """Return attitudes after a turn (citizen, partner, run), latent.

        Parameters
        ----------
        attitude, noise
            Before, and the turn's chance, same shape.
        displacement
            Of the public before and after the turn's months (partner, run).
        """
        was, now = displacement
        crowd = (self.neighbours @ attitude.reshape(attitude.shape[0], -1)).reshape(attitude.shape)
        return update_attitude(
            attitude,
            neighbour_mean=crowd,
            noise=noise,
            steered=self.receptivity * (now - was + self.shares[0] * was),
            anchored=self.anchored,
            shares=self.shares,
        )

    def join(
        self, participation: Array, grievance: Array, *, out: Array | None = None
    ) -> tuple[Array, Array]:
        """Return participation and the crowd reacted to after a month (citizen, run).

        ``grievance`` is the weighted stake of the public in its open disputes (run);
        participation is written to ``out``, if given.
        """
        crowd = protest_crowd(participation, self.neighbours)
        joined = update_participation(
            crowd,
            grievance=grievance,
            thresholds=self.thresholds,
            contagion=self._contagion,
            width=self._width,
            out=out,
        )
        return joined, crowd


def draw_opinion_noise(chance: Chance, turn: int, world: World) -> Array:
    """Draw the chance of all citizens in a turn (capital, citizen, partner, run), latent.

    Each citizen's own, plus what moves a whole public together.
    """
    shape = (N_CAPITALS, world.population.n_citizens, N_CAPITALS, chance.runs.size)
    own_scale, common = _common_noise(chance, turn, world)
    own = chance.normals(Process.OPINION, turn, shape[0] * shape[1] * shape[2])
    noise = own.reshape(shape)
    for i in range(N_CAPITALS):
        noise[i] *= own_scale
        noise[i] += common[i]
    return noise


def draw_noise(
    chance: Chance, turn: int, world: World, followed: Followed | None
) -> Sequence[Array]:
    """Draw for each public what :func:`draw_opinion_noise` does, of what is followed alone."""
    if followed is None:
        return list(draw_opinion_noise(chance, turn, world))
    n_citizens, cells = world.population.n_citizens, followed.cells
    wanted = np.concatenate(cells)
    own_scale, common = _common_noise(chance, turn, world)
    drawn = chance.normals(Process.OPINION, turn, int(wanted.max(initial=-1)) + 1, only=wanted)
    drawn *= own_scale
    parts = np.split(drawn, np.cumsum([each.size for each in cells])[:-1])
    return [
        own.reshape(n_citizens, asked.size, chance.runs.size) + moved_together[asked]
        for own, moved_together, asked in zip(parts, common, followed.partners, strict=True)
    ]


def _common_noise(chance: Chance, turn: int, world: World) -> tuple[float, Array]:
    """Return the scale of citizens' own chance, and what moves publics (capital, partner, run)."""
    years = np.sqrt(world.turn_years)
    common = chance.normals(Process.OPINION_COMMON, turn, N_CAPITALS * N_CAPITALS)
    common *= world.parameters["opinion_common_noise"] * years
    return world.parameters["opinion_noise"] * years, common.reshape(N_CAPITALS, N_CAPITALS, -1)
