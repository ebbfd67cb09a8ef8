"""Looking back on a game with many worlds."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rapprochement_sim.decision.case import Case
from rapprochement_sim.errors import NotAllowedNow
from rapprochement_sim.game.analysis import Analysis, Effort, analyse, played_seats
from rapprochement_sim.game.analysis_data import plain_data
from rapprochement_sim.game.arms import ArmScores, as_decided, play_lanes
from rapprochement_sim.game.decisions import Decision
from rapprochement_sim.game.futures import play_futures
from rapprochement_sim.game.journal import Header
from rapprochement_sim.game.luck import arms_of_luck, play_luck
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.game.session import Session
from rapprochement_sim.game.who_decided import sources_of
from rapprochement_sim.model import compile_case
from rapprochement_sim.plain.analysis_page import analysis_lines
from rapprochement_sim.plain.layout import WIDTH, page
from rapprochement_sim.randomness import (
    DRAWS_PER_CAPITAL,
    Chance,
    Process,
    decisions_of,
    draws_of,
)
from rapprochement_sim.scenario.loading import load_scenario
from rapprochement_sim.scenario.schema import Goal
from rapprochement_sim.vocabulary import CAPITALS, Capital
from tests.game.commands import Commands
from tests.game.games import SCENARIO, new_game, order_of, play_busily
from tests.tiny import (
    CITIZENS,
    SHIPPED,
    action,
    effect,
    seat,
    shipped_rules_few_citizens,
    tiny_case,
)

N_TURNS = 5
TOKYO, SEOUL = Capital.TOKYO, Capital.SEOUL
LITTLE = Effort(worlds=24, pairs=12, luck_runs=6, rounds=(4, 4))


@cache
def short_case() -> Case:
    """Return the shipped scenario with few citizens and few turns."""
    loaded = load_scenario(SHIPPED)
    schema = loaded.schema.model_copy(update={"citizens": CITIZENS, "turns": N_TURNS})
    return compile_case(replace(loaded, schema=schema))


def played(*seats: Capital, n_turns: int = N_TURNS) -> Session:
    session = Session(short_case(), Header(SCENARIO, "", "", "", 7, 3, seats))
    play_busily(session, n_turns)
    return session


@cache
def game() -> Session:
    return played(TOKYO)


@cache
def looked_back() -> Analysis:
    return next(analyse(game(), effort=LITTLE))


def test_the_parts_of_luck_sum_to_the_score_of_the_game() -> None:
    (seat_analysis,) = looked_back().seats
    luck = seat_analysis.luck
    parts = (luck.start, luck.choice, luck.others, luck.chance)
    assert abs(sum(part.value for part in parts) - luck.final.value) < 1e-9
    (tokyo,) = [line for line in looked_back().beside.scores if line.seat is TOKYO]
    assert luck.final.value == pytest.approx(tokyo.standing.value, abs=1e-9)
    assert luck.final.error == 0.0
    assert len(luck.turns) == game().turn


def test_every_decision_of_the_seat_is_compared_and_the_largest_comes_first() -> None:
    (seat_analysis,) = looked_back().seats
    points = seat_analysis.turning_points
    own = [d for turn in game().turns for d in turn.decisions if d.seat is TOKYO]
    told = [p for p in points if p.text.startswith(("ordered", "offered", "accepted", "refused"))]
    assert len(told) == len([d for d in own if d.action != "hold"])
    ranks = [(-p.alternatives[0].round, -abs(p.effect.value)) for p in points]
    assert ranks == sorted(ranks)
    for point in points:
        for instead in point.alternatives:
            assert instead.effect.n_runs == LITTLE.rounds[instead.round - 1]
            assert instead.effect.low <= instead.effect.value <= instead.effect.high


def test_neither_blocks_nor_workers_change_a_number() -> None:
    effort = Effort(worlds=20, pairs=8, luck_runs=2, rounds=(2, 2))
    session = played(TOKYO)
    whole = plain_data(next(analyse(session, effort=effort)))
    with ThreadPoolExecutor(2) as workers:
        cut = next(analyse(session, effort=effort, block_size=7, spread=workers.map))
    assert plain_data(cut) == whole


def test_a_turn_as_it_was_under_the_game_s_own_chance_is_the_game() -> None:
    session = game()
    last = session.case.world.n_turns - 1
    arm = as_decided(session.turns[last].decisions)
    lanes = [(arm, session.header.run)]
    scores = play_lanes(session.case, session.states[last], session.header.seed, lanes)
    final = ArmScores(session.case, session.states, 1).scores(last + 1, arm, range(1))
    np.testing.assert_array_equal(scores, final)


def test_the_same_game_played_again_is_told_the_same() -> None:
    (again,) = analyse(played(TOKYO), effort=LITTLE)
    assert again == looked_back()


def test_another_game_meets_other_chance() -> None:
    other = Session(short_case(), Header(SCENARIO, "", "", "", 7, 4, ()))
    play_busily(other, N_TURNS)
    least = Effort(worlds=16, pairs=0, luck_runs=2, rounds=(2,))
    found, here = (next(analyse(s, effort=least)).beside for s in (other, played()))
    assert found.scores[TOKYO].standing.mean != here.scores[TOKYO].standing.mean


def test_sources_hold_every_draw_of_a_world_once() -> None:
    taken: dict[Process, list[int]] = {}
    for source in sources_of(()):
        for process, rows in source.taken.items():
            whole = range(DRAWS_PER_CAPITAL[process] * 5) if process in DRAWS_PER_CAPITAL else [0]
            taken.setdefault(process, []).extend(whole if rows is None else rows)
    drawn: set[Process] = set()

    class Noting(Chance):
        def uniforms(self, process: Process, *rest: Any, **named: Any) -> Any:
            drawn.add(process)
            return super().uniforms(process, *rest, **named)

        def normals(self, process: Process, *rest: Any, **named: Any) -> Any:
            drawn.add(process)
            return super().normals(process, *rest, **named)

    whole_game = shipped_rules_few_citizens()
    play_futures(whole_game, None, seed=1, runs=range(8), chance=lambda runs: Noting(1, runs))
    assert {Process.ELECTIONS, Process.OPINION, Process.ORDERS} <= drawn <= set(taken)
    for process, rows in taken.items():
        assert len(rows) == len(set(rows)), process
    assert taken[Process.ORDERS] == [
        row for capital in CAPITALS for row in draws_of(Process.ORDERS, capital)
    ]
    assert decisions_of(TOKYO) == sources_of(())[TOKYO].taken


def test_a_first_look_comes_before_the_whole() -> None:
    effort = Effort(worlds=136, pairs=0, luck_runs=8, rounds=(8,))
    shares: list[float] = []
    looks = analyse(played(), effort=effort, progress=shares.append)
    first = next(looks)
    assert (first.is_final, first.beside.n_worlds) == (False, 128)
    last = next(looks)
    assert (last.is_final, last.beside.n_worlds) == (True, 136)
    assert shares == sorted(shares)
    assert 0.0 < shares[0] < 1.0


def test_what_progress_raises_ends_the_analysis() -> None:
    def stop(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        next(analyse(game(), effort=LITTLE, progress=stop))


def test_a_game_that_nobody_played_has_worlds_beside_it_and_any_seat_can_be_asked_for() -> None:
    session = played()
    assert played_seats(session) == ()
    least = Effort(worlds=16, pairs=0, luck_runs=2, rounds=(2,))
    assert next(analyse(session, effort=least)).seats == ()
    (seoul,) = next(analyse(session, seats=[SEOUL], effort=least)).seats
    assert not seoul.is_played
    assert seoul.turning_points


def test_every_played_seat_is_looked_at() -> None:
    session = played(TOKYO, SEOUL)
    least = Effort(worlds=16, pairs=0, luck_runs=2, rounds=(2,))
    analysis = next(analyse(session, effort=least))
    assert [found.seat for found in analysis.seats] == [SEOUL, TOKYO]
    assert all(found.is_played for found in analysis.seats)


@pytest.mark.slow
def test_nobody_is_lucky_on_average() -> None:
    parts = []
    for run in range(32):
        session = Session(short_case(), Header(SCENARIO, "", "", "", 7, run, ()))
        while not session.is_over:
            session.play_turn()
        decided = [turn.decisions for turn in session.turns]
        scores = ArmScores(session.case, session.states, 99)
        luck = play_luck(scores, arms_of_luck(decided, TOKYO, range(N_TURNS)), TOKYO, 8)
        parts.append([luck.choice.value, luck.others.value, luck.chance.value])
    mean, spread = np.mean(parts, axis=0), np.std(parts, axis=0, ddof=1)
    assert (np.abs(mean) < 4.0 * spread / np.sqrt(len(parts))).all()


# ------------------------------------------------------------------ a decisive order


def decisive_game() -> Session:
    """Return a game in which Tokyo did one thing that counts, and otherwise nods."""
    gift = action(
        [seat("tokyo>seoul")], effect("trust", "seoul tokyo", 6.0), attention=1.0, readiness=-50.0
    )
    goal = Goal(
        indicator="trust_seoul_tokyo",
        from_value=0.0,
        to_value=1.0,
        weight=1.0,
        text="Be trusted.",
        source="assumption",
    )
    seats = dict(load_scenario(SHIPPED).schema.seats)
    brief = seats["tokyo"].model_copy(
        update={"public_goals": [goal], "secret_goals": [], "win_score": None}
    )
    case = tiny_case(actions={"gift": gift}, seats={**seats, "tokyo": brief}, turns=4)
    session = Session(case, Header(SHIPPED, "", "", "", 7, 3, (TOKYO,)))
    for turn in range(case.world.n_turns):
        name = "gift" if turn == case.world.n_turns - 1 else "nod"
        target = SEOUL if name == "gift" else Capital.WASHINGTON
        session.submit(order_of(TOKYO, name, target))
        session.play_turn()
    return session


def test_a_decisive_order_ranks_first_and_is_credited_to_choice() -> None:
    effort = Effort(worlds=16, pairs=8, luck_runs=8, rounds=(6, 6, 6))
    analysis = next(analyse(decisive_game(), effort=effort))
    (tokyo,) = analysis.seats
    first = tokyo.turning_points[0]
    assert (first.turn, first.text) in {(4, "ordered: Act (Seoul)"), (4, WHOLE)}
    assert first.effect.low > 5.0
    assert tokyo.luck.choice.value > 5.0
    assert tokyo.luck.choice.is_clear
    assert analysis.beside.scores[TOKYO].standing.percentile == 100.0


WHOLE = "all that was decided in the turn"


# ------------------------------------------------------------------ the page and the command


def test_the_page_says_each_part_in_a_sentence_within_80_columns() -> None:
    text = page(analysis_lines(looked_back()))
    for part in ("Turning points of Tokyo", "Luck against choice", "Who decided this"):
        assert part in text
    assert "24 automated worlds beside this one" in text
    assert "final score" in text
    assert max(map(len, text.splitlines())) <= WIDTH


def test_a_game_that_goes_on_tells_no_secret(rapprochement: Commands, tmp_path: Path) -> None:
    save = tmp_path / "going-on.jsonl"
    session = new_game(TOKYO, path=save)
    play_busily(session, 2)
    refused = rapprochement("debrief", str(save), "--runs", "16")
    assert refused.code == 2
    assert refused.out == ""
    assert "opens when the last turn has been resolved" in refused.err
    with pytest.raises(NotAllowedNow, match="opens when the last turn"):
        analyse(session)


def test_who_leads_a_game_may_open_it_before_the_end() -> None:
    least = Effort(worlds=16, pairs=0, luck_runs=3, rounds=(2,))
    (tokyo,) = next(analyse(played(TOKYO, n_turns=2), effort=least, is_open=True)).seats
    luck = tokyo.luck
    parts = (luck.start, luck.choice, luck.others, luck.chance)
    assert abs(sum(part.value for part in parts) - luck.final.value) < 1e-9
    assert luck.final.error > 0.0
    assert {point.turn for point in tokyo.turning_points} == {1, 2}


def test_the_command_prints_data(rapprochement: Commands, tmp_path: Path) -> None:
    save = tmp_path / "game.jsonl"
    session = start_game("sandbox", seats=[TOKYO], seed=7, path=save)
    play_busily(session, session.case.world.n_turns)
    ended = rapprochement("debrief", str(save), "--runs", "16", "--json")
    assert ended.code == 0
    told = json.loads(ended.out)
    assert told["analysis"]["beside"]["n_worlds"] == 16
    assert [found["seat"] for found in told["analysis"]["seats"]] == ["tokyo"]
    assert {"debrief", "analysis"} == set(told)


def test_an_answer_turned_round_is_an_alternative() -> None:
    answers = [
        (turn, d)
        for turn, resolved in enumerate(game().turns)
        for d in resolved.decisions
        if d.kind == "answer" and d.seat is TOKYO
    ]
    assert answers, "the game is chosen so that Tokyo is offered something"
    (found,) = looked_back().seats
    turned = [i for p in found.turning_points for i in p.alternatives if i.kind == "answer"]
    assert len(turned) == len(answers)
    assert {i.text for i in turned} == {"refusing it"}
    assert isinstance(answers[0][1], Decision)
