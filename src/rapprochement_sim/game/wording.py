"""What figures, acts and turns are called when people read them. Plain text, no markup."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from rapprochement_sim.game.rows import actor_of, target_of
from rapprochement_sim.naming import capital_title, worn
from rapprochement_sim.scenario.indicator_names import indicator_cells
from rapprochement_sim.vocabulary import CAPITAL_KEYS, QUARTER_MONTHS, Capital
from rapprochement_sim.world.axes import VARIABLES

if TYPE_CHECKING:
    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.effects.rows import Row
    from rapprochement_sim.scenario.schema import RuleBook, Scenario

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS_A_YEAR = 12
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
}
"""Dispute titles for tables: whole words where the title itself would be cut."""


def capital_named(key: str) -> Capital:
    """Return the capital of a lower-case name."""
    return Capital(CAPITAL_KEYS.index(key))


def short_dispute_title(title: str, room: int) -> str:
    """Return a dispute's title, or a shorter one where it has not the room.

    A title that is not known here (of a scenario's own, or under a skin) is cut after a word.
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


def figure_titles(rules: RuleBook) -> dict[str, str]:
    """Return every indicator's name with its title for people."""
    titles = {name: cell_title(rules, *cell) for name, cell in indicator_cells(rules).items()}
    titles |= {name: survey.title for name, survey in rules.surveys.items()}
    titles |= {name: composite.title for name, composite in rules.composites.items()}
    return titles


def cell_title(rules: RuleBook, variable: str, names: tuple[str, ...]) -> str:
    """Name one cell of the state."""
    shown = [_shown(rules, name) for name in names]
    if variable == "institution":
        return f"{shown[0]}, {shown[1]}-{shown[2]}"
    if variable == "bandwidth":
        return f"{Capital.WASHINGTON.title}'s attention to the region"
    patterns = {**_PAIRS, **_DYADS, **_CAPITALS, **_DISPUTES}
    if variable in patterns:
        return patterns[variable].format(*shown)
    return ", ".join((variable.replace("_", " ").capitalize(), *shown))


def _shown(rules: RuleBook, name: str) -> str:
    if name in CAPITAL_KEYS:
        return capital_title(name)
    if name in rules.disputes:
        return rules.disputes[name].title
    if name in rules.institutions:
        return rules.institutions[name].title
    return name


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
