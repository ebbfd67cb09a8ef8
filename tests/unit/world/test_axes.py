from itertools import permutations

import numpy as np
import pytest

from rapprochement_sim.vocabulary import CAPITAL_KEYS
from rapprochement_sim.world.axes import DYAD_INDEX, N_CAPITALS, N_DYADS, VARIABLES, Axes

AXES = Axes(
    disputes=("forced_labour", "islands", "shrine"),
    institutions=("drills", "hotline"),
    surveys=("korea_of_japan",),
    n_citizens=10,
)


@pytest.mark.parametrize("name", VARIABLES)
def test_every_cell_has_names_that_lead_back_to_it(name: str) -> None:
    for cell in range(AXES.n_cells(name)):
        names = AXES.cell_names(name, cell)
        assert AXES.cell(name, names) == cell


def test_shapes_by_hand() -> None:
    assert AXES.shape("trust") == (N_CAPITALS, N_CAPITALS)
    assert AXES.shape("hurt") == (3, N_CAPITALS)
    assert AXES.shape("institution") == (2, N_DYADS)
    assert AXES.shape("bandwidth") == ()
    assert AXES.n_cells("bandwidth") == 1


def test_cells_by_hand() -> None:
    """Rows are the first axis: Tokyo's trust in Washington is row 1, column 2 of five."""
    assert AXES.cell("trust", ("tokyo", "washington")) == 7
    assert AXES.cell("hurt", ("shrine", "beijing")) == 2 * 5 + 3
    assert AXES.cell("institution", ("hotline", "seoul", "tokyo")) == 10
    assert AXES.cell("bandwidth", ()) == 0


@pytest.mark.parametrize(("a", "b"), permutations(CAPITAL_KEYS, 2))
def test_a_dyad_is_the_same_cell_from_both_sides(a: str, b: str) -> None:
    assert AXES.cell("channel", (a, b)) == AXES.cell("channel", (b, a))


def test_dyad_numbers_are_symmetric_and_complete() -> None:
    assert np.array_equal(DYAD_INDEX, DYAD_INDEX.T)
    assert (np.diag(DYAD_INDEX) == -1).all()
    above = DYAD_INDEX[np.triu_indices(N_CAPITALS, 1)]
    assert sorted(above.tolist()) == list(range(N_DYADS))


@pytest.mark.parametrize(
    ("variable", "names", "words"),
    [
        ("trust", ("seoul", "paris"), "unknown capital 'paris'; known: seoul"),
        ("hurt", ("radar", "seoul"), "unknown dispute 'radar'; known: forced_labour"),
        ("institution", ("swap", "seoul", "tokyo"), "unknown institution 'swap'"),
        ("trust", ("seoul",), "trust is addressed by 2 names, found 1"),
        ("bandwidth", ("seoul",), "bandwidth is addressed by 0 names"),
        ("channel", ("seoul", "seoul"), "two different capitals, found seoul twice"),
    ],
)
def test_wrong_names_are_refused_in_words(
    variable: str, names: tuple[str, ...], words: str
) -> None:
    with pytest.raises(KeyError, match=words):
        AXES.cell(variable, names)
