"""Sizes of episodes: with and without the acts that a source names."""

from dataclasses import replace

import numpy as np
import pytest

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.experiments.observations import read_observations
from rapprochement_sim.experiments.pattern_runs import AS_IT_WAS, ask_without
from rapprochement_sim.experiments.patterns import read_facts
from rapprochement_sim.experiments.readings import Reading, SettlementReading, SurveyReading
from rapprochement_sim.experiments.record import Record, load_record
from rapprochement_sim.experiments.size_table import FIGURES
from rapprochement_sim.experiments.size_text import size_data, sizes_text
from rapprochement_sim.experiments.sizes import (
    EDGE,
    MET,
    MISSED,
    Estimate,
    SizeFound,
    plan_pairs,
    sampled_change,
)
from rapprochement_sim.vocabulary import Capital

AFFINITY = SurveyReading("japan_affinity_for_us")
APPROVAL = Reading("approval", Capital.TOKYO)
SETTLED = SettlementReading("comfort_women", Capital.SEOUL)


@pytest.fixture(scope="module")
def record() -> Record:
    return load_record()


def found(share: float, half: float = 0.0) -> SizeFound:
    own = Estimate(-10.0 * share, -10.0 * share - half, -10.0 * share + half)
    poll = Estimate(-10.0, -14.0, -6.0)
    return SizeFound(FIGURES[0], -10.0, own, (own, own), (own,), own, poll)


def test_starting_where_acts_part_is_the_same_as_starting_anew(record: Record) -> None:
    runs = plan_pairs(record, n_pairs=3, rules="fitted")
    lines = frozenset({9})
    asks = [(question, month) for question in (AFFINITY, APPROVAL, SETTLED) for month in (10, 20)]
    branched = ask_without(record, runs, {lines: asks})
    others = tuple(act for act in runs.acts if act.event_line not in lines)
    anew = ask_without(record, replace(runs, acts=others), {AS_IT_WAS: asks})
    for question, month in asks:
        assert np.array_equal(branched[lines, question, month], anew[AS_IT_WAS, question, month])
    # The disaster of March 2011 is month 14: before it nothing differs, after it affinity does.
    assert np.array_equal(branched[lines, AFFINITY, 10], branched[AS_IT_WAS, AFFINITY, 10])
    assert (branched[AS_IT_WAS, AFFINITY, 20] > branched[lines, AFFINITY, 20]).all()


def test_acts_that_the_record_does_not_have_are_refused(record: Record) -> None:
    runs = plan_pairs(record, n_pairs=2, rules="shipped")
    with pytest.raises(MalformedInput, match="lines 1"):
        ask_without(record, runs, {frozenset({1, 9}): [(APPROVAL, 20)]})


def test_rules_as_shipped_draw_no_parameters(record: Record) -> None:
    assert set(plan_pairs(record, n_pairs=4, rules="shipped").parameters) == {"common_noise"}
    assert len(plan_pairs(record, n_pairs=4, rules="fitted").parameters) > 10


def test_sampling_of_a_change_can_be_followed_by_hand() -> None:
    # 1.96 times the root of 1.7 * (0.486 * 0.514 + 0.503 * 0.497) / 1000 is 5.7 points.
    poll = sampled_change(48.6, 50.3, sample_size=1000.0, design_effect=1.7)
    assert poll.mean == pytest.approx(1.7)
    assert poll.high - poll.mean == pytest.approx(5.71, abs=0.01)
    assert not poll.is_sure_of_its_sign


@pytest.mark.parametrize(
    ("share", "half", "verdict"),
    [
        (1.0, 0.0, MET),
        (0.4, 0.5, MISSED),
        (2.5, 1.0, MISSED),
        (-1.0, 1.0, MISSED),
        (0.5, 0.3, EDGE),
        (2.0, 0.3, EDGE),
        (0.1, 2.0, EDGE),
    ],
)
def test_a_size_is_met_from_half_to_twice(share: float, half: float, verdict: str) -> None:
    assert found(share, half).verdict == verdict


def test_what_sampling_could_have_shown_is_said() -> None:
    assert found(0.9).is_within_poll
    assert not found(0.3).is_within_poll
    said = " ".join(" ".join(sizes_text("By hand", [found(0.9)], [])).split())
    assert "F05 met: -9.0" in said
    assert "which holds the acts' own" in said
    assert size_data(found(0.3))["verdict"] == MISSED


def test_published_shares_are_those_of_the_polls_and_of_the_facts() -> None:
    waves = {(each.date, each.value) for each in read_observations().observations}
    facts = {each.id: each for each in read_facts()}
    for figure in FIGURES:
        if figure.published is None:
            continue
        before, after = figure.published
        seen = facts[figure.fact].figure if figure.seen is None else figure.seen
        assert after - before == pytest.approx(seen)
        if facts[figure.fact].restates_a_survey:
            assert {(figure.before, before), (figure.after, after)} <= waves
