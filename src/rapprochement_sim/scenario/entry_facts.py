"""The plain fields of a rule-book entry, in words: everything that is not a sourced number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.naming import capital_title
from rapprochement_sim.scenario.cell_words import figure_titles, name_shown
from rapprochement_sim.scenario.schema import Action, Composite, Dispute, RuleBook, Seat

if TYPE_CHECKING:
    from pydantic import BaseModel

_SHOWN_APART = frozenset(
    {
        "title",
        "summary",
        "about",
        "dissent",
        "sources",
        "source",
        "value",
        "unit",
        "contested",
        "offset",
        "headline",
    }
)
_LABELS = {
    "cameo": "CAMEO code",
    "pause_turns": "turns before it can be repeated",
    "attention": "attention it takes",
    "respondent": "who is asked",
    "target": "about whom",
    "narration": "news of it",
    "refusal_narration": "news of a refusal",
}
_TOLD_OF = {"{actor}": "the actor", "{target}": "the target", "{third}": "the third party"}


def entry_facts(entry: BaseModel, rules: RuleBook) -> dict[str, str]:
    """Describe the plain fields of an entry.

    Returns
    -------
    dict
        Label and text of each field that is set, in the sequence of the schema.
    """
    facts: dict[str, str] = {}
    if isinstance(entry, Action):
        facts |= _action_facts(entry, rules)
    if isinstance(entry, Dispute):
        roles = [
            f"{capital_title(capital)} {party.role.replace('_', ' ')} "
            f"towards {capital_title(party.about)}"
            for capital, party in entry.parties.items()
        ]
        facts["parties"] = "; ".join(roles)
    if isinstance(entry, Composite):
        facts |= _composite_facts(entry, rules)
    for name in type(entry).model_fields:
        text = _text(getattr(entry, name), rules)
        if text and name not in _SHOWN_APART:
            facts.setdefault(_LABELS.get(name, name.replace("_", " ")), text)
    return facts


def _composite_facts(entry: Composite, rules: RuleBook) -> dict[str, str]:
    titles = figure_titles(rules)
    terms = [
        f"{'-' if term.weight < 0.0 else '+'} {abs(term.weight):g} x {titles.get(term.of, term.of)}"
        for term in entry.terms
    ]
    where = "at the head of every briefing" if entry.headline else "among the other figures"
    return {"sum of": f"{entry.offset:g} {' '.join(terms)}", "shown": where}


def _action_facts(action: Action, rules: RuleBook) -> dict[str, str]:
    facts = {
        "who can give it": "; ".join(_seat_words(seat) for seat in action.seats),
        "consent": "needed" if action.is_joint else "not needed",
    }
    if action.modifiers:
        facts["modifiers"] = "; ".join(each.title for each in action.modifiers.values())
    if action.ratification is not None:
        by = " and ".join(map(capital_title, action.ratification.by))
        facts["ratification"] = f"by {by}, over {name_shown(rules, action.ratification.dispute)}"
    return facts


def _seat_words(seat: Seat) -> str:
    itself = seat.actor == seat.target
    towards = "" if itself else f" towards {capital_title(seat.target)}"
    third = f", third party {capital_title(seat.third)}" if seat.third else ""
    who = " and ".join(map(capital_title, seat.consent))
    consent = f", with the consent of {who}" if who else ""
    return f"{capital_title(seat.actor)}{towards}{third}{consent}"


def _text(value: object, rules: RuleBook) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, str):
        told = name_shown(rules, value)
        for who, words in _TOLD_OF.items():
            told = told.replace(who, words)
        return told
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(name_shown(rules, item) for item in value)
    return ""
