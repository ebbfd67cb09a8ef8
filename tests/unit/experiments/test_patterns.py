"""Stylised facts: none is dropped, and each is judged by its sign and its size."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.experiments.hindcast import plan_runs
from rapprochement_sim.experiments.observations import read_observations
from rapprochement_sim.experiments.pattern_runs import effect_of
from rapprochement_sim.experiments.pattern_table import CHECKS, ActEffect, Silent, SurveyChange
from rapprochement_sim.experiments.patterns import (
    FACTS,
    FAILED,
    PASSED,
    judge_change,
    judge_effect,
    read_facts,
    taken,
)
from rapprochement_sim.experiments.readings import Reading
from rapprochement_sim.experiments.record import Record, load_record
from rapprochement_sim.vocabulary import Capital

FACT = next(fact for fact in read_facts() if fact.id == "F13")
EFFECT = ActEffect((9,), Reading("approval", Capital.SEOUL), (1,), 3.0, "one poll")


@pytest.fixture(scope="module")
def record() -> Record:
    return load_record()


def test_every_fact_is_checked_or_has_its_reason() -> None:
    assert [fact.id for fact in read_facts()] == sorted(CHECKS)
    silent = [check.reason for check in CHECKS.values() if isinstance(check, Silent)]
    assert all(silent)
    assert len(silent) < len(CHECKS) / 2


def test_every_change_stands_in_the_polls_and_every_effect_in_the_record(record: Record) -> None:
    waves = {(each.key, each.date): each.value for each in read_observations().observations}
    lines = {act.event_line for act in record.acts}
    for fact in read_facts():
        check = CHECKS[fact.id]
        if isinstance(check, SurveyChange):
            key = (check.series, check.respondent, check.target, check.measure)
            figure = waves[key, check.after] - waves[key, check.before]
            assert figure == pytest.approx(fact.figure)
            assert fact.restates_a_survey
        elif isinstance(check, ActEffect):
            assert set(check.event_lines) <= lines
            assert not fact.restates_a_survey


def test_facts_that_set_a_number_of_the_rules_are_known_as_such() -> None:
    # 20 days are the half-life of warmth after a visit.
    built_in = {fact.id for fact in read_facts() if fact.is_built_in}
    assert "F26" in built_in
    # The source of no number, but the size of the white list was set by it and two others.
    assert "F22" in built_in
    assert "F10" not in built_in


def test_a_change_passes_by_sign_and_interval() -> None:
    # -3 was seen.
    assert FACT.figure == -3.0
    drawn = np.linspace(-6.0, -1.0, 101)
    passed = judge_change(FACT, drawn)
    assert passed.outcome == PASSED
    assert passed.off_by == pytest.approx(-0.5)
    assert (passed.low, passed.high) == pytest.approx((-5.75, -1.25))
    assert judge_change(FACT, drawn - 5.0).outcome == FAILED
    assert judge_change(FACT, np.linspace(-6.0, 8.0, 101)).outcome == FAILED


@pytest.mark.parametrize(
    ("median", "outcome"), [(-3.0, PASSED), (-0.1, PASSED), (0.1, FAILED), (-6.1, FAILED)]
)
def test_an_effect_passes_by_sign_and_tolerance(median: float, outcome: str) -> None:
    found = judge_effect(FACT, EFFECT, np.full(5, median))
    assert found.outcome == outcome
    assert found.off_by == pytest.approx(median + 3.0)
    assert found.reason == "one poll"


def test_what_is_taken_from_changes() -> None:
    changes = np.array([[4.0, 0.0], [1.0, 0.0], [2.0, 5.0]])
    assert taken(EFFECT, changes) == pytest.approx([2.0, 5.0])
    assert taken(replace(EFFECT, kind="range"), changes) == pytest.approx([3.0, 5.0])
    assert taken(replace(EFFECT, kind="rest"), changes) == pytest.approx([50.0, 0.0])


def test_leaving_an_act_out_changes_what_comes_after_and_nothing_before(record: Record) -> None:
    # The disaster of March 2011: sympathy, and an ally's help.
    runs = plan_runs(record, n_draws=4)
    reading = Reading("opinion", Capital.TOKYO, Capital.WASHINGTON)
    before, after = effect_of(record, runs, [9], reading, [0, 1])
    assert np.array_equal(before, np.zeros(4))
    assert (after > 0.0).all()
    with pytest.raises(MalformedInput, match="no act of the event list's lines 1"):
        effect_of(record, runs, [1], reading, [1])


def test_approval_is_read_as_a_share(record: Record) -> None:
    # The month after the attack of November 2010: a poll's worth, never a hundred points.
    runs = plan_runs(record, n_draws=4)
    (rally,) = effect_of(record, runs, [7], Reading("approval", Capital.SEOUL), [1])
    assert (rally > 0.0).all()
    assert (rally < 5.0).all()


def test_a_figure_that_is_no_number_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "facts.csv"
    text = FACTS.read_text(encoding="utf-8")
    broken.write_text(text.replace("delta,-23.0", "delta,much"), encoding="utf-8")
    with pytest.raises(MalformedInput, match="'much' is no number") as caught:
        read_facts(broken)
    assert caught.value.where.endswith("facts.csv:2:value")
