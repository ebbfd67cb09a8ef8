import json

import pytest
from click.testing import CliRunner

from rapprochement_sim.commands import patterns
from rapprochement_sim.experiments import patterns as checking
from rapprochement_sim.experiments import sizes
from rapprochement_sim.experiments.pattern_table import CHECKS, Silent
from rapprochement_sim.experiments.patterns import Finding, read_facts
from rapprochement_sim.experiments.size_table import FIGURES, LASTING


@pytest.fixture(autouse=True)
def _known_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    def findings(*_: object, **__: object) -> tuple[Finding, ...]:
        return tuple(
            Finding(fact, "silent", None, None, None, None, check.reason)
            if isinstance(check := CHECKS[fact.id], Silent)
            else Finding(fact, "passed", fact.figure, 1.0, -2.0, 2.0, "one poll")
            for fact in read_facts()
        )

    monkeypatch.setattr(checking, "check_patterns", findings)


def test_every_fact_is_told_and_restating_ones_are_counted_apart() -> None:
    said = CliRunner().invoke(patterns.command, [], catch_exceptions=False).output
    for fact in read_facts():
        assert f"  {fact.id}" in said
    assert "Independent of the fitted series: 9 passed, 0 failed" in said
    assert "not another: 7 passed, 0 failed" in said
    assert "F26* passed" in said
    assert "F22* passed" in said
    assert "F10 passed" in said
    assert max(map(len, said.splitlines())) <= 90


def test_sizes_are_told_under_both_rules_within_the_screen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = sizes.Estimate(-9.0, -9.5, -8.5)
    figure = FIGURES[0]
    parts, beside = (one,) * len(figure.own), (one,) * len(figure.beside)
    found = sizes.SizeFound(figure, -23.0, one, parts, beside, one, one)
    monkeypatch.setattr(sizes, "find_sizes", lambda *_: (found,))
    lasting = sizes.LastingFound(LASTING[0], 4.0, 1, None)
    monkeypatch.setattr(sizes, "find_lasting", lambda *_: (lasting,))
    asked = ["--sizes", "--draws", "20"]
    said = CliRunner().invoke(patterns.command, asked, catch_exceptions=False).output
    assert "The rules as shipped, 20 pairs" in said
    assert "Draws of the rules' fit to the record, 20 pairs" in said
    assert "F05 missed: -9.0 (-9.5 to -8.5), 0.39 of -23.0" in said
    assert "more than two years, where 20 days were seen" in " ".join(said.split())
    assert max(map(len, said.splitlines())) <= 79
    printed = CliRunner().invoke(patterns.command, [*asked, "--json"], catch_exceptions=False)
    read = json.loads(printed.stdout)
    assert set(read) == {"shipped", "fitted"}
    assert read["shipped"]["sizes"][0]["own"] == {"mean": -9.0, "low": -9.5, "high": -8.5}


def test_findings_as_json() -> None:
    found = json.loads(
        CliRunner().invoke(patterns.command, ["--json"], catch_exceptions=False).stdout
    )
    by_id = {each["fact"]["id"]: each for each in found}
    assert by_id["F13"]["off_by"] == 4.0
    assert by_id["F14"]["outcome"] == "silent"
    assert by_id["F14"]["off_by"] is None
