"""The screens and the plain game are twins: the same figures, orders, offers and commands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.plain import briefing_page, order_page
from rapprochement_sim.plain.game import PlainGame
from rapprochement_sim.tui.boards import matters, previews, relations, standing
from rapprochement_sim.tui.routes import PLACES
from rapprochement_sim.tui.screens.orders import OrdersScreen
from rapprochement_sim.tui.screens.proposals import ProposalsScreen
from rapprochement_sim.tui.screens.room import RoomScreen
from rapprochement_sim.tui.screens.start import StartScreen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rapprochement_sim.game.briefing import Briefing
    from rapprochement_sim.game.seat import Seat
    from rapprochement_sim.tui.lines import Line

WIDE = 120
BY_KEY = {
    "briefing": "1",
    "goals": "2",
    "polls": "3",
    "trust": "4",
    "disputes": "5",
    "institutions": "6",
    "offers": "p",
    "orders": "o",
    "why": "question_mark",
    "sources": "s",
    "explain": "c",
    "codex": "c",
    "figures": "c",
    "undo": "u",
    "note": "w",
    "talks": "e",
    "resolve": "e",
    "debrief": "d",
    "help": "h",
    "advisers": "a",
    "timeline": "t",
    "forecast": "f",
    "programmes": "r",
}
ELSEWHERE = {
    "papers": "they open the orders' screen",
    "preview": "Enter on an order",
    "modifiers": "they stand on an order's page",
    "order": "g on an order's page",
    "accept": "y on the proposals' screen",
    "refuse": "n on the proposals' screen",
    "beside": "4 on the timeline",
    "branch": "b on the timeline",
    "export": "f on the debrief",
    "quit": "q everywhere",
    "unmask": "m on the debrief of a masked game",
    "counter": "c on an offer",
    "figure": "Enter on a figure",
    "lesson": "the strip above the footer, and x",
    "save": "every decision is saved; leaving tells where",
}

IN_A_CLASS = {
    "letters": "`messages` and `say`: tests/classroom/test_joining.py",
    "drafts": "`drafts`, `back` and `drop`: tests/classroom/test_joining.py",
}
TWINS = {
    "room": ("briefing", "goals", "polls", "trust", "disputes", "institutions"),
    "orders": ("papers", "orders"),
    "offers": ("orders",),
    "order": ("preview", "modifiers", "order"),
    "advisers": ("advisers",),
    "forecasts": ("forecast",),
    "proposals": ("offers", "accept", "refuse"),
    "offer": ("offers",),
    "closing": ("talks", "resolve"),
    "resolution": ("resolve",),
    "figure": ("figure", "figures"),
    "why": ("why",),
    "source": ("explain", "sources"),
    "debrief": ("debrief",),
    "export": ("export",),
    "behind": ("unmask",),
    "timeline": ("timeline", "beside"),
    "branch": ("branch",),
    "codex": ("codex",),
    "programmes": ("programmes",),
    "programme": ("programmes",),
    "note": ("note",),
    "keys": ("help",),
    "instructions": ("briefing",),
}
"""Which commands of the plain game say what a screen says, and decide what it decides."""
BEFORE_PLAY = {
    "start": "rapprochement play --plain with a scenario, or the lesson",
    "new_game": "the options of rapprochement play",
    "load": "rapprochement play --plain --resume",
    "open_run": "rapprochement open",
    "settings": "nothing to set: the plain game has no colours",
    "too_small": "lines wrap in any window",
}
"""Screens of choices that the command line takes."""


def shown(lines: Iterable[Line]) -> str:
    return " ".join("".join(span.text for span in line) for line in lines)


def words(text: str) -> set[str]:
    """Return the words and numbers of a text; tables drop the nought before the point."""
    return {word.lstrip("0") or "0" for word in re.findall(r"[\w.%/']+", text.casefold())}


@pytest.mark.parametrize(
    ("plain", "board"),
    [
        (briefing_page.deadline_lines, matters.ahead_lines),
        (briefing_page.goal_lines, standing.goals_lines),
        (briefing_page.dispute_lines, matters.dispute_lines),
        (briefing_page.relation_lines, relations.relation_lines),
        (briefing_page.ladder_lines, matters.ladder_lines),
        (order_page.offer_lines, previews.offers_lines),
        (order_page.paper_lines, previews.paper_lines),
    ],
)
def test_every_number_of_the_plain_page_stands_on_the_board(
    plain: object, board: object, briefing: Briefing
) -> None:
    assert callable(plain)
    assert callable(board)
    numbers = {w for w in words(" ".join(plain(briefing))) if any(c.isdigit() for c in w)}
    assert numbers
    told = words(shown(board(briefing, WIDE)))
    # Plain papers carry four effects each; on the screens they stand one Enter away.
    if plain is order_page.paper_lines:
        told |= words(
            " ".join(shown(previews.preview_lines(p.preview, WIDE)) for p in briefing.papers)
        )
    # So do the consequences of a refusal.
    if plain is order_page.offer_lines:
        told |= words(
            " ".join(shown(previews.offer_lines(offer, WIDE)) for offer in briefing.offers)
        )
    # Headings of the plain page tell scale and margin: 0 to 1, about 0.08.
    assert {number for number in numbers if number not in told} <= {"0", "1", ".08"}


def test_the_news_are_told_in_the_same_words(briefing: Briefing) -> None:
    told = words(shown(matters.news_lines(briefing, WIDE)))
    for news in briefing.news:
        assert words(news.text) <= told
        assert words(" ".join(news.details)) <= told


def test_every_command_of_the_plain_game_has_its_key(midgame: Seat) -> None:
    commands = PlainGame(midgame, lambda _: None, lambda _: None).commands
    bound = {
        key
        for screen in (RoomScreen, OrdersScreen, ProposalsScreen, StartScreen)
        for binding in screen.BINDINGS
        for key in binding.key.split(",")  # type: ignore[union-attr]
    }
    assert {name for name, key in BY_KEY.items() if key not in bound} == set()
    assert set(commands) == set(BY_KEY) | set(ELSEWHERE)


def test_every_screen_has_its_twin(midgame: Seat) -> None:
    commands = PlainGame(midgame, lambda _: None, lambda _: None).commands
    assert set(TWINS) | set(BEFORE_PLAY) | set(IN_A_CLASS) == set(PLACES), (
        "a screen without a twin, or none of it"
    )
    assert {name for names in TWINS.values() for name in names} <= set(commands)
