"""Whose attitudes a model follows: all citizens', or only what some surveys ask about.

A public's attitude towards one partner moves nothing but the polls about it, so where few
polls will be read, the others need not be known. What is not followed is not a number: it
cannot be read by mistake.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from rapprochement_sim.world.axes import N_CAPITALS, Integers
from rapprochement_sim.world.building import Surveys
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
    """

    surveys: Integers
    partners: tuple[Integers, ...]


def followed_by(surveys: Surveys, names: Collection[str]) -> Followed:
    """Return what must be followed for these surveys to be read.

    Raises
    ------
    KeyError
        If a survey does not exist.
    """
    unknown = set(names) - set(surveys.names)
    if unknown:
        raise KeyError(*sorted(unknown))
    places = np.array([n for n, name in enumerate(surveys.names) if name in names], dtype=np.int64)
    asked = [
        np.unique([surveys.targets[n] for n in places if surveys.respondents[n] == capital])
        for capital in range(N_CAPITALS)
    ]
    return Followed(places, tuple(partners.astype(np.int64) for partners in asked))


def without_the_rest(state: WorldState, followed: Followed) -> WorldState:
    """Return a state of its own in which only what is followed is known."""
    attitude = np.full_like(state.attitude, np.nan)
    for capital, partners in enumerate(followed.partners):
        attitude[capital][:, partners] = state.attitude[capital][:, partners]
    shares = np.full_like(state.shares, np.nan)
    shares[followed.surveys] = state.shares[followed.surveys]
    return replace(state, attitude=attitude, shares=shares)
