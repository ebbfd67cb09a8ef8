"""The screens before a game, and what explains, say what the plain game says.

Words and figures of both are compared as sets, as in ``test_twins_looking_back``. What only
one face may say is listed: words about its own keys or commands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.game.library import Library, NewGame
from rapprochement_sim.game.settings import CHOICES, Settings
from rapprochement_sim.plain.front import Front
from rapprochement_sim.plain.front_pages import run_lines
from rapprochement_sim.plain.game import PlainGame
from rapprochement_sim.tui.boards import runs
from rapprochement_sim.tui.widgets.board import Board
from rapprochement_sim.vocabulary import CAPITALS, Capital
from tests.tui import hand
from tests.tui.playing import LESSON, Player, play
from tests.tui.test_open_run import study  # noqa: F401 - a fixture
from tests.tui.test_plain_twin import shown
from tests.tui.test_twins_looking_back import words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rapprochement_sim.game.seat import Seat

SIZE = (160, 50)
START_KEYS = words("arrows move enter chooses the mouse does too")
START_TYPED = words("Rapprochement type word list press lesson new load open help quit settings 2")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Keep two games on a shelf, one of them with a broken save."""
    shelf = Library(tmp_path_factory.mktemp("shelf"))
    for capital in (Capital.SEOUL, Capital.TOKYO):
        shelf.start(NewGame(LESSON, capital, 7)).commit()
    (shelf.folder / "broken.jsonl").write_text("nothing\n", "utf-8")
    return shelf


def at_the_start(library: Library, *commands: str, settings: Settings | None = None) -> str:
    """Return what the plain start answers to some commands."""
    told: list[str] = []
    front = Front(library, settings or Settings(), lambda _: None, told.append)
    for command in commands:
        front.obey(command)
    return "\n".join(told)


def boards(player: Player, names: Iterable[str] = ("sheet",)) -> str:
    return "\n".join(player.app.screen.query_one(f"#{name}", Board).text for name in names)


async def go(player: Player, place: str) -> None:
    player.app.go(place)
    await hand.settle(player.app)
    await player.app.workers.wait_for_complete()
    await hand.settle(player.app)


@pytest.mark.slow
def test_the_screens_before_a_game_say_what_the_plain_start_says(library: Library) -> None:
    async def doing(player: Player) -> None:
        await player.app.workers.wait_for_complete()
        await hand.settle(player.app)
        on_screen, plain = words(boards(player)), words(at_the_start(library, "start"))
        assert on_screen - plain <= START_KEYS
        assert plain - on_screen <= START_TYPED

        await go(player, "load")
        on_screen, plain = words(boards(player)), words(at_the_start(library, "load"))
        assert {"broken", "seoul", "tokyo"} <= on_screen & plain
        assert on_screen - plain <= words("scenario seat stands at nobody")
        assert plain - on_screen <= words("load a game the latest first N 1 2 3 nobody turn of")

        player.app.pop_screen()
        await go(player, "settings")
        on_screen, plain = words(boards(player)), words(at_the_start(library, "settings"))
        keys = words("ctrl anywhere where color set are used larger often and changes none")
        assert on_screen - plain <= keys
        assert plain >= words(" ".join(v for each in CHOICES.values() for v in each.values))

        player.app.pop_screen()
        await go(player, "open_run")
        on_screen, plain = words(boards(player)), words(at_the_start(library, "open"))
        assert on_screen - plain <= words("type where one is below")

        player.app.pop_screen()
        await go(player, "new_game")
        plain = words(at_the_start(library, "new"))
        on_screen = words(boards(player))
        assert on_screen - plain <= words("begin enter anywhere another number that")
        for card in library.cards():
            await player.scroll_to(card.title)
            await player.click(card.title)
            if f"(o) {card.title}" not in player.read():
                await player.click(card.title)
            about = words(boards(player, ("aside",)))
            seats = [f"seat {card.titles[each]}" for each in CAPITALS]
            told = words(at_the_start(library, f"scenario {card.id}", *seats))
            assert about <= told, card.id
            for text in (card.era, card.summary, card.teaches, *card.seats.values()):
                assert words(text) <= about & told

    play(doing, library.folder, size=SIZE)


