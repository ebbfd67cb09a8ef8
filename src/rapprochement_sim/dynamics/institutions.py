"""Institutions: what they hold up, how they alarm opponents, whether parliaments consent."""

import numpy as np

from rapprochement_sim.world.axes import DYAD_INDEX, Array
from rapprochement_sim.world.forms import logistic

_IS_PAIR = (DYAD_INDEX >= 0).astype(np.float64)[:, :, np.newaxis]


def institutional_floor(gained: Array, trust_floor: Array) -> Array:
    """Return the logits that institutions add to trust (capital, partner, run).

    ``gained`` (institution, dyad, run) is the level minus its start; ``trust_floor``
    (institution,) the logits a full institution holds up.
    """
    per_dyad = (trust_floor[:, np.newaxis, np.newaxis] * gained).sum(axis=0)
    floor: Array = per_dyad[DYAD_INDEX] * _IS_PAIR
    return floor


def ratification_prob(
    political_capital: Array,
    stake: Array,
    openness: Array,
    *,
    openness_weight: float,
    bar: float,
    temperature: float,
) -> Array:
    """Return the chance that a parliament consents (run), 0..1.

    Opposition is the stake in the most sensitive dispute; it fails when that exceeds the
    political capital at hand by more than the bar allows. A government that stands for
    reconciliation (``openness``, 0..1) carries its own party: ``openness_weight``.
    """
    margin = political_capital + openness_weight * openness - stake - bar
    return logistic(margin / temperature)
