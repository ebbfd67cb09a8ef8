"""Trust between governments: learnt from acts, held up by institutions and trade."""

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
