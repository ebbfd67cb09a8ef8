"""Chance keyed by seed, process, run and turn.

Bounds on sampled moments are five standard errors at fixed seeds: nothing here is left
to luck, and a generator that is off by more would fail.
"""

import numpy as np
import pytest
from scipy.special import ndtr

from rapprochement_sim.randomness import TILE, Chance, Process, population_generator
from rapprochement_sim.world.axes import Array

COMPANIES = {
    "its neighbour": [36, 37],
    "its tile": list(range(32, 64)),
    "several tiles": list(range(100)),
    "a part of a tile": [37, 38, 39],
    "a mixed crowd": [900, 3, 37, 2, 37, 65],
    "reversed": list(range(63, 31, -1)),
}

KNOWN_PROCESSES = {
    "POPULATION": 1,
    "EVENTS": 2,
    "POLLS": 3,
    "INTELLIGENCE": 4,
    "PROPOSALS": 5,
    "CONSENTS": 6,
    "ORDERS": 7,
    "RATIFICATION": 8,
    "INCIDENTS": 9,
    "OPINION": 10,
    "OPINION_COMMON": 11,
    "APPROVAL": 12,
    "ELECTIONS": 13,
    "BANDWIDTH": 14,
    "DISPUTE_POLLS": 15,
    "BELIEF_PARTICLES": 16,
}

GOLDEN_UNIFORMS = [
    [0.9326281289455549, 0.9062163682340628],
    [0.7857982833115547, 0.3186792495295234],
]
GOLDEN_NORMALS = [
    [0.19914691004667484, -1.7904629604832334],
    [-1.4760206286507154, -0.30000228190775563],
]


def chance(runs: list[int], seed: int = 7, *, is_on: bool = True) -> Chance:
    return Chance(seed, np.array(runs, dtype=np.int64), is_on=is_on)


def correlation(a: Array, b: Array) -> float:
    return float(np.corrcoef(a.ravel(), b.ravel())[0, 1])


@pytest.mark.parametrize("company", COMPANIES.values(), ids=COMPANIES.keys())
@pytest.mark.parametrize("n_cells", [1, 3, 4, 9])
def test_a_run_meets_the_same_chance_in_any_company(company: list[int], n_cells: int) -> None:
    alone, together = chance([37, 37]), chance(company)
    for place in (n for n, run in enumerate(company) if run == 37):
        for draw in ("uniforms", "normals"):
            expected = getattr(alone, draw)(Process.OPINION, 3, n_cells)[:, 0]
            found = getattr(together, draw)(Process.OPINION, 3, n_cells)[:, place]
            assert found.tobytes() == expected.tobytes()


@pytest.mark.parametrize("draw", ["uniforms", "normals"])
def test_asking_for_more_cells_leaves_the_first_ones_alone(draw: str) -> None:
    some = getattr(chance([0, 1, 40]), draw)(Process.EVENTS, 2, 5)
    more = getattr(chance([0, 1, 40]), draw)(Process.EVENTS, 2, 23)
    assert np.array_equal(more[:5], some)


@pytest.mark.parametrize("runs", [[0, 1], list(range(32)), list(range(40))])
def test_no_cells_are_no_draws(runs: list[int]) -> None:
    """A rule book may have no events at all."""
    assert chance(runs).uniforms(Process.EVENTS, 0, 0).shape == (0, len(runs))
    assert chance(runs).normals(Process.EVENTS, 0, 0).shape == (0, len(runs))


def test_shapes_are_cells_by_runs() -> None:
    assert chance([5, 6, 7]).uniforms(Process.POLLS, 0, 4).shape == (4, 3)
    assert chance(list(range(40))).normals(Process.POLLS, 0, 1).shape == (1, 40)


def test_uniforms_are_uniform() -> None:
    drawn = chance(list(range(64))).uniforms(Process.ORDERS, 1, 2000).ravel()
    n = drawn.size
    assert drawn.min() >= 0.0
    assert drawn.max() < 1.0
    assert abs(drawn.mean() - 0.5) < 5.0 * np.sqrt(1.0 / 12.0 / n)
    assert abs(drawn.var() - 1.0 / 12.0) < 5.0 * np.sqrt(1.0 / 180.0 / n)
    ranked = np.sort(drawn)
    distance = np.abs(ranked - (np.arange(n) + 0.5) / n).max()
    assert distance < 2.0 / np.sqrt(n)


def test_normals_are_standard_normal() -> None:
    drawn = chance(list(range(64))).normals(Process.OPINION, 1, 2000).ravel()
    n = drawn.size
    assert abs(drawn.mean()) < 5.0 / np.sqrt(n)
    assert abs(drawn.var() - 1.0) < 5.0 * np.sqrt(2.0 / n)
    assert abs((drawn**3).mean()) < 5.0 * np.sqrt(15.0 / n)
    assert abs((drawn**4).mean() - 3.0) < 5.0 * np.sqrt(96.0 / n)
    distance = np.abs(ndtr(np.sort(drawn)) - (np.arange(n) + 0.5) / n).max()
    assert distance < 2.0 / np.sqrt(n)


