"""Chance of which chosen draws come from another seed."""

import numpy as np
import pytest

from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.randomness import (
    DRAWS_PER_CAPITAL,
    Chance,
    MixedChance,
    Process,
    decisions_of,
    draws_of,
)
from rapprochement_sim.vocabulary import CAPITALS, Capital

RUNS = np.arange(4)
BASE, OTHER = Chance(1, RUNS), Chance(2, RUNS)


def test_rows_of_a_capital_come_from_the_other_chance_and_no_more() -> None:
    mixed = MixedChance(BASE, OTHER, decisions_of(Capital.TOKYO))
    for process, per_capital in DRAWS_PER_CAPITAL.items():
        n_cells = per_capital * len(CAPITALS)
        base, other, found = (
            chance.uniforms(process, 3, n_cells) for chance in (BASE, OTHER, mixed)
        )
        for row in range(n_cells):
            source = other if row in draws_of(process, Capital.TOKYO) else base
            assert np.array_equal(found[row], source[row])


def test_a_process_may_be_taken_whole_and_all_others_stay() -> None:
    mixed = MixedChance(BASE, OTHER, {Process.OPINION: None})
    assert np.array_equal(
        mixed.normals(Process.OPINION, 2, 9), OTHER.normals(Process.OPINION, 2, 9)
    )
    assert np.array_equal(mixed.uniforms(Process.EVENTS, 2, 9), BASE.uniforms(Process.EVENTS, 2, 9))
    assert np.array_equal(
        mixed.normals(Process.ELECTIONS, 2, 9, draw=1),
        BASE.normals(Process.ELECTIONS, 2, 9, draw=1),
    )


def test_taking_nothing_or_everything_of_both_is_one_of_them() -> None:
    everyone = decisions_of(*CAPITALS)
    for process, per_capital in DRAWS_PER_CAPITAL.items():
        n_cells = per_capital * len(CAPITALS)
        plain = MixedChance(BASE, OTHER, {}).uniforms(process, 0, n_cells)
        whole = MixedChance(BASE, OTHER, everyone).uniforms(process, 0, n_cells)
        assert np.array_equal(plain, BASE.uniforms(process, 0, n_cells))
        assert np.array_equal(whole, OTHER.uniforms(process, 0, n_cells))


def test_mixing_leaves_both_chances_as_they_were() -> None:
    before = BASE.uniforms(Process.ORDERS, 1, 20)
    MixedChance(BASE, OTHER, decisions_of(Capital.SEOUL)).uniforms(Process.ORDERS, 1, 20)
    assert np.array_equal(BASE.uniforms(Process.ORDERS, 1, 20), before)


def test_rows_that_a_process_does_not_have_are_left_aside() -> None:
    mixed = MixedChance(BASE, OTHER, {Process.EVENTS: [0, 90]})
    assert mixed.uniforms(Process.EVENTS, 0, 3).shape == (3, RUNS.size)


def test_lanes_must_agree() -> None:
    with pytest.raises(ValueError, match="as many lanes in both: 4 and 2"):
        MixedChance(BASE, Chance(1, np.arange(2)), {})


def test_only_the_chosen_capital_offers_otherwise_in_the_first_turn() -> None:
    """The layout that the model draws by is the one that is mixed by."""
    runs = np.arange(64)
    base = Chance(1, runs)
    mixed = MixedChance(base, Chance(2, runs), decisions_of(Capital.WASHINGTON))
    models = [
        RapprochementModel(runs=list(runs), collect=False, chance=chance)
        for chance in (base, mixed)
    ]
    differs = (models[0].proposal_row != models[1].proposal_row).any(axis=1)
    assert differs.tolist() == [capital is Capital.WASHINGTON for capital in CAPITALS]
