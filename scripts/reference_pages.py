"""The pages of docs/reference, made from the rules, the schema and the command line.

Nothing on these pages is written by hand: ``scripts/refresh_docs.py`` writes them, and a
test compares them with what the rules say now.
"""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

import click
from pydantic_core import PydanticUndefined

from rapprochement_sim import cli
from rapprochement_sim.scenario import schema
from rapprochement_sim.scenario.crosschecks import parts
from rapprochement_sim.scenario.explaining import Explainer, explainable_names
from rapprochement_sim.scenario.indicator_names import indicator_names
from rapprochement_sim.scenario.loading import load_passages, load_rules
from rapprochement_sim.scenario.names import APPRAISALS, SCALER_ARGUMENTS, VARIABLES
from rapprochement_sim.scenario.schema import Effect, Quantity, RuleBook, Valuation
from rapprochement_sim.scenario.usage import Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import BaseModel

Lines = list[str]
WRITTEN = "<!-- Written by scripts/refresh_docs.py from the rules. Do not edit by hand. -->"

_ENTRY_PAGES = {
    "actions": "Actions",
    "events": "Events",
    "disputes": "Disputes",
    "institutions": "Institutions",
    "surveys": "Surveys",
    "lenses": "Lenses",
}
_ABOUT = {
    "actions": """
What capitals can order or propose. A size is an increment on the latent scale of the
variable, before saturation; *times* names what multiplies it. `party` runs over all who
take part, `partner` over the others. Hostile effects on trust count `trust_negativity`
times.
""",
    "events": """
What befalls and nobody orders. `per year` is the rate of a chance event; a scenario says
which of them may befall, and may put others on its calendar.
""",
    "disputes": """
Quarrels that publics carry. A weight is how far a full unit of that public's hurt pulls
its attitude (latent).
""",
    "institutions": """
Ladders of cooperation between two capitals, from 0 (none) to 1 (treaty).
""",
    "surveys": """
Polls as they are asked. The share is the mean over citizens of a soft step at
`threshold` with `width`, both on the latent scale of attitudes.
""",
    "lenses": """
What each school of thought values. A score is the sum over an order's expected effects
of size times weight, each times its scalers.
""",
}


def pages() -> dict[str, str]:
    """Return every page of the reference, by file name."""
    rules, passages = load_rules(), load_passages()
    explainer = Explainer(rules, passages)
    made = {
        f"{section}.md": _page(title, _ABOUT[section].strip(), _entries(section, rules, explainer))
        for section, title in _ENTRY_PAGES.items()
    }
    made["parameters.md"] = _parameters(rules)
    made["indicators.md"] = _indicators(rules)
    made["contested.md"] = _contested(rules, explainer)
    made["sources.md"] = _sources(rules, passages)
    made["fields.md"] = _fields()
    made["commands.md"] = _commands()
    made["README.md"] = _contents(rules, made)
    return made


def _page(title: str, about: str, lines: Iterable[str]) -> str:
    return "\n".join([f"# {title}", "", WRITTEN, "", about, "", *lines]).rstrip() + "\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Lines:
    columns = list(head)
    lines = [_row(columns), _row("---" for _ in columns)]
    lines += [_row(row) for row in rows]
    return [*lines, ""]


def _row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


# ------------------------------------------------------------------ entries


def _entries(section: str, rules: RuleBook, explainer: Explainer) -> Lines:
    lines: Lines = []
    for name in getattr(rules, section):
        lines += _entry(explainer.entry(Topic(section, name)))
    return lines


def _entry(entry: Mapping[str, Any]) -> Lines:
    lines = [f"## {entry['title'] or entry['name']}", "", f"`{entry['name']}`", ""]
    if entry["summary"]:
        lines += [entry["summary"], ""]
    lines += [f"- {label}: {text}" for label, text in entry["facts"].items()]
    lines += [f"- {_condition(condition)}" for condition in entry["conditions"]]
    if entry["dissent"]:
        lines.append(f"- what a dissenting adviser says: {entry['dissent']}")
    if lines[-1]:
        lines.append("")
    if entry["numbers"]:
        head = ("number", "value", "plausible", "unit", "about", "source")
        lines += _table(head, (_number(number) for number in entry["numbers"]))
    for group in dict.fromkeys(effect["group"] for effect in entry["effects"]):
        lines += _effects(group, [e for e in entry["effects"] if e["group"] == group])
    references = ", ".join(f"`{source['reference']}`" for source in entry["sources"])
    return [*lines, f"Sources: {references}", ""] if references else lines


def _number(number: Mapping[str, Any]) -> Lines:
    return [
        number["label"],
        f"{number['value']:g}",
        _range(number["range"]),
        number["unit"],
        _marked(number["about"], number["contested"]),
        f"`{number['source']['reference']}`",
    ]


