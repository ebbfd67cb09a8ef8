"""The report of a game as one HTML page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapprochement_sim.naming import shown_id
from rapprochement_sim.report.analysis_part import analysis_sections
from rapprochement_sim.report.elements import items, paragraph, section, shown
from rapprochement_sim.report.scores_part import (
    courses_section,
    goals_section,
    scores_section,
)
from rapprochement_sim.report.style import STYLE
from rapprochement_sim.report.telling_part import (
    forecasts_section,
    ledger_section,
    sources_section,
    turns_section,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rapprochement_sim.game.account import Account
    from rapprochement_sim.game.analysis import Analysis

_TITLE_OF_SECTION = re.compile(r'<section id="([^"]+)".*?<h2[^>]*>(.*?)</h2>', re.DOTALL)
_DIGITS_OF_A_HASH = 12


def report_page(account: Account, analysis: Analysis | None) -> str:
    """Write a report that stands by itself: no network, no script, and it prints.

    Parameters
    ----------
    account
        The whole account of a game that is over: everything in it is told.
    analysis
        What many worlds say of it; None leaves those sections out and says so.

    Returns
    -------
    str
        HTML5, which is well-formed XML as well but for its first line.
    """
    title = f"{account.debrief.scenario}: report of a game"
    sections = [
        scores_section(account),
        goals_section(account),
        courses_section(account),
        *(analysis_sections(analysis) if analysis is not None else (_without_worlds(),)),
        forecasts_section(account),
        turns_section(account),
        ledger_section(account),
        sources_section(account),
        _made_from(account),
        _behind(account),
    ]
    body = "\n".join(part for part in sections if part)
    return (
        "<!DOCTYPE html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{shown(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<header><h1>{shown(account.debrief.scenario)}</h1>\n{_head(account)}</header>\n"
        f"{_contents(body)}\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _head(account: Account) -> str:
    seats = [seat.title for seat in account.header.seats]
    who = f"Played: {', '.join(seats)}" if seats else "Every seat decided by itself"
    span = ""
    if account.months:
        first, last = account.months[0], account.months[-1]
        span = f", {first} to {last}"
    turns = f"{account.debrief.turns} turns{span}"
    return paragraph(f"{who}. {turns}. Seed {account.header.seed}, run {account.header.run}.")


def _contents(body: str) -> str:
    found = _TITLE_OF_SECTION.findall(body)
    links = "".join(f'<li><a href="#{key}">{title}</a></li>' for key, title in found)
    return f'<nav aria-label="Contents"><ul>{links}</ul></nav>'


def _behind(account: Account) -> str:
    """Say what was behind the mask, folded up: whoever reads opens it when they want to."""
    if not account.behind:
        return ""
    folded = (
        f"<details><summary>Open it to read who was who</summary>{items(account.behind)}</details>"
    )
    return section("behind", "Behind the mask", [folded])


def _without_worlds() -> str:
    told = (
        "This report was made without playing worlds beside the game. Make it again once the "
        "debrief has finished, or with `rapprochement debrief SAVE --html FILE`: it then tells "
        "turning points, luck against choice, who decided, and automated worlds beside this one."
    )
    return section("worlds", "Worlds beside this one", [paragraph(told)])


def _made_from(account: Account) -> str:
    return section("made-from", "What this was made from", map(paragraph, _origins(account)))


def _origins(account: Account) -> Iterable[str]:
    header = account.header
    if account.save:
        yield f"The save: {account.save}"
    yield (
        f"Scenario {shown_id(header.scenario)}, text {header.content_hash[:_DIGITS_OF_A_HASH]}, "
        f"rules {header.rules_hash[:_DIGITS_OF_A_HASH]}, program {header.program}. `rapprochement "
        "replay SAVE` plays it again, bit for bit."
    )
    if header.parent is not None:
        yield f"It goes on from turn {header.parent.turn} of {header.parent.name}."
    yield (
        "Everything here follows from the save; worlds were drawn with chance of their own. This "
        "is a model: it makes reasons comparable, and no forecast of real governments."
    )
