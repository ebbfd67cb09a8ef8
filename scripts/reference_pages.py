"""The pages of docs/reference, made from the rules, the schema and the command line.

Nothing on these pages is written by hand: ``scripts/refresh_docs.py`` writes them, and a
test compares them with what the rules say now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scripts.reference_layout import Lines, page, table
from scripts.reference_mechanisms import mechanisms_page
from scripts.reference_schema import commands_page, fields_page

from rapprochement_sim.scenario.crosschecks import parts
from rapprochement_sim.scenario.explaining import Explainer
from rapprochement_sim.scenario.indicator_names import indicator_names
from rapprochement_sim.scenario.loading import load_passages, load_rules
from rapprochement_sim.scenario.names import APPRAISALS, SCALER_ARGUMENTS, VARIABLES
from rapprochement_sim.scenario.schema import Effect, Quantity, RuleBook, Valuation
from rapprochement_sim.scenario.topics import explainable_names
from rapprochement_sim.scenario.usage import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


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
        f"{section}.md": page(title, _ABOUT[section].strip(), _entries(section, rules, explainer))
        for section, title in _ENTRY_PAGES.items()
    }
    made["parameters.md"] = _parameters(rules)
    made["indicators.md"] = _indicators(rules)
    made["mechanisms.md"] = mechanisms_page()
    made["contested.md"] = _contested(rules)
    made["sources.md"] = _sources(rules, passages)
    made["fields.md"] = fields_page()
    made["commands.md"] = commands_page()
    made["README.md"] = _contents(rules, made)
    return made


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
        lines += table(head, (_number(number) for number in entry["numbers"]))
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
    is_values = group == "values"
    head = ["looks at", "weight", "for"] if is_values else ["moves", "size"]
    rows = []
    for effect in effects:
        row = [f"`{effect['on']}({', '.join(effect['at'])})`", f"{effect['size']:+g}"]
        row += [", ".join(effect["seats"]) or "all"] if is_values else []
        row += [
            _range(effect["range"]),
            "" if effect["scaled_by"] == "one" else f"`{effect['scaled_by']}`",
            _marked(effect["why"], effect["contested"]),
            f"`{effect['source']['reference']}`",
        ]
        rows.append(row)
    columns = [*head, "plausible", "times", "why", "source"]
    return [f"{group.capitalize()}:", "", *table(columns, rows)]


def _marked(text: str, contested: str) -> str:
    return f"{text} (contested: `{contested}`)" if contested else text


def _range(ends: list[float] | None) -> str:
    return f"{ends[0]:g} to {ends[1]:g}" if ends else ""


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
    return page("Parameters", about, table(head, rows))


def _indicators(rules: RuleBook) -> str:
    about = (
        f"Every number that people see: {len(indicator_names(rules))} of them. A cell of the state "
        "is named by its variable and the names along its axes: `trust_seoul_tokyo`, "
        "`hurt_forced_labour_seoul`, `institution_gsomia_seoul_tokyo`. A pair of capitals without "
        "direction is named in the sequence seoul, tokyo, washington, beijing, pyongyang."
    )
    lines = ["## Variables", "", variable_table(), ""]
    lines += ["## Appraisals", "", "Derived; no act moves them directly.", ""]
    lines += table(
        ("name", "named by", "about"),
        ([f"`{a.name}`", ", ".join(a.axes), a.about] for a in APPRAISALS.values()),
    )
    lines += ["## Polls", "", "True shares in percent; `published_` and the id: as published.", ""]
    lines += table(
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
        lines += table(
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
    lines += table(
        ("scaler", "arguments"),
        ([f"`{name}`", ", ".join(kinds) or "none"] for name, kinds in SCALER_ARGUMENTS.items()),
    )
    return page("Indicators", about, lines)


def variable_table() -> str:
    """Return the table of all variables that acts can move."""
    rows = (
        [f"`{v.name}`", ", ".join(v.axes), f"{v.low:g} to {v.high:g}", v.link, v.about]
        for v in VARIABLES.values()
    )
    return "\n".join(table(("variable", "named by", "range", "link", "about"), rows)).rstrip()


def _contested(rules: RuleBook) -> str:
    about = (
        "Where the sources disagree, both readings are kept: the numbers that carry them share a "
        "name, so that a study can vary them together."
    )
    conflicts: Mapping[str, Any] = getattr(rules, "conflicts", {})
    named = {name for _, part in parts(rules) if (name := getattr(part, "contested", ""))}
    lines: Lines = []
    for name in sorted({*conflicts, *named}):
        title = conflicts[name].title if name in conflicts else name.replace("_", " ").capitalize()
        lines += [f"## {title}", "", f"`{name}`", ""]
        if name in conflicts:
            lines += [conflicts[name].where, "", *_readings(conflicts[name])]
        rows = list(_contested_numbers(rules, name))
        if rows:
            lines += table(("where", "what", "value", "plausible", "about", "source"), rows)
    return page("Contested readings", about, lines)


def _readings(conflict: Any) -> Lines:
    rows = []
    for reading in conflict.readings:
        scale = "" if reading.scale is None else f"times {reading.scale:g}"
        value = "" if reading.value is None else f"is {reading.value:g}"
        sources = ", ".join(f"`{source}`" for source in reading.sources)
        rows.append([f"`{reading.name}`", reading.text, scale or value, sources])
    return table(("reading", "says", "the numbers", "sources"), rows)


def _contested_numbers(rules: RuleBook, name: str) -> Iterator[Lines]:
    """Walk the numbers that share a contested name."""
    for path, part in parts(rules):
        if getattr(part, "contested", "") != name:
            continue
        where = " · ".join(str(step).replace("_", " ") for step in path if isinstance(step, str))
        if isinstance(part, Quantity):
            what, value, text = str(path[-1]), f"{part.value:g}", part.about
        elif isinstance(part, Effect | Valuation):
            what = f"`{part.on}({', '.join(part.at)})`"
            value = f"{part.weight if isinstance(part, Valuation) else part.size:+g}"
            text = part.why
        else:
            continue
        plausible, source = getattr(part, "range", None), getattr(part, "source", "")
        yield [where, what, value, _range(plausible), text, f"`{source}`"]


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
    lines = table(
        ("key", "kind", "work", "how far to trust it"),
        (
            [f"`{name}`", each.kind, f"{each.title}. {each.reference}", each.grade]
            for name, each in rules.sources.items()
        ),
    )
    lines += ["## Passages", "", "What each cited passage says, in our words.", ""]
    lines += table(
        ("passage", "says"), ([f"`{key}`", text] for key, text in sorted(passages.items()))
    )
    return page("Sources", about, lines)


def _contents(rules: RuleBook, made: Mapping[str, str]) -> str:
    about = (
        "Made from the rules, so that it is never behind them. `rapprochement explain NAME` says "
        "the same of one name, with its sources in full; it knows "
        f"{len(explainable_names(rules))} names."
    )
    titles = ((name, text.splitlines()[0].removeprefix("# ")) for name, text in made.items())
    return page("Reference", about, [f"- [{title}]({name})" for name, title in titles])
