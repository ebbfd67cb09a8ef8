"""The first lesson at a prompt, and how a save keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.game.journal_files import read_journal
from rapprochement_sim.game.lesson import begin_lesson, is_lesson
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.plain.game import PlainGame
from rapprochement_sim.scenario.lessons import first_lesson, read_lesson
from rapprochement_sim.vocabulary import Capital

if TYPE_CHECKING:
    from pathlib import Path

TEXT = first_lesson()
# What a player types for each step who does as the lesson says.
TYPED = {
    "goals": ["goals"],
    "look": ["figure rapprochement"],
    "source": ["explain rapprochement"],
    "answer": ["offers", "refuse tokyo"],
    "preview": ["preview 1"],
    "modifier": ["modifiers 2", "order 2"],
    "advisers": ["lesson skip"],
    "forecast": ["forecast rapprochement above 48 by turn 1: 60%"],
    "talks": ["talks"],
    "resolve": ["resolve"],
    "read": ["briefing"],
    "why": ["why rapprochement"],
    "timeline": ["timeline 1"],
    "codex": ["codex salience"],
    "alone": ["resolve"],
    "end": ["resolve"] * 3,
    "reached": ["goals"],
}


def lesson(path: Path | None = None) -> tuple[PlainGame, list[str]]:
    """Begin the lesson at a prompt; return it, and what it says."""
    session = start_game(TEXT.scenario, seats=[Capital.SEOUL], seed=TEXT.seed, path=path)
    begin_lesson(session, Capital.SEOUL)
    said: list[str] = []
    return PlainGame(LocalSeat(session, Capital.SEOUL), lambda _: None, said.append), said


def test_the_whole_lesson_is_done_at_the_prompt() -> None:
    game, said = lesson()
    for number, step in enumerate(TEXT.steps, start=1):
        page = game.seat.lesson.page()
        assert page is not None
        assert (page.number, page.about) == (number, step.about)
        for line in TYPED[step.id]:
            game.obey(line)
    assert f"Lesson {len(TEXT.steps)}/{len(TEXT.steps)}, done" in said[-1]
    assert TEXT.closing.about in said[-1]
    assert game.seat.turn == TEXT.turns
    assert not any(text.lstrip().startswith("! ") for text in said)


def test_the_seed_of_the_lesson_brings_an_offer_in_its_first_turn() -> None:
    game, _ = lesson()
    assert game.seat.brief().offers


def test_a_save_keeps_how_far_the_lesson_is(tmp_path: Path) -> None:
    path = tmp_path / "lesson.jsonl"
    game, _ = lesson(path)
    game.obey("goals")
    game.obey("lesson skip")
    mark = read_journal(path).lesson
    assert mark is not None
    assert mark.behind == ("goals", "look")
    game.obey("lesson leave")
    again = read_journal(path).lesson
    assert again is not None
    assert again.is_left


def test_an_offer_that_never_comes_is_not_waited_for() -> None:
    game, _ = lesson()
    for line in ("goals", "figure rapprochement", "explain rapprochement", "talks"):
        game.obey(line)
    page = game.seat.lesson.page()
    assert page is not None
    assert page.about != next(step.about for step in TEXT.steps if step.id == "answer")


def test_only_seoul_in_its_scenario_is_the_lesson() -> None:
    assert is_lesson("sandbox", Capital.SEOUL)
    assert not is_lesson("sandbox", Capital.TOKYO)
    assert not is_lesson("rekindled_2023", Capital.SEOUL)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("until: goals_sen", "goals_seen"),
        ("until: goals_seen, hint: no", "unknown key 'hint'"),
        (f"until: goals_seen, needs: [{'snow'}]", "snow"),
    ],
)
def test_a_malformed_lesson_says_where(fault: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "lesson.yaml"
    step = f"{{id: one, {fault}, about: a, screens: b, plain: c}}"
    words = "{about: a, screens: b, plain: c}"
    head = "title: t\nscenario: sandbox\nseat: seoul\nseed: 1\nturns: 1\n"
    head += f"closing: {words}\nafterwards: {words}\n"
    path.write_text(f"{head}steps:\n  - {step}\n", encoding="utf-8")
    with pytest.raises(MalformedInput) as caught:
        read_lesson(path)
    assert told in str(caught.value)
    assert "lesson.yaml:9" in str(caught.value)
