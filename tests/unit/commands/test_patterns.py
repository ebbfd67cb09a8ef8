import json

import pytest
from click.testing import CliRunner

from rapprochement_sim.commands import patterns
from rapprochement_sim.experiments import patterns as checking
from rapprochement_sim.experiments.pattern_table import CHECKS, Silent
from rapprochement_sim.experiments.patterns import Finding, read_facts


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
    assert "F22 passed" in said
    assert max(map(len, said.splitlines())) <= 90


def test_findings_as_json() -> None:
    found = json.loads(
        CliRunner().invoke(patterns.command, ["--json"], catch_exceptions=False).stdout
    )
    by_id = {each["fact"]["id"]: each for each in found}
    assert by_id["F13"]["off_by"] == 4.0
    assert by_id["F14"]["outcome"] == "silent"
    assert by_id["F14"]["off_by"] is None
