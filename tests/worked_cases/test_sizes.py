"""Where the sources give a figure: its sign, and its size, or that the size is missed.

A pair is the record as it was and the record without the acts that the source names, month by
month under the same chance. A miss is asserted as well: whoever mends it must say so in
docs/concepts/sizes.md, where the reasons stand. The published change is also held against the
same change of the record as it was, like with like. Two sizes of the rules were set by F20 to F22
and by F24; nothing else is tuned to these figures. Figures of the scenarios stand in the worked
cases of their rows.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from rapprochement_sim.experiments.pattern_runs import AS_IT_WAS, ask_without
from rapprochement_sim.experiments.patterns import read_facts
from rapprochement_sim.experiments.readings import SettlementReading
from rapprochement_sim.experiments.record import Record, load_record
from rapprochement_sim.experiments.size_table import FIGURES, LASTING, SEOUL, TOKYO, Figure
from rapprochement_sim.experiments.sizes import (
    EDGE,
    MET,
    MISSED,
    LastingFound,
    Rules,
    SizeFound,
    find_lasting,
    find_sizes,
    plan_pairs,
)
from rapprochement_sim.scenario.mechanisms import shipped_mechanisms

PAGE = Path(__file__).resolve().parents[2] / "docs" / "concepts" / "sizes.md"
IN_MAKE_TEST, IN_CI = 20, 200
VERDICTS: dict[tuple[str, str], dict[Rules, str]] = {
    ("F05", "2012-10"): {"shipped": MISSED, "fitted": MET},
    ("F06", "2012-10"): {"shipped": MISSED, "fitted": MISSED},
    ("F09", "2019-10"): {"shipped": MET, "fitted": MET},
    ("F10", "2019-05"): {"shipped": MISSED, "fitted": MISSED},
    ("F11", "2016-06"): {"shipped": MISSED, "fitted": MISSED},
    ("F12", "2016-06"): {"shipped": MISSED, "fitted": MISSED},
    ("F13", "2016-01"): {"shipped": MET, "fitted": MET},
    ("F14", "2017-06"): {"shipped": MET, "fitted": MET},
    ("F19", "2023-04"): {"shipped": MISSED, "fitted": MISSED},
    ("F20", "2019-09"): {"shipped": MISSED, "fitted": MISSED},
    ("F21", "2019-09"): {"shipped": MET, "fitted": MET},
    ("F22", "2019-09"): {"shipped": MET, "fitted": MET},
    ("F24", "2010-12"): {"shipped": MET, "fitted": MET},
    ("F25", "2023-04"): {"shipped": MISSED, "fitted": MET},
    ("F25", "2023-06"): {"shipped": MISSED, "fitted": EDGE},
    ("F27", "2013-03"): {"shipped": MET, "fitted": MET},
    ("F39", "2011-10"): {"shipped": MET, "fitted": MET},
}
_SET_BY_THE_FIGURE = {"F20", "F21", "F22", "F24"}
AS_A_WHOLE: dict[Rules, dict[str, set[str]]] = {
    "shipped": {
        MET: {"F05", "F09", "F11", "F13", "F14", "F19", "F27", "F39", *_SET_BY_THE_FIGURE},
        EDGE: {"F10", "F12"},
        MISSED: {"F06", "F25"},
    },
    "fitted": {
        MET: {
            *{"F05", "F09", "F11", "F12", "F13", "F14", "F19", "F25", "F27", "F39"},
            *_SET_BY_THE_FIGURE,
        },
        EDGE: {"F06", "F10"},
        MISSED: set(),
    },
}
"""The change from poll to poll in the record's own runs, whatever brought it about."""
SURE_IN_TWENTY = {"F05", "F09", "F11", "F13", "F14", "F19", "F21", "F24", "F27"}
THE_OTHER_WAY = {"F10"}
"""Koreans warmed until spring 2019: by the rules the quarrel cost a little with them as well."""
WITHIN_THE_POLL = {"F10", "F13", "F14", "F20", "F21", "F22", "F24", "F39"}
"""Figures whose own sampling, with about 1,000 answers, could hide that the acts made less."""
MAY_BE_NONE = {"F10", "F13", "F21", "F22", "F39"}
"""Figures that two polls of about 1,000 answers cannot tell from no change."""
UNDER_BOTH = pytest.mark.parametrize("rules", ["shipped", "fitted"])


@cache
def record() -> Record:
    return load_record()


@cache
def sizes(rules: Rules, n_pairs: int) -> dict[Figure, SizeFound]:
    """Every figure, in so many pairs under the rules as shipped or under draws of their fit."""
    runs = plan_pairs(record(), n_pairs=n_pairs, rules=rules)
    return {found.figure: found for found in find_sizes(record(), runs)}


def said(found: SizeFound) -> str:
    return f"{found.figure.fact}: {found.own} of {found.seen:+.1f}, {found.verdict}"


@cache
def durations(rules: Rules) -> list[LastingFound]:
    return list(find_lasting(record(), plan_pairs(record(), n_pairs=IN_MAKE_TEST, rules=rules)))


