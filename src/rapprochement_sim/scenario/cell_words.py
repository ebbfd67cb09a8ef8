"""What cells of the state, scalers and entries of the rules are called when people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.naming import capital_title
from rapprochement_sim.scenario.indicator_names import indicator_cells
from rapprochement_sim.scenario.names import parse_scaler
from rapprochement_sim.vocabulary import CAPITAL_KEYS, Capital

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rapprochement_sim.scenario.composing import DataPath
    from rapprochement_sim.scenario.schema import RuleBook

_PAIRS = {
    "trust": "{0}'s trust in {1}",
    "threat": "Threat that {0} sees in {1}",
    "provocation": "Alarm in {0} about {1}",
    "gesture": "Goodwill of {1} seen in {0}",
    "glow": "Warm feelings in {0} for {1}",
    "narrative": "What {0} tells of {1}, against the start",
    "coercion": "Trade that {1} restricts for {0}",
    "exposure": "Trade that {0} needs from {1}",
}
_DYADS = {
    "interoperability": "Forces of {0} and {1} able to work together",
    "channel": "Working lines between {0} and {1}",
    "escalation": "Escalation between {0} and {1}",
}
_CAPITALS = {
    "programme": "Weapons programme of {0}",
    "posture": "Military posture of {0}",
    "abandonment": "{0}'s fear of being left by its ally",
    "approval": "Approval of {0}'s government",
    "political_capital": "Political capital of {0}'s government",
    "stance": "Stance of {0}'s leader on reconciliation",
    "protest": "Protest in the streets of {0}",
}
_DISPUTES = {
    "hurt": "Hurt in {1}: {0}",
    "relief": "Remedies due in {1}: {0}",
    "salience": "On {1}'s mind: {0}",
    "settlement": "Settled for {1}: {0}",
    "restraint": "Pledge of restraint of {1}: {0}",
}
_CELLS = {**_PAIRS, **_DYADS, **_CAPITALS, **_DISPUTES}
_ANYBODY = {
    "actor": "the actor",
    "target": "the target",
    "third": "the third party",
    "party": "each party",
    "partner": "the other party",
    "self": "the seat itself",
    "any": "anybody",
}
_SCALERS = {
    "salience": "how much it is on {1}'s mind ({0})",
    "hurt": "the hurt in {1} ({0})",
    "stake": "how much it hurts and is on the mind in {1} ({0})",
    "unsettled": "how far it is open in the eyes of {1} ({0})",
    "restraint": "the pledge of restraint of {1} ({0})",
    "threat": "the threat that {0} sees in {1}",
    "trust": "the trust of {0} in {1}",
    "distrust": "the distrust of {0} towards {1}",
    "common_threat": "what threatens both {0} and {1}",
    "exposure": "the trade that {0} needs from {1}",
    "coercion": "the trade that {1} restricts for {0}",
    "approval": "the approval of {0}'s government",
    "weakness": "the weakness of {0}'s government at home",
    "scarcity": "how little political capital {0} has",
    "bandwidth": "the attention that Washington has for the region",
    "us_elsewhere": "the attention that Washington gives elsewhere",
    "reciprocity": "the goodwill of {1} that {0} has seen",
    "unreciprocated": "how little goodwill of {1} {0} has seen",
    "abandonment": "{0}'s fear of being left by its ally",
    "shared_abandonment": "the fear of being left that {0} and {1} share",
    "abandonment_gap": "how far {0} and {1} differ in their fear of being left",
    "institution": "{0} between {1} and {2}",
    "interoperability": "how well forces of {0} and {1} work together",
    "channel": "the working lines between {0} and {1}",
    "no_channel": "the lack of working lines between {0} and {1}",
    "programme": "the weapons programme of {0}",
    "posture": "the military posture of {0}",
    "openness": "how open {0}'s leader is to reconciliation",
    "hardness": "how hard {0}'s leader is on reconciliation",
    "provocation": "the alarm in {0} about {1}",
    "escalation": "the escalation between {0} and {1}",
}
KINDS = {
    "glossary": "word of the field",
    "capitals": "capital",
    "actions": "order or offer",
    "modifiers": "modifier of an order",
    "disputes": "dispute",
    "institutions": "institution",
    "lenses": "school of thought",
    "mechanisms": "mechanism that the articles describe",
    "programmes": "programme that the articles recommend",
    "events": "event",
    "surveys": "survey",
    "composites": "headline figure",
    "contested": "where the sources disagree",
    "variables": "what the model keeps count of",
    "processes": "what moves by itself",
    "terms": "figure of the game",
    "parameters": "parameter",
    "sources": "source",
}
"""What an entry of each section is."""


def figure_titles(rules: RuleBook) -> dict[str, str]:
    """Return every indicator's name with its title for people."""
    titles = {name: cell_title(rules, *cell) for name, cell in indicator_cells(rules).items()}
    titles |= {name: survey.title for name, survey in rules.surveys.items()}
    titles |= {name: composite.title for name, composite in rules.composites.items()}
    return titles


def cell_title(rules: RuleBook, variable: str, names: Sequence[str]) -> str:
    """Name one cell of the state, or, with placeholders, the cells that an effect is about."""
    shown = [name_shown(rules, name) for name in names]
    if variable == "institution":
        is_pair = set(names) <= {*rules.institutions, *CAPITAL_KEYS}
        pair = f"{shown[1]}-{shown[2]}" if is_pair else f"{shown[1]} and {shown[2]}"
        title = f"{shown[0]}, {pair}"
    elif variable == "bandwidth":
        title = f"{Capital.WASHINGTON.title}'s attention to the region"
    elif variable in _CELLS:
        title = _CELLS[variable].format(*shown)
    else:
        title = ", ".join((variable.replace("_", " "), *shown))
    return title[:1].upper() + title[1:]


def scaler_words(rules: RuleBook, text: str) -> str:
    """Say what multiplies an effect; empty if nothing does.

    Raises
    ------
    ValueError
        If the text is no scaler.
    """
    name, arguments = parse_scaler(text)
    if name == "one":
        return ""
    return _SCALERS[name].format(*(name_shown(rules, argument) for argument in arguments))


def name_shown(rules: RuleBook, name: str) -> str:
    """Name a capital, a dispute, an institution or a placeholder; others stay as they are."""
    if name in CAPITAL_KEYS:
        return capital_title(name)
    if name in rules.disputes:
        return rules.disputes[name].title
    if name in rules.institutions:
        return rules.institutions[name].title
    return _ANYBODY.get(name, name)


def entry_title(rules: RuleBook, section: str, name: str) -> str:
    """Name an entry of the rules; its id in words if it bears no title."""
    entry = getattr(rules, section, {}).get(name)
    return getattr(entry, "title", "") or name.replace("_", " ").capitalize()


def label_words(rules: RuleBook, path: DataPath) -> str:
    """Words for a path in the rules: ``Modifier Open to observers: effects``."""
    steps = [str(step) for step in path if not isinstance(step, int)]
    head = ""
    if len(steps) > 1 and steps[0] in ("actions", *KINDS) and steps[1] in _section(rules, steps[0]):
        head, steps = f"{entry_title(rules, steps[0], steps[1])}: ", steps[2:]
    words = " · ".join(name_shown(rules, step).replace("_", " ") for step in steps)
    return f"{head}{words}" if head else words[:1].upper() + words[1:]


def _section(rules: RuleBook, section: str) -> Iterable[str]:
    found: dict[str, object] = getattr(rules, section, {})
    return found
