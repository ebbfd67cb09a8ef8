"""Every mechanism has a case that a teacher can check, and its sign holds."""

import pytest

from rapprochement_sim.scenario.explaining import explain
from rapprochement_sim.scenario.loading import list_scenarios, load_passages, load_rules
from tests.worked_cases.worked_case import Mechanism, WorkedCase, mechanisms, results, shown

IN_MAKE_TEST, IN_CI = 20, 200

CASES = [
    pytest.param(case, id=f"{each.number:02d}-{shown(case.name)}")
    for each in mechanisms()
    for case in each.cases
]
ROWS = [pytest.param(each, id=f"{each.number:02d}") for each in mechanisms()]


def check(case: WorkedCase, n_runs: int) -> None:
    for expected, found in results(case, n_runs):
        said = f"{expected.figure}: {found.mean:+.4g} [{found.low:+.4g}, {found.high:+.4g}]"
        assert found.sign == expected.sign, said
        if expected.between is not None:
            low, high = expected.between
            assert low <= found.mean <= high, said


@pytest.mark.parametrize("case", CASES)
def test_a_case_comes_out_as_its_reader_expects(case: WorkedCase) -> None:
    check(case, IN_MAKE_TEST)


@pytest.mark.slow
@pytest.mark.parametrize("case", [c for c in CASES if not c.values[0].quiet])  # type: ignore[union-attr]
def test_a_case_comes_out_so_in_many_runs(case: WorkedCase) -> None:
    check(case, IN_CI)


@pytest.mark.parametrize("row", ROWS)
def test_a_mechanism_names_passages_that_its_rules_rest_on(row: Mechanism) -> None:
    known = load_passages()
    for passage in row.passages:
        assert passage in known or passage.startswith(("events:", "stylised_facts:"))
    texts = [explain(name, load_rules()) for name in row.rules]
    for passage in row.passages:
        assert any(passage in text for text in texts), f"no rule of {row.number} says {passage}"
    assert set(row.scenarios) <= set(list_scenarios())


def test_no_number_is_given_twice() -> None:
    numbers = [each.number for each in mechanisms()]
    assert len(numbers) == len(set(numbers))
