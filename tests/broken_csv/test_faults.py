"""Every fault of a poll file is named and placed, and ends with status 2, not a traceback."""

import os
import re
from pathlib import Path
from typing import Any

import pytest

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.experiments.observations import read_observations
from rapprochement_sim.scenario.composing import read_document

HERE = Path(__file__).parent
FAULTS: list[dict[str, Any]] = read_document(HERE / "faults.yaml").data


@pytest.mark.parametrize("fault", FAULTS, ids=[Path(fault["file"]).stem for fault in FAULTS])
def test_fault_is_named_and_placed(fault: dict[str, Any]) -> None:
    path = HERE / "files" / fault["file"]
    with pytest.raises(MalformedInput) as caught:
        read_observations(path)
    message = str(caught.value)
    for words in fault["says"]:
        assert str(words) in message
    place = rf"{re.escape(path.name)}:{fault['at']}(:|$)" if "at" in fault else f"{path.name}$"
    assert re.search(place, caught.value.where)


def test_every_broken_file_has_its_fault() -> None:
    assert {fault["file"] for fault in FAULTS} == {p.name for p in (HERE / "files").iterdir()}


def test_a_file_that_is_not_there_and_one_that_is_too_large(tmp_path: Path) -> None:
    with pytest.raises(MalformedInput, match="cannot be read"):
        read_observations(tmp_path / "none.csv")
    large = tmp_path / "large.csv"
    large.write_bytes(b"a" * 10_000_001)
    with pytest.raises(MalformedInput, match="too large"):
        read_observations(large)


def test_a_device_is_no_table() -> None:
    with pytest.raises(MalformedInput, match="a device or a pipe"):
        read_observations(Path(os.devnull))
