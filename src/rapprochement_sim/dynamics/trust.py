"""Trust between governments: learnt from acts, held up by institutions and trade."""

import numpy as np

from rapprochement_sim.world.axes import Array

Parts = dict[str, Array]


def hold_up_trust(
    institutional_floor: Array, interdependence_floor: Array, *, kept: float
) -> Parts:
    """Return how institutions and trade hold trust up in a step [Kydd2005]_.

    Trust relaxes to a rest; what has been gained since the start in institutions and in
    trade lifts that rest, so it pulls by the same share of the distance.

    Parameters
    ----------
    institutional_floor, interdependence_floor
        Logits added to the rest by institutions gained and trade gained since the start
        (capital, partner, run).
    kept
        Share of the distance to the rest left after the step.
    """
    moved = 1.0 - kept
    return {
        "institutions": institutional_floor * moved,
        "interdependence": interdependence_floor * moved,
    }


def lose_gains_to_wounds(
    gained: Array, open_wounds: Array, *, weight: float, moved: float
) -> Array:
    """Return how much faster trust gained fades where old wounds stay open, <= 0.

    Parameters
    ----------
    gained
        Trust above its rest, in logits (capital, partner, run); what lies below is no gain.
    open_wounds
        Hurt that i's public carries about j and does not hold settled, weighted as it weighs
        on attitudes, same shape, >= 0.
    weight
        Faster fading per unit of open wounds.
    moved
        Share of the distance to the rest covered in the step.
    """
    faster = -np.expm1(-weight * moved * open_wounds)
    lost: Array = -np.maximum(gained, 0.0) * faster
    return lost
