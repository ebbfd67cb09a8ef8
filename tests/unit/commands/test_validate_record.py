"""``validate`` checks records as well as scenarios and rules."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from rapprochement_sim.commands.validate import command
from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.experiments.record import DATA, SHIPPED_RECORD


def said(*paths: object) -> str:
    arguments = [str(path) for path in paths]
    result = CliRunner().invoke(command, arguments, standalone_mode=False, catch_exceptions=False)
    return result.output


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA / SHIPPED_RECORD, tmp_path / "own_record"))


def test_a_record_is_reported_by_name_folder_or_table(own: Path) -> None:
    reports = [said(SHIPPED_RECORD), said(own), said(own / "acts.csv")]
    assert all("record in order" in report and "192 months" in report for report in reports)


def test_every_fault_of_a_record_is_told_with_its_line(own: Path) -> None:
    acts = own / "acts.csv"
    lines = acts.read_text(encoding="utf-8").splitlines()
    lines[2] = lines[2].replace(",2010-05,", ",2010-13,")
    acts.write_text("\n".join([*lines[:-1], ""]), encoding="utf-8")
    with pytest.raises(MalformedInput) as caught:
        said(own)
    message = str(caught.value)
    assert "acts.csv:3:month: '2010-13' is no month" in message
    assert "is told nowhere" in message


def test_a_record_with_a_spoilt_posterior_is_refused(own: Path) -> None:
    (own / "posterior.json").write_text("{}", encoding="utf-8")
    with pytest.raises(MalformedInput, match="no posterior that a fit has written"):
        said(own)