def _effects(group: str, effects: list[Mapping[str, Any]]) -> Lines:
    is_values = any(effect["seats"] for effect in effects) or not effects[0]["range"]
    head = ["moves", "size", "plausible", "times", "why", "source"]
    if is_values:
        head = ["looks at", "weight", "for", "times", "why", "source"]
    rows = []
    for effect in effects:
        third = ", ".join(effect["seats"]) or "all" if is_values else _range(effect["range"])
        rows.append(
            [
                f"`{effect['on']}({', '.join(effect['at'])})`",
                f"{effect['size']:+g}",
                third,
                "" if effect["scaled_by"] == "one" else f"`{effect['scaled_by']}`",
                _marked(effect["why"], effect["contested"]),
                f"`{effect['source']['reference']}`",
            ]
        )
    return [f"{group.capitalize()}:", "", *_table(head, rows)]


def _marked(text: str, contested: str) -> str:
    return f"{text} (contested: `{contested}`)" if contested else text


def _range(ends: list[float]) -> str:
    return f"{ends[0]:g} to {ends[1]:g}"


def _condition(condition: Mapping[str, Any]) -> str:
    words = {"unless": "averted if", "requires": "only if"}
    bounds = [
        f"{sign} {condition[key]:g}"
        for key, sign in (("above", ">"), ("below", "<"))
        if condition[key] is not None
    ]
    cell = f"`{condition['on']}({', '.join(condition['at'])})`"
    start = words.get(condition["group"], condition["group"])
    return f"{start} {cell} {' and '.join(bounds)}: {condition['reason']}"


# ------------------------------------------------------------------ tables


def _parameters(rules: RuleBook) -> str:
    numbers = rules.parameters
    assumed = sum(each.source.startswith("assumption") for each in numbers.values())
    about = (
        f"Every coefficient of the dynamics and of choice: {len(numbers)}, of which {assumed} are "
        "assumptions. A scenario may set its own value for any of them."
    )
    rows = (
        [
            f"`{name}`",
            f"{each.value:g}",
            _range(each.range),
            each.unit,
            _marked(each.about, each.contested),
            f"`{each.source}`",
        ]
        for name, each in numbers.items()
    )
    head = ("parameter", "value", "plausible", "unit", "about", "source")
    return _page("Parameters", about, _table(head, rows))


def _indicators(rules: RuleBook) -> str:
    about = (
        f"Every number that people see: {len(indicator_names(rules))} of them. A cell of the state "
        "is named by its variable and the names along its axes: `trust_seoul_tokyo`, "
        "`hurt_forced_labour_seoul`, `institution_gsomia_seoul_tokyo`. A pair of capitals without "
        "direction is named in the sequence seoul, tokyo, washington, beijing, pyongyang."
    )
    lines = ["## Variables", "", variable_table(), ""]
    lines += ["## Appraisals", "", "Derived; no act moves them directly.", ""]
    lines += _table(
        ("name", "named by", "about"),
        ([f"`{a.name}`", ", ".join(a.axes), a.about] for a in APPRAISALS.values()),
    )
    lines += ["## Polls", "", "True shares in percent; `published_` and the id: as published.", ""]
    lines += _table(
        ("survey", "title"), ([f"`{name}`", each.title] for name, each in rules.surveys.items())
    )
    lines += [
        "## Composites",
        "",
        "Weighted sums, about 0 to 100. Their causes are weighted too.",
        "",
    ]
    for name, composite in rules.composites.items():
        lines += [f"### {composite.title}", "", f"`{name}`: {composite.summary}", ""]
        lines += _table(
            ("of", "weight"),
            [["(offset)", f"{composite.offset:g}"]]
            + [[f"`{term.of}`", f"{term.weight:+g}"] for term in composite.terms],
        )
        lines += [f"Source of the weights: `{composite.source}`", ""]
    lines += [
        "## Scalers",
        "",
        "What may multiply an effect or a weight, and what it is asked about.",
        "",
    ]
    lines += _table(
        ("scaler", "arguments"),
        ([f"`{name}`", ", ".join(kinds) or "none"] for name, kinds in SCALER_ARGUMENTS.items()),
    )
    return _page("Indicators", about, lines)


def variable_table() -> str:
    """Return the table of all variables that acts can move."""
    rows = (
        [f"`{v.name}`", ", ".join(v.axes), f"{v.low:g} to {v.high:g}", v.link, v.about]
        for v in VARIABLES.values()
    )
    return "\n".join(_table(("variable", "named by", "range", "link", "about"), rows)).rstrip()


def _contested(rules: RuleBook, explainer: Explainer) -> str:
    about = (
        "Where the sources disagree, both readings are kept: the numbers that carry them share a "
        "name, so that a study can vary them together."
    )
    named = {name for _, part in parts(rules) if (name := getattr(part, "contested", ""))}
    lines: Lines = []
    for name in sorted(named):
        entry = explainer.entry(Topic("contested", name))
        lines += [f"## {entry['title']}", "", f"`{name}`", ""]
        rows = []
        for reading in entry["contested"][0]["readings"]:
            is_effect = "on" in reading
            value = f"{reading['size']:+g}" if is_effect else f"{reading['value']:g}"
            what = (
                f"`{reading['on']}({', '.join(reading['at'])})`" if is_effect else reading["label"]
            )
            text = reading["why"] if is_effect else reading["about"]
            source = f"`{reading['source']['reference']}`"
            rows.append([reading["label"], what, value, _range(reading["range"]), text, source])
        head = ("where", "what", "value", "plausible", "about", "source")
        lines += _table(head, rows)
    return _page("Contested readings", about, lines)


