"""What numbers rest on: the audit, the record, the index of passages, rules of one's own."""

from pathlib import Path

import pytest

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.scenario.auditing import DESIGN, KINDS, audit
from rapprochement_sim.scenario.crosschecks import contested_names, parts
from rapprochement_sim.scenario.loading import (
    list_scenarios,
    load_passages,
    load_rules,
    load_scenario,
    rules_folder,
    validate_file,
)
from rapprochement_sim.scenario.passages import MOST_WORDS, read_passage_index, shipped_index
from rapprochement_sim.scenario.record_rows import matching_rows, unmatched_part
from rapprochement_sim.scenario.referencing import references_json, references_of
from rapprochement_sim.scenario.schema import Effect, Quantity
from rapprochement_sim.scenario.schema_conflicts import Conflict
from rapprochement_sim.scenario.templates import new_scenario

SHIPPED = "rekindled_2023"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Scenario of one's own, as a folder."""
    return new_scenario("harbour", SHIPPED, tmp_path)[0].parent


def write_rules(own: Path, text: str, name: str = "more.yaml") -> Path:
    path = own / "rules" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_shipped_number_resolves_and_every_assumption_is_reasoned() -> None:
    found = audit([load_scenario(name) for name in list_scenarios()])
    assert [str(fault) for fault in found.faults] == []
    rules = load_rules()
    numbers = [part for _, part in parts(rules) if isinstance(part, Quantity | Effect)]
    assert found.total.n_sourced > len(numbers)
    assert sum(found.total.share(kind) for kind in KINDS) == pytest.approx(1.0)
    assert found.total.counts[DESIGN] > 0
    files = {each.file for each in found.files}
    assert {"rules/parameters.yaml", f"scenarios/{SHIPPED}/scenario.yaml"} <= files


@pytest.mark.parametrize(
    ("effect", "fault"),
    [
        ('size: 0.1, range: [-0.1, 0.2], source: "singh:body#6", why: "w"', "leaves the sign open"),
        ('size: 0.1, range: [0.0, 0.2], source: "assumption", why: ""', "gives no reason"),
    ],
)
def test_faults_are_placed(effect: str, fault: str, own: Path) -> None:
    text = (
        'events:\n  e:\n    title: "E"\n    summary: "S"\n    narration: "N"\n'
        '    per_year: {value: 1.0, range: [0, 2], source: "assumption", about: "often"}\n'
        f"    parties: [seoul]\n    effects:\n      - {{on: approval, at: [seoul], {effect}}}\n"
        '    sources: ["assumption"]\n'
    )
    write_rules(own, text.replace("[0, 2]", "[0.0, 2.0]"))
    (found,) = audit([load_scenario(own)]).faults
    assert fault in str(found)
    assert "more.yaml:9:events.e.effects.0" in str(found)


def test_an_assumption_without_a_reason_is_a_fault(own: Path) -> None:
    path = own / "scenario.yaml"
    text = path.read_text(encoding="utf-8").replace("  seats: ", "  seats_: ", 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MalformedInput, match=r"seats_.*is not known here"):
        load_scenario(own)
    lines = [line for line in text.splitlines(keepends=True) if "  seats_:" not in line]
    path.write_text("".join(lines), encoding="utf-8")
    faults = audit([load_scenario(own)], with_rules=False).faults
    assert faults
    assert all("seats" in str(fault) for fault in faults)


def test_the_index_names_the_passages_and_holds_no_sentence() -> None:
    index = read_passage_index(rules_folder())
    assert index == shipped_index()
    assert set(index) == set(load_passages())
    for reference, place in index.items():
        section, _, number = reference.partition(":")[2].partition("#")
        assert int(number) == place.paragraph
        assert len(place.begins.split()) <= MOST_WORDS
        words = "".join(c if c.isalnum() else "-" for c in place.heading.lower())
        assert section == ("-".join(filter(None, words.split("-"))) or "body")


def test_keys_of_the_record_are_looked_up() -> None:
    assert len(matching_rows("polls.csv", "genron_eai:2022")) > 1
    assert matching_rows("events.csv", "2023-03-06")
    assert not matching_rows("events.csv", "2023-03")
    assert unmatched_part("polls.csv", "genron_eia:2022") == ("genron_eia", "genron_eai")
    assert unmatched_part("polls.csv", "genron_eai:2035")[0] == "2035"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("polls:genron_eia:2022", "did you mean 'genron_eai'"),
        ("stylised_facts:F99", "names no row of data/stylised_facts.csv"),
        ("trade_and_visitors:2022:KR-XX", "no field is 'KR-XX' beside '2022'"),
        ("jesmin:a-new-chapter#7", "names no passage"),
    ],
)
def test_a_source_that_names_nothing_is_refused(source: str, says: str, own: Path) -> None:
    path = own / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    assert 'source: "events:2023-08-24"' in text
    changed = text.replace('source: "events:2023-08-24"', f'source: "{source}"', 1)
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(MalformedInput) as caught:
        load_scenario(own)
    assert says in str(caught.value)


