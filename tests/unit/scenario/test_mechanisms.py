"""The registry of mechanisms: forty rows, and every name in them exists."""

from pathlib import Path

import pytest

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.scenario.explaining import explain
from rapprochement_sim.scenario.loading import load_rules
from rapprochement_sim.scenario.mechanisms import (
    mechanism_named,
    mechanisms_of,
    read_mechanisms,
    shipped_mechanisms,
)
from rapprochement_sim.scenario.schema import RuleBook
from rapprochement_sim.scenario.schema_mechanisms import Mechanism

ROW = """\
mechanisms:
  warmth:
    number: {number}
    title: "Warmth"
    summary: "It warms."
    passages: ["{passage}"]
    carried_by: [{carrier}]
    worked_case: none.yaml
    scenarios: [{scenario}]
    without: {without}
"""
GOOD = {
    "number": "1",
    "passage": "singh:body#4",
    "carrier": "summit",
    "scenario": "sandbox",
    "without": "{effects: [{of: [summit]}]}",
}


def read(folder: Path, **changed: str) -> dict[str, Mechanism]:
    path = folder / "mechanisms.yaml"
    path.write_text(ROW.format(**{**GOOD, **changed}))
    return read_mechanisms(path, load_rules(), ["summit"], ["singh:body#4"], ["sandbox"])


def test_forty_rows_in_sequence() -> None:
    assert [each.number for each in shipped_mechanisms().values()] == list(range(1, 41))


def test_a_good_row_is_read(tmp_path: Path) -> None:
    found = read(tmp_path)["warmth"]
    assert (found.number, found.title) == (1, "Warmth")
    assert found.passages == ["singh:body#4"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("number", "41", "41"),
        ("passage", "singh:body#99", "did you mean 'singh:body#4'"),
        ("carrier", "sumit", "did you mean 'summit'"),
        ("scenario", "sandbax", "did you mean 'sandbox'"),
        ("without", "{effects: [{of: [sumit]}]}", "fits no coefficient"),
        ("without", "{effects: [{of: [summit], on: [programme]}]}", "fits no coefficient"),
        ("without", "{values: [{lenses: [marxist]}]}", "fits no coefficient"),
        ("without", "{parameters: {relief_efect: 0.0}}", "did you mean 'relief_effect'"),
        ("without", "{carried_without_a_vote: [sign_acs]}", "did you mean 'sign_acsa'"),
        ("without", "{}", "nothing is switched off"),
    ],
)
def test_a_wrong_row_is_refused_with_its_place(
    tmp_path: Path, field: str, value: str, said: str
) -> None:
    with pytest.raises(MalformedInput) as caught:
        read(tmp_path, **{field: value})
    assert said in str(caught.value)
    assert "mechanisms.yaml" in str(caught.value)


def test_a_number_is_given_once(tmp_path: Path) -> None:
    path = tmp_path / "mechanisms.yaml"
    again = ROW.format(**GOOD).replace("mechanisms:\n", "").replace("warmth", "cold")
    path.write_text(ROW.format(**GOOD) + again)
    with pytest.raises(MalformedInput, match="number 1 is that of 'warmth'"):
        read_mechanisms(path, load_rules(), ["summit"], ["singh:body#4"], ["sandbox"])


def test_a_mechanism_is_found_by_name_and_by_number() -> None:
    assert mechanism_named("7") == mechanism_named("no_panacea")
    with pytest.raises(MalformedInput, match="no_panacea"):
        mechanism_named("no_panace")


def test_explain_shows_its_passage_and_what_it_carries() -> None:
    told = " ".join(explain("no_panacea", load_rules()).split())
    assert "kootneeti:joint-military-exercises-opportunities-for-rapprochement#3" in told
    assert "trust_open_wounds at 0" in told
    assert "(carries number 7)" in explain("trust_open_wounds", load_rules())


def test_a_rule_book_of_its_own_has_no_mechanisms(small_rules: RuleBook) -> None:
    assert mechanisms_of(small_rules) == {}
