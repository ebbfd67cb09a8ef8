"""A fork's futures: the game among them, paired, and the same however they are cut."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapprochement_sim.errors import MalformedInput, NotAllowedNow
from rapprochement_sim.experiments.fork import (
    AUTOMATED,
    DECIDED,
    NOTHING,
    Fork,
    ForkPoint,
    fork,
    fork_point,
    usual_alternatives,
)
from rapprochement_sim.experiments.strands import Strand, play_strands, strand_spec
from rapprochement_sim.game.debrief import debrief
from rapprochement_sim.game.decisions import Decision
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.replaying import open_game
from rapprochement_sim.game.seat import Option
from rapprochement_sim.game.session import Session
from rapprochement_sim.vocabulary import CAPITALS, Capital
from tests.game.commands import Commands
from tests.game.games import new_game, play_busily

TOKYO, SEOUL = Capital.TOKYO, Capital.SEOUL
RUN, SEED = 2, 11
RUNS = 6


@pytest.fixture(scope="module")
def save(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a finished busy game of Tokyo and Pyongyang."""
    path = tmp_path_factory.mktemp("game") / "tokyo.jsonl"
    session = new_game(TOKYO, Capital.PYONGYANG, seed=SEED, run=RUN, path=path)
    play_busily(session, session.case.world.n_turns)
    return path


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a game that nobody played, a few turns long."""
    path = tmp_path_factory.mktemp("game") / "watched.jsonl"
    session = new_game(seed=SEED, run=RUN, path=path)
    while not session.is_over:
        session.play_turn()
    return path


@pytest.fixture(scope="module")
def late(save: Path) -> Fork:
    """Return a fork of the last turn but one."""
    point = fork_point(save, 11)
    return fork(point, usual_alternatives(point), runs=RUNS)


def scores(session: Session) -> list[float]:
    return [seat.score for seat in debrief(session).seats]


def test_the_game_is_one_of_its_own_futures(save: Path) -> None:
    """From the last turn, with what was decided, the game's own run ends as the game did."""
    session = open_game(save)
    point = fork_point(save, session.turn)
    found = fork(point, usual_alternatives(point), runs=RUN + 2)
    assert found.results[0].alternative.name == DECIDED
    assert [found.futures[0].score(c)[RUN] for c in CAPITALS] == scores(session)
    told = debrief(session)
    names = list(session.case.loaded.schema.outcomes)
    met = [bool(found.futures[0].outcome(name)[RUN]) for name in names]
    assert met == [outcome.is_met for outcome in told.outcomes]


def test_a_watched_game_is_its_own_automated_future(watched: Path) -> None:
    session = open_game(watched)
    point = fork_point(watched, 9)
    assert point.seat == SEOUL
    found = fork(point, usual_alternatives(point), runs=RUN + 1)
    names = [result.alternative.name for result in found.results]
    for name in (DECIDED, AUTOMATED):
        futures = found.futures[names.index(name)]
        assert [futures.score(c)[RUN] for c in CAPITALS] == scores(session)


def test_alternatives_start_alike_and_meet_the_same_chance(late: Fork) -> None:
    for futures in late.futures:
        np.testing.assert_array_equal(futures.series[0], late.futures[0].series[0])
        assert futures.runs.tolist() == list(range(RUNS))
    assert np.any(late.futures[0].scores != late.futures[1].scores)
    again = fork(late.point, [late.results[0].alternative] * 2, runs=RUNS)
    np.testing.assert_array_equal(again.futures[0].scores, late.futures[0].scores)
    against = again.results[1].against_first
    assert against is not None
    assert (against.difference, against.share_equal) == (0.0, 1.0)


@settings(max_examples=4)
@given(block_size=st.integers(2, RUNS), runs=st.integers(2, RUNS), data=st.data())
def test_no_future_depends_on_blocks_their_sequence_or_their_number(
    late: Fork, block_size: int, runs: int, data: st.DataObject
) -> None:
    point = late.point
    spec = strand_spec(point.session.case, seed=SEED, runs=runs, scenario="rekindled_2023")
    strand = Strand(replace(spec, block_size=block_size), point.session.states[10])
    blocks = data.draw(st.permutations(range(strand.spec.n_blocks)))
    parts = {block: strand.play(block) for block in blocks}
    whole = play_strands([strand, strand], workers=1).futures
    np.testing.assert_array_equal(whole[0].series, whole[1].series)
    for block, part in parts.items():
        at = list(strand.spec.block_runs(block))
        np.testing.assert_array_equal(part.series, whole[0].series[..., at])
    one_block = Strand(spec, point.session.states[10]).play(0)
    np.testing.assert_array_equal(one_block.series, whole[0].series)


def test_the_summary_is_what_the_futures_say(late: Fork) -> None:
    first, second = late.futures[:2]
    result = late.results[1]
    assert result.alternative.name == NOTHING
    own = second.score(TOKYO)
    assert result.scores["tokyo"].mean == float(own.mean())
    assert result.scores["tokyo"].band.middle == float(np.median(own))
    assert result.against_first is not None
    assert result.against_first.difference == pytest.approx((own - first.score(TOKYO)).mean())
    for name, share in result.outcomes.items():
        assert share.count == second.outcome(name).sum()
        expected = second.outcome(name).mean() - first.outcome(name).mean()
        assert result.outcomes_against_first[name].difference == pytest.approx(expected)


