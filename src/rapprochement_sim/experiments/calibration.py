"""Fitting the effective parameters to rows that may be fitted, and to no others.

Runs of a fit are without chance; what chance adds to a survey is measured beforehand and
joins the error of observation, since a fit to one path of noise fits the path. Two methods
that share nothing but the runs: an ensemble smoother with multiple data assimilation
[Emerick2013]_, whose ensemble is the posterior, and Gauss-Newton least squares with the
prior as residuals, whose curvature is Laplace's approximation of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.experiments.effective import Beliefs, read_observing, read_prior
from rapprochement_sim.experiments.hindcast import drift_covariance, plan_runs, predict
from rapprochement_sim.experiments.links import link_observations
from rapprochement_sim.experiments.logit_scale import to_logit
from rapprochement_sim.randomness import Process, study_generator

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rapprochement_sim.experiments.observations import Observation
    from rapprochement_sim.experiments.record import Record
    from rapprochement_sim.experiments.record_runs import RecordRuns
    from rapprochement_sim.world.axes import Array

ASSIMILATIONS = 4
MEMBERS = 512
NEWTON_STEPS = 6
_NOISE_DRAWS = 256
_SMALL_STEP = 0.05


@dataclass(frozen=True)
class Problem:
    """What is fitted to what.

    Attributes
    ----------
    record, observations, runs
        What is run and which rows are met; the parameters of ``runs`` are replaced.
    prior
        Of the effective parameters.
    values
        Published shares in logits (observation,).
    covariance
        Of their error: sampling, wave, slow drift, and what chance adds to a run
        (observation, observation), logits.
    """

    record: Record
    observations: tuple[Observation, ...]
    runs: RecordRuns
    prior: Beliefs
    values: Array
    covariance: Array

    def run(self, drawn: Array) -> Array:
        """Return the logits that runs without chance predict (observation, draw)."""
        runs = replace(self.runs, parameters=self.prior.natural(drawn), chance=False)
        return to_logit(predict(self.record, self.observations, runs).latent)


@dataclass(frozen=True)
class Fit:
    """A posterior, and how well it does.

    Attributes
    ----------
    posterior
        Normal on the scales of the parameters.
    prior
        What it started from.
    n_rows
        Rows that were met.
    misfit
        Mean squared residual at the posterior's mean, in units of the error of observation.
    """

    posterior: Beliefs
    prior: Beliefs
    n_rows: int
    misfit: float

    @property
    def contraction(self) -> dict[str, float]:
        """How far the spread of each parameter shrank: 0 not at all, 1 to a point."""
        before, after = (np.sqrt(np.diag(b.covariance)) for b in (self.prior, self.posterior))
        shares = 1.0 - after / before
        return dict(zip(self.prior.names, map(float, shares), strict=True))


def fitted_rows(record: Record, observations: Sequence[Observation]) -> tuple[Observation, ...]:
    """Return the rows that a fit meets: of role fit, seen in print, and asked by a known survey."""
    rows = [each for each in observations if each.is_fitted]
    links, _ = link_observations(record.loaded.rules, rows)
    return tuple(
        row for place, row in enumerate(rows) if place in links and not links[place].is_level
    )


def pose(
    record: Record,
    observations: Sequence[Observation],
    *,
    seed: int = 1,
    vary: Callable[[RecordRuns], RecordRuns] = lambda runs: runs,
) -> Problem:
    """Pose the problem of a fit; ``vary`` changes what happens in its runs."""
    rows = fitted_rows(record, observations)
    prior = read_prior(record.folder)
    runs = vary(plan_runs(record, n_draws=_NOISE_DRAWS, seed=seed, beliefs=prior))
    middle = np.repeat(prior.mean[:, np.newaxis], _NOISE_DRAWS, axis=1)
    runs = replace(runs, has_drift=False)
    noisy = predict(record, rows, replace(runs, parameters=prior.natural(middle)))
    signs = np.array([link.sign for link in noisy.links])
    drift = drift_covariance(rows, read_observing(record.folder)) * np.outer(signs, signs)
    by_chance = np.cov(to_logit(noisy.latent))
    error = np.diag(np.square(noisy.error))
    return Problem(record, rows, runs, prior, to_logit(noisy.values), by_chance + drift + error)


def fit_by_smoother(problem: Problem, *, members: int = MEMBERS, seed: int = 1) -> Fit:
    """Fit by an ensemble smoother with multiple data assimilation.

    Parameters
    ----------
    problem
        What is fitted to what.
    members
        Of the ensemble.
    seed
        Of the ensemble and of the perturbations of the data.
    """
    drawn = problem.prior.draw(members, seed)
    generator = study_generator(seed, Process.ASSIMILATION)
    root = np.linalg.cholesky(problem.covariance)
    for _ in range(ASSIMILATIONS):
        found = problem.run(drawn)
        noise = generator.standard_normal((members, root.shape[0])).T
        perturbed = np.sqrt(ASSIMILATIONS) * np.einsum("ij,jk->ik", root, noise)
        met = problem.values[:, np.newaxis] + perturbed - found
        apart, spread = (each - each.mean(axis=1, keepdims=True) for each in (drawn, found))
        together = np.einsum("ik,jk->ij", apart, spread) / (members - 1)
        own = np.einsum("ik,jk->ij", spread, spread) / (members - 1)
        gain = np.linalg.solve(own + ASSIMILATIONS * problem.covariance, together.T).T
        drawn = drawn + np.einsum("ij,jk->ik", gain, met)
    posterior = replace(problem.prior, mean=drawn.mean(axis=1), covariance=np.cov(drawn))
    return _fit(problem, posterior)


def fit_by_least_squares(problem: Problem) -> Fit:
    """Fit by Gauss-Newton from the prior's middle, with Laplace's covariance."""
    prior = problem.prior
    precision = np.linalg.inv(prior.covariance)
    weight = np.linalg.inv(problem.covariance)
    steps = _SMALL_STEP * np.sqrt(np.diag(prior.covariance))
    mean, curvature = prior.mean, precision
    for _ in range(NEWTON_STEPS):
        around = mean[:, np.newaxis] + np.hstack([np.zeros((mean.size, 1)), np.diag(steps)])
        found = problem.run(around)
        slopes = (found[:, 1:] - found[:, :1]) / steps
        pulled = np.einsum("ij,ik->jk", slopes, weight)
        curvature = np.einsum("ij,jk->ik", pulled, slopes) + precision
        residual = problem.values - found[:, 0]
        force = np.einsum("ij,j->i", pulled, residual) - precision @ (mean - prior.mean)
        mean = mean + np.linalg.solve(curvature, force)
    posterior = replace(prior, mean=mean, covariance=np.linalg.inv(curvature))
    return _fit(problem, posterior)


def _fit(problem: Problem, posterior: Beliefs) -> Fit:
    centre = np.repeat(posterior.mean[:, np.newaxis], 2, axis=1)
    residual = problem.values - problem.run(centre)[:, 0]
    misfit = float(np.mean(np.square(residual) / np.diag(problem.covariance)))
    return Fit(posterior, problem.prior, len(problem.observations), misfit)
