import json
import re

import pytest

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.scenario.crosschecks import parts
from rapprochement_sim.scenario.explaining import (
    Explainer,
    explain,
    explain_json,
)
from rapprochement_sim.scenario.explanation_text import WIDTH, explanation_text
from rapprochement_sim.scenario.loading import load_passages, load_rules
from rapprochement_sim.scenario.schema import Effect, Quantity, RuleBook
from rapprochement_sim.scenario.topics import explainable_names
from tests.unit.scenario.conftest import SMALL

PASSAGES = load_passages(SMALL / "rules")


def explained(name: str, rules: RuleBook) -> str:
    """Explanation with line breaks and indentation taken out."""
    return " ".join(explain(name, rules, passages=PASSAGES).split())


def test_every_name_is_explained_within_the_width(small_rules: RuleBook) -> None:
    for name in explainable_names(small_rules):
        text = explain(name, small_rules, passages=PASSAGES)
        assert_fits(text)
        json.dumps(explain_json(name, small_rules, passages=PASSAGES))


def assert_fits(text: str) -> None:
    """No line is too long but one that holds one reference or address, which stays whole."""
    long = [line for line in text.splitlines() if len(line) > WIDTH]
    assert all(len(line.split()) == 1 for line in long), long


def test_every_shipped_name_is_explained() -> None:
    rules = load_rules()
    explainer = Explainer(rules)
    for name in explainable_names(rules):
        data = explainer.explain(name)
        json.dumps(data)
        text = explanation_text(data)
        assert_fits(text)
        assert "(unknown)" not in text
        assert raw_words(text) == [], name


def raw_words(text: str) -> list[str]:
    """Return truth values and ids that stand in a line of our own words.

    Addresses in brackets, rows of a record, and what can be typed stand as they are.
    """
    own = re.sub(r"\[[^\]]*\]|\([a-z]+:[^)]*\)|`[^`]*`", " ", " ".join(text.split()))
    said = re.sub(r"source: .*?(?= source: | Used by |$)", " ", own)
    return re.findall(r"\b(?:True|False|[a-z]+_[a-z_]+\([a-z_, ]*\))", said)


def test_every_number_of_an_action_is_told_with_range_and_source(small_rules: RuleBook) -> None:
    text = explained("joint_drill", small_rules)
    for _, part in parts(small_rules.actions["joint_drill"]):
        if isinstance(part, Effect):
            assert f"{part.size:+g}, plausible {part.range[0]:g} to {part.range[1]:g}" in text
            assert part.why in text
        if isinstance(part, Quantity):
            assert f"{part.value:g}" in text


def test_action_says_who_consents_and_what_it_requires(small_rules: RuleBook) -> None:
    text = explained("joint_drill", small_rules)
    for words in (
        "Seoul towards Tokyo, with the consent of Tokyo",
        "third party Washington, with the consent of Seoul and Washington",
        "CAMEO code: 0612",
        "Goldstein: 6 Goldstein score, plausible 4 to 8",
        "The actor's trust in the target above 0.2 Too little trust for a drill.",
        "Ratification: by Seoul, over Wartime forced labour",
        "times what threatens both the actor and the target",
        "Some hold that drills only provoke the North.",
    ):
        assert words in text


def test_what_people_see_can_be_typed_as_it_is_read(small_rules: RuleBook) -> None:
    for name in ("joint_drill", "cooperation", "korea_unfavourable_of_japan"):
        entry = explain_json(name, small_rules)["entries"][0]
        by_title = explain_json(f"  {entry['title'].upper()} ", small_rules)
        assert entry in by_title["entries"]
    cell = explain_json("trust_seoul_tokyo", small_rules)["entries"]
    assert explain_json("Seoul's trust in Tokyo", small_rules)["entries"] == cell


def test_source_is_resolved_to_title_and_passage(small_rules: RuleBook) -> None:
    text = explained("joint_drill", small_rules)
    assert "An Essay on Neighbours, section 'drills', paragraph 1 (article)" in text
    assert "Drills build trust and wake old memories." in text
    assert "an assumption of this model" in text
    survey = explained("korea_unfavourable_of_japan", small_rules)
    assert "Public polls, genron_eai, 2023 (record) [polls:genron_eai:2023]" in survey


def test_contested_readings_stand_side_by_side(small_rules: RuleBook) -> None:
    data = explain_json("drills_and_memory", small_rules)
    readings = data["entries"][0]["contested"][0]["readings"]
    assert len(readings) == 3
    assert {reading.get("on", "trust_floor") for reading in readings} == {
        "trust",
        "hurt",
        "trust_floor",
    }


@pytest.mark.parametrize(
    ("name", "users"),
    [
        ("trust", {"joint_drill", "cooperation"}),
        ("forced_labour", {"joint_drill", "ruling"}),
        ("drills", {"joint_drill", "cooperation"}),
        ("programme", {"realist"}),
        ("korea_unfavourable_of_japan", {"cooperation"}),
        ("polls", {"ruling", "korea_unfavourable_of_japan"}),
        ("glow", set()),
    ],
)
def test_used_by(name: str, users: set[str], small_rules: RuleBook) -> None:
    # A word of the field may bear the same name; what the rules use comes after it.
    entry = explain_json(name, small_rules)["entries"][-1]
    assert {use["name"] for use in entry["used_by"]} == users


def test_modifier_is_explained_by_itself(small_rules: RuleBook) -> None:
    text = explained("joint_drill.transparency", small_rules)
    assert "What is seen is feared less." in text
    assert "Action: Hold a joint drill" in text


@pytest.mark.parametrize(
    ("indicator", "title"),
    [
        ("trust_seoul_tokyo", "Seoul's trust in Tokyo"),
        ("hurt_forced_labour_seoul", "Hurt in Seoul: Wartime forced labour"),
        ("institution_drills_seoul_tokyo", "Joint drills, Seoul-Tokyo"),
        ("approval_tokyo", "Approval of Tokyo's government"),
        ("threat_seoul_pyongyang", "Threat that Seoul sees in Pyongyang"),
    ],
)
def test_indicator_is_explained_by_its_variable(
    indicator: str, title: str, small_rules: RuleBook
) -> None:
    (entry,) = explain_json(indicator, small_rules)["entries"]
    assert entry["title"] == title
    assert entry["kind"] == "variables"


def test_section_chooses_among_equal_names(small_rules: RuleBook) -> None:
    sources = {**small_rules.sources, "drills": small_rules.sources["essay"]}
    rules = small_rules.model_copy(update={"sources": sources})
    kinds = [entry["kind"] for entry in explain_json("drills", rules)["entries"]]
    assert kinds == ["institutions", "sources"]
    (entry,) = explain_json("sources:drills", rules)["entries"]
    assert entry["kind"] == "sources"


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("joint_dril", "joint_drill"),
        ("trst", "trust"),
        ("trust_seoul_tokio", "trust_seoul_tokyo"),
        ("zzz", ""),
        ("", ""),
    ],
)
def test_unknown_name_gives_the_nearest(name: str, nearest: str, small_rules: RuleBook) -> None:
    with pytest.raises(MalformedInput, match="nothing is called") as caught:
        explain(name, small_rules)
    assert caught.value.nearest == nearest
