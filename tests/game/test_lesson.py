"""The first lesson at a prompt, and how a save keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.game.journal_files import read_journal
from rapprochement_sim.game.lesson import begin_lesson, is_lesson
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.game.replaying import open_game
from rapprochement_sim.game.session import Phase
from rapprochement_sim.plain.game import PlainGame
from rapprochement_sim.scenario.lessons import first_lesson, read_lesson
from rapprochement_sim.scenario.loading import load_scenario
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


def shown(game: PlainGame) -> tuple[int, str]:
    """Return which step the lesson shows, and what it says."""
    page = game.seat.lesson.page()
    assert page is not None
    return page.number, page.about


def test_the_whole_lesson_is_done_at_the_prompt_and_the_game_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "lesson.jsonl"
    game, said = lesson(path)
    for number, step in enumerate(TEXT.steps, start=1):
        assert shown(game) == (number, step.about)
        for line in TYPED[step.id]:
            game.obey(line)
    assert f"Lesson {len(TEXT.steps)}/{len(TEXT.steps)} done" in said[-1]
    assert TEXT.closing.about in said[-1]
    assert game.seat.turn == TEXT.turns
    session = open_game(path)
    left, again = (
        PlainGame(LocalSeat(session, Capital.SEOUL), lambda _: None, said.append) for _ in "12"
    )
    left.play()
    assert TEXT.closing.about in said[-2], "a game opened again says where the lesson stands"
    for line in ("order 1", "resolve", "resolve", "resolve"):
        again.obey(line)
    assert session.phase is Phase.OVER
    assert TEXT.afterwards.about in said[-1]
    again.obey("lesson leave")
    assert again.seat.lesson.page() is None
    assert not any(text.lstrip().startswith("! ") for text in said)
    replayed = open_game(path)
    assert replayed.is_over
    assert [state.digest() for state in replayed.states[1:]] == [
        state.digest() for state in session.states[1:]
    ]


def test_the_lesson_takes_the_first_turns_of_a_longer_game() -> None:
    assert 5 == TEXT.turns < load_scenario(TEXT.scenario).schema.turns


def test_whoever_hurries_is_told_all_the_same_where_the_lesson_ends() -> None:
    game, _ = lesson()
    for _ in range(TEXT.turns):
        game.obey("resolve")
    assert shown(game) == (len(TEXT.steps), TEXT.steps[-1].about)
    game.obey("goals")
    number, about = shown(game)
    assert about == TEXT.closing.about
    assert number < len(TEXT.steps), "what was left out is not called done"


def test_whoever_skips_every_step_is_told_that_the_lesson_is_over() -> None:
    game, _ = lesson()
    while shown(game)[1] != TEXT.closing.about:
        game.obey("lesson skip")
    game.obey("lesson skip")
    assert not game.seat.lesson.is_open


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
