import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from rapprochement_sim.decision.choice import choose_logit, consent_prob, pick_modifiers
from rapprochement_sim.world.axes import Array, Booleans
from tests.properties.generators import LANES, latents, shares, tables

N_OPTIONS = 6
temperatures = st.floats(0.0, 3.0).map(lambda t: 0.0 if t < 0.05 else t)
permissions = hnp.arrays(np.bool_, (N_OPTIONS, LANES))
uniforms = hnp.arrays(np.float64, LANES, elements=st.floats(0.0, 1.0, exclude_max=True))


@given(tables(latents, N_OPTIONS), permissions, uniforms, uniforms, temperatures)
def test_only_what_is_allowed_is_chosen(
    values: Array, allowed: Booleans, act: Array, which: Array, temperature: float
) -> None:
    chosen = choose_logit(
        values, allowed, act, which, temperature=temperature, threshold=0.2, act_temperature=0.5
    )
    for lane, option in enumerate(chosen):
        assert option == -1 or allowed[option, lane]
        if temperature == 0.0 and option >= 0:
            assert values[option, lane] == values[allowed[:, lane], lane].max()


@given(tables(latents, N_OPTIONS), permissions, uniforms, uniforms, st.integers(0, LANES - 2))
def test_a_choice_is_the_same_in_any_company(
    values: Array, allowed: Booleans, act: Array, which: Array, first: int
) -> None:
    def chosen(part: slice) -> list[int]:
        options = choose_logit(
            np.ascontiguousarray(values[:, part]),
            allowed[:, part],
            act[part],
            which[part],
            temperature=0.45,
            threshold=0.2,
            act_temperature=0.5,
        )
        return [int(option) for option in options]

    assert chosen(slice(first, first + 2)) == chosen(slice(None))[first : first + 2]


@given(
    values=hnp.arrays(np.float64, N_OPTIONS, elements=st.floats(-3.0, 3.0)),
    option=st.integers(0, N_OPTIONS - 1),
    raised=st.floats(0.0, 2.0),
)
def test_an_option_that_looks_better_is_never_chosen_less(
    values: Array, option: int, raised: float
) -> None:
    """Counted over an even grid of the second draw, everybody acting."""
    n = 400
    grid = (np.arange(n) + 0.5) / n

    def count(scores: Array) -> int:
        chosen = choose_logit(
            scores[:, np.newaxis] * np.ones(n),
            np.ones((N_OPTIONS, n), dtype=bool),
            np.zeros(n),
            grid,
            temperature=0.45,
            threshold=0.2,
            act_temperature=0.5,
        )
        return int((chosen == option).sum())

    better = values.copy()
    better[option] += raised
    assert count(better) >= count(values) - 1


@given(tables(st.floats(-2.0, 2.0) | st.just(-np.inf), 4), st.integers(1, 4))
def test_modifiers_help_and_are_not_too_many(scores: Array, most: int) -> None:
    bits, added = pick_modifiers(scores, most=most)
    for lane in range(LANES):
        taken = [m for m in range(4) if bits[lane] >> m & 1]
        assert len(taken) <= most
        assert all(scores[m, lane] > 0.0 for m in taken)
        assert added[lane] == sum(scores[m, lane] for m in taken)
        left = [scores[m, lane] for m in range(4) if m not in taken]
        if taken:
            assert max(left, default=-np.inf) <= min(scores[m, lane] for m in taken)


@given(tables(latents), tables(shares), st.floats(0.0, 4.0), st.floats(0.1, 2.0))
def test_consent_rises_with_gain_and_trust(
    gain: Array, trust: Array, weight: float, temperature: float
) -> None:
    def prob(more_gain: float = 0.0, more_trust: float = 0.0) -> Array:
        return consent_prob(
            gain + more_gain, trust + more_trust, trust_weight=weight, temperature=temperature
        )

    base = prob()
    assert ((base >= 0.0) & (base <= 1.0)).all()
    assert (prob(more_gain=0.1) >= base).all()
    assert (prob(more_trust=0.1) >= base).all()