def _sources(rules: RuleBook, passages: Mapping[str, str]) -> str:
    cited = [
        getattr(part, "source", "")
        for _, part in parts(rules)
        if isinstance(part, Quantity | Effect | Valuation)
    ]
    assumed = sum(reference.startswith("assumption") for reference in cited)
    about = (
        f"Of {len(cited)} numbers in the rules, {assumed} are assumptions; every other one names a "
        "passage, a row of the record or a study. A passage may support the direction of an effect "
        "and not its size: most sizes are judgements within the stated range."
    )
    lines = _table(
        ("key", "kind", "work", "how far to trust it"),
        (
            [f"`{name}`", each.kind, f"{each.title}. {each.reference}", each.grade]
            for name, each in rules.sources.items()
        ),
    )
    lines += ["## Passages", "", "What each cited passage says, in our words.", ""]
    lines += _table(
        ("passage", "says"), ([f"`{key}`", text] for key, text in sorted(passages.items()))
    )
    return _page("Sources", about, lines)


# ------------------------------------------------------------------ schema and commands


def _fields() -> str:
    about = (
        "What rule files and scenario files may contain. Unknown keys are errors. "
        "`rapprochement validate` checks a file and names file, line, key and what is allowed."
    )
    lines: Lines = []
    for model in vars(schema).values():
        if (
            isinstance(model, type)
            and issubclass(model, schema.Schema)
            and model is not schema.Schema
        ):
            lines += [f"## {model.__name__}", "", *_docstring(model), ""]
            lines += _table(("key", "type", "if left out"), _field_rows(model))
    return _page("Fields of rule and scenario files", about, lines)


def _docstring(model: type[BaseModel]) -> Lines:
    text = (model.__doc__ or "").replace("``", "`")
    return [line.strip() for line in text.strip().splitlines()]


def _field_rows(model: type[BaseModel]) -> Iterable[Lines]:
    for name, field in model.model_fields.items():
        default = "required" if field.default is PydanticUndefined else f"`{field.default!r}`"
        limits = ", ".join(
            text for each in field.metadata if (text := _limit(each)) and "Length" not in text
        )
        kind = _type(field.annotation)
        yield [f"`{name}`", f"{kind} ({limits})" if limits else kind, default]


def _limit(constraint: object) -> str:
    signs = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<"}
    found = [
        f"{sign} {getattr(constraint, key):g}"
        for key, sign in signs.items()
        if getattr(constraint, key, None) is not None
    ]
    return ", ".join(found)


def _type(annotation: Any) -> str:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        limits = ", ".join(text for each in inner[1:] for text in _limits_within(each))
        return f"{_type(inner[0])} ({limits})" if limits else _type(inner[0])
    if origin is Literal:
        return " or ".join(f"`{each}`" for each in inner)
    if origin is list:
        return f"list of {_type(inner[0])}"
    if origin is dict:
        return f"{_type(inner[0])} to {_type(inner[1])}"
    if origin in (Union, types.UnionType):
        return " or ".join("nothing" if each is type(None) else _type(each) for each in inner)
    plain = {str: "text", float: "number", int: "whole number", bool: "true or false"}
    return plain.get(annotation, getattr(annotation, "__name__", str(annotation)))


def _limits_within(constraint: object) -> Iterable[str]:
    for each in getattr(constraint, "metadata", [constraint]):
        if text := _limit(each):
            yield text


def _commands() -> str:
    about = (
        "Every command says the same with `--help`. All end with status 0 if all is well, 1 if "
        "something could not be finished, 2 if it was refused with one message, and 130 after "
        "Ctrl-C."
    )
    lines: Lines = []
    settings: dict[str, Any] = {**cli.commands.context_settings, "terminal_width": 80}
    whole = click.Context(cli.commands, info_name="rapprochement", **settings)
    for name in cli.COMMANDS:
        found = cli.commands.get_command(whole, name)
        if found is not None:
            context = click.Context(found, info_name=name, parent=whole)
            lines += [f"## {name}", "", "```text", found.get_help(context), "```", ""]
    return _page("Commands", about, lines)


def _contents(rules: RuleBook, made: Mapping[str, str]) -> str:
    about = (
        "Made from the rules, so that it is never behind them. `rapprochement explain NAME` says "
        "the same of one name, with its sources in full; it knows "
        f"{len(explainable_names(rules))} names."
    )
    titles = ((name, text.splitlines()[0].removeprefix("# ")) for name, text in made.items())
    return _page("Reference", about, [f"- [{title}]({name})" for name, title in titles])
