"""The screens and the plain game are twins: the same figures, orders, offers and commands."""

from __future__ import annotations

import importlib
import pkgutil
import re
from typing import TYPE_CHECKING

import pytest
from textual.screen import Screen

from rapprochement_sim.game.library import Library, lesson_game
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.menu import menu
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.game.settings import Settings
from rapprochement_sim.plain import briefing_page, order_page
from rapprochement_sim.plain.front import Front
from rapprochement_sim.plain.game import PlainGame
from rapprochement_sim.tui import screens
from rapprochement_sim.tui.app import RapprochementApp
from rapprochement_sim.tui.boards import matters, previews, relations, standing
from rapprochement_sim.tui.menu import commands as menu_commands
from rapprochement_sim.tui.routes import PLACES, screen_for
from rapprochement_sim.tui.screens.base import GameScreen
from rapprochement_sim.tui.screens.orders import OrdersScreen
from rapprochement_sim.tui.screens.palette import Palette
from rapprochement_sim.tui.screens.proposals import ProposalsScreen
from rapprochement_sim.tui.screens.room import RoomScreen
from rapprochement_sim.tui.screens.sheet import Sheet
from rapprochement_sim.tui.screens.start import StartScreen
from rapprochement_sim.vocabulary import Capital
from tests.game.games import new_game, order_of, play_busily
from tests.tui.playing import LESSON

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rapprochement_sim.game.briefing import Briefing
    from rapprochement_sim.game.seat import Seat
    from rapprochement_sim.plain.command import Command
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
    "region": "7",
    "instructions": "b",
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
    "settings": "the start and the menu",
    "menu": ":",
    "another": "the menu",
}

IN_A_CLASS = {
    "letters": "`messages` and `say`: tests/classroom/test_joining.py",
    "drafts": "`drafts`, `back` and `drop`: tests/classroom/test_joining.py",
}
TWINS = {
    "room": ("briefing", "goals", "polls", "trust", "disputes", "institutions", "region"),
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
    "keys": ("help", "menu"),
    "instructions": ("instructions",),
}
"""Which commands of the plain game say what a screen says, and decide what it decides."""
AT_THE_START = {
    "start": ("start", "continue", "lesson"),
    "new_game": ("new", "scenario", "seat", "lens", "seed", "begin"),
    "load": ("load",),
    "open_run": ("open", "run", "worst", "best", "seat", "turn", "read", "take"),
    "settings": ("settings",),
}
"""The same of the screens before a game: commands of the plain start."""
WITHOUT = {"too_small": "lines wrap in any window"}


SHARED = {GameScreen, Sheet, Palette}
"""What screens are made of, and Textual's own palette: its entries are the menu's."""
IN_CLASS_COMMANDS = {"messages", "drafts", "back", "drop"}
DETAILS: dict[str, tuple[object, ...]] = {
    "order": ("summit:seoul:tokyo",),
    "offer": (Capital.TOKYO,),
    "figure": ("rapprochement",),
    "why": ("rapprochement",),
    "source": ("rapprochement",),
    "branch": (1,),
    "programme": ("",),
}
TYPED = {
    "answer(False)": "refuse",
    "answer(True)": "accept",
    "app.leave": "quit",
    "back_draft": "back",
    "begin": "begin",
    "branch": "branch",
    "close": "resolve",
    "counter": "counter",
    "drop": "drop",
    "end": "talks",
    "give": "order",
    "look_back": "debrief",
    "menu('continue')": "continue",
    "menu('lesson')": "lesson",
    "menu('load')": "load",
    "menu('new_game')": "new",
    "offer": "orders",
    "other": "beside",
    "page": "timeline",
    "paper": "preview",
    "place('advisers')": "advisers",
    "place('behind')": "unmask",
    "place('codex')": "codex",
    "place('debrief')": "debrief",
    "place('drafts')": "drafts",
    "place('export')": "export",
    "place('forecasts')": "forecast",
    "place('instructions')": "instructions",
    "place('keys')": "help",
    "place('letters')": "messages",
    "place('note')": "note",
    "place('orders')": "orders",
    "place('programmes')": "programmes",
    "place('proposals')": "offers",
    "place('timeline')": "timeline",
    "search": "codex",
    "seed": "seed",
    "source": "explain",
    "take": "modifiers",
    "turn": "timeline",
    "type": "forecast",
    "undo": "undo",
    "why": "why",
}
"""What is typed in place of a key, by what the key does."""
MOVING = {
    "back": "every page ends by itself",
    "next": "all news are told at once",
    "skip": "all news are told at once",
    "stop": "Ctrl-C stops worlds that are being played",
}


