"""What a win takes: said before the game starts, judged when it is over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from rapprochement_sim.game.debrief import debrief
from rapprochement_sim.game.futures import play_futures
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.moved_mark import Fared, moved
from rapprochement_sim.game.opening import with_lenses
from rapprochement_sim.game.winning import INTERVAL, WinRule, win_rule
from rapprochement_sim.model import load_case
from rapprochement_sim.plain.briefing_page import briefing_lines
from rapprochement_sim.plain.debrief_page import score_lines
from rapprochement_sim.vocabulary import CAPITALS, Capital
from tests.game.games import new_game

if TYPE_CHECKING:
    from rapprochement_sim.decision.case import Case

SHIPPED = ("rekindled_2023", "spiral_2018", "sandbox")


def test_both_the_mark_and_automated_play_must_be_passed() -> None:
    marked = WinRule(Capital.SEOUL, 60.0, 60.0, 20.0, 30.0, 40.0, 256)
    assert not marked.is_won(60.0)
    assert marked.is_won(60.1)
    unmarked = WinRule(Capital.SEOUL, 0.0, 0.0, 20.0, 30.0, 40.0, 256)
    assert not unmarked.is_won(40.0)
    assert unmarked.is_won(40.1)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_seat_of_a_shipped_scenario_has_its_mark(name: str) -> None:
    for brief in load_case(name).loaded.schema.seats.values():
        assert brief.win_score is not None
        assert 0.0 < brief.win_score.value < 100.0


def test_few_win_by_leaving_everything_to_the_governments() -> None:
    """Worlds of another chance pass the interval's end about as often as it says."""
    case, n = load_case("rekindled_2023"), 128
    fresh = play_futures(case, None, seed=5, runs=range(n)).scores
    beyond = 1.0 - INTERVAL[-1]
    for seat in CAPITALS:
        rule = win_rule(case, seat)
        share = float((fresh[seat] > rule.automated_high).mean())
        assert abs(share - beyond) < 5.0 * np.sqrt(beyond * (1.0 - beyond) / n)
        assert float(np.mean([rule.is_won(score) for score in fresh[seat]])) <= share


def test_the_first_page_tells_it_and_later_pages_do_not() -> None:
    session = new_game(Capital.TOKYO, seed=3)
    seat = LocalSeat(session, Capital.TOKYO)
    first = seat.brief()
    assert first.win == win_rule(session.case, Capital.TOKYO)
    told = " ".join(line.strip() for line in briefing_lines(first, is_first=True))
    assert first.win is not None
    assert f"You win with more than {first.win.bar:.1f} of 100 points" in told
    session.play_turn()
    assert seat.brief().win is None


def test_the_end_judges_by_what_was_told() -> None:
    session = new_game(Capital.TOKYO, seed=3)
    told = LocalSeat(session, Capital.TOKYO).brief().win
    assert all(seat.win is None and not seat.is_won for seat in debrief(session).seats)
    while not session.is_over:
        session.play_turn()
    report = debrief(session)
    tokyo = report.seats[Capital.TOKYO]
    assert tokyo.win == told
    assert told is not None
    assert tokyo.is_won == (tokyo.score > told.bar)
    verdicts = [line for line in score_lines(report) if line.strip()]
    for seat, line in zip(report.seats, verdicts, strict=True):
        assert seat.win is not None
        assert line.endswith(f"{'won' if seat.is_won else 'not won'} ({seat.win.bar:.1f} to win)")
        assert len(line) <= 80


def test_a_mark_keeps_its_place_among_the_scores_of_other_governments() -> None:
    usual, here = Fared(50.0, 10.0), Fared(30.0, 5.0)
    assert moved(60.0, usual, here) == 35.0
    assert moved(50.0, usual, here) == 30.0
    assert moved(60.0, usual, usual) == 60.0
    assert moved(60.0, Fared(50.0, 0.0), here) == 40.0
    assert (moved(0.0, usual, Fared(1.0, 10.0)), moved(99.0, usual, Fared(90.0, 9.0))) == (0, 100)


@pytest.fixture(scope="module")
def among_constructivists() -> tuple[Case, WinRule]:
    """Give the sandbox from Washington, all others judging by identity and memory."""
    seat = Capital.WASHINGTON
    mixes = {other.key: {"constructivist": 1.0} for other in CAPITALS if other != seat}
    case = with_lenses(load_case("sandbox"), mixes)
    return case, win_rule(case, seat)


def test_other_governments_move_the_mark(among_constructivists: tuple[Case, WinRule]) -> None:
    _, rule = among_constructivists
    usual = win_rule(load_case("sandbox"), rule.seat)
    assert usual.least_score == usual.asked == rule.asked
    assert rule.least_score != rule.asked
    assert rule.bar == max(rule.least_score, rule.automated_high)


def test_the_players_own_lens_moves_no_mark() -> None:
    case = with_lenses(load_case("sandbox"), {"seoul": {"realist": 1.0}})
    rule = win_rule(case, Capital.SEOUL)
    assert rule.least_score == rule.asked > 0.0


def test_the_first_page_tells_both_marks(among_constructivists: tuple[Case, WinRule]) -> None:
    _, rule = among_constructivists
    way = "harder" if rule.least_score < rule.asked else "easier"
    told = f"asks for {rule.asked:g}, and for {rule.least_score:.1f} among these governments"
    assert told in rule.demand
    assert way in rule.demand
    assert (
        replace(rule, least_score=rule.asked).demand == f"; this scenario asks for {rule.asked:g}"
    )
    assert replace(rule, asked=0.0).demand == ""
