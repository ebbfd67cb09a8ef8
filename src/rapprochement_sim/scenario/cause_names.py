"""Names of causes as results print them, and the processes among them.

A study prints ``trilateral_drill:washington>seoul`` or ``event:textbook_screening``; whoever
asks what that is means the action or the event.
"""

from __future__ import annotations

import re

_ACT = re.compile(r"(?P<action>\w+):\w+>\w+(:refused|:failed)?")

PROCESSES: dict[str, tuple[str, str]] = {
    "start": ("The start, fading", "What was there when the game began, as it fades."),
    "fading": ("Fading", "What acts and events left behind, as it fades."),
    "felt": ("Remedies felt", "Remedies begun earlier that are now felt by those injured."),
    "institutions": ("Institutions", "What standing institutions between capitals hold up."),
    "interdependence": ("Interdependence", "What trade between two economies holds up."),
    "diversification": ("Diversification", "Trade turned elsewhere after it was used as a lever."),
    "office": ("Wear of office", "Support that a government loses as months in office pass."),
    "coercion": ("Coercion", "What sanctions and controls cost both sides at home."),
    "protest": ("Protest", "What citizens in the streets do to a government's standing."),
    "support": ("Support", "Political capital returning to what approval supports."),
    "absence": ("Absence", "Fear of being left, as Washington attends to other things."),
    "guarantee": ("Guarantee", "Fear of being left, as a guarantor's strength allays it."),
    "danger": ("Danger", "Fear of being left, as threats around a capital raise it."),
    "elections": ("Elections", "What a change of leaders does."),
    "memory": ("Memory", "Citizens drawn back to what memory and identity anchor them to."),
    "neighbours": ("Neighbours", "Citizens drawn towards what their neighbours think."),
    "crowd": ("Crowd", "Protest that grows because others protest, and dies down after."),
    "chance": ("Chance", "Noise that no act and no process explains."),
    "sampling": ("Sampling", "The sampling error of a published poll."),
}
"""What the model does by itself, as the ledger names it: title and meaning."""

PROCESS_SOURCE = (
    "assumption:a process of the model; its coefficients are cited under their own names"
)


def name_behind(cause: str) -> str:
    """Return the name of the rules that a printed cause stands for; other names unchanged."""
    act = _ACT.fullmatch(cause)
    if act is not None:
        return f"actions:{act['action']}"
    if cause.startswith("event:"):
        return f"events:{cause.removeprefix('event:')}"
    return cause
