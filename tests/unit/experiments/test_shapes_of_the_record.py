"""The shapes that the record is known for come out of one set of rules, by its posterior.

Figures beside the tolerances are those seen (stylised_facts.csv, polls.csv). Medians of 128
draws move by about a point from seed to seed, and a wave itself errs by about two, so a
tolerance under three points would test luck.
"""

import numpy as np
import pytest

from rapprochement_sim.experiments.hindcast import plan_runs, predict
from rapprochement_sim.experiments.lanes import strengths, with_parameters
from rapprochement_sim.experiments.observations import read_observations
from rapprochement_sim.experiments.pattern_runs import effect_of
from rapprochement_sim.experiments.pattern_table import CHECKS, ActEffect
from rapprochement_sim.experiments.record import Record, load_record
from rapprochement_sim.experiments.record_model import RecordModel, tabulate
from rapprochement_sim.experiments.record_runs import case_of
from rapprochement_sim.vocabulary import Capital

pytestmark = pytest.mark.slow

Medians = dict[tuple[str, str, str], float]
AFFINITY = ("tokyo", "affinity")
LEFT_OF_THE_LOSS = 0.6


@pytest.fixture(scope="module")
def record() -> Record:
    return load_record()


@pytest.fixture(scope="module")
def medians(record: Record) -> Medians:
    rows = [
        each
        for each in read_observations().observations
        if each.measure in {"unfavourable", "affinity"}
        and each.target is not None
        and {each.respondent.key, each.target.key} == {"seoul", "tokyo"}
    ]
    found = predict(record, rows, plan_runs(record, n_draws=128))
    middle = np.median(found.latent, axis=1)
    return {
        (each.respondent.key, each.measure, each.date): float(share)
        for each, share in zip(found.observations, middle, strict=True)
    }


def effect(record: Record, fact: str, months: list[int]) -> list[float]:
    check = CHECKS[fact]
    assert isinstance(check, ActEffect)
    runs = plan_runs(record, n_draws=32)
    changes = effect_of(record, runs, check.event_lines, check.reading, months)
    return [float(each) for each in np.median(changes, axis=1)]


def test_the_shock_of_2012_falls_at_once_and_almost_in_full(medians: Medians) -> None:
    before, after = (medians[(*AFFINITY, date)] for date in ("2011-10", "2012-10"))
    # -23.0 was seen; a quarter of it is left to what the record does not tell.
    assert after - before == pytest.approx(-23.0, abs=6.0)


def test_recovery_from_2012_is_slow(medians: Medians) -> None:
    before = medians[(*AFFINITY, "2011-10")]
    lost = before - medians[(*AFFINITY, "2012-10")]
    # None of it had come back after four years: 62.2, then 39.2, 40.7, 31.5 and 33.0.
    for date in ("2013-10", "2014-10", "2016-01"):
        assert before - medians[(*AFFINITY, date)] > LEFT_OF_THE_LOSS * lost


def test_both_publics_warm_after_an_agreement_that_costs_its_government(
    record: Record, medians: Medians
) -> None:
    for respondent, seen in (("tokyo", -7.8), ("seoul", -11.5)):
        change = (
            medians[respondent, "unfavourable", "2016-06"]
            - medians[respondent, "unfavourable", "2015-04"]
        )
        assert change == pytest.approx(seen, abs=4.5)
    # Approval fell by 3 points, within the margin of one poll.
    (cost,) = effect(record, "F13", [1])
    assert cost == pytest.approx(-3.0, abs=3.0)
    assert cost < -1.0


def test_the_agreement_of_2015_is_closed_in_tokyo_and_open_in_seoul(record: Record) -> None:
    """Koreans warmed although 54% judged it a mistake: what is rejected is the settlement."""
    runs = plan_runs(record, n_draws=16)
    row = list(record.loaded.rules.disputes).index("comfort_women")
    agreed = next(act.month for act in runs.acts if act.event_line == 59)
    settled: list[tuple[float, float]] = []

    def listen(model: RecordModel) -> None:
        if model.turn in {agreed, agreed + 6}:
            values = model.state.values["settlement"][row]
            seoul, tokyo = (float(np.median(values[c])) for c in (Capital.SEOUL, Capital.TOKYO))
            settled.append((seoul, tokyo))

    case = case_of(str(record.folder))
    drawn = runs.parameters
    model = RecordModel(
        with_parameters(case, drawn),
        tabulate(case, runs.acts, runs.leaders),
        strength=strengths(case, drawn),
        watch=listen,
        root_seed=runs.seed,
        runs=list(range(runs.n_draws)),
    )
    while model.turn < agreed + 6:
        model.step()
    model.release()
    before, after = settled
    in_seoul, in_tokyo = (now - then for then, now in zip(before, after, strict=True))
    assert in_tokyo > 0.3
    assert in_seoul < 0.5 * in_tokyo
    assert after[0] < 0.5


def test_the_shock_of_2019_falls_on_the_side_that_was_ruled_against(medians: Medians) -> None:
    japanese = medians[(*AFFINITY, "2019-10")] - medians[(*AFFINITY, "2018-10")]
    assert japanese == pytest.approx(-12.7, abs=6.0)
    korean = (
        medians["seoul", "unfavourable", "2019-05"] - medians["seoul", "unfavourable", "2018-05"]
    )
    # The Korean view did not worsen by the rulings: -0.7 was seen.
    assert korean == pytest.approx(-0.7, abs=3.0)


def test_rallies_and_the_warmth_of_a_visit_do_not_last(record: Record) -> None:
    first, half_a_year, a_year = effect(record, "F20", [1, 6, 12])
    assert first > 0.5
    assert half_a_year < 0.7 * first
    assert a_year < 0.4 * first
    soon, later, last = effect(record, "F25", [1, 6, 12])
    # 2.3 points were seen of visits at large.
    assert soon == pytest.approx(2.3, abs=1.5)
    assert later < 0.35 * soon
    assert last < 0.1 * soon
