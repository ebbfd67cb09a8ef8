"""Trust between governments: learnt from acts, held up by institutions and trade."""

from __future__ import annotations

from rapprochement_sim.world.axes import Array

Parts = dict[str, Array]


def update_trust(
    trust_logit: Array,
    *,
    impulse: Array,
    rest_logit: Array,
    institutional_floor: Array,
    interdependence_floor: Array,
    kept: float,
) -> Parts:
    """Learn from acts, then relax to the level that institutions and trade hold up [Kydd2005]_.

    Parameters
    ----------
    trust_logit
        i's belief that j keeps its word, on the logit scale (capital, partner, run).
    impulse
        Latent impulse of this month's acts; hostile acts arrive already weighted by
        negativity.
    rest_logit
        Level without change in institutions or trade (capital, partner, 1).
    institutional_floor, interdependence_floor
        Logits added to the rest by institutions gained and trade gained since the start.
    kept
        Share of the distance to the floor left after the step.
    """
    moved = 1.0 - kept
    return {
        "acts": impulse,
        "fading": (rest_logit - (trust_logit + impulse)) * moved,
        "institutions": institutional_floor * moved,
        "interdependence": interdependence_floor * moved,
    }
