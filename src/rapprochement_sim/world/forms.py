"""The functional forms that processes share: links, saturation, relaxation, apportioning.

Only elementwise operations, so that the last bit of a run never depends on the block of
runs it travels in.
"""

from collections.abc import Sequence

import numpy as np

from rapprochement_sim.world.axes import Array

LOG_2 = float(np.log(2.0))


def logistic(latent: Array) -> Array:
    """Map the logit scale to 0..1."""
    return 1.0 / (1.0 + np.exp(-latent))


def logit(share: Array) -> Array:
    """Map 0..1 (open) to the logit scale; the inverse of :func:`logistic`."""
    return np.log(share) - np.log1p(-share)


def soft_step(distance: Array, *, out: Array | None = None) -> Array:
    """Map a standardised distance to 0..1: the distribution function of Student's t(2), rescaled.

    Square root and division are correctly rounded everywhere, so poll shares do not
    depend on the instruction set, as a logistic's last bits might. They are written to
    ``out``, if given.
    """
    spread = np.multiply(distance, distance, out=out)
    spread += 1.0
    np.sqrt(spread, out=spread)
    share = np.divide(distance, spread, out=spread)
    share *= 0.5
    share += 0.5
    return share


def kept_share(half_life_years: float, years: float) -> float:
    """Share of a decaying quantity that is left after ``years``."""
    return float(2.0 ** (-years / half_life_years))


def saturate(stock: Array, impulse: Array, low: Array | float, high: Array | float) -> Array:
    """Return the change that an impulse makes in a bounded stock.

    Upward it fills the room left below ``high``, downward it removes a share of what
    stands above ``low``; neither bound is ever reached: dx = (high - x)(1 - exp(-u)) for
    u > 0 and (x - low)(exp(u) - 1) for u < 0.
    """
    room = np.where(impulse > 0.0, high - stock, low - stock)
    return -room * np.expm1(-np.abs(impulse))


def slope(change: Array, impulse: Array, at_zero: Array | float) -> Array:
    """Return the secant slope change / impulse, or ``at_zero`` where the impulse is zero."""
    is_zero = impulse == 0.0
    return np.where(is_zero, at_zero, change / np.where(is_zero, 1.0, impulse))


def apportion(change: Array, latents: Sequence[Array], at_zero: float) -> list[Array]:
    """Split a change among the latent terms whose sum caused it, in proportion to them.

    The parts sum to ``change`` (Aumann-Shapley for a form with a single link).
    """
    total = latents[0]
    for latent in latents[1:]:
        total = total + latent
    secant = slope(change, total, at_zero)
    return [latent * secant for latent in latents]
