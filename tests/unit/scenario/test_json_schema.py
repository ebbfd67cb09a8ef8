"""The JSON Schema accepts what is shipped and sees plain mistakes."""

import copy
import re
from typing import Any

import pytest

from rapprochement_sim.scenario import schema as file_models
from rapprochement_sim.scenario.composing import read_document
from rapprochement_sim.scenario.field_texts import FIELD_TEXTS
from rapprochement_sim.scenario.json_schema import rules_json_schema, scenario_json_schema
from rapprochement_sim.scenario.loading import load_rules, rules_folder, scenarios_folder
from rapprochement_sim.scenario.rule_files import rule_paths
from rapprochement_sim.scenario.schema_conflicts import ConflictReading

RULES = rules_json_schema(load_rules())
SCENARIO = scenario_json_schema(load_rules())
TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "number": (int, float),
    "integer": int,
    "null": type(None),
    "boolean": bool,
}


def is_valid(value: Any, schema: dict[str, Any], root: dict[str, Any]) -> bool:
    """Check a value by the part of draft 7 that our schemas use."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/definitions/")
        return is_valid(value, root["definitions"][name], root)
    checks = [
        "type" not in schema or isinstance(value, TYPES[schema["type"]]),
        "const" not in schema or value == schema["const"],
        "enum" not in schema or value in schema["enum"],
        all(is_valid(value, each, root) for each in schema.get("allOf", [])),
        "anyOf" not in schema or any(is_valid(value, each, root) for each in schema["anyOf"]),
    ]
    if "if" in schema:
        branch = "then" if is_valid(value, schema["if"], root) else "else"
        checks.append(is_valid(value, schema.get(branch, {}), root))
    if isinstance(value, str):
        checks.append(re.search(schema.get("pattern", ""), value) is not None)
    if isinstance(value, int | float):
        checks.append(schema.get("minimum", value) <= value <= schema.get("maximum", value))
    if isinstance(value, list):
        checks.append(_is_valid_list(value, schema, root))
    if isinstance(value, dict):
        checks.append(_is_valid_object(value, schema, root))
    return all(checks)


def _is_valid_list(value: list[Any], schema: dict[str, Any], root: dict[str, Any]) -> bool:
    items = schema.get("items", {})
    each = items if isinstance(items, list) else [items] * len(value)
    sized = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
    return sized and all(is_valid(v, s, root) for v, s in zip(value, each, strict=False))


def _is_valid_object(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any]) -> bool:
    known = schema.get("properties", {})
    other = schema.get("additionalProperties", True)
    names = schema.get("propertyNames", {})
    return (
        set(schema.get("required", [])) <= set(value)
        and all(is_valid(key, names, root) for key in value)
        and all(is_valid(v, known[k], root) for k, v in value.items() if k in known)
        and all(
            other is not False and (other is True or is_valid(v, other, root))
            for k, v in value.items()
            if k not in known
        )
    )


@pytest.mark.parametrize("path", rule_paths(rules_folder()), ids=lambda path: path.name)
def test_shipped_rules_fit(path: Any) -> None:
    assert is_valid(read_document(path).data, RULES, RULES)


@pytest.mark.parametrize(
    "path", sorted(scenarios_folder().glob("*/scenario.yaml")), ids=lambda path: path.parent.name
)
def test_shipped_scenarios_fit(path: Any) -> None:
    assert is_valid(read_document(path).data, SCENARIO, SCENARIO)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"on": "trust"}, {"on": "trsut"}),
        ({"at": ["target", "actor"]}, {"at": ["target"]}),
        ({"at": ["target", "actor"]}, {"at": ["target", "nowhere"]}),
        ({"scaled_by": "one"}, {"scaled_by": "sallience(forced_labour, seoul)"}),
        ({"size": 0.1}, {"size": "much"}),
        ({"why": "w"}, {"wy": "w"}),
    ],
)
def test_mistakes_in_an_effect_are_seen(old: dict[str, Any], new: dict[str, Any]) -> None:
    effect = {
        "on": "trust",
        "at": ["target", "actor"],
        "size": 0.1,
        "range": [0.0, 0.2],
        "scaled_by": "one",
        "source": "assumption",
        "why": "w",
    }
    part = RULES["definitions"]["Effect"]
    assert is_valid(effect, part, RULES)
    broken = {**{k: v for k, v in effect.items() if k not in old}, **new}
    assert not is_valid(broken, part, RULES)


def test_mistakes_in_a_scenario_are_seen() -> None:
    data = read_document(scenarios_folder() / "rekindled_2023" / "scenario.yaml").data
    alone = {k: v for k, v in data.items() if k != "based_on"}
    assert is_valid(data, SCENARIO, SCENARIO)
    assert not is_valid(alone, SCENARIO, SCENARIO)
    for key, value in (("turn_months", 2), ("era", 3), ("typo", 1)):
        assert not is_valid({**data, key: value}, SCENARIO, SCENARIO)
    start = read_document(scenarios_folder() / "starts" / "start_2023.yaml").data
    broken = {**data, "initial": copy.deepcopy(start["initial"])}
    assert is_valid(broken, SCENARIO, SCENARIO)
    broken["initial"]["trust"][0]["at"] = ["seoul"]
    assert not is_valid(broken, SCENARIO, SCENARIO)


def test_every_key_of_a_file_is_described_and_nothing_else() -> None:
    models = [
        model
        for model in (*vars(file_models).values(), ConflictReading)
        if isinstance(model, type) and hasattr(model, "model_fields")
    ]
    keys = {key for model in models for key in model.model_fields}
    assert set(FIELD_TEXTS) == keys
    for text in FIELD_TEXTS.values():
        assert text.endswith(".")
