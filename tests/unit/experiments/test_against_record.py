"""From a poll file to scores: what is scored, beside what, and that the file says so."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from rapprochement_sim.commands.hindcast import command
from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.experiments.against_record import (
    Verdict,
    hold_against,
    unmet_by_the_fit,
)
from rapprochement_sim.experiments.baselines import BASELINES
from rapprochement_sim.experiments.courses import QUANTILES
from rapprochement_sim.experiments.observation_rows import COLUMNS
from rapprochement_sim.experiments.observations import ObservationFile, read_observations
from rapprochement_sim.experiments.record import load_record
from rapprochement_sim.experiments.score_chart import chart
from rapprochement_sim.experiments.score_text import scores_text

HELD_OUT_FROM = 84


def early(read: ObservationFile) -> ObservationFile:
    """Cut a file to Genron/EAI and affinity before 2019, later rows held out."""
    rows = tuple(
        replace(each, role="test" if each.month >= HELD_OUT_FROM else each.role)
        for each in read.observations
        if each.month < 102 and each.measure in {"favourable", "unfavourable", "affinity"}
    )
    return ObservationFile(rows, read.set_aside, read.remarks)


@pytest.fixture(scope="module")
def verdict() -> Verdict:
    return hold_against(load_record(), early(read_observations()), n_draws=64)


def test_only_rows_that_anchor_nothing_are_scored_as_held_out(verdict: Verdict) -> None:
    held_out = [row for row in verdict.scores["rows"] if row["use"] == "scored"]
    assert verdict.scores["free"]["rows"] == len(held_out) > 5
    assert {row["date"][:4] for row in held_out} == {"2017", "2018"}


def test_every_table_has_the_model_and_all_baselines(verdict: Verdict) -> None:
    for name in ("free", "one_step_ahead", "rolling_origin", "fitted_years_in_sample"):
        table = verdict.scores[name]
        assert {"model", *BASELINES} <= set(table["pooled"])
        for scores in [table["pooled"], *table["series"].values()]:
            assert {"n", "mean_absolute_error", "crps", "coverage_50", "coverage_90"} <= set(
                scores["model"]
            )
        assert ("one_step_persistence" in table["pooled"]) == (name == "one_step_ahead")
        over = table["skill"]["model"]["dressed_persistence"]
        assert over["by_episode"]["units"] < over["by_point"]["units"]


def test_series_add_up_to_the_pool(verdict: Verdict) -> None:
    table = verdict.scores["rolling_origin"]
    parts = [(each["model"]["n"], each["model"]["crps"]) for each in table["series"].values()]
    n, crps = (np.array(column) for column in zip(*parts, strict=True))
    assert n.sum() == table["rows"]
    assert (n * crps).sum() / n.sum() == pytest.approx(table["pooled"]["model"]["crps"], abs=1e-3)


def test_scores_can_be_written_and_are_the_same_again(verdict: Verdict) -> None:
    again = hold_against(load_record(), early(read_observations()), n_draws=64)
    assert json.dumps(again.scores) == json.dumps(verdict.scores)


def test_the_chart_draws_every_row(verdict: Verdict) -> None:
    drawn = chart(verdict.free, verdict.baselines, "A & B")
    assert drawn.startswith("<svg")
    assert drawn.count("<title>") == len(verdict.free.observations)
    bands = re.search(r'<polygon points="([^"]*)"', drawn)
    assert bands is not None
    assert len(bands[1].split()) == 2 * load_record().months
    assert "A &amp; B" in drawn


def test_the_command_keeps_scores_and_chart(tmp_path: Path) -> None:
    read = read_observations().observations
    polls = tmp_path / "polls.csv"
    header = (
        "series,year,date,respondent,target,measure,value,unit,comparability_note,source,"
        "quote,verified,confidence,role"
    )
    codes = {"seoul": "KR", "tokyo": "JP"}
    lines = [
        f"{each.series},{each.year},{each.date},{codes[each.respondent.key]},"
        f"{codes[each.target.key]},{each.measure},{each.value},pct,,here,,yes,high,{each.role}"
        for each in read
        if each.target is not None
        and each.target.key in codes
        and each.measure == "unfavourable"
        and each.role == "fit"
    ]
    polls.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    out = tmp_path / "out"
    arguments = ["--observations", str(polls), "--draws", "20", "--workers", "1", "--out", str(out)]
    result = CliRunner().invoke(command, arguments, standalone_mode=False)
    assert result.exception is None, result.output
    kept = json.loads((out / "scores.json").read_text(encoding="utf-8"))
    assert kept["format"] == "rapprochement-sim scores"
    assert kept["draws"] == 20
    assert (out / "chart.svg").read_text(encoding="utf-8").endswith("</svg>\n")
    assert "Rolling origin" in result.output


def test_a_file_without_any_forecast_is_refused_row_by_row(tmp_path: Path) -> None:
    polls = tmp_path / "polls.csv"
    rows = [
        f"vote,{year},{year}-01,KR,policy,support,30,pct,,made,,yes,low,test"
        for year in (2012, 2013)
    ]
    polls.write_text("\n".join([",".join(COLUMNS), *rows, ""]), encoding="utf-8")
    with pytest.raises(MalformedInput, match="asked about a policy") as caught:
        hold_against(load_record(), read_observations(polls), n_draws=20)
    assert "polls.csv:2" in str(caught.value)
    assert "polls.csv:3" in str(caught.value)


def test_a_refused_file_leaves_no_folder_behind(tmp_path: Path) -> None:
    polls, out = tmp_path / "polls.csv", tmp_path / "out"
    row = "vote,2012,2012-01,KR,policy,support,30,pct,,made,,yes,low,test"
    for rows in ([row], [row, row.replace("2012", "2013")], []):
        polls.write_text("\n".join([",".join(COLUMNS), *rows, ""]), encoding="utf-8")
        arguments = ["--observations", str(polls), "--draws", "20", "--out", str(out)]
        result = CliRunner().invoke(command, arguments, standalone_mode=False)
        assert isinstance(result.exception, MalformedInput)
        assert "polls.csv:" in str(result.exception)
        assert not out.exists()


def test_rows_of_role_fit_that_no_fit_met_are_named() -> None:
    record, rows = load_record(), early(read_observations()).observations
    moved = tuple(replace(each, value=each.value + 0.5) for each in rows[:3])
    assert ": 3; the shipped posterior" in unmet_by_the_fit(record, (*moved, *rows[3:]))
    assert unmet_by_the_fit(record, rows) == ""


def test_a_single_episode_has_no_interval(verdict: Verdict) -> None:
    scores = json.loads(json.dumps(verdict.scores))
    over = scores["free"]["skill"]["model"]["dressed_persistence"]
    over["by_episode"] |= {"units": 1, "estimate": 0.125}
    lines = list(scores_text(scores))
    assert any("dressed persistence" in line and "+0.12 (one episode)" in line for line in lines)


def test_the_bands_of_a_month_meet_the_forecast_of_a_row_in_it(verdict: Verdict) -> None:
    for row, link in enumerate(verdict.free.links):
        month = verdict.free.observations[row].month
        there = verdict.free.courses[link.key][:, month]
        here = np.quantile(verdict.free.predicted[row], QUANTILES)
        assert there[2] == pytest.approx(here[2], abs=6.0)


def test_the_text_fits_80_columns_and_names_every_baseline(verdict: Verdict) -> None:
    lines = "\n".join(scores_text(verdict.scores)).splitlines()
    assert max(map(len, lines)) <= 80
    for name in ("one step persistence", "fitted mean", "damped trend", "event blind relaxation"):
        assert any(line.strip().startswith(name) for line in lines)
