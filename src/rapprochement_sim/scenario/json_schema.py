"""JSON Schema of rule and scenario files, with which editors complete and check them.

It is made from the pydantic models, with the names that a rule book knows. Draft 7, which
the YAML language server reads. It is a help for writing: what cross-references must hold
is told by ``rapprochement validate`` alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rapprochement_sim.scenario.basing import BASED_ON
from rapprochement_sim.scenario.crosschecks import PLACEHOLDERS
from rapprochement_sim.scenario.field_texts import FIELD_TEXTS
from rapprochement_sim.scenario.indicator_names import indicator_names
from rapprochement_sim.scenario.loading import list_scenarios, list_starts
from rapprochement_sim.scenario.names import SCALER_ARGUMENTS, VARIABLES, coordinate_kinds
from rapprochement_sim.scenario.scenario_checks import REASONED, STARTS
from rapprochement_sim.scenario.schema import RuleBook, Scenario
from rapprochement_sim.vocabulary import CAPITAL_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rapprochement_sim.scenario.names import AxisName

Json = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
_OWN_NAME = "^[a-z][a-z0-9_]*$"
_PEOPLE = sorted({name for names in PLACEHOLDERS.values() for name in names})
_ON_A_CELL = ("Effect", "Condition", "Valuation")


def rules_json_schema(rules: RuleBook) -> Json:
    """Return the JSON Schema of a rule file, with the names of a rule book."""
    schema = _schema_of(RuleBook, rules)
    schema["title"] = "Rule file of rapprochement_sim"
    schema["description"] = "Some sections of the rule book; a file holds those it needs."
    schema.pop("required", None)
    for section in schema["properties"].values():
        section.pop("default", None)
        section["propertyNames"] = {"pattern": _OWN_NAME}
    return schema


def scenario_json_schema(rules: RuleBook) -> Json:
    """Return the JSON Schema of a scenario file, with the names of a rule book."""
    schema = _schema_of(Scenario, rules)
    schema["title"] = "Scenario file of rapprochement_sim"
    properties = schema["properties"]
    properties["initial"] = {
        "type": "object",
        "description": FIELD_TEXTS["initial"],
        "additionalProperties": False,
        "properties": {name: _starts(name, axes, rules) for name, axes in STARTS.items()},
    }
    bases = [*list_scenarios(), *list_starts()]
    properties["based_on"] = {"enum": bases, "description": FIELD_TEXTS[BASED_ON]}
    _require_unless_based(schema)
    properties["hazards"]["items"] = _names(rules.events)
    properties["parameters"]["propertyNames"] = {"enum": list(rules.parameters)}
    reasoned = [*(f"initial.{name}" for name in STARTS), *REASONED]
    properties["reasons"]["propertyNames"] = {"enum": reasoned}
    definitions = schema["definitions"]
    definitions["PollStart"]["properties"]["survey"] |= _names(rules.surveys)
    definitions["ScheduledEvent"]["properties"]["event"] |= _names(rules.events)
    definitions["ClosedActs"]["properties"]["actions"]["items"] = _names(rules.actions)
    for name in ("Goal", "Outcome"):
        definitions[name]["properties"]["indicator"] |= _names(indicator_names(rules))
    return schema


def _require_unless_based(schema: Json) -> None:
    """Ask for every part, but in a file that is based on another one."""
    brief = schema["definitions"]["SeatBrief"].pop("required")
    seats = {"required": list(CAPITAL_KEYS), "additionalProperties": {"required": brief}}
    schema["if"] = {"required": [BASED_ON]}
    schema["else"] = {"required": schema.pop("required"), "properties": {"seats": seats}}


def _schema_of(model: type[RuleBook | Scenario], rules: RuleBook) -> Json:
    made = model.model_json_schema(ref_template="#/definitions/{model}")
    schema = {"$schema": DRAFT, **made, "definitions": made.get("$defs", {})}
    schema.pop("$defs", None)
    for part in (schema, *schema["definitions"].values()):
        _describe(part, rules)
    for name in _ON_A_CELL:
        if name in schema["definitions"]:
            _address(schema["definitions"][name], rules)
    return schema


def _describe(part: Json, rules: RuleBook) -> None:
    part["description"] = " ".join(part.get("description", "").replace("``", "'").split())
    for name, field in part.get("properties", {}).items():
        field.pop("title", None)
        field["description"] = FIELD_TEXTS[name]
        if name in {"source", "lens_source"}:
            field["anyOf"] = [
                {"enum": ["assumption"]},
                {"pattern": f"^({'|'.join(rules.sources)})(:.+)?$"},
                {"pattern": "^[a-z][a-z0-9_]*(:.+)?$"},
            ]
        if name == "contested":
            field["anyOf"] = [{"enum": ["", *rules.conflicts]}, {"pattern": _OWN_NAME}]
        if name == "dispute":
            field.update(_names(rules.disputes))


def _address(part: Json, rules: RuleBook) -> None:
    """Say for each variable which names address its cells, and which scalers there are."""
    properties = part["properties"]
    properties["on"] |= {"enum": list(VARIABLES)}
    people = [*CAPITAL_KEYS, *_PEOPLE]
    part["allOf"] = [
        {
            "if": {"properties": {"on": {"const": name}}, "required": ["on"]},
            "then": {"properties": {"at": _cell(variable.axes, rules, people)}},
        }
        for name, variable in VARIABLES.items()
    ]
    if "scaled_by" in properties:
        plain = [name for name, kinds in SCALER_ARGUMENTS.items() if not kinds]
        asked = [name for name, kinds in SCALER_ARGUMENTS.items() if kinds]
        forms = [f"{name}({', '.join(SCALER_ARGUMENTS[name])})" for name in asked]
        properties["scaled_by"] |= {
            "anyOf": [{"enum": plain}, {"pattern": rf"^({'|'.join(asked)})\([a-z0-9_, ]+\)$"}],
            "description": f"{FIELD_TEXTS['scaled_by']} Scalers: {', '.join([*plain, *forms])}.",
        }


def _starts(name: str, axes: tuple[AxisName, ...], rules: RuleBook) -> Json:
    about = VARIABLES[name].about if name in VARIABLES else FIELD_TEXTS["initial"]
    cell = _cell(axes, rules, [*CAPITAL_KEYS, "any"])
    value: Json = {"$ref": "#/definitions/StartValue"}
    return {
        "type": "array",
        "description": about,
        "items": {"allOf": [value, {"properties": {"at": cell}}]},
    }


def _cell(axes: tuple[AxisName, ...], rules: RuleBook, people: list[str]) -> Json:
    kinds = coordinate_kinds(axes)
    named = {"dispute": list(rules.disputes), "institution": list(rules.institutions)}
    items = [_names(named[kind]) if kind in named else {"enum": people} for kind in kinds]
    sizes = {"minItems": len(items), "maxItems": len(items)}
    return {"type": "array", "items": items, **sizes} if items else {"type": "array", **sizes}


def _names(known: Iterable[str]) -> Json:
    """Complete the known names, and let a file name one of its own."""
    return {"anyOf": [{"enum": list(known)}, {"type": "string", "pattern": _OWN_NAME}]}
