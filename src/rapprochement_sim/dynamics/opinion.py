"""Citizens: pulled by memory and disputes, influenced by neighbours, moved by chance.

Friedkin-Johnsen dynamics with shocks. The equations are linear in the attitude, so what
acts do to a public is carried by one displacement per public and partner, and every
citizen answers to it by an own receptivity. Nothing is clipped: the scale is latent.
"""

from typing import Any

import numpy as np

from rapprochement_sim.world.axes import Array
from rapprochement_sim.world.forms import soft_step


def pull_of_disputes(
    hurt: Array,
    glow: Array,
    narrative: Array,
    weights: Array,
    *,
    hurt_weight: float,
    glow_weight: float,
    narrative_weight: float,
) -> Array:
    """Return where disputes, warmth and stories pull attitudes (capital, partner, run), latent.

    Parameters
    ----------
    hurt
        Injury carried (dispute, capital, run).
    glow
        Mean warmth over the step (capital, partner, run).
    narrative
        How far a public's stories of the other have changed, same shape: identity drifts.
    weights
        How strongly each dispute's hurt weighs on each attitude (dispute, capital, partner).
    hurt_weight, glow_weight, narrative_weight
        Latent attitude per unit of weighted hurt, of warmth and of changed stories.
    """
    weighted = np.einsum("dij,dir->ijr", weights, hurt)
    pull: Array = glow_weight * glow + narrative_weight * narrative - hurt_weight * weighted
    return pull


def update_displacement(
    displacement: Array, pull: Array, *, rate_per_year: float, years: float
) -> Array:
    """Return how a public moves towards the pull in a step: exact for a constant pull."""
    step: Array = (pull - displacement) * -np.expm1(-rate_per_year * years)
    return step


def opinion_shares(
    anchor_rate: Array | float, social_rate: Array | float, years: float
) -> tuple[Array | float, Array | float]:
    """Return the shares of the distance to anchor and to neighbours covered in a turn.

    Together 1 - exp(-(rates) * years), split as the rates: the resting attitude does not
    depend on the length of a turn. Rates may differ by run (run).
    """
    rate = anchor_rate + social_rate
    moved = -np.expm1(-rate * years)
    return moved * anchor_rate / rate, moved * social_rate / rate


def update_attitude(
    attitude: Array,
    *,
    neighbour_mean: Array,
    noise: Array,
    steered: Array,
    anchored: Array,
    shares: tuple[Array | float, Array | float],
) -> Array:
    """Return one public's attitudes after the turn (citizen, partner, run), latent.

    Parameters
    ----------
    attitude
        Of each citizen towards each partner before the turn.
    neighbour_mean
        Mean attitude of each citizen's neighbours, same shape.
    noise
        Chance in this turn, same shape, scaled.
    steered
        Receptivity times (change of the displacement + anchor share * old displacement),
        same shape.
    anchored
        Anchor share times anchor (citizen, partner, 1).
    shares
        From :func:`opinion_shares`.

    Notes
    -----
    Equals attitude + receptivity * d(displacement) + anchor_share * (anchor + receptivity *
    displacement - attitude) + social_share * (neighbour_mean - attitude) + noise.
    """
    anchor_share, social_share = shares
    moved = attitude * (1.0 - anchor_share - social_share)
    moved += anchored
    moved += steered
    moved += social_share * neighbour_mean
    moved += noise
    return moved


def poll_share(attitude: Array, *, threshold: float, width: float, sign: float) -> Array:
    """Return the share of a public that gives a survey's answer (run), 0..1.

    Parameters
    ----------
    attitude
        Of each citizen towards the partner asked about (citizen, run), latent.
    threshold, width
        Of the survey, latent.
    sign
        +1 if the answer lies above the threshold, -1 if below.
    """
    distance = attitude - threshold
    distance *= sign / width
    share: Array = soft_step(distance).mean(axis=0)
    return share


def sampling_error(share: Array, *, sample_size: Array, design_effect: Array) -> Array:
    """Return the standard error of a published share (survey, run)."""
    return np.sqrt(share * (1.0 - share) * design_effect / sample_size)


def protest_crowd(participation: Array, neighbours: Any) -> Array:
    """Return the share of protesting neighbours of each citizen (citizen, run).

    ``neighbours`` is a row-stochastic sparse matrix over citizens.
    """
    crowd: Array = neighbours @ participation
    return crowd


def update_participation(
    crowd: Array,
    *,
    grievance: Array,
    thresholds: Array,
    contagion: float,
    width: float,
    out: Array | None = None,
) -> Array:
    """Return who takes part in protest after a round of a threshold cascade [Granovetter1978]_.

    Parameters
    ----------
    crowd
        Share of protesting neighbours (citizen, run), 0..1.
    grievance
        Weighted stake of the public in its open disputes (run), >= 0.
    thresholds
        Own bar of each citizen (citizen, 1).
    contagion
        How far the share of protesting neighbours lowers the bar.
    width
        Softness of the decision.
    out
        Where to write it, if not to a new array.
    """
    distance = contagion * crowd
    distance += grievance
    distance -= thresholds
    distance /= width
    return soft_step(distance, out=out)
