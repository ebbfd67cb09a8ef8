"""Threat appraisal: capability and proximity, posture, programme, intent, encirclement."""

import numpy as np

from rapprochement_sim.world.axes import Array


def threat_logit(
    *,
    constant: Array,
    posture: Array,
    programme: Array,
    provocation: Array,
    trust: Array,
    encirclement: Array,
    weights: tuple[float, float, float, float],
) -> Array:
    """Return i's appraisal of j on the logit scale (capital, partner, run) [Walt1987]_.

    Parameters
    ----------
    constant
        Capability and proximity, from data (capital, partner, 1).
    posture, programme
        Of the partner j (capital, run), 0..1.
    provocation, trust
        Of j as i sees it (capital, partner, run), 0..1.
    encirclement
        Joint institutions of i's opponents around j, weighted (capital, partner, run).
    weights
        Of posture, programme, provocation and trust, in logits.
    """
    by_posture, by_programme, by_provocation, by_trust = weights
    capability = by_posture * posture + by_programme * programme
    intent = by_provocation * provocation - by_trust * (trust - 0.5)
    return constant + capability[np.newaxis] + intent + encirclement
