"""A scenario under draws of a posterior: folders like any other, and shares of variance."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.experiments.drawn import drawn_figures, run_drawn, share_between
from rapprochement_sim.experiments.effective import POSTERIOR_FILE
from rapprochement_sim.experiments.kept_scenario import scenario_of
from rapprochement_sim.experiments.manifest import Manifest
from rapprochement_sim.experiments.record import DATA, SHIPPED_RECORD
from rapprochement_sim.experiments.runs import Study
from rapprochement_sim.scenario.loading import load_scenario

STUDY = Study(scenario="rekindled_2023", runs=2, seed=7, explained_runs=0)


def test_groups_that_differ_by_chance_alone_share_nothing() -> None:
    generator = np.random.Generator(np.random.Philox(key=3))
    noise = generator.standard_normal((40, 50))
    assert share_between(noise) < 0.03
    apart = noise + 2.0 * generator.standard_normal((40, 1))
    assert share_between(apart) == pytest.approx(0.8, abs=0.1)


def test_one_draw_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MalformedInput, match="2 or more"):
        list(run_drawn(STUDY, tmp_path, fit="record_2010", n_draws=1))


@pytest.mark.slow
def test_a_scenario_of_ones_own_is_drawn_and_its_run_folder_is_enough(tmp_path: Path) -> None:
    own, fit = tmp_path / "mine.yaml", tmp_path / "fitted.json"
    own.write_text("based_on: rekindled_2023\nturns: 1\n", encoding="utf-8")
    fit.write_bytes((DATA / SHIPPED_RECORD / POSTERIOR_FILE).read_bytes())
    study = replace(STUDY, scenario=str(own))
    folder = next(run_drawn(study, tmp_path / "out", fit=str(fit), n_draws=2, workers=1))
    own.unlink()
    fit.unlink()
    kept = scenario_of(Manifest.read(folder), folder)
    shutil.move(folder, tmp_path / "elsewhere")
    moved = load_scenario(kept.replace(str(folder), str(tmp_path / "elsewhere")))
    assert moved.schema.fit == "fitted.json:1"
    assert moved.rules_hash == Manifest.read(tmp_path / "elsewhere").rules_hash


def test_a_scenario_with_a_fit_of_its_own_is_not_drawn(tmp_path: Path) -> None:
    own = tmp_path / "mine.yaml"
    own.write_text("based_on: rekindled_2023\nfit: record_2010\n", encoding="utf-8")
    with pytest.raises(MalformedInput, match="fit of its own"):
        next(run_drawn(replace(STUDY, scenario=str(own)), tmp_path, fit="record_2010", n_draws=2))


@pytest.mark.slow
def test_every_draw_is_a_study_of_its_own_that_goes_on_where_it_stopped(tmp_path: Path) -> None:
    folders = list(run_drawn(STUDY, tmp_path, fit="record_2010", n_draws=2, workers=1))
    rules = {Manifest.read(folder).rules_hash for folder in folders}
    assert len(rules) == 2
    assert list(run_drawn(STUDY, tmp_path, fit="record_2010", n_draws=2, workers=1)) == folders
    figures = {figure.name: figure for figure in drawn_figures(folders)}
    assert 0.0 <= figures["rapprochement"].by_parameters <= 1.0
    assert figures["rapprochement"].band.low < figures["rapprochement"].band.high
