"""Fits meet only rows that may be fitted, find what made the data, and say what they learnt."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.experiments.calibration import (
    Problem,
    fit_by_least_squares,
    fit_by_smoother,
    fitted_rows,
    pose,
)
from rapprochement_sim.experiments.effective import (
    POSTERIOR_FILE,
    beliefs_of,
    posterior_text,
    read_posterior,
    read_prior,
)
from rapprochement_sim.experiments.lanes import known_parameters
from rapprochement_sim.experiments.observations import read_observations
from rapprochement_sim.experiments.record import load_record
from rapprochement_sim.experiments.record_runs import case_of


@pytest.fixture(scope="module")
def problem() -> Problem:
    """Pose the shipped problem, cut to the rows before 2014 so that runs are short."""
    rows = [each for each in read_observations().observations if each.month < 48]
    return pose(load_record(), rows)


def test_only_printed_rows_of_role_fit_are_met() -> None:
    record, rows = load_record(), read_observations().observations
    met = fitted_rows(record, rows)
    assert {each.role for each in met} == {"fit"}
    assert "memory" not in {each.verified for each in met}
    held_out = tuple(replace(each, role="") for each in rows)
    assert fitted_rows(record, held_out) == ()


def test_both_methods_find_the_start_that_made_the_data(problem: Problem) -> None:
    truth = problem.prior.mean.copy()
    place = problem.prior.names.index("start_seoul_tokyo")
    truth[place] = -0.4
    made = problem.run(np.repeat(truth[:, np.newaxis], 2, axis=1))[:, 0]
    sharp = replace(problem, values=made, covariance=problem.covariance / 9.0)
    for fit in (fit_by_least_squares(sharp), fit_by_smoother(sharp, members=128)):
        found, spread = fit.posterior.mean[place], np.sqrt(fit.posterior.covariance[place, place])
        assert found == pytest.approx(-0.4, abs=max(0.08, 3.0 * spread))
        assert fit.contraction["start_seoul_tokyo"] > 0.5
        assert fit.misfit < 1.0


def test_a_parameter_that_no_row_tells_keeps_its_prior(problem: Problem) -> None:
    fit = fit_by_least_squares(problem)
    assert fit.contraction["common_noise"] == pytest.approx(0.0, abs=1e-6)
    assert fit.contraction["size_of_trade_injuries"] == pytest.approx(0.0, abs=0.05)


def test_the_shipped_posterior_is_of_the_shipped_prior() -> None:
    folder = load_record().folder
    posterior, prior = beliefs_of(folder), read_prior(folder)
    assert (folder / POSTERIOR_FILE).is_file()
    assert posterior.names == prior.names
    assert set(posterior.names) <= set(known_parameters(case_of(str(folder))))
    assert np.linalg.eigvalsh(posterior.covariance).min() > 0.0


def test_a_posterior_is_kept_and_read_again(tmp_path: Path, problem: Problem) -> None:
    path = tmp_path / "posterior.json"
    path.write_text(posterior_text(problem.prior, {"rows": 3}), encoding="utf-8")
    read = read_posterior(path)
    assert np.allclose(read.mean, problem.prior.mean, atol=1e-6)
    assert np.allclose(read.draw(4, 1), problem.prior.draw(4, 1), atol=1e-5)


@pytest.mark.parametrize("text", ["", "{}", '{"names": ["a"], "is_log": [true], "mean": []}'])
def test_what_is_no_posterior_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "posterior.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MalformedInput, match="no posterior"):
        read_posterior(path)