def screen_classes() -> set[type[Screen[None]]]:
    """Return every screen class that stands in the package of the screens."""
    found: set[type[Screen[None]]] = set()
    for module in pkgutil.iter_modules(screens.__path__, f"{screens.__name__}."):
        members = vars(importlib.import_module(module.name)).values()
        found |= {
            each
            for each in members
            if isinstance(each, type)
            and issubclass(each, Screen)
            and each.__module__ == module.name
        }
    return found


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


def test_every_screen_has_its_twin(midgame: Seat, tmp_path: Path) -> None:
    known = (TWINS, AT_THE_START, WITHOUT, IN_A_CLASS)
    assert {place for each in known for place in each} == set(PLACES), "a screen without a twin"
    commands = PlainGame(midgame, lambda _: None, lambda _: None).commands
    assert {name for names in TWINS.values() for name in names} <= set(commands)
    assert {name for names in AT_THE_START.values() for name in names} <= set(front(tmp_path))


def test_every_class_of_a_screen_is_one_of_the_named_places() -> None:
    named = {type(screen_for(place, DETAILS.get(place, ()))) for place in PLACES}
    assert screen_classes() - named == SHARED


@pytest.mark.parametrize("screen", sorted(screen_classes(), key=str))
def test_what_every_key_does_can_be_typed(
    screen: type[Screen[None]], midgame: Seat, tmp_path: Path
) -> None:
    commands = PlainGame(midgame, lambda _: None, lambda _: None).commands
    typed = set(commands) | set(front(tmp_path)) | IN_CLASS_COMMANDS
    for binding in screen.__dict__.get("BINDINGS", []):
        name = re.sub(r"\(-?\d+\)$", "", binding.action)
        assert name in TYPED or name in MOVING, f"{screen.__name__}: no command for {name}"
        assert name in MOVING or TYPED[name] in typed


def test_the_menu_of_the_screens_is_that_of_the_plain_game(tmp_path: Path) -> None:
    lesson = Library(tmp_path).start(lesson_game())
    for seat in (None, talking(), ordering(), lesson, ended()):
        app = RapprochementApp(Library(tmp_path), seat=seat)
        app.is_playing = seat is not None
        told: list[str] = []
        if seat is None:
            Front(Library(tmp_path), Settings(), lambda _: None, told.append).obey("menu")
            typed = set(front(tmp_path))
        else:
            game = PlainGame(seat, lambda _: None, told.append)
            game.obey("menu")
            typed = set(game.commands)
        plain = " ".join(" ".join(told).split())
        for command, entry in zip(menu_commands(app), menu(seat), strict=True):
            assert command.title == entry.title
            assert f"{entry.title}: {entry.about}" in plain
            for each in entry.typed.split(", "):
                assert each in plain
                assert each.split()[0] in typed


def front(folder: Path) -> dict[str, Command]:
    return Front(Library(folder), Settings(), lambda _: None, lambda _: None).commands


def talking() -> Seat:
    session = new_game(Capital.SEOUL)
    play_busily(session, 1)
    return LocalSeat(session, Capital.SEOUL)


def ordering() -> Seat:
    seat = talking()
    seat.commit()
    paper = next(each for each in seat.brief().papers if not each.reason)
    seat.submit(order_of(Capital.SEOUL, paper.action, paper.target, paper.modifiers))
    return seat


def ended() -> Seat:
    session = start_game(LESSON, seats=[Capital.SEOUL], seed=7)
    play_busily(session, session.case.world.n_turns)
    return LocalSeat(session, Capital.SEOUL)