def test_what_is_set_on_one_face_is_set_on_the_other(tmp_path: Path) -> None:
    kept = tmp_path / "settings.json"
    last = {name: list(choice.values)[-1] for name, choice in CHOICES.items()}
    settings = Settings.read(kept)
    typed = [f"settings {name} {value}" for name, value in last.items()]
    told = at_the_start(Library(tmp_path), *typed, settings=settings)
    assert told.count("Kept.") == len(CHOICES)
    assert Settings.read(kept) == settings != Settings()
    told = at_the_start(Library(tmp_path), "settings", settings=Settings.read(kept))
    assert all(f"(o) {value}" in told for value in last.values())


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("settings advsers quick", "did you mean 'advisers'?"),
        ("settings theme pink", "Allowed: dark, light, projector."),
        ("settings theme", "no value is named for theme"),
        ("loed", "did you mean 'load'?"),
        ("load 77", "there is no game 77"),
        ("load broken", "!"),
        ("seat mars", "there is no capital 'mars'"),
        ("lens x", "there is no school 'x'"),
        ("seed -4", "'-4' is no seed"),
        ("scenario nowhere", "there is no scenario 'nowhere'"),
        ("run 3", "no study is open"),
        ("take", "no study is open"),
        ("open nowhere", "!"),
    ],
)
def test_a_wrong_word_at_the_start_is_told_so(typed: str, told: str, library: Library) -> None:
    assert told in at_the_start(library, typed)


def test_an_explanation_is_the_same_on_both_faces(midgame: Seat, tmp_path: Path) -> None:
    told: list[str] = []
    game = PlainGame(midgame, lambda _: None, told.append)
    names = ("rapprochement", "trust_seoul_tokyo", "institutions:gsomia")

    async def doing(player: Player) -> None:
        for name in names:
            told.clear()
            game.obey(f"explain {name}")
            player.app.go("source", name)
            await hand.settle(player.app)
            on_screen, plain = words(boards(player)), words("\n".join(told))
            assert len(on_screen) > 10
            assert on_screen - plain <= words("enter opens")
            player.app.pop_screen()

    play(doing, tmp_path, seat=midgame, size=SIZE)


def test_instructions_and_the_region_are_the_same_on_both_faces(
    midgame: Seat, tmp_path: Path
) -> None:
    told: list[str] = []
    game = PlainGame(midgame, lambda _: None, told.append)

    async def doing(player: Player) -> None:
        player.app.go("instructions")
        await hand.settle(player.app)
        game.obey("instructions")
        briefing = midgame.brief()
        for text in (briefing.introduction, *(goal.text for goal in briefing.goals)):
            assert words(text) <= words(boards(player)) & words(told[-1])

        player.app.pop_screen()
        await player.press("7")
        game.obey("region")
        on_screen = words("\n".join(board.text for board in player.app.screen.query(Board)))
        numbers = {word for word in words(told[-1]) if word[0].isdigit()}
        assert numbers - on_screen <= {"0", "1"}
        assert {line.word for line in briefing.dyads} <= words(told[-1]) & on_screen

    play(doing, tmp_path, seat=midgame, size=SIZE)


def test_a_run_of_a_study_is_told_alike(study: Path) -> None:  # noqa: F811 - the fixture
    from rapprochement_sim.experiments.opening import open_study  # noqa: PLC0415 - a second

    opened = open_study(study)
    row = opened.row(0)
    page = run_lines(opened, row, Capital.SEOUL, 1, is_exact=True)
    board = runs.run_lines(opened, row, Capital.SEOUL, 1, is_exact=True, width=SIZE[0])
    on_screen, plain = words(shown(board)), words("\n".join(page))
    assert on_screen - plain <= words(" ".join(map(str, range(1, 30))))
    assert plain - on_screen <= words("capital chooses to 5 turn")
