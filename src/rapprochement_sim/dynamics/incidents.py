"""Dangerous encounters: proximity and tension, damped by channels."""

import numpy as np

from rapprochement_sim.world.axes import Array


def incident_prob(
    threat_ab: Array, threat_ba: Array, channel: Array, *, per_year: float, years: float
) -> Array:
    """Return the chance of a dangerous encounter between two capitals in a turn (run), 0..1.

    The hazard grows with the mean of the two threat appraisals and vanishes as working
    channels fill.
    """
    tension = 0.5 * (threat_ab + threat_ba)
    hazard: Array = -np.expm1(-per_year * years * tension * (1.0 - channel))
    return hazard


def hazard_prob(per_year: Array, years: float) -> Array:
    """Return the chance that an event of a given yearly rate befalls within ``years``."""
    prob: Array = -np.expm1(-per_year * years)
    return prob
