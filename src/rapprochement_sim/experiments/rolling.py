"""Rolling origin inside the fitted years: what would have been said, had one stood there.

At each wave that may be fitted, every later one is predicted from the rows published so
far: by the model, whose prior draws are updated on those rows, and by baselines that learnt
from the same rows. Posteriors play no part: they have seen the later rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.experiments.baselines import Asked, forecast, known_at, learn
from rapprochement_sim.experiments.placing import Placed
from rapprochement_sim.experiments.updating import updated_draws

if TYPE_CHECKING:
    from rapprochement_sim.experiments.hindcast import Hindcast
    from rapprochement_sim.world.axes import Array, Integers


@dataclass(frozen=True)
class Rolled:
    """Forecasts from rolling origins, one above the other.

    Attributes
    ----------
    origin
        Month of the origin, since January 2010 (forecast,).
    row
        Row of the hindcast that is predicted (forecast,).
    values
        What was published (forecast,), 0..100.
    draws
        The model's (forecast, draw), 0..100.
    baselines
        Those of each baseline, by name, same shape; empty if not asked for.
    """

    origin: Integers
    row: Integers
    values: Array
    draws: Array
    baselines: dict[str, Array]


def placed_rows(hindcast: Hindcast) -> tuple[Placed, ...]:
    """Return the rows of a hindcast with their segments."""
    rows = zip(hindcast.observations, hindcast.links, hindcast.is_anchor, strict=True)
    return tuple(Placed(each, link.key, bool(sets)) for each, link, sets in rows)


def roll(hindcast: Hindcast, *, with_baselines: bool = True, seed: int = 1) -> Rolled:
    """Forecast fitted rows from every origin at which baselines can learn.

    Parameters
    ----------
    hindcast
        Draws of a prior.
    with_baselines
        Whether to forecast by baselines as well.
    seed
        Of updates and of what dresses baselines.

    Raises
    ------
    ValueError
        If no origin has enough rows before it.
    """
    placed = placed_rows(hindcast)
    n_draws = hindcast.predicted.shape[1]
    found: list[tuple[int, list[int], Array, dict[str, Array]]] = []
    for origin, known, asked in _origins(placed):
        try:
            learnt = learn(placed[row] for row in known)
        except ValueError:
            continue
        dressed = {}
        if with_baselines:
            before = [placed[row] for row in known]
            questions = [Asked(placed[r], known_at(origin, placed[r], before)) for r in asked]
            dressed = forecast(learnt, questions, n_draws=n_draws, seed=seed)
        draws = updated_draws(hindcast, known, asked, seed=seed)
        found.append((origin, asked, draws, dressed))
    if not found:
        msg = "no origin has enough fitted rows before it"
        raise ValueError(msg)
    rows = np.array([row for _, asked, _, _ in found for row in asked], dtype=np.int64)
    return Rolled(
        origin=np.repeat([each[0] for each in found], [len(each[1]) for each in found]),
        row=rows,
        values=hindcast.values[rows],
        draws=np.concatenate([draws for _, _, draws, _ in found]),
        baselines={name: np.concatenate([each[3][name] for each in found]) for name in found[0][3]},
    )


def _origins(placed: tuple[Placed, ...]) -> list[tuple[int, list[int], list[int]]]:
    """Return each origin, the rows known there, and the later rows of segments known there."""
    fitted = [row for row, each in enumerate(placed) if each.observation.is_fitted]
    months = sorted({placed[row].observation.month for row in fitted})
    found = []
    for origin in months[:-1]:
        known = [row for row in fitted if placed[row].observation.month <= origin]
        segments = {placed[row].segment for row in known}
        later = [row for row in fitted if placed[row].observation.month > origin]
        asked = [row for row in later if placed[row].segment in segments]
        if asked:
            found.append((origin, known, asked))
    return found
