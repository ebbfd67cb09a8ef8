"""Whose attitudes a model follows: all citizens', or only what some surveys ask about.

A public's attitude towards one partner moves nothing but the polls about it, so where few
polls will be read, the others need not be known, nor held.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from rapprochement_sim.world.axes import N_CAPITALS, Integers
from rapprochement_sim.world.building import World
from rapprochement_sim.world.state import WorldState


@dataclass(frozen=True)
class Followed:
    """What is followed.

    Attributes
    ----------
    surveys
        Places of the surveys that will be read.
    partners
        Whom they ask each public about (capital): places of partners.
    cells
        Places of these attitudes among all, laid out by capital, citizen and partner (capital).
    """

    surveys: Integers
    partners: tuple[Integers, ...]
    cells: tuple[Integers, ...]

    def column(self, capital: int, partner: int) -> int:
        """Return where a narrow state holds what a public thinks of a partner."""
        return int(np.flatnonzero(self.partners[capital] == partner)[0])

    def narrowed(self, state: WorldState) -> WorldState:
        """Return a state that holds attitudes towards those partners alone.

        They stand in the sequence of ``partners``, and what is left over is 0; shares of
        other surveys are not a number. A state that is narrow already is returned as it is.
        """
        if state.attitude.shape[2] != N_CAPITALS:
            return state
        n_citizens, lanes = state.attitude.shape[1], state.attitude.shape[-1]
        width = max(1, *(partners.size for partners in self.partners))
        attitude = np.zeros((N_CAPITALS, n_citizens, width, lanes))
        for capital, partners in enumerate(self.partners):
            attitude[capital, :, : partners.size] = state.attitude[capital][:, partners]
        shares = np.full_like(state.shares, np.nan)
        shares[self.surveys] = state.shares[self.surveys]
        return replace(state, attitude=attitude, shares=shares)


def followed_by(world: World, names: Collection[str]) -> Followed:
    """Return what must be followed for these surveys to be read.

    Raises
    ------
    KeyError
        If a survey does not exist.
    """
    surveys, n_citizens = world.surveys, world.population.n_citizens
    unknown = set(names) - set(surveys.names)
    if unknown:
        raise KeyError(*sorted(unknown))
    places = np.array([n for n, name in enumerate(surveys.names) if name in names], dtype=np.int64)
    asked = [
        np.unique([surveys.targets[n] for n in places if surveys.respondents[n] == capital])
        for capital in range(N_CAPITALS)
    ]
    partners = tuple(each.astype(np.int64) for each in asked)
    citizens = N_CAPITALS * np.arange(n_citizens)[:, np.newaxis]
    cells = tuple(
        (capital * n_citizens * N_CAPITALS + citizens + each).ravel()
        for capital, each in enumerate(partners)
    )
    return Followed(places, partners, cells)
