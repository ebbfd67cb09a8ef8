"""Sizes of episodes: with and without the acts that a source names."""

from dataclasses import replace

import numpy as np
import pytest

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.experiments.beside import line_beside
from rapprochement_sim.experiments.csv_files import read_table
from rapprochement_sim.experiments.logit_scale import from_logit, to_logit
from rapprochement_sim.experiments.observations import SHIPPED_POLLS, read_observations
from rapprochement_sim.experiments.pattern_runs import AS_IT_WAS, ask_without
from rapprochement_sim.experiments.patterns import read_facts
from rapprochement_sim.experiments.readings import Reading, SettlementReading, SurveyReading
from rapprochement_sim.experiments.record import Record, load_record
from rapprochement_sim.experiments.size_kinds import Anchor, Figure
from rapprochement_sim.experiments.size_table import FIGURES
from rapprochement_sim.experiments.size_text import size_data, sizes_text
from rapprochement_sim.experiments.sizes import (
    EDGE,
    MET,
    MISSED,
    Estimate,
    SizeFound,
    as_published,
    plan_pairs,
    sampled_change,
    sampled_share,
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
    assert "which holds it" in said
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


def test_anchors_are_published_and_are_not_what_they_are_tested_by() -> None:
    asked = {
        (cells["date"], float(cells["value"]))
        for _, cells in read_table(SHIPPED_POLLS, ("date", "value", "target"))
        if cells["target"] == "policy"
    }
    anchored = [figure for figure in FIGURES if figure.anchors]
    assert {figure.fact for figure in anchored} == {"F14", "F18", "F23"}
    for figure in anchored:
        shares = {(anchor.month, anchor.share) for anchor in figure.anchors}
        if figure.fact == "F23":
            # Its level is taken from the wave of late July, and its change is tested.
            assert shares == {(figure.before, 58.0)}
            assert ("2019-07", 58.0) in asked
            continue
        assert shares <= asked
        assert all(month < figure.before for month, _ in shares) or not figure.is_level
        assert not {share for _, share in shares} & set(figure.published or ())


def test_a_question_beside_another_lies_on_the_line_through_the_other_waves(
    record: Record,
) -> None:
    """Waves of 2013, 2014, January 2016, 2018 and 2019 foretell those of 2011 and 2012."""
    survey = record.loaded.rules.surveys["japan_affinity_for_korea"]
    line = line_beside(survey, "relations_not_good", left_out=("2011-10", "2012-10"))
    beside = to_logit(np.array([40.7, 31.5, 33.0, 39.4, 26.7]))
    asked = to_logit(np.array([76.0, 77.2, 73.1, 65.7, 87.9]))
    slope, level = np.polyfit(beside, asked, 1)
    assert (line.level, line.slope) == pytest.approx((level, slope))
    assert line.n_waves == 5
    # 36.0 and 78.8 were published beside 62.2 and 39.2.
    foretold = line.share_beside(np.array([62.2, 39.2]))
    assert foretold == pytest.approx([37.0, 70.5], abs=0.1)


def test_a_line_through_two_waves_is_refused(record: Record) -> None:
    survey = record.loaded.rules.surveys["japan_affinity_for_korea"]
    with pytest.raises(MalformedInput, match="2 other waves"):
        line_beside(survey, "relations_good", left_out=("2014-10",))


def test_an_anchored_question_moves_as_far_in_log_odds() -> None:
    settled, against = np.array([30.0]), Anchor(SETTLED, "2016-01", 54.0)
    question = figure(anchors=(against,), falls=True)
    last = np.array([20.0])
    moved = as_published(question, [(against, settled)], settled, last)
    expected = from_logit(to_logit(54.0) + to_logit(30.0) - to_logit(20.0)) - 54.0
    assert moved == pytest.approx([expected])
    share = as_published(replace(question, is_level=True), [(against, settled)], settled, last)
    assert share == pytest.approx([54.0 + expected])


def test_a_relative_change_is_in_per_cent_of_what_stood_before() -> None:
    question = figure(is_relative=True)
    assert as_published(question, [], np.array([25.0]), np.array([10.0])) == pytest.approx([-60.0])


def test_a_share_is_met_only_if_those_who_answered_otherwise_are_met_as_well() -> None:
    share = Estimate(85.0, 85.0, 85.0)
    kind = figure(is_level=True)
    poll = sampled_share(59.0, sample_size=1000.0, design_effect=1.7)
    assert poll.high - 59.0 == pytest.approx(3.97, abs=0.01)
    # 85 is less than twice 59, but the other 15 are less than half of 41.
    assert SizeFound(kind, 59.0, share, (share,), (), share, poll).verdict == MISSED
    nearer = Estimate(56.0, 56.0, 56.0)
    told = SizeFound(kind, 59.0, nearer, (nearer,), (), nearer, poll)
    assert told.verdict == MET
    said = " ".join(" ".join(sizes_text("By hand", [told], [])).split())
    assert "F18 met: +56.0 (+56.0 to +56.0), 0.95 of +59.0; a share, 2023-04" in said


def figure(**settings: object) -> Figure:
    """Return a figure about the plan of 2023, made by hand."""
    made = Figure("F18", "plan_of_2023", SETTLED, "2023-03", "2023-04", own=FIGURES[0].own)
    return replace(made, **settings)  # type: ignore[arg-type]