def test_other_players_do_what_they_did(save: Path) -> None:
    point = fork_point(save, 5)
    made = open_game(save).turns[4].decisions
    assert point.seat == TOKYO
    assert point.bound == (Capital.PYONGYANG,)
    assert point.others == tuple(d for d in made if d.seat == Capital.PYONGYANG)
    assert point.decided == tuple(d for d in made if d.seat == TOKYO)
    other = fork_point(save, 5, Capital.PYONGYANG)
    assert other.bound == (TOKYO,)


def test_a_turn_that_is_open_knows_only_what_is_pending(tmp_path: Path) -> None:
    path = tmp_path / "open.jsonl"
    session = new_game(TOKYO, path=path)
    session.play_turn()
    session.save()
    point = fork_point(path, 2)
    assert point.decided is None
    assert [each.name for each in usual_alternatives(point)] == [NOTHING, AUTOMATED]
    earlier = [each.name for each in usual_alternatives(fork_point(path, 1))]
    assert earlier[0] == DECIDED
    assert earlier[-1] == AUTOMATED
    option = next(o for o in _options(point) if o.is_allowed and not o.is_joint)
    decision = Decision("order", TOKYO, option.target, option.action)
    session.submit(decision.order)
    assert fork_point(path, 2).decided == (decision,)


def _options(point: ForkPoint) -> tuple[Option, ...]:
    return LocalSeat(point.session, point.seat).options()


@pytest.mark.parametrize("turn", [0, 13])
def test_a_turn_beyond_the_game_is_refused(save: Path, turn: int) -> None:
    with pytest.raises(MalformedInput, match=f"no turn {turn} to go on from") as told:
        fork_point(save, turn)
    assert "1 to 12" in str(told.value)


def test_runs_and_workers_out_of_range_are_refused(save: Path) -> None:
    point = fork_point(save, 12)
    with pytest.raises(MalformedInput, match="the number of runs is 1"):
        fork(point, usual_alternatives(point), runs=1)
    with pytest.raises(MalformedInput, match="the number of workers is 0"):
        fork(point, usual_alternatives(point), runs=2, workers=0)


# ------------------------------------------------------------------ the command


def test_the_command_lays_alternatives_side_by_side(rapprochement: Commands, save: Path) -> None:
    words = ["fork", str(save), "--turn", "12", "--runs", "4", "--instead", "hold"]
    done = rapprochement(*words)
    assert done.code == 0, done.err
    assert "Futures of tokyo.jsonl from turn 12 of 12" in done.out
    assert "4 futures of each alternative, seed 11" in done.out
    for letter, name in zip("ABCD", (DECIDED, NOTHING, AUTOMATED, "hold"), strict=True):
        assert f"\n {letter}  {name}" in done.out
    assert "Tokyo's score" in done.out
    for paper in "123":
        words += ["--instead", paper]
    wide = rapprochement(*words)
    assert wide.code == 0, wide.err
    for said in (done.out, wide.out):
        assert max(map(len, said.splitlines())) <= 80


def test_the_command_hands_everything_over(rapprochement: Commands, save: Path) -> None:
    words = ("fork", str(save), "--turn", "12", "--runs", "3", "--seat", "seoul", "--seed", "5")
    done = rapprochement(*words, "--json", "--out", "kept")
    assert done.code == 0, done.err
    told = json.loads(done.out)
    kept = rapprochement.here / "kept"
    assert json.loads((kept / "fork.json").read_text("utf-8")) == told
    assert (told["seat"], told["seed"], told["runs"], told["turn"]) == ("seoul", 5, 3, 12)
    table = pq.read_table(kept / "futures.parquet").to_pydict()
    names = [each["name"] for each in told["alternatives"]]
    assert table["alternative"] == [name for name in names for _ in range(3)]
    assert table["run"] == [0, 1, 2] * len(names)
    own = [
        s for s, n in zip(table["score_seoul"], table["alternative"], strict=True) if n == names[1]
    ]
    assert told["alternatives"][1]["scores"]["seoul"]["mean"] == pytest.approx(np.mean(own))
    again = rapprochement(*words, "--out", "kept")
    assert again.code == 2
    assert "something stands there already" in again.err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--turn", "13"), "this game has no turn 13 to go on from. Allowed: 1 to 12"),
        (("--turn", "2", "--seat", "osaka"), "there is no seat 'osaka'"),
        (("--turn", "2", "--instead", "sumit seoul"), "no order of yours is called 'sumit seoul'"),
        (("--turn", "2", "--instead", ";"), "an alternative names no order"),
        (("--turn", "2", "--instead", "hold", "--instead", "hold"), "'hold' is named twice"),
        (("--turn", "2", "--instead", "accept osaka"), "there is no capital 'osaka'"),
        (("--turn", "2", "--instead", "nothing"), "no order of yours"),
        (("--turn", "2", "--runs", "0"), "the number of runs is 0. Allowed: 2 to"),
        ((), "Missing option '--turn'"),
    ],
)
def test_what_cannot_be_forked_is_told(
    rapprochement: Commands, save: Path, words: tuple[str, ...], expected: str
) -> None:
    done = rapprochement("fork", str(save), *words)
    assert done.code == 2
    assert expected in done.err


def test_an_order_that_the_rules_refuse_is_told_with_its_reason(
    rapprochement: Commands, save: Path
) -> None:
    refused = next(o for o in _options(fork_point(save, 2)) if not o.is_allowed)
    words = ("--turn", "2", "--instead", f"{refused.action} {refused.target.key}")
    done = rapprochement("fork", str(save), *words)
    assert done.code == 2
    assert "is not allowed now" in done.err
    assert "Tokyo, turn 2 of 12" in done.err
    assert NotAllowedNow.__name__ not in done.err