def test_normals_reach_far_into_both_tails() -> None:
    """The table's outermost of 65,536 quantiles lie at 4.3."""
    drawn = chance(list(range(320))).normals(Process.OPINION, 0, 4000)
    assert 4.2 < drawn.max() < 4.4
    assert -4.4 < drawn.min() < -4.2


def test_cells_that_share_a_word_of_bits_are_independent() -> None:
    drawn = chance(list(range(3200))).normals(Process.OPINION, 0, 8)
    bound = 5.0 / np.sqrt(drawn.shape[1])
    for first in range(8):
        for second in range(first):
            assert abs(correlation(drawn[first], drawn[second])) < bound
    for shift in (1, 2, 4, TILE):
        bound = 5.0 / np.sqrt(8 * (3200 - shift))
        assert abs(correlation(drawn[:, shift:], drawn[:, :-shift])) < bound


@pytest.mark.parametrize("draw", ["uniforms", "normals"])
def test_streams_of_other_keys_are_others(draw: str) -> None:
    runs = list(range(64))

    def stream(process: Process, turn: int, number: int, seed: int = 7) -> Array:
        drawn: Array = getattr(chance(runs, seed), draw)(process, turn, 500, draw=number)
        return drawn

    base = stream(Process.OPINION, 4, 0)
    others = {
        "process": stream(Process.OPINION_COMMON, 4, 0),
        "turn": stream(Process.OPINION, 5, 0),
        "draw": stream(Process.OPINION, 4, 1),
        "seed": stream(Process.OPINION, 4, 0, seed=8),
        "swapped": stream(Process.OPINION, 0, 4),
    }
    for name, other in others.items():
        assert (base == other).mean() < 1e-3, name
        assert abs(correlation(base, other)) < 5.0 / np.sqrt(base.size), name


def test_no_two_processes_share_a_stream() -> None:
    first = {
        process: chance([0, 1]).uniforms(process, 0, 4).tobytes()
        for process in Process
        if process is not Process.POPULATION
    }
    assert len(set(first.values())) == len(first)


def test_switched_off_chance_is_the_middle() -> None:
    off = chance([0, 1, 2], is_on=False)
    assert np.array_equal(off.uniforms(Process.EVENTS, 0, 2), np.full((2, 3), 0.5))
    assert np.array_equal(off.normals(Process.EVENTS, 0, 2), np.zeros((2, 3)))


def test_citizens_are_drawn_from_the_seed_alone() -> None:
    drawn = [population_generator(seed).standard_normal(100) for seed in (3, 3, 4)]
    assert np.array_equal(drawn[0], drawn[1])
    assert not np.array_equal(drawn[0], drawn[2])


def test_seeds_and_runs_may_be_as_large_as_63_bits() -> None:
    largest = 2**63 - 1
    drawn = chance([0, largest], seed=largest).uniforms(Process.EVENTS, 0, 3)
    assert np.array_equal(
        drawn[:, 0], chance([0, 1], seed=largest).uniforms(Process.EVENTS, 0, 3)[:, 0]
    )
    assert not np.array_equal(drawn[:, 0], drawn[:, 1])


def test_process_numbers_never_change() -> None:
    """They are part of every key: another number is another fate for every saved game."""
    numbers = {process.name: int(process) for process in Process}
    assert len(set(numbers.values())) == len(numbers)
    assert numbers | KNOWN_PROCESSES == numbers


def test_known_draws_stay_as_they_are() -> None:
    """Golden: Philox bits are the same on every machine, and saved games replay from them."""
    drawn = chance([0, 33], seed=2023)
    assert drawn.uniforms(Process.EVENTS, 1, 2).tolist() == GOLDEN_UNIFORMS
    assert np.allclose(drawn.normals(Process.OPINION, 1, 2), GOLDEN_NORMALS, rtol=0, atol=1e-9)


@pytest.mark.parametrize("company", COMPANIES.values(), ids=COMPANIES.keys())
def test_some_cells_are_drawn_as_among_all_of_them(company: list[int]) -> None:
    drawn = chance(company)
    wanted = np.array([1203, 0, 7, 8, 1203])
    some = drawn.normals(Process.OPINION, 3, 1204, only=wanted)
    assert np.array_equal(some, drawn.normals(Process.OPINION, 3, 2000)[wanted])
    nothing = np.array([], dtype=np.int64)
    assert drawn.normals(Process.OPINION, 3, 0, only=nothing).shape == (0, len(company))
