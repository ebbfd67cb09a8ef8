"""The plain fields of a rule-book entry, in words: everything that is not a sourced number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.scenario.schema import Action, Composite, Dispute, Seat

if TYPE_CHECKING:
    from pydantic import BaseModel

    from rapprochement_sim.scenario.composing import DataPath

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
    }
)
_LABELS = {
    "cameo": "CAMEO code",
    "pause_turns": "turns before it can be repeated",
    "attention": "attention it takes",
    "respondent": "who is asked",
    "target": "about whom",
}


def entry_facts(entry: BaseModel) -> dict[str, str]:
    """Describe the plain fields of an entry.

    Returns
    -------
    dict
        Label and text of each field that is set, in the sequence of the schema.
    """
    facts: dict[str, str] = {}
    if isinstance(entry, Action):
        facts |= _action_facts(entry)
    if isinstance(entry, Dispute):
        roles = [
            f"{capital} {party.role.replace('_', ' ')} towards {party.about}"
            for capital, party in entry.parties.items()
        ]
        facts["parties"] = "; ".join(roles)
    if isinstance(entry, Composite):
        terms = [f"{term.weight:+g} x {term.of}" for term in entry.terms]
        facts["sum of"] = f"{entry.offset:g} {' '.join(terms)}"
    for name in type(entry).model_fields:
        text = _text(getattr(entry, name))
        if text and name not in _SHOWN_APART:
            facts.setdefault(_LABELS.get(name, label_of((name,))), text)
    return facts


def label_of(path: DataPath) -> str:
    """Words for a path: ``modifiers · transparency · effects``."""
    return " · ".join(str(step).replace("_", " ") for step in path if not isinstance(step, int))


def _action_facts(action: Action) -> dict[str, str]:
    facts = {
        "who can give it": "; ".join(_seat_words(seat) for seat in action.seats),
        "consent": "needed" if action.is_joint else "not needed",
    }
    if action.modifiers:
        facts["modifiers"] = ", ".join(action.modifiers)
    if action.ratification is not None:
        by = " and ".join(action.ratification.by)
        facts["ratification"] = f"by {by}, over {action.ratification.dispute}"
    return facts


def _seat_words(seat: Seat) -> str:
    itself = seat.actor == seat.target
    towards = "" if itself else f" towards {seat.target}"
    third = f", third party {seat.third}" if seat.third else ""
    consent = f", with the consent of {' and '.join(seat.consent)}" if seat.consent else ""
    return f"{seat.actor}{towards}{third}{consent}"


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, str | int):
        return str(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return ""
