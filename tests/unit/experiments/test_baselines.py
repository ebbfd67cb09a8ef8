from dataclasses import replace

import numpy as np
import pytest

from rapprochement_sim.experiments.baseline_points import (
    History,
    damped_trend,
    last_value,
    mean_value,
    relaxation,
)
from rapprochement_sim.experiments.baselines import (
    BASELINES,
    PERSISTENCE,
    Asked,
    forecast,
    known_at,
    known_one_step_ahead,
    known_when_running_free,
    learn,
)
from rapprochement_sim.experiments.logit_scale import from_logit, to_logit
from rapprochement_sim.experiments.observations import Observation
from rapprochement_sim.experiments.placing import Placed
from rapprochement_sim.vocabulary import Capital

HISTORY = History(np.array([0.0, 1.0, 3.0]), np.array([-1.0, 0.0, 0.5]))


def row(
    month: int, value: float, role: str, series: str = "a", *, sets_level: bool = False
) -> Placed:
    observation = Observation(
        series=series,
        respondent=Capital.SEOUL,
        target=Capital.TOKYO,
        measure="favourable",
        date=f"{2010 + month // 12}-{month % 12 + 1:02d}",
        month=month,
        year=2010 + month // 12,
        value=value,
        role=role,
        note="",
        verified="yes",
        file="polls.csv",
        line=month + 2,
    )
    return Placed(observation, series, sets_level)


@pytest.fixture
def rows() -> list[Placed]:
    """Two series: fitted from year to year, then two rows that are held out."""
    normals = np.random.Generator(np.random.Philox(5)).standard_normal((2, 10))
    found = []
    for series, shocks in zip("ab", normals, strict=True):
        values = from_logit(np.cumsum(0.2 * shocks))
        found += [row(12 * year, float(values[year]), "fit", series) for year in range(8)]
        found += [row(12 * year, float(values[year]), "", series) for year in (8, 9)]
    return found


def asked(rows: list[Placed]) -> list[Asked]:
    return [Asked(r, known_when_running_free(r, rows)) for r in rows if r.is_scored]


def test_what_each_baseline_says() -> None:
    assert last_value(HISTORY, 5.0, 0.0) == 0.5
    assert mean_value(HISTORY, 5.0, 0.0) == pytest.approx(-1.0 / 6.0)
    # The last slope is 0.25 a year; halved each year, two years add 0.25 * (1 - 1/4) / ln 2.
    assert damped_trend(HISTORY, 5.0, 0.5) == pytest.approx(0.5 + 0.25 * 0.75 / np.log(2.0))
    # Halfway to the mean after ln 2 years at a rate of one.
    halfway = relaxation(HISTORY, 3.0 + np.log(2.0), 1.0)
    assert halfway == pytest.approx((0.5 - 1.0 / 6.0) / 2.0)


def test_log_odds_there_and_back() -> None:
    shares = np.array([0.5, 12.2, 50.0, 99.5])
    assert from_logit(to_logit(shares)) == pytest.approx(shares)
    assert to_logit(50.0) == 0.0
    assert np.isfinite(to_logit(np.array([0.0, 100.0]))).all()


def test_held_out_values_change_no_forecast(rows: list[Placed]) -> None:
    changed = [
        replace(r, observation=replace(r.observation, value=3.0)) if r.is_scored else r
        for r in rows
    ]
    before = forecast(learn(rows), asked(rows), n_draws=40)
    after = forecast(learn(changed), asked(changed), n_draws=40)
    assert list(before) == list(BASELINES)
    for name, ensemble in before.items():
        assert np.array_equal(ensemble, after[name])


def test_a_fitted_value_changes_forecasts(rows: list[Placed]) -> None:
    last = max(r.year for r in rows if not r.is_scored)
    changed = [
        replace(r, observation=replace(r.observation, value=3.0)) if r.year == last else r
        for r in rows
    ]
    before = forecast(learn(rows), asked(rows), n_draws=40)
    after = forecast(learn(changed), asked(changed), n_draws=40)
    assert all(np.abs(before[name] - after[name]).max() > 1.0 for name in before)


def test_errors_grow_with_the_years_ahead(rows: list[Placed]) -> None:
    near, far = (a for a in asked(rows) if a.row.segment == "a")
    drawn = forecast(learn(rows), [near, far], n_draws=400)[PERSISTENCE]
    assert drawn[1].std() > drawn[0].std() > 0.0
    assert np.median(drawn, axis=1) == pytest.approx([near.known[-1].observation.value] * 2, abs=3)
    assert ((drawn > 0.0) & (drawn < 100.0)).all()


def test_spread_of_persistence_is_that_of_a_random_walk() -> None:
    # Many series that move by 0.2 a year in log odds: the spread learnt is 0.2 * sqrt(years).
    steps = 0.2 * np.random.Generator(np.random.Philox(9)).standard_normal((60, 8))
    rows = [
        row(12 * year, float(share), "fit", f"series {number}")
        for number, walk in enumerate(from_logit(np.cumsum(steps, axis=1)))
        for year, share in enumerate(walk)
    ]
    learnt = learn(rows)[PERSISTENCE]
    assert learnt.spread("unknown", 1.0) == pytest.approx(0.2, rel=0.15)
    assert learnt.spread("unknown", 4.0) == pytest.approx(0.4, rel=0.15)
    assert np.mean(list(learnt.widths.values())) == pytest.approx(1.0, rel=0.2)


def test_what_is_known_of_a_row(rows: list[Placed]) -> None:
    own = [r for r in rows if r.segment == "a"]
    last = own[-1]
    assert known_when_running_free(last, rows) == tuple(own[:8])
    assert known_one_step_ahead(last, rows) == tuple(own[:9])
    assert known_at(36, last, rows) == tuple(own[:4])
    assert known_one_step_ahead(own[0], rows) == ()
    assert known_when_running_free(own[0], rows) == (own[1],)


def test_a_series_without_fitted_rows_is_known_by_its_level() -> None:
    first, later = row(10, 40.0, "", sets_level=True), row(30, 45.0, "")
    start = row(20, 42.0, "start", sets_level=True)
    assert known_when_running_free(later, [first, later]) == (first,)
    assert known_when_running_free(later, [start, later]) == (start,)
    assert (first.use, later.use, start.use) == ("level", "scored", "anchor")
    assert not first.is_scored


def test_too_few_fitted_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="a spread needs"):
        learn([row(0, 40.0, "fit"), row(12, 41.0, "fit")])
