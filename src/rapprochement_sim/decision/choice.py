"""Choice rules: quantal response in two levels (act at all, then which), and consent."""

import numpy as np

from rapprochement_sim.vocabulary import QUARTER_MONTHS
from rapprochement_sim.world.axes import Array, Booleans, Integers
from rapprochement_sim.world.forms import logistic


def choose_logit(
    values: Array,
    allowed: Booleans,
    uniform_act: Array,
    uniform_which: Array,
    *,
    temperature: float,
    threshold: float,
    act_temperature: float,
) -> Integers:
    """Choose among options by quantal response [McKelveyPalfrey1995]_.

    Parameters
    ----------
    values
        Standardised score of each option (option, run); zero is as good as doing nothing.
    allowed
        Which options are legal (option, run).
    uniform_act, uniform_which
        Uniforms on [0, 1) (run).
    temperature, threshold, act_temperature
        Noise among options (0: the best one); how good the best must look; noise of acting at all.

    Returns
    -------
    Integers
        Chosen option, or -1 for none (run).
    """
    has_any = allowed.any(axis=0)
    worth = np.flatnonzero(allowed.any(axis=1))
    if worth.size == 0:
        return np.full(has_any.shape, -1)
    masked = np.where(allowed[worth], values[worth], -np.inf)
    level = np.where(has_any, masked.max(axis=0), 0.0)
    acts = has_any & (uniform_act < logistic((level - threshold) / act_temperature))
    if temperature == 0.0:
        return np.where(acts, worth[masked.argmax(axis=0)], -1)
    masked -= level
    masked /= temperature
    odds = np.exp(masked, out=masked)
    cumulated = np.cumsum(odds, axis=0)
    aim = uniform_which * cumulated[-1]
    which = np.minimum((cumulated <= aim).sum(axis=0), worth.size - 1)
    return np.where(acts, worth[which], -1)


def paced(uniform_act: Array, turn_months: int) -> Array:
    """Return draws by which a capital acts as often in a quarter, however long a turn is.

    Where it would act with probability p in a turn of three months, it acts in a turn of one
    with 1 - (1 - p)^(1/3).
    """
    if turn_months == QUARTER_MONTHS:
        return uniform_act
    exponent = QUARTER_MONTHS / turn_months
    kept: Array = (1.0 - uniform_act) ** exponent
    return 1.0 - kept


def pick_modifiers(scores: Array, *, most: int) -> tuple[Integers, Array]:
    """Take the modifiers that look good, at most ``most`` of them, of equals the first.

    Parameters
    ----------
    scores
        Score that each modifier adds (modifier, run); -inf where there is none.

    Returns
    -------
    tuple
        Modifiers as bits (run) and the score they add (run).
    """
    taken = scores > 0.0
    crowded = np.flatnonzero(taken.sum(axis=0) > most)
    if crowded.size:
        ranks = np.argsort(np.argsort(-scores[:, crowded], axis=0, kind="stable"), axis=0)
        taken[:, crowded] &= ranks < most
    powers = (1 << np.arange(scores.shape[0]))[:, np.newaxis]
    bits: Integers = (taken * powers).sum(axis=0)
    added: Array = np.where(taken, scores, 0.0).sum(axis=0)
    return bits, added


def consents(
    gain: Array, trust: Array, uniform: Array, *, trust_weight: float, temperature: float
) -> Booleans:
    """Return whether a proposal is accepted (run).

    ``gain`` is the score of accepting over that of refusing, ``trust`` the believed
    trustworthiness of the proposer, 0..1.
    """
    return uniform < consent_prob(gain, trust, trust_weight=trust_weight, temperature=temperature)


def consent_prob(gain: Array, trust: Array, *, trust_weight: float, temperature: float) -> Array:
    """Return the chance that a proposal is accepted (run), 0..1."""
    return logistic((gain + trust_weight * (trust - 0.5)) / temperature)
