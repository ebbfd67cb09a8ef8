"""Every mechanism has a case that a teacher can check, and its sign holds among others too."""

import pytest

from rapprochement_sim.scenario.explaining import explain
from rapprochement_sim.scenario.loading import load_rules
from rapprochement_sim.scenario.mechanisms import shipped_mechanisms
from tests.worked_cases.playing import Result, checked, results
from tests.worked_cases.worked_case import Told, rows, told_cases

IN_MAKE_TEST, IN_CI = 20, 200

CASES = [pytest.param(each, id=each.id) for each in told_cases()]
MECHANISMS = [
    pytest.param(name, id=f"{each.number:02d}-{name}")
    for name, each in shipped_mechanisms().items()
]


@pytest.fixture(scope="module")
def alone() -> dict[str, Result]:
    """Play every case in a quiet world, side by side."""
    told = [each for each in told_cases() if each.case.quiet]
    found = results(told, 1, crowded=False)
    return {each.id: result for each, result in zip(told, found, strict=True)}


@pytest.fixture(scope="module")
def among_others() -> dict[str, list[Result]]:
    """Play the cases of each mechanism where all governments play."""
    return _among_others(IN_MAKE_TEST)


@pytest.fixture(scope="module")
def among_many_others() -> dict[str, list[Result]]:
    """Play them over many more pairs."""
    return _among_others(IN_CI)


def _among_others(n_runs: int) -> dict[str, list[Result]]:
    told = told_cases()
    found: dict[str, list[Result]] = {}
    for each, result in zip(told, results(told, n_runs, crowded=True), strict=True):
        found.setdefault(each.mechanism, []).append(result)
    return found


@pytest.mark.parametrize("told", [c for c in CASES if c.values[0].case.quiet])  # type: ignore[union-attr]
def test_a_case_comes_out_as_its_reader_expects(told: Told, alone: dict[str, Result]) -> None:
    checked(alone[told.id], sums=True)


@pytest.mark.parametrize("name", MECHANISMS)
def test_a_mechanism_has_its_sign_in_twenty_pairs_of_worlds(
    name: str, among_others: dict[str, list[Result]]
) -> None:
    assert any(among_others[name])
    for result in among_others[name]:
        checked(result)


@pytest.mark.slow
@pytest.mark.parametrize("name", MECHANISMS)
def test_a_mechanism_has_its_sign_in_two_hundred_pairs_of_worlds(
    name: str, among_many_others: dict[str, list[Result]]
) -> None:
    for result in among_many_others[name]:
        checked(result)


@pytest.mark.parametrize("name", MECHANISMS)
def test_the_rules_that_carry_a_mechanism_rest_on_its_passages(name: str) -> None:
    entry = shipped_mechanisms()[name]
    texts = [explain(carrier, load_rules()) for carrier in entry.carried_by]
    for passage in (*entry.passages, *entry.figures):
        assert any(passage in text for text in texts), f"no rule of {name} says {passage}"


def test_all_forty_have_their_file_of_cases() -> None:
    entries = shipped_mechanisms()
    assert [each.number for each in entries.values()] == list(range(1, 41))
    assert {each.worked_case: name for name, each in entries.items()} == {
        file: row.mechanism for file, row in rows().items()
    }
