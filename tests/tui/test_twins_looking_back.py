"""Each screen that looks back says what the plain game says, and nothing else.

Words and figures of both are compared as sets. What only one of them may say is listed:
words about its own keys or commands, and drawings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest

from rapprochement_sim.game.debrief_pages import DEBRIEF_PAGES
from rapprochement_sim.game.library import Library, lesson_game
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.plain.game import PlainGame
from rapprochement_sim.scenario.lessons import first_lesson
from rapprochement_sim.tui.widgets.board import Board
from rapprochement_sim.tui.widgets.lesson_strip import LessonStrip
from rapprochement_sim.vocabulary import Capital
from tests.game.games import play_busily
from tests.tui import hand
from tests.tui.playing import LESSON, Player, play, with_few_worlds

if TYPE_CHECKING:
    from pathlib import Path

    from rapprochement_sim.game.past import LookBack
    from rapprochement_sim.game.seat import Seat

SEOUL = Capital.SEOUL
SIZE = (120, 40)
DRAWN = re.compile(r"[#|o+-]{2,}|\.{3,}")
CUT = re.compile(r"[\w ]*\w\.\.")
OWN_FIGURES = "Figures that you know"
"""The codex lists them last on the screens; in the plain game `figures WORD` does."""
SAVED = re.compile(r"The game is saved in .*", re.DOTALL)


class Twin(NamedTuple):
    """A screen by its keys from the room, the plain command, and what only one may say."""

    keys: tuple[str, ...]
    command: str
    screen_only: str = ""
    plain_only: str = ""
    is_fuller: bool = False
    """Whether the screen tells more of the same: the effects of a refusal with their bands."""


PAGES = {page.word: str(number) for number, page in enumerate(DEBRIEF_PAGES, start=1)}
MARKS = "Marks done refused or failed befell"
TWINS = (
    Twin(("d", PAGES["scores"]), "debrief scores", "you", "DEBRIEF played What it decided"),
    Twin(("d", PAGES["turning"]), "debrief turning", "is zero exact"),
    Twin(("d", PAGES["luck"]), "debrief luck", "is zero turn by exact their with", "everybody"),
    Twin(("d", PAGES["who"]), "debrief who", "played in this game", "who decided played here"),
    Twin(("d", PAGES["forecasts"]), "debrief forecasts"),
    Twin(
        ("d", PAGES["worlds"]),
        "debrief worlds",
        "at end Enter draws another outcomes came true which share",
    ),
    Twin(("d", PAGES["seats"]), "debrief seats", "", "What it decided"),
    Twin(("d", PAGES["causes"]), "debrief causes"),
    Twin(("t", "left"), "timeline 7", "", f"{MARKS} koreans japanese"),
    Twin(
        ("t", "left", "2"),
        "timeline 7 desk",
        "",
        "accept capital answer with unanswered an offer left when close counts as refused "
        "preview order more polls disputes trust institutions goals orders why figure help "
        "what happened last things stand known alone secret ones those are contested unsure "
        "lesson seoul waits refusal refuse koreans japanese genron eai impression favourable "
        "unfavourable approval staff papers restricts",
        is_fuller=True,
    ),
    Twin(
        ("t", "left", "3"),
        "timeline 7 record",
        "what happened in these months and this game's polls jul sep 2024 8",
    ),
    Twin(
        ("t", "4"),
        "beside",
        "another set this game enter turn 8 of oct dec 2024",
        "other saves save",
    ),
    Twin(
        ("c", "/", *"salience"),
        "codex salience",
        "1 2",
        "explain glossary variables parameters indicators",
    ),
    Twin(("f",), "forecast", "scores so far", "your forecasts say it before happens"),
)


def words(text: str) -> set[str]:
    """Return the figures of a text, and its words of more than two letters, if they are whole."""
    told = DRAWN.sub(" ", CUT.sub(" ", SAVED.sub("", text)))
    return set(re.findall(r"\d+(?:\.\d+)?|[a-z][a-z']{2,}", told.casefold()))


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory) -> LocalSeat:
    path = tmp_path_factory.mktemp("twins") / "game.jsonl"
    session = start_game(LESSON, seats=[SEOUL], seed=7, path=path)
    play_busily(session, session.case.world.n_turns)
    seat = with_few_worlds(LocalSeat(session, SEOUL))
    seat.past.branch(3)
    return seat


@pytest.fixture(scope="module")
def looked_back(over: LocalSeat) -> LookBack:
    *_, last = over.past.looks(lambda: True)
    assert last.is_done
    return last


def said(seat: Seat, command: str, look: LookBack | None = None) -> str:
    told: list[str] = []
    game = PlainGame(seat, lambda _: None, told.append)
    game._hindsight._look = look  # noqa: SLF001 - the worlds are played once for all pages
    game.obey(command)
    return "\n".join(told)


@pytest.fixture(scope="module")
def screens(
    over: LocalSeat, looked_back: LookBack, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """Return the text of each screen, by the command of its twin."""
    shown = {}

    async def doing(player: Player) -> None:
        for twin in TWINS:
            player.app.stand_up()
            await hand.settle(player.app)
            player.app.play(over)
            player.app.desk.look_back = looked_back
            await hand.settle(player.app)
            await player.press("escape", *twin.keys)
            await player.app.workers.wait_for_complete()
            await hand.settle(player.app)
            text = player.app.screen.query_one("#sheet", Board).text
            shown[twin.command] = text.partition(OWN_FIGURES)[0]

    play(doing, tmp_path_factory.mktemp("screens"), seat=over, size=SIZE)
    return shown


@pytest.mark.slow
@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.command)
def test_a_screen_and_its_plain_twin_say_the_same(
    twin: Twin, screens: dict[str, str], over: LocalSeat, looked_back: LookBack
) -> None:
    plain, screen = words(said(over, twin.command, looked_back)), words(screens[twin.command])
    assert plain
    assert plain - screen <= words(twin.plain_only)
    assert twin.is_fuller or screen - plain <= words(twin.screen_only)


def test_a_turn_ends_in_the_same_words_on_both_faces(tmp_path: Path) -> None:
    on_screens, in_plain = (Library(tmp_path / face).start(lesson_game()) for face in "sp")
    told = said(in_plain, "talks") + said(in_plain, "resolve")
    shown = []

    async def doing(player: Player) -> None:
        await player.press("escape", "e", "enter", "escape", "e", "enter")
        assert player.where == "ResolutionScreen"
        for _ in player.app.desk.briefing.news:
            await player.press("enter")
            shown.append(player.app.screen.query_one("#sheet", Board).text)

    play(doing, tmp_path, seat=on_screens, size=SIZE)
    assert "What moved, and why" in shown[-1]
    heads = words(f"happened of {MARKS} turn over any on room situation tells it changed")
    assert words(" ".join(shown)) - words(told) <= heads


def test_the_lesson_is_the_same_on_both_faces(tmp_path: Path) -> None:
    seat = Library(tmp_path).start(lesson_game())
    pages = []

    async def doing(player: Player) -> None:
        await player.press("escape")
        while (page := seat.lesson.page()) is not None and not page.is_done:
            strip = player.app.screen.query_one(LessonStrip).text
            assert words(page.about) <= words(strip)
            assert words(page.about) <= words(said(seat, "lesson"))
            assert "[x skips]" in strip
            pages.append(page.number)
            await player.press("x")
        end = first_lesson().closing
        assert words(end.about) <= words(player.app.screen.query_one(LessonStrip).text)
        assert words(f"{end.about} {end.plain}") <= words(said(seat, "lesson"))
        assert "[x closes]" in player.app.screen.query_one(LessonStrip).text

    play(doing, tmp_path, seat=seat)
    assert len(pages) > 1
