"""A player's own forecasts: asked, kept with the save, scored beside the advisers' own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.game.forecast_text import parse_answer
from rapprochement_sim.game.forecasts import PLAYER
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.game.replaying import open_game
from rapprochement_sim.plain.game import PlainGame
from rapprochement_sim.vocabulary import Capital

if TYPE_CHECKING:
    from pathlib import Path


def seated(path: Path | None = None) -> LocalSeat:
    session = start_game("sandbox", seats=[Capital.SEOUL], seed=3, path=path)
    return LocalSeat(session, Capital.SEOUL)


def resolved(seat: LocalSeat) -> None:
    turn = seat.turn
    while seat.turn == turn:
        seat.commit()


def test_a_probability_is_scored_by_what_was_published() -> None:
    seat = seated()
    question = next(q for q in seat.forecasts().questions if "unfavourable" in q.figure)
    seat.forecast(question.figure, question.above, question.at, 0.8)
    assert not [s for s in seat.forecasts().scores.forecasters if s.n_chances]
    resolved(seat)
    page = seat.forecasts()
    value = seat.session.turns[0].published[f"published_{question.figure}"]
    [score] = [s for s in page.scores.forecasters if s.by == PLAYER]
    came = value > question.above
    assert score.n_chances == 1
    assert score.brier == pytest.approx((0.8 - came) ** 2)
    [past] = page.past
    assert past.came == ("it came true" if came else "it did not")
    assert past.is_good == came


def test_a_band_is_scored_as_nine_cases_of_ten_and_nothing_more() -> None:
    seat = seated()
    seat.forecast_band("korea_unfavourable_of_japan", 0.0, 100.0, 1)
    seat.forecast_band("japan_unfavourable_of_korea", 0.0, 0.5, 1)
    resolved(seat)
    [score] = [s for s in seat.forecasts().scores.forecasters if s.by == PLAYER]
    assert (score.within_90.hits, score.within_90.n) == (1, 2)
    assert score.within_50.n == 0
    assert {past.is_good for past in seat.forecasts().past} == {True, False}


def test_what_is_said_again_replaces_what_was_said(tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    seat = seated(path)
    question = seat.forecasts().questions[0]
    for probability in (0.2, 0.6):
        seat.forecast(question.figure, question.above, question.at, probability)
    seat.forecast_band(question.figure, 40.0, 60.0, question.at)
    again = LocalSeat(open_game(path), Capital.SEOUL)
    assert again.forecasts() == seat.forecasts()
    kept = again.forecasts().questions[0]
    assert (kept.said, kept.band) == (0.6, (40.0, 60.0))


@pytest.mark.slow
def test_outcomes_are_asked_and_scored_at_the_end() -> None:
    seat = seated()
    question = next(q for q in seat.forecasts().questions if not q.has_band)
    seat.forecast(question.figure, question.above, question.at, 1.0)
    while not seat.session.is_over:
        seat.commit()
    [past] = seat.forecasts().past
    assert past.came is not None
    assert not seat.forecasts().questions


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("forecast 99: 60%", "there is no question 99"),
        ("forecast 1: likely", "neither a probability nor a band"),
        ("forecast 1: 160%", "no probability"),
        ("forecast 1: 51 to 44", "Name the lower end first"),
        ("forecast perhaps", "this is no forecast"),
    ],
)
def test_what_cannot_be_understood_is_told_so(line: str, told: str) -> None:
    said: list[str] = []
    PlainGame(seated(), lambda _: None, said.append).obey(line)
    assert told in " ".join(said[-1].split())


def test_the_prompt_asks_keeps_and_scores() -> None:
    said: list[str] = []
    game = PlainGame(seated(), lambda _: None, said.append)
    for line in ("forecast", "forecast 2: 70%", "forecast 2: 30 to 70", "forecast", "resolve"):
        game.obey(line)
    assert "you: 70%" in said[3]
    assert "your band: 30.0% to 70.0%" in said[3]
    game.obey("forecast")
    assert "you said 70%" in said[-1]
    assert "player: 1 probability, 1 band scored" in said[-1]


@pytest.mark.parametrize(
    ("typed", "read"),
    [("60", (0.6, None)), ("60 %", (0.6, None)), ("between 44 and 51", (0.0, (44.0, 51.0)))],
)
def test_a_probability_or_a_band_is_read(
    typed: str, read: tuple[float, tuple[float, float] | None]
) -> None:
    assert parse_answer(typed) == read
    with pytest.raises(MalformedInput):
        parse_answer("no idea")


def test_what_is_noted_has_the_digits_of_its_question() -> None:
    seat = seated()
    for question in seat.forecasts().questions:
        told = seat.forecast(question.figure, question.above, question.at, 0.65)
        assert told == f"{question.title.removesuffix('?')}: 65%"
    band = seat.forecast_band("approval_seoul", 0.331234, 0.360001, 1)
    assert "between 33.1% and 36.0%" in band
