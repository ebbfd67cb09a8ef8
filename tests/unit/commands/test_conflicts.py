import json

import pytest
from click.testing import CliRunner

from rapprochement_sim.commands.conflicts import command
from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.scenario.loading import load_rules


def said(*words: str) -> str:
    return CliRunner().invoke(command, words, catch_exceptions=False).output


def test_every_disagreement_is_listed_with_both_readings() -> None:
    text = said()
    flat = " ".join(text.split())
    for name, conflict in load_rules().conflicts.items():
        assert f"[{name}]" in text
        for reading in conflict.readings:
            assert reading.text in flat
    assert max(map(len, text.splitlines())) <= 78


def test_one_is_told_with_its_sources_and_what_it_touches() -> None:
    text = said("drills_build_trust")
    assert "[singh:body#5]" in text
    assert "trust (party, partner)" in text
    (told,) = json.loads(said("drills_build_trust", "--json"))
    assert {reading["scale"] for reading in told["readings"]} == {0.0, 1.0}
    assert len(told["touches"]) >= 3


def test_a_matter_of_record_touches_nothing() -> None:
    assert "no number depends on it" in said("return_visit_of_2023")
    (told,) = json.loads(said("return_visit_of_2023", "--json"))
    assert told["touches"] == []


def test_an_unknown_name_gives_the_nearest() -> None:
    with pytest.raises(MalformedInput, match="did you mean 'us_commitment'"):
        said("us_comitment")
