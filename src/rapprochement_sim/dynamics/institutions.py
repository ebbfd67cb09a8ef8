"""Institutions: what they hold up, how they alarm opponents, whether parliaments consent."""

from __future__ import annotations

import numpy as np

from rapprochement_sim.world.axes import DYAD_INDEX, N_CAPITALS, Array
from rapprochement_sim.world.forms import logistic


def institutional_floor(gained: Array, trust_floor: Array) -> Array:
    """Return the logits that institutions gained since the start add to trust (capital, partner, run).

    ``gained`` (institution, dyad, run) is the level minus its start; ``trust_floor``
    (institution,) the logits a full institution holds up.
    """
    per_dyad = np.einsum("k,kdr->dr", trust_floor, gained)
    floor = np.zeros((N_CAPITALS, N_CAPITALS, gained.shape[-1]))
    above, right = np.triu_indices(N_CAPITALS, 1)
    floor[above, right] = floor[right, above] = per_dyad[DYAD_INDEX[above, right]]
    return floor


def ratification_prob(
    political_capital: Array, stake: Array, openness: Array, *, bar: float, temperature: float
) -> Array:
    """Return the chance that a parliament consents (run), 0..1.

    Opposition is the stake in the most sensitive dispute; it fails when that exceeds the
    political capital at hand by more than the bar allows.
    """
    margin = political_capital + 0.5 * openness - stake - bar
    return logistic(margin / temperature)
