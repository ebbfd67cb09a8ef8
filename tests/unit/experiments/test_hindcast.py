"""Hindcasts: free runs, surveys read at their own dates, series linked by level."""

from dataclasses import replace

import numpy as np
import pytest

from rapprochement_sim.experiments.effective import Beliefs, read_prior
from rapprochement_sim.experiments.hindcast import Hindcast, hindcast_draws, plan_runs, predict
from rapprochement_sim.experiments.lanes import known_parameters
from rapprochement_sim.experiments.observations import Observation, read_observations
from rapprochement_sim.experiments.record import Record, load_record
from rapprochement_sim.experiments.record_runs import case_of
from rapprochement_sim.vocabulary import Capital

N_DRAWS = 6


@pytest.fixture(scope="module")
def record() -> Record:
    return load_record()


@pytest.fixture(scope="module")
def prior(record: Record) -> Beliefs:
    return read_prior(record.folder)


def early(observations: tuple[Observation, ...]) -> tuple[Observation, ...]:
    return tuple(each for each in observations if each.month < 58)


@pytest.fixture(scope="module")
def observations() -> tuple[Observation, ...]:
    return early(read_observations().observations)


@pytest.fixture(scope="module")
def found(record: Record, prior: Beliefs, observations: tuple[Observation, ...]) -> Hindcast:
    return hindcast_draws(record, observations, n_draws=N_DRAWS, beliefs=prior)


def row(**changed: object) -> Observation:
    known: dict[str, object] = {
        "series": "somebody_asks",
        "respondent": Capital.TOKYO,
        "target": Capital.SEOUL,
        "measure": "favourable",
        "date": "2010-10",
        "month": 9,
        "year": 2010,
        "value": 55.0,
        "role": "",
        "note": "",
        "verified": "yes",
        "file": "own.csv",
        "line": 2,
    }
    return Observation(**{**known, **changed})  # type: ignore[arg-type]


def test_every_parameter_of_the_prior_can_be_applied(record: Record, prior: Beliefs) -> None:
    assert set(prior.names) <= set(known_parameters(case_of(str(record.folder))))


def test_predictions_are_shares_of_the_linked_observations(
    found: Hindcast, observations: tuple[Observation, ...]
) -> None:
    assert found.predicted.shape == found.latent.shape == (len(found.observations), N_DRAWS)
    assert ((found.predicted > 0.0) & (found.predicted < 100.0)).all()
    assert [observations[place] for place in found.places] == list(found.observations)


def test_a_draw_is_the_same_in_any_company(
    record: Record, prior: Beliefs, observations: tuple[Observation, ...], found: Hindcast
) -> None:
    fewer = hindcast_draws(record, observations, n_draws=3, beliefs=prior)
    assert np.array_equal(fewer.predicted, found.predicted[:, :3])


def test_published_values_of_surveyed_series_are_not_looked_at(
    record: Record, prior: Beliefs, observations: tuple[Observation, ...], found: Hindcast
) -> None:
    """Latent shares of a survey of the rules do not move with what was published."""
    other = tuple(replace(each, value=100.0 - each.value) for each in observations)
    again = hindcast_draws(record, other, n_draws=N_DRAWS, beliefs=prior)
    plain = np.array([not link.is_level for link in found.links])
    assert plain.any()
    assert np.array_equal(again.latent[plain], found.latent[plain])


def test_an_unknown_series_is_linked_by_its_first_row_and_says_so(
    record: Record, prior: Beliefs
) -> None:
    rows = (row(), row(date="2012-10", month=33, value=0.0, line=3))
    found = hindcast_draws(record, rows, n_draws=N_DRAWS, beliefs=prior)
    assert found.is_anchor.tolist() == [True, False]
    assert found.latent[0].mean() == pytest.approx(55.0, abs=4.0)
    assert (found.latent[1] < found.latent[0]).all()
    assert "somebody_asks:tokyo>seoul:favourable" in found.remarks[0]
    assert "its first row (2010-10)" in found.remarks[0]


def test_anchor_rows_set_the_level_and_enough_of_them_a_scale(
    record: Record, prior: Beliefs
) -> None:
    rows = tuple(
        row(date=f"20{10 + n}-10", month=9 + 12 * n, value=value, role="fit", line=n)
        for n, value in enumerate((60.0, 60.0, 20.0, 20.0))
    )
    steep = hindcast_draws(record, rows, n_draws=N_DRAWS, beliefs=prior)
    three = hindcast_draws(record, rows[:3], n_draws=N_DRAWS, beliefs=prior)
    assert "level and scale, from 4 anchor rows" in steep.remarks[0]
    assert "level, from 3 anchor rows" in three.remarks[0]
    fall, fall_of_three = (each.latent[0] - each.latent[2] for each in (steep, three))
    assert fall.mean() > fall_of_three.mean()


def test_levels_do_not_carry_over_a_change_of_mode(record: Record, prior: Beliefs) -> None:
    base = {"series": "jp_cabinet_office_diplomacy", "measure": "affinity"}
    rows = (
        row(**base),
        row(**base, date="2011-10", month=21),
        row(**base, date="2020-10", month=129, value=34.0),
        row(**base, date="2021-10", month=141, value=37.0),
    )
    found = hindcast_draws(record, rows, n_draws=N_DRAWS, beliefs=prior)
    assert [link.is_level for link in found.links] == [False, False, True, True]
    assert found.is_anchor.tolist() == [False, False, True, False]
    assert "asked in another mode" in found.remarks[0]


def test_policies_cannot_be_predicted_and_are_named(record: Record, prior: Beliefs) -> None:
    rows = (row(), row(target=None, measure="support"))
    found = hindcast_draws(record, rows, n_draws=N_DRAWS, beliefs=prior)
    assert found.unlinked == ((1, "asked about a policy, and the model knows attitudes"),)


def test_variations_change_what_they_are_about(record: Record, prior: Beliefs) -> None:
    rows = (row(), row(date="2012-10", month=33))
    runs = plan_runs(record, n_draws=N_DRAWS, beliefs=prior)
    plain = predict(record, rows, runs)
    without = predict(record, rows, replace(runs, acts=()))
    mean_field = predict(record, rows, replace(runs, is_mean_field=True))
    jittered = predict(record, rows, replace(runs, jitter=0.3))
    assert without.latent[1].mean() > plain.latent[1].mean() + 5.0
    assert mean_field.latent == pytest.approx(plain.latent, abs=3.0)
    assert np.abs(jittered.latent[1] - plain.latent[1]).max() > 0.1


def test_an_event_split_in_two_halves_counts_nearly_as_one(record: Record, prior: Beliefs) -> None:
    rows = (row(), row(date="2012-10", month=33))
    runs = replace(plan_runs(record, n_draws=N_DRAWS, beliefs=prior), chance=False)
    split = [
        half
        for act in runs.acts
        for half in ([replace(act, weight=0.5)] * 2 if act.event_line == 20 else [act])
    ]
    whole, halves = (
        predict(record, rows, each) for each in (runs, replace(runs, acts=tuple(split)))
    )
    assert halves.latent == pytest.approx(whole.latent, abs=0.6)