def test_every_disagreement_is_used_and_has_its_readings() -> None:
    rules = load_rules()
    of_rules = {name for name, each in rules.conflicts.items() if each.about == "rules"}
    assert contested_names(rules) == of_rules
    assert len(of_rules) >= 5
    assert {"agreement_of_2015", "return_visit_of_2023"} <= set(rules.conflicts) - of_rules
    for conflict in rules.conflicts.values():
        assert len({reading.name for reading in conflict.readings}) == len(conflict.readings)
        if conflict.about == "rules":
            assert 1.0 in {reading.scale for reading in conflict.readings}


def test_a_reading_of_rules_says_how_it_reads_a_number() -> None:
    side = {"name": "n", "text": "t", "sources": ["essay"]}
    both = {"title": "t", "where": "w", "readings": [side, side]}
    with pytest.raises(ValueError, match="exactly one of 'scale' and 'value'"):
        Conflict.model_validate(both)
    assert Conflict.model_validate({**both, "about": "record"}).readings


def test_unused_and_unknown_disagreements_are_refused(own: Path) -> None:
    side = '{name: "n", text: "t", scale: 1.0, sources: ["essay"]}'
    text = f'conflicts:\n  c:\n    title: "T"\n    where: "W"\n    readings: [{side}, {side}]\n'
    write_rules(own, text)
    with pytest.raises(MalformedInput, match="no number is contested under the name 'c'"):
        load_scenario(own)
    number = 'value: 1.0, range: [0.0, 2.0], source: "assumption", about: "a"'
    write_rules(own, f"parameters:\n  p: {{{number}, contested: us_comitment}}\n")
    with pytest.raises(MalformedInput, match="did you mean 'us_commitment'"):
        load_scenario(own)


def test_rules_of_ones_own_are_added_and_hashed(own: Path) -> None:
    before = load_scenario(own)
    assert before.rules is load_rules()
    path = write_rules(
        own, 'sources:\n  mine: {kind: study, title: "Mine", reference: "Myself, 2024"}\n'
    )
    after = load_scenario(own)
    assert "mine" in after.rules.sources
    assert set(load_rules().sources) == set(after.rules.sources) - {"mine"}
    assert after.rules_hash != before.rules_hash
    assert after.content_hash == before.content_hash
    assert "rules of its own: 1 sources" in validate_file(own)
    assert "1 sources" in validate_file(path)


def test_a_rule_file_is_checked_with_the_others_beside_it(own: Path) -> None:
    write_rules(own, 'sources:\n  mine: {kind: study, title: "Mine", reference: "Myself, 2024"}\n')
    path = write_rules(
        own,
        'parameters:\n  p: {value: 1.0, range: [0.0, 2.0], source: "mine", about: "a"}\n',
        "p.yaml",
    )
    assert "1 parameters" in validate_file(path)


def test_a_shipped_id_and_a_file_elsewhere_are_refused(own: Path, tmp_path: Path) -> None:
    path = write_rules(
        own, 'sources:\n  essay: {kind: study, title: "Mine", reference: "Myself, 2024"}\n'
    )
    with pytest.raises(MalformedInput, match="'essay' is one of the shipped sources"):
        load_scenario(own)
    outside = tmp_path / "outside.yaml"
    path.rename(outside)
    path.symlink_to(outside)
    with pytest.raises(MalformedInput, match="leads out of its folder"):
        load_scenario(own)


def test_references_are_grouped_by_work_and_counted() -> None:
    rules = load_rules()
    uses = references_of([rules, load_scenario(SHIPPED).schema])
    found = references_json("all", uses, rules, load_passages())
    assert found["assumptions"] == uses["assumption"]
    works = {work["id"]: work for work in found["works"]}
    assert {"kootneeti", "singh", "essay", "jesmin", "proma"} <= set(works)
    for work in found["works"]:
        for part in work["parts"]:
            assert part["uses"] > 0
            assert work["kind"] != "article" or part["passage"]
            assert work["kind"] != "record" or part["n_rows"]


def test_a_shipped_scenario_is_validated_by_its_name() -> None:
    assert "scenario in order" in validate_file(SHIPPED)
