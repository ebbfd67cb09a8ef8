"""What a study says is what its files say."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from rapprochement_sim.errors import OutputProblem
from rapprochement_sim.experiments.runs import Study, run_study
from rapprochement_sim.experiments.store import read_numbers, read_words
from rapprochement_sim.experiments.summary import StudySummary, summarise
from rapprochement_sim.experiments.summary_json import summary_json
from rapprochement_sim.experiments.summary_text import WIDTH, summary_text

N_RUNS, EXPLAINED = 24, 12


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("studies") / "study"
    study = Study("rekindled_2023", N_RUNS, 7, block_size=8, explained_runs=EXPLAINED)
    run_study(study, folder, workers=1)
    return folder


@pytest.fixture(scope="module")
def summary(folder: Path) -> StudySummary:
    return summarise(folder)


def parts(folder: Path, kind: str) -> list[Path]:
    return sorted((folder / kind).glob("block-*.parquet"))


def test_bands_are_quantiles_over_runs(folder: Path, summary: StudySummary) -> None:
    for name, bands in summary.bands.items():
        column = read_numbers(parts(folder, "series"), [name])[name].reshape(N_RUNS, 13)
        assert len(bands) == 13
        for turn, band in enumerate(bands):
            expected = np.quantile(column[:, turn], [0.05, 0.5, 0.95])
            assert [band.low, band.middle, band.high] == expected.tolist()


def test_every_goal_and_outcome_is_followed_by_turn(summary: StudySummary) -> None:
    assert list(summary.bands) == summary.manifest.indicators
    assert next(iter(summary.bands)) == "rapprochement"
    assert set(summary.outcomes) == set(summary.manifest.outcomes)


def test_outcomes_are_counted(folder: Path, summary: StudySummary) -> None:
    for name, outcome in summary.outcomes.items():
        came_true = read_numbers(parts(folder, "summary"), [f"outcome_{name}"])[f"outcome_{name}"]
        assert (outcome.count, outcome.runs) == (came_true.sum(), N_RUNS)
        assert outcome.low <= outcome.count / N_RUNS <= outcome.high


def test_acts_are_counted(folder: Path, summary: StudySummary) -> None:
    acts = read_words(parts(folder, "acts"), "act").as_list()
    runs = read_numbers(parts(folder, "acts"), ["run"])["run"].tolist()
    for act in summary.acts:
        assert act.per_run == pytest.approx(acts.count(act.act) / N_RUNS)
        in_runs = {run for run, key in zip(runs, acts, strict=True) if key == act.act}
        assert act.share_of_runs == pytest.approx(len(in_runs) / N_RUNS)
    assert sum(act.per_run for act in summary.acts) == pytest.approx(len(acts) / N_RUNS)
    assert sorted(summary.acts, key=lambda act: -act.per_run) == list(summary.acts)


def test_causes_sum_to_the_mean_change_of_the_explained_runs(
    folder: Path, summary: StudySummary
) -> None:
    assert summary.explained_runs == EXPLAINED
    assert set(summary.causes) <= set(summary.bands)
    for name, causes in summary.causes.items():
        column = read_numbers(parts(folder, "series"), [name])[name].reshape(N_RUNS, 13)
        change = (column[:EXPLAINED, -1] - column[:EXPLAINED, 0]).mean()
        assert causes.change == pytest.approx(change, abs=1e-9)
        assert sum(share.mean for share in causes.by_cause) == pytest.approx(change, abs=1e-9)


def test_the_text_is_at_most_80_columns_wide(summary: StudySummary) -> None:
    lines = summary_text(summary).splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert lines[:2] == ["Rekindled, 2023", "24 runs, seed 7, 12 quarters from 2023-01"]
    assert any("(mean of 12 runs)" in line for line in lines)


def test_the_text_is_for_people(summary: StudySummary) -> None:
    text = summary_text(summary)
    assert all(title in text for title in summary.manifest.outcomes.values())
    assert all(seat.capitalize() in text for seat in summary.scores)
    assert "nan" not in text


def test_json_holds_the_same(summary: StudySummary) -> None:
    data = json.loads(summary_json(summary))
    assert data["n_runs"] == N_RUNS
    assert data["missing_runs"] == 0
    assert data["bands"]["rapprochement"][0]["middle"] == summary.bands["rapprochement"][0].middle
    assert data["outcomes"].keys() == summary.outcomes.keys()


def test_missing_blocks_are_told(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "study")
    parts(tmp_path / "study", "summary")[0].unlink()
    summary = summarise(tmp_path / "study")
    assert summary.n_runs == N_RUNS - 8
    assert summary.explained_runs == EXPLAINED - 8
    assert "16 of 24 runs" in summary_text(summary)
    assert json.loads(summary_json(summary))["missing_runs"] == 8


def test_without_explained_runs_there_is_no_why(tmp_path: Path) -> None:
    run_study(Study("rekindled_2023", 2, 7, explained_runs=0), tmp_path, workers=1)
    summary = summarise(tmp_path)
    assert summary.causes == {}
    assert "Why" not in summary_text(summary)


def test_nothing_to_sum_up_is_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputProblem, match=r"no run folder: it has no manifest\.json"):
        summarise(tmp_path)
    shutil.copy(folder / "manifest.json", tmp_path)
    with pytest.raises(OutputProblem, match="no block of this run folder is finished"):
        summarise(tmp_path)
