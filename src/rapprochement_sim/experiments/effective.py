"""Effective parameters: the few numbers that a fit may move, their priors and posteriors.

All are normal on their own scale, linear or logarithmic. A draw of a posterior is mean plus
a triangular factor of the covariance times independent normals, so draws depend on nothing
but the seed.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.experiments.csv_files import place
from rapprochement_sim.experiments.record import DATA, SHIPPED_RECORD
from rapprochement_sim.randomness import Process, study_generator
from rapprochement_sim.scenario.composing import read_document
from rapprochement_sim.scenario.problems import validated
from rapprochement_sim.scenario.schema import Quantity, Schema

if TYPE_CHECKING:
    from pathlib import Path

    from rapprochement_sim.world.axes import Array

PRIOR_FILE = "effective.yaml"
POSTERIOR_FILE = "posterior.json"
KEPT_DRAWS = 64
_NINE_TENTHS = 1.6448536269514722


class Effective(Quantity):
    """One effective parameter: its middle, the middle nine tenths, and its scale."""

    scale: Literal["log", "linear"]


class Observing(Schema):
    """What stands between a run and a published share."""

    wave_error: Quantity
    drift_spread: Quantity
    drift_half_life_years: Quantity
    scale_spread: Quantity


class EffectiveFile(Schema):
    """The file of effective parameters."""

    effective: dict[str, Effective]
    observing: Observing


@dataclass(frozen=True)
class Beliefs:
    """What is believed of the effective parameters: a normal distribution on their scales.

    Attributes
    ----------
    names
        Of the parameters.
    is_log
        Whether a parameter is normal in its logarithm.
    mean, covariance
        On those scales (parameter,) and (parameter, parameter).
    """

    names: tuple[str, ...]
    is_log: tuple[bool, ...]
    mean: Array
    covariance: Array

    def draw(self, n_draws: int, seed: int) -> Array:
        """Draw on the scales of the parameters (parameter, draw)."""
        generator = study_generator(seed, Process.EFFECTIVE_PARAMETERS)
        normals = generator.standard_normal((n_draws, len(self.names))).T
        factor = np.linalg.cholesky(self.covariance + 1e-12 * np.eye(len(self.names)))
        moved = np.einsum("ij,jk->ik", factor, normals)
        drawn: Array = self.mean[:, np.newaxis] + moved
        return drawn

    def middles(self) -> dict[str, tuple[float, float]]:
        """Return each parameter's median, and its spread on its own scale."""
        spreads = np.sqrt(np.diag(self.covariance))
        medians = np.where(self.is_log, np.exp(self.mean), self.mean)
        pairs = zip(map(float, medians), map(float, spreads), strict=True)
        return dict(zip(self.names, pairs, strict=True))

    def natural(self, drawn: Array) -> dict[str, Array]:
        """Return parameters on their natural scales, by name (draw,)."""
        return {
            name: np.exp(values) if is_log else values
            for name, is_log, values in zip(self.names, self.is_log, drawn, strict=True)
        }


def read_observing(folder: Path) -> dict[str, float]:
    """Read how surveys of a record err, by name.

    Raises
    ------
    MalformedInput
        If the file is malformed.
    """
    found = _read(folder).observing
    return {name: getattr(found, name).value for name in Observing.model_fields}


def _read(folder: Path) -> EffectiveFile:
    own = folder / PRIOR_FILE
    path = own if own.is_file() else DATA / SHIPPED_RECORD / PRIOR_FILE
    return validated(EffectiveFile, read_document(path))


def read_prior(folder: Path) -> Beliefs:
    """Read the prior of a record; one that brings none uses that of the shipped record.

    Raises
    ------
    MalformedInput
        If the file is malformed.
    """
    entries = _read(folder).effective
    middles, spreads = [], []
    for entry in entries.values():
        ends = np.array([entry.value, *entry.range])
        if entry.scale == "log":
            ends = np.log(ends)
        middles.append(ends[0])
        spreads.append((ends[2] - ends[1]) / (2.0 * _NINE_TENTHS))
    return Beliefs(
        tuple(entries),
        tuple(entry.scale == "log" for entry in entries.values()),
        np.array(middles),
        np.diag(np.square(spreads)),
    )


def read_posterior(path: Path) -> Beliefs:
    """Read beliefs that a fit has written.

    Raises
    ------
    MalformedInput
        If the file is no such text.
    """
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        names, is_log = tuple(kept["names"]), tuple(bool(flag) for flag in kept["is_log"])
        mean = np.array(kept["mean"], dtype=np.float64)
        covariance = np.array(kept["covariance"], dtype=np.float64)
    except (OSError, ValueError, KeyError, TypeError):
        what = "this is no posterior that a fit has written"
        raise MalformedInput(what, where=place(path), todo="Fit again.") from None
    n = len(names)
    if not (len(is_log) == n and mean.shape == (n,) and covariance.shape == (n, n)):
        what = f"the posterior names {n} parameters, and its numbers are of another size"
        raise MalformedInput(what, where=place(path), todo="Fit again.")
    return Beliefs(names, is_log, mean, covariance)


def posterior_text(beliefs: Beliefs, about: dict[str, Any]) -> str:
    """Write beliefs as text, with what is to be said about the fit.

    Beside mean and covariance stand the middle and a number of draws on natural scales, which
    scenarios use.
    """
    draws = beliefs.natural(beliefs.draw(KEPT_DRAWS, seed=1))
    middle = beliefs.natural(beliefs.mean[:, np.newaxis])
    kept = {
        **about,
        "names": list(beliefs.names),
        "is_log": list(beliefs.is_log),
        "mean": [round(float(x), 6) for x in beliefs.mean],
        "covariance": [[round(float(x), 8) for x in row] for row in beliefs.covariance],
        "middle": [round(float(middle[name][0]), 5) for name in beliefs.names],
        "draws": [
            [round(float(draws[name][number]), 5) for name in beliefs.names]
            for number in range(KEPT_DRAWS)
        ],
    }
    text = json.dumps(kept, indent=1, ensure_ascii=False)
    return re.sub(r"\[[^\[\]]*\]", lambda row: " ".join(row[0].split()), text) + "\n"


def beliefs_of(folder: Path) -> Beliefs:
    """Read the posterior of a record, or its prior where nothing was fitted."""
    path = folder / POSTERIOR_FILE
    return read_posterior(path) if path.is_file() else read_prior(folder)