def is_as_known(found: SizeFound, rules: Rules) -> bool:
    """Say whether sign and verdict are those known, of the acts together and of each group."""
    known = VERDICTS[found.figure.fact, found.figure.after][rules]
    if found.figure.fact in THE_OTHER_WAY:
        return found.verdict == known and found.own.mean * found.seen < 0.0
    signs = [each.is_sure_of_its_sign and each.mean * found.seen > 0.0 for each in found.parts]
    return all(signs) and found.own.mean * found.seen > 0.0 and found.verdict == known


@UNDER_BOTH
def test_each_figure_has_its_sign_and_its_size_is_met_or_known_to_be_missed(rules: Rules) -> None:
    found = sizes(rules, IN_MAKE_TEST).values()
    assert not [said(each) for each in found if not is_as_known(each, rules)]


@pytest.mark.slow
@UNDER_BOTH
def test_the_same_holds_in_two_hundred_pairs(rules: Rules) -> None:
    found = sizes(rules, IN_CI).values()
    assert not [said(each) for each in found if not is_as_known(each, rules)]


@pytest.mark.slow
@UNDER_BOTH
def test_changes_as_published_have_their_size_or_are_known_to_miss_it(rules: Rules) -> None:
    found: dict[str, set[str]] = {MET: set(), EDGE: set(), MISSED: set()}
    for each in sizes(rules, IN_CI).values():
        found[each.verdict_of_change].add(each.figure.fact)
    assert found == AS_A_WHOLE[rules]


@UNDER_BOTH
def test_changes_that_are_plain_have_their_size_in_twenty_runs(rules: Rules) -> None:
    found = [x for x in sizes(rules, IN_MAKE_TEST).values() if x.figure.fact in SURE_IN_TWENTY]
    assert {each.figure.fact for each in found} == SURE_IN_TWENTY
    assert not [said(each) for each in found if each.verdict_of_change != MET]


def test_what_a_poll_could_not_have_told_apart_is_known() -> None:
    found = sizes("shipped", IN_MAKE_TEST).values()
    assert {each.figure.fact for each in found if each.is_within_poll} == WITHIN_THE_POLL
    polls = {each.figure.fact: each.poll for each in found if each.poll is not None}
    assert {fact for fact, poll in polls.items() if not poll.is_sure_of_its_sign} == MAY_BE_NONE


@UNDER_BOTH
def test_a_quarrel_over_rulings_moves_the_side_that_was_ruled_against(rules: Rules) -> None:
    by_fact = {each.figure.fact: each.own for each in sizes(rules, IN_MAKE_TEST).values()}
    assert abs(by_fact["F10"].mean) < 0.1 * abs(by_fact["F09"].mean)


def test_acts_of_a_quarrel_together_hurt_more_than_one_by_one() -> None:
    for fact in ("F05", "F09"):
        (found,) = (x for x in sizes("shipped", IN_MAKE_TEST).values() if x.figure.fact == fact)
        assert found.own.mean < sum(part.mean for part in found.parts) < 0.0


def test_warmth_of_a_visit_halves_in_twenty_days_and_opinion_takes_months() -> None:
    least_months: dict[Rules, float] = {"shipped": 5.0, "fitted": 2.0}
    for rules, least in least_months.items():
        warmth, opinion, threat = durations(rules)
        assert warmth.months_to_half == pytest.approx(20.0 / 30.4, abs=0.2)
        # Seen in opinion for 20 days: missed, by months.
        assert opinion.months_to_half is not None
        assert opinion.months_to_half > least
        # Short-lived was said of days, and no half-life given.
        assert threat.months_to_half is not None
        assert 1.0 < threat.months_to_half < 6.0


def test_the_plan_of_2023_settles_the_claim_in_tokyo_and_not_in_seoul() -> None:
    """59 per cent opposed it (F18): the side is answered, the share by no survey of the rules."""
    runs = plan_pairs(record(), n_pairs=2, rules="shipped")
    plan, april = frozenset({153}), 159
    seoul, tokyo = (SettlementReading("forced_labour", each) for each in (SEOUL, TOKYO))
    found = ask_without(record(), runs, {plan: [(seoul, april), (tokyo, april)]})
    assert (found[plan, seoul, april] < found[AS_IT_WAS, seoul, april]).all()
    assert (found[AS_IT_WAS, seoul, april] < 41.0).all()
    assert (found[AS_IT_WAS, tokyo, april] > 50.0).all()


def test_figures_belong_to_rows_that_are_known() -> None:
    rows = {each.mechanism for each in FIGURES} | {each.mechanism for each in LASTING}
    assert rows <= set(shipped_mechanisms())
    assert set(VERDICTS) == {(each.fact, each.after) for each in FIGURES}


def test_the_page_of_sizes_speaks_of_every_stylised_fact_and_of_each_of_a_row() -> None:
    told = set(re.findall(r"F\d\d", PAGE.read_text(encoding="utf-8")))
    assert {fact.id for fact in read_facts()} == told
    of_rows = {figure for row in shipped_mechanisms().values() for figure in row.figures}
    assert {figure.removeprefix("stylised_facts:") for figure in of_rows} <= told
