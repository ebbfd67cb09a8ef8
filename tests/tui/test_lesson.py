"""The first lesson on the screens: moved on by what is done, to its end, by keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.game.library import Library, lesson_game
from rapprochement_sim.game.session import Phase
from rapprochement_sim.scenario.lessons import first_lesson
from rapprochement_sim.tui.boards.figures import value_text
from rapprochement_sim.tui.lines import Spot
from rapprochement_sim.tui.widgets.board import Board
from rapprochement_sim.tui.widgets.lesson_strip import lesson_lines
from tests.tui.playing import Player, new_seat, play

if TYPE_CHECKING:
    from pathlib import Path

TEXT = first_lesson()
STEPS = [step.id for step in TEXT.steps]


def step_of(player: Player) -> str:
    """Name the step that the strip shows."""
    page = player.app.desk.seat.lesson.page()
    assert page is not None
    if not page.is_done:
        assert page.about.split()[0] in player.read(), "the strip says what the lesson says"
    return "done" if page.is_done else STEPS[page.number - 1]


async def orders_with_a_modifier(player: Player) -> None:
    """Open the first paper that has modifiers and can be given alone; take one; give it."""
    papers = player.app.desk.briefing.papers
    paper = next(p for p in papers if p.preview.modifiers and not p.reason)
    await player.press("o", str(paper.number))
    if not any(modifier.is_chosen for modifier in paper.preview.modifiers):
        player.app.screen.query_one(Board).move_to(
            Spot("choice", f"modifier:{paper.preview.modifiers[0].id}")
        )
        await player.press("space")
    await player.press("g", "escape")


async def ends_a_turn(player: Player) -> None:
    """Close the talks and the turn without deciding anything, and read on."""
    await player.press("e", "enter", "escape", "e", "enter")
    assert player.where == "ResolutionScreen"
    await player.press("escape", "enter")


@pytest.mark.slow
def test_the_whole_lesson_is_done_by_keyboard_alone(tmp_path: Path) -> None:
    async def doing(player: Player) -> None:
        await player.press("f")
        await player.until("InstructionsScreen")
        assert step_of(player) == "goals"
        await player.press("enter", "2")
        assert step_of(player) == "look"
        await player.press("1", "down", "enter")
        assert player.where == "FigureScreen"
        assert step_of(player) == "source"
        await player.press("s", "escape", "escape")
        assert step_of(player) == "answer"
        await player.press("p", "n", "escape")
        assert step_of(player) == "preview"
        await orders_with_a_modifier(player)
        assert step_of(player) == "advisers"
        await player.press("x")
        assert step_of(player) == "forecast"
        player.app.desk.seat.forecast("rapprochement", 48.0, 1, 0.6)
        await player.press("e", "enter", "escape")
        assert step_of(player) == "resolve"
        await player.press("e", "enter")
        assert step_of(player) == "read"
        await player.press("escape", "enter")
        assert step_of(player) == "why"
        await player.press("question_mark", "escape")
        assert step_of(player) == "timeline"
        await player.press("t", "escape")
        assert step_of(player) == "codex"
        await player.press("c", "enter", "escape", "escape")
        assert step_of(player) == "alone"
        await ends_a_turn(player)
        assert step_of(player) == "end"
        while player.app.desk.seat.turn < TEXT.turns:
            await ends_a_turn(player)
        assert step_of(player) == "reached"
        assert "The lesson ends here" in player.read()
        await player.press("2")
        assert step_of(player) == "done"
        assert TEXT.closing.about in player.read()
        while player.app.desk.seat.phase is not Phase.OVER:
            await ends_a_turn(player)
        assert player.where == "DebriefScreen"
        assert TEXT.afterwards.about in player.read()
        assert TEXT.afterwards.about not in await player.press("x")

    play(doing, tmp_path)


@pytest.mark.slow
def test_a_lesson_goes_on_where_it_was_left(tmp_path: Path) -> None:
    async def begins(player: Player) -> None:
        await player.press("enter", "2", "1", "enter", "q")

    play(begins, tmp_path, seat=Library(tmp_path).start(lesson_game()))
    [saved] = Library(tmp_path).saves()
    again, _ = Library(tmp_path).open(saved.path)

    async def goes_on(player: Player) -> None:
        assert step_of(player) == "source"

    play(goes_on, tmp_path, seat=again)


def test_what_was_done_early_is_not_asked_for_again(tmp_path: Path) -> None:
    seat = Library(tmp_path).start(lesson_game())
    seat.lesson.did("source_seen")
    assert not seat.lesson.did("timeline_opened"), "there is no past turn yet"
    shown = []
    while (page := seat.lesson.page()) is not None and not page.is_done:
        shown.append(STEPS[page.number - 1])
        seat.lesson.skip()
    assert "source" not in shown
    assert "look" in shown


def test_every_step_fits_its_strip_and_names_keys(tmp_path: Path) -> None:
    seat = Library(tmp_path).start(lesson_game())
    while (page := seat.lesson.page()) is not None:
        for width in (80, 120):
            shown = list(lesson_lines(page, width))
            assert len(shown) <= 3
            assert all(sum(len(span.text) for span in line) <= width for line in shown)
        seat.lesson.skip()
    assert not seat.lesson.is_open


@pytest.mark.slow
def test_other_games_have_no_strip(tmp_path: Path) -> None:
    async def doing(player: Player) -> None:
        assert "Lesson" not in await player.press("enter", "x")
        shown = await player.press("down", "enter")
        assert value_text(player.app.desk.briefing.headlines[1]) in shown

    play(doing, tmp_path, seat=new_seat(tmp_path))


def test_an_offer_is_countered_on_the_screens(tmp_path: Path) -> None:
    seat = Library(tmp_path).start(lesson_game())

    async def doing(player: Player) -> None:
        shown = await player.press("enter", "p")
        assert "says:" in shown or "gives no reason" in shown
        await player.press("enter", "c")
        assert player.where == "OrderScreen"
        assert [item.kind for item in player.app.desk.briefing.desk] == ["answer"]
        await player.press("g")
        assert [item.kind for item in player.app.desk.briefing.desk] == ["answer", "offer"]

    play(doing, tmp_path, seat=seat)
