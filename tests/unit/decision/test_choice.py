import numpy as np
import pytest

from rapprochement_sim.decision.choice import choose_logit, consent_prob, consents, pick_modifiers
from rapprochement_sim.world.axes import Array, Booleans, Integers

N = 100_000
TEMPERATURE, THRESHOLD, ACT_TEMPERATURE = 0.45, 0.2, 0.5
VALUES = np.array([0.2, 0.7, -0.4, 1.5])
ALLOWED = np.array([True, True, True, False])


def uniforms(seed: int) -> Array:
    return np.random.Generator(np.random.Philox(seed)).random(N)


def chosen(
    values: Array = VALUES,
    allowed: Booleans = ALLOWED,
    *,
    act: Array | None = None,
    which: Array | None = None,
    temperature: float = TEMPERATURE,
) -> Integers:
    act = uniforms(1) if act is None else act
    which = uniforms(2) if which is None else which
    spread = np.ones(act.size)
    return choose_logit(
        values[:, np.newaxis] * spread,
        allowed[:, np.newaxis] & (spread > 0),
        act,
        which,
        temperature=temperature,
        threshold=THRESHOLD,
        act_temperature=ACT_TEMPERATURE,
    )


def is_frequency(count: int, prob: float, n: int) -> bool:
    """Tell whether a count lies within five standard errors of its expectation."""
    return bool(abs(count - n * prob) < 5.0 * np.sqrt(n * prob * (1.0 - prob)))


def test_acting_at_all_follows_the_best_legal_option() -> None:
    """Odds of acting are exp((0.7 - 0.2) / 0.5) = e; what is forbidden tempts nobody."""
    acted = int((chosen() >= 0).sum())
    assert is_frequency(acted, np.e / (1.0 + np.e), N)


def test_options_are_chosen_in_proportion_to_their_exponentials() -> None:
    found = chosen()
    n_acts = int((found >= 0).sum())
    odds = np.exp(VALUES / TEMPERATURE) * ALLOWED
    for option, prob in enumerate(odds / odds.sum()):
        count = int((found == option).sum())
        assert is_frequency(count, prob, n_acts) if prob else count == 0, option


def test_adding_a_constant_to_all_options_leaves_their_odds_alone() -> None:
    which = uniforms(3)
    nobody_waits = np.zeros(N)
    base = chosen(act=nobody_waits, which=which)
    lifted = chosen(VALUES + 5.0, act=nobody_waits, which=which)
    assert (base == lifted).mean() > 0.9999


def test_whether_and_which_are_drawn_apart() -> None:
    """Among those who act, what they do does not depend on how readily they acted."""
    act, which = uniforms(1), uniforms(2)
    found = chosen(act=act, which=which)
    ready = (act < 0.3) & (found >= 0)
    reluctant = (act >= 0.3) & (found >= 0)
    shares = [float((found[group] == 1).mean()) for group in (ready, reluctant)]
    assert abs(shares[0] - shares[1]) < 5.0 * np.sqrt(
        0.25 * (1 / ready.sum() + 1 / reluctant.sum())
    )


def test_without_noise_the_best_legal_option_is_taken() -> None:
    found = chosen(act=np.zeros(3), which=np.array([0.0, 0.5, 0.99]), temperature=0.0)
    assert found.tolist() == [1, 1, 1]


def test_with_nothing_allowed_nothing_is_done() -> None:
    nothing = np.zeros(4, dtype=bool)
    for temperature in (0.0, TEMPERATURE):
        found = chosen(allowed=nothing, act=np.zeros(2), which=np.zeros(2), temperature=temperature)
        assert found.tolist() == [-1, -1]


def test_draws_at_the_ends_of_their_range_choose_something_legal() -> None:
    last = np.nextafter(1.0, 0.0)
    for allowed in ([True, False, False, False], [False, True, False, False], [True] * 4):
        found = chosen(allowed=np.array(allowed), act=np.zeros(2), which=np.array([0.0, last]))
        assert [allowed[option] for option in found] == [True, True]


def test_hopeless_options_underflow_without_harm() -> None:
    found = chosen(
        np.array([-4000.0, 0.0, -4000.0, 0.0]), act=np.zeros(2), which=np.array([0, 0.9])
    )
    assert found.tolist() == [1, 1]


def bits_of(*scores: float, most: int = 2) -> tuple[int, float]:
    bits, added = pick_modifiers(np.array(scores)[:, np.newaxis], most=most)
    return int(bits[0]), float(added[0])


def test_the_best_modifiers_are_taken_if_they_help() -> None:
    assert bits_of(0.1, 0.3, -0.2, 0.2) == (0b1010, 0.5)
    assert bits_of(-0.1, -0.3, -0.2, -0.2) == (0, 0.0)
    assert bits_of(0.5, -np.inf, -np.inf, -np.inf) == (0b0001, 0.5)
    assert bits_of(0.5, 0.25) == (0b11, 0.75)


def test_modifiers_are_never_more_than_allowed_even_when_equal() -> None:
    for scores in ([0.2] * 4, [0.3, 0.2, 0.2, 0.1], [0.0] * 4):
        bits, _ = bits_of(*scores)
        assert bits.bit_count() <= 2


def test_of_modifiers_tied_at_the_cut_the_first_is_taken() -> None:
    assert bits_of(0.3, 0.2, 0.2, 0.1) == (0b0011, 0.5)
    assert bits_of(0.25, 0.25, 0.25, 0.25) == (0b0011, 0.5)


def prob(gain: float = 0.0, trust: float = 0.5) -> float:
    found = consent_prob(np.array([gain]), np.array([trust]), trust_weight=1.5, temperature=0.5)
    return float(found[0])


def test_consent_by_hand() -> None:
    """At even trust and no gain a coin is tossed; gain and trust are added."""
    assert prob() == 0.5
    assert prob(gain=0.5) == pytest.approx(np.e / (1 + np.e))
    assert prob(gain=-0.15, trust=0.6) == pytest.approx(0.5)


def test_trust_and_gain_win_consent() -> None:
    for name in ("gain", "trust"):
        found = [prob(**{name: value}) for value in (0.0, 0.2, 0.5, 0.8, 1.0)]
        assert found == sorted(set(found)), name


def test_consents_are_given_at_that_rate() -> None:
    gain, trust = np.full(N, 0.2), np.full(N, 0.7)
    given = consents(gain, trust, uniforms(5), trust_weight=1.5, temperature=0.5)
    assert is_frequency(int(given.sum()), prob(0.2, 0.7), N)


def test_who_consents_to_a_stranger_consents_to_a_friend() -> None:
    """Over the same draw: more trust never turns a yes into a no."""
    uniform = uniforms(6)
    answers = [
        consents(np.zeros(N), np.full(N, trust), uniform, trust_weight=1.5, temperature=0.5)
        for trust in (0.1, 0.5, 0.9)
    ]
    assert not (answers[0] & ~answers[1]).any()
    assert not (answers[1] & ~answers[2]).any()
