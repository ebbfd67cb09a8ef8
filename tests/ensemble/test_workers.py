"""The same bytes from one worker and from two."""

from pathlib import Path

import pytest

from rapprochement_sim.experiments.runs import Study, run_study
from tests.ensemble.commands import bytes_of

STUDY = Study("rekindled_2023", runs=70, seed=11, block_size=16, explained_runs=20)


@pytest.mark.slow  # by default tests/analyst compares one worker with two
def test_the_number_of_workers_changes_no_byte(tmp_path: Path) -> None:
    for workers in (1, 2):
        result = run_study(STUDY, tmp_path / str(workers), workers=workers)
        assert result.failures == ()
    assert bytes_of(tmp_path / "1") == bytes_of(tmp_path / "2")
