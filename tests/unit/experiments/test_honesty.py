"""Honesty checks vary what they say, and judge everything at the same places."""

from functools import partial
from pathlib import Path

import numpy as np
import pytest

from rapprochement_sim.errors import WrongVersion
from rapprochement_sim.experiments.honesty import (
    Bench,
    check_coding,
    check_directions,
    check_mean_field,
    check_placebo,
    jittered_skill,
    prepare,
    shuffled_skill,
    skill_without_acts,
)
from rapprochement_sim.experiments.honesty_kept import KeptSkills, identity_of
from rapprochement_sim.experiments.observations import read_observations
from rapprochement_sim.experiments.record import load_record


@pytest.fixture(scope="module")
def bench() -> Bench:
    rows = [each for each in read_observations().observations if each.month < 66]
    return prepare(load_record(), rows, n_draws=48)


def test_the_record_as_it_was_has_its_own_skill(bench: Bench) -> None:
    assert bench.skill_of(bench.runs) == bench.skill


def test_a_placebo_dispute_moves_nobody_else(bench: Bench) -> None:
    assert check_placebo(bench) == 0.0


@pytest.mark.slow
def test_shuffles_and_jitters_differ_from_each_other_and_can_be_repeated(bench: Bench) -> None:
    for vary in (shuffled_skill, jittered_skill):
        found = [vary(bench, number) for number in range(2)]
        assert len({*found, bench.skill}) == 3
        assert vary(bench, 0) == found[0]


@pytest.mark.slow
def test_doubling_an_event_moves_more_than_splitting_it(bench: Bench) -> None:
    (check,) = check_coding(bench, [20])
    assert check.act == "island_visit:seoul>tokyo"
    assert check.most_moved > 1.0
    assert abs(check.split) < abs(check.doubled) + 0.05


@pytest.mark.slow
def test_each_direction_is_predicted_from_the_other(bench: Bench) -> None:
    found = check_directions(bench)
    assert [(each.fitted, each.predicted) for each in found] == [
        ("tokyo", "seoul"),
        ("seoul", "tokyo"),
    ]
    assert all(each.n > 0 and np.isfinite([each.crps, each.blind]).all() for each in found)


@pytest.mark.slow
def test_the_mean_field_twin_stays_near(bench: Bench) -> None:
    skill, apart = check_mean_field(bench)
    assert apart < 4.0
    assert skill == pytest.approx(bench.skill, abs=0.2)


def test_nothing_is_learnt_from_acts_that_did_not_happen(bench: Bench) -> None:
    assert skill_without_acts(bench) != bench.skill


def test_skills_that_were_kept_are_not_computed_again(bench: Bench, tmp_path: Path) -> None:
    file, computed = tmp_path / "skills.jsonl", []

    def compute(number: int) -> float:
        computed.append(number)
        return number / 8

    first = KeptSkills(file, identity_of(bench))
    assert first.all_of("jitter", 2, compute) == [0.0, 0.125]
    file.write_text(file.read_text() + '{"of": "', encoding="utf-8")
    again = KeptSkills(file, identity_of(bench))
    assert again.known("jitter", 3) == 2
    assert again.all_of("jitter", 3, compute) == [0.0, 0.125, 0.25]
    assert KeptSkills(file, identity_of(bench)).all_of("jitter", 3, compute)[2] == 0.25
    assert computed == [0, 1, 2]


@pytest.mark.slow
def test_skills_do_not_depend_on_the_number_of_workers(bench: Bench) -> None:
    compute = partial(shuffled_skill, bench)
    alone = KeptSkills(None, "x").all_of("shuffle", 2, compute)
    assert KeptSkills(None, "x").all_of("shuffle", 2, compute, workers=2) == alone


def test_skills_of_other_rules_are_refused(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "skills.jsonl"
    KeptSkills(file, "other").all_of("jitter", 1, lambda _: 0.5)
    with pytest.raises(WrongVersion, match="other rules"):
        KeptSkills(file, identity_of(bench))
