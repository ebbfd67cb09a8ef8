"""What figures, acts and turns are called when people read them. Plain text, no markup."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from rapprochement_sim.game.rows import actor_of, target_of
from rapprochement_sim.naming import worn
from rapprochement_sim.vocabulary import CAPITAL_KEYS, QUARTER_MONTHS, Capital
from rapprochement_sim.world.axes import VARIABLES

if TYPE_CHECKING:
    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.effects.rows import Row
    from rapprochement_sim.scenario.schema import Scenario

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS_A_YEAR = 12
_LADDER = ((0.25, "none"), (0.5, "ad hoc"), (0.75, "regular"), (2.0, "treaty"))
RUNGS = tuple(name for _, name in _LADDER)
_SHORT_DISPUTES = {
    "Wartime forced labour": "Forced labour",
    'Survivors of wartime sexual slavery ("comfort women")': "Wartime sexual slavery",
    "Textbooks and public memory": "Textbooks and memory",
    "Visits and offerings at the Yasukuni Shrine": "Yasukuni Shrine",
    "Encounters at sea and in the air": "Sea and air encounters",
    "Export controls and boycotts": "Export controls",
    "Abducted Japanese citizens": "Abductions",
    "Missile defence on the peninsula (THAAD)": "Missile defence, THAAD",
    "Work under coercion in wartime": "Work under coercion",
    "Survivors of violence in wartime": "Violence in wartime",
    "Visits to a war memorial": "War memorial",
    "Citizens of State B who were taken away": "Citizens taken away",
}
"""Dispute titles for tables: whole words where the title itself would be cut."""


def capital_named(key: str) -> Capital:
    """Return the capital of a lower-case name."""
    return Capital(CAPITAL_KEYS.index(key))


def short_dispute_title(title: str, room: int) -> str:
    """Return a dispute's title, or a shorter one where it has not the room.

    A title that is not known here (of a scenario's own, or under its labels) is cut after a word.
    """
    if len(title) <= room:
        return title
    short = _SHORT_DISPUTES.get(title, title.partition(" (")[0])
    return short if len(short) <= room else textwrap.shorten(short, room, placeholder=" ..")


def few_papers_told(n_papers: int, fewest: int = 5) -> str:
    """Say why fewer staff papers than usual lie on a desk; nothing where there are enough."""
    if n_papers >= fewest:
        return ""
    if not n_papers:
        return "None: nothing is allowed to you now."
    return f"Only {n_papers}: nothing else is allowed to you now."


def rung_of(level: float) -> str:
    """Name the rung of an institution's ladder."""
    return next(name for bound, name in _LADDER if level < bound)


def row_title(case: Case, row: Row) -> str:
    """Name an act or an event with those it concerns."""
    rules = case.loaded.rules
    if row.kind == "event":
        return rules.events[row.name].title
    title = rules.actions[row.name].title
    others = [party.title for party in row.parties if party != row.actor]
    return f"{title} ({', '.join(others)})" if others else title


def modifier_title(case: Case, row: Row, modifier: str) -> str:
    """Name a modifier of an act."""
    return case.loaded.rules.actions[row.name].modifiers[modifier].title


def narrated(case: Case, row: Row) -> str:
    """Tell what happened, in the rule book's own words."""
    rules = case.loaded.rules
    if row.kind == "event":
        return rules.events[row.name].narration
    action = rules.actions[row.name]
    actor, target = actor_of(row), target_of(row)
    third = target if row.third is None else row.third
    names = {"actor": actor.title, "target": target.title, "third": third.title}
    if row.kind == "refused":
        told = action.refusal_narration or "{target} declined what {actor} proposed."
    elif row.kind == "failed":
        told = "{actor} and {target} agreed, but ratification failed: " + f"{action.title}."
    else:
        told = action.narration
    return told.format(**names)


def turn_title(scenario: Scenario, turn: int) -> str:
    """Name the months of a turn, counted from 0: ``Jan-Mar 2023``; ``Year 1, Q1`` if masked."""
    if worn().hides_history:
        passed = turn * scenario.turn_months
        within = passed % _MONTHS_A_YEAR
        is_quarter = scenario.turn_months == QUARTER_MONTHS
        part = f"Q{within // QUARTER_MONTHS + 1}" if is_quarter else f"month {within + 1}"
        return f"Year {passed // _MONTHS_A_YEAR + 1}, {part}"
    year, month = (int(part) for part in scenario.start.split("-"))
    first = 12 * year + month - 1 + turn * scenario.turn_months
    last = first + scenario.turn_months - 1
    start, end = _MONTHS[first % 12], _MONTHS[last % 12]
    if first == last:
        return f"{start} {first // 12}"
    if first // 12 == last // 12:
        return f"{start}-{end} {first // 12}"
    return f"{start} {first // 12}-{end} {last // 12}"


def is_share(variable: str) -> bool:
    """Whether a variable runs from 0 to 1 and is best read in hundredths."""
    described = VARIABLES.get(variable)
    return described is None or (described.low, described.high) == (0, 1)
