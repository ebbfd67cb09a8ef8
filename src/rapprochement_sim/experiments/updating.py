"""What a hindcast says once some rows are known: rolling origins, one step ahead.

The draws are updated as an ensemble: each is moved by the gain that the ensemble's own
covariances give, towards known values perturbed by their error [Evensen1994]_. Nothing is
run again. Covariances between surveys of different pairs come from shared parameters only and
are small beside the noise of a finite ensemble, so they are halved. An update starts from
levels and scales at their priors, so that a series linked by its level learns it from known
rows alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.experiments.logit_scale import from_logit, to_logit
from rapprochement_sim.randomness import Process, study_generator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rapprochement_sim.experiments.hindcast import Hindcast
    from rapprochement_sim.world.axes import Array


ACROSS_PAIRS = 0.5


def updated_draws(
    hindcast: Hindcast, known: Sequence[int], asked: Sequence[int], *, seed: int = 1
) -> Array:
    """Predict some rows, given others, sampling error included (asked, draw), 0..100.

    Parameters
    ----------
    hindcast
        Free draws; those of a prior where rows that fitted a posterior are to be predicted.
    known, asked
        Rows of the hindcast, by number; those known may not be asked.
    seed
        Of the perturbations and the errors of what is asked.

    Raises
    ------
    ValueError
        If a row is both known and asked.
    """
    both = set(known) & set(asked)
    if both:
        msg = f"rows {sorted(both)} are known and asked at once"
        raise ValueError(msg)
    n_rows, n_draws = hindcast.unanchored.shape
    noise = study_generator(seed, Process.UPDATES).standard_normal((n_draws, n_rows)).T
    error = hindcast.error[:, np.newaxis]
    told = list(asked)
    predicted = hindcast.unanchored[told]
    if len(known):
        rows = list(known)
        before = hindcast.unanchored[rows]
        met = to_logit(hindcast.values[rows])[:, np.newaxis] + error[rows] * noise[rows] - before
        spread = before - before.mean(axis=1, keepdims=True)
        apart = predicted - predicted.mean(axis=1, keepdims=True)
        taper = _taper(hindcast)
        own = taper[np.ix_(rows, rows)] * np.einsum("ik,jk->ij", spread, spread) / (n_draws - 1)
        together = np.einsum("ik,jk->ij", apart, spread) / (n_draws - 1)
        together *= taper[np.ix_(told, rows)]
        own += np.diag(np.square(hindcast.error[rows]))
        gain = np.linalg.solve(own, together.T).T
        predicted = predicted + np.einsum("ij,jk->ik", gain, met)
    return from_logit(predicted + error[told] * noise[told])


def one_step_ahead(hindcast: Hindcast, *, seed: int = 1) -> Array:
    """Predict every row from all rows published before its month (observation, draw), 0..100."""
    months = np.array([each.month for each in hindcast.observations])
    draws = np.empty_like(hindcast.unanchored)
    for month in np.unique(months):
        asked = np.flatnonzero(months == month)
        known = np.flatnonzero(months < month)
        draws[asked] = updated_draws(hindcast, list(known), list(asked), seed=seed)
    return draws


def _taper(hindcast: Hindcast) -> Array:
    pairs = np.array(
        [
            (int(each.respondent), -1 if each.target is None else int(each.target))
            for each in hindcast.observations
        ]
    )
    same = (pairs[:, np.newaxis] == pairs).all(axis=2)
    return np.where(same, 1.0, ACROSS_PAIRS)
