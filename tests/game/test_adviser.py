"""Advice: from what a seat knows alone, the same each time, scored by what came of it."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import pytest

from rapprochement_sim.errors import MalformedInput, NotAllowedNow
from rapprochement_sim.game import adviser_slices, adviser_workers
from rapprochement_sim.game.advice import Advice
from rapprochement_sim.game.adviser_question import Witness
from rapprochement_sim.game.adviser_slices import slices_of
from rapprochement_sim.game.adviser_workers import MOST_DEATHS, WarmWorkers
from rapprochement_sim.game.believed_worlds import adviser_seed, believe
from rapprochement_sim.game.journal_files import read_journal
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.replaying import open_game
from rapprochement_sim.game.session import Session
from rapprochement_sim.plain.advice_page import advice_lines
from rapprochement_sim.plain.layout import WIDTH, page
from rapprochement_sim.vocabulary import CAPITALS, Capital
from tests.game.games import new_game, order_of, play_busily
from tests.game.test_secrecy import alter_hidden, hide_elsewhere

PATIENCE_SECONDS = 120.0


@pytest.fixture(autouse=True)
def few_rollouts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let advice rest on a few dozen rollouts."""
    monkeypatch.setattr(adviser_slices, "STAGES", (16, 32, 64))


def advised(session: Session, capital: Capital, workers: WarmWorkers | None = None) -> Advice:
    """Sit down afresh and wait for advice."""
    seat = LocalSeat(session, capital, workers=workers)
    advice = seat.advice(wait=True).advice
    assert advice is not None
    return advice


@pytest.mark.parametrize("capital", [Capital.TOKYO, Capital.BEIJING])
def test_no_hidden_value_reaches_the_advice(capital: Capital) -> None:
    session = new_game(capital)
    play_busily(session, 2)
    before = advised(session, capital)
    hide_elsewhere(session, capital, 0.17)
    session.states = [alter_hidden(state, capital, 0.17) for state in session.states]
    assert advised(session, capital) == before


def test_advice_answers_to_what_is_public() -> None:
    session = new_game(Capital.TOKYO)
    play_busily(session, 1)
    before = advised(session, Capital.TOKYO)
    beliefs = session.model.state.beliefs
    polls = replace(beliefs, polls=beliefs.polls * 0.8)
    session.model.state = replace(session.model.state, beliefs=polls)
    assert advised(session, Capital.TOKYO) != before


def test_asking_changes_nothing_in_the_game() -> None:
    asked, left_alone = new_game(Capital.SEOUL), new_game(Capital.SEOUL)
    for _ in range(2):
        advised(asked, Capital.SEOUL)
        assert asked.play_turn().digest == left_alone.play_turn().digest


def test_an_advisers_chance_is_never_the_games() -> None:
    seeds = {
        adviser_seed(seed, run, seat, purpose)
        for seed in range(5)
        for run in range(3)
        for seat in CAPITALS
        for purpose in ("worlds", "rollouts")
    }
    assert len(seeds) == 5 * 3 * 5 * 2
    assert seeds.isdisjoint(range(5))


def test_believed_worlds_fit_what_is_known_and_hold_the_truth() -> None:
    session = new_game(Capital.SEOUL, seed=11)
    play_busily(session, 4)
    seen = Witness(session, Capital.SEOUL).seen()
    worlds = believe(session.case, adviser_seed(11, 0, Capital.SEOUL, "worlds"), seen)
    truth = session.states[-1]
    for name in ("institution", "coercion", "stance", "channel"):
        assert np.array_equal(
            worlds.state.values[name],
            np.broadcast_to(truth.values[name][..., :1], worlds.state.values[name].shape),
        )
    own = worlds.state.values["political_capital"][Capital.SEOUL]
    assert own == pytest.approx(truth.values["political_capital"][Capital.SEOUL, 0])
    table = session.case.indicators
    believed, true = table.read(worlds.state), table.read(truth)[:, 0]
    named = [entry.index for entry in table.entries]
    apart = np.abs(believed[named].mean(axis=1) - true[named])
    spread = believed[named].std(axis=1)
    scale = np.array([entry.high - entry.low for entry in table.entries])
    # Five spreads, and what is known to less than a thousandth of its range may be off by that.
    assert np.all(apart <= 5.0 * spread + 2e-3 * scale)


def test_the_first_course_is_the_measure_and_more_rollouts_err_less(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = new_game(Capital.SEOUL)
    few = advised(session, Capital.SEOUL)
    monkeypatch.setattr(adviser_slices, "STAGES", (200, 202, 204))
    many = advised(session, Capital.SEOUL)
    assert few.outlooks[0].is_nothing_more
    assert few.outlooks[0].score.difference == few.outlooks[0].score.error == 0.0
    errors = [[outlook.score.error for outlook in advice.outlooks[1:]] for advice in (few, many)]
    assert np.mean(errors[1]) < np.mean(errors[0])
    for outlook in many.outlooks:
        for prospect in (outlook.score, *outlook.next_turn, *outlook.horizon):
            assert list(prospect.points) == sorted(prospect.points)


def test_advice_grows_and_can_be_cancelled() -> None:
    seat = LocalSeat(new_game(Capital.TOKYO), Capital.TOKYO)
    counts = []
    while (state := seat.advice()).is_working:
        counts.append(state.advice.n_rollouts if state.advice else 0)
    assert counts == sorted(counts)
    assert state.status == "done"
    assert state.done == state.wanted
    seat.ask_advice()
    seat.advice()
    seat.cancel_advice()
    assert seat.advice().status == "cancelled"


@pytest.mark.parametrize("n_courses", [1, 2, 7, 13, 90])
def test_portions_are_the_numbers_of_the_worlds_once(n_courses: int) -> None:
    portions = slices_of(n_courses)
    numbers = [number for portion in portions for number in portion.numbers]
    assert numbers == list(range(len(numbers)))
    assert all(len(portion.numbers) >= 2 for portion in portions)


def test_an_order_that_is_not_allowed_is_not_advised_on() -> None:
    session = new_game(Capital.TOKYO)
    seat = LocalSeat(session, Capital.TOKYO)
    refused = next(option for option in seat.options() if not option.is_allowed)
    with pytest.raises(NotAllowedNow, match="not allowed now"):
        seat.ask_advice([order_of(Capital.TOKYO, refused.action, refused.target)])


def test_forecasts_stay_with_the_save_and_are_scored(tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    session = new_game(Capital.SEOUL, path=path)
    while not session.is_over:
        if session.turn < 3:
            advised(session, Capital.SEOUL)
        if session.turn == 1:
            LocalSeat(session, Capital.SEOUL).forecast("rapprochement", 0.0, 12, 0.75)
        session.play_turn()
    kept = read_journal(path).forecasts
    assert [(sheet.turn, sheet.by) for sheet in kept if sheet.turn == 2][-1] == (2, "player")
    again = open_game(path)
    assert tuple(again.forecasts) == kept
    (scores,) = LocalSeat(again, Capital.SEOUL).debrief().forecasts
    assert (scores,) == LocalSeat(session, Capital.SEOUL).debrief().forecasts
    by = {score.by: score for score in scores.forecasters}
    assert by["staff"].n_open == by["staff"].n_not_taken == 0
    # An index of 0 to 100 stands above 0: (0.75 - 1) ** 2.
    assert by["player"].brier == pytest.approx(0.0625)
    whole = path.read_text("utf-8")
    path.write_text(whole.replace('"forecast": "staff"', '"forecast": "realist"', 1), "utf-8")
    with pytest.raises(MalformedInput, match="changed after it was written"):
        open_game(path)


def test_advice_is_the_same_after_loading(tmp_path: Path) -> None:
    session = new_game(Capital.SEOUL, path=tmp_path / "game.jsonl")
    play_busily(session, 2)
    before = advised(session, Capital.SEOUL)
    opened = open_game(tmp_path / "game.jsonl")
    after = advised(opened, Capital.SEOUL)
    assert after == before
    lines = page(advice_lines(LocalSeat(opened, Capital.SEOUL).advice(wait=True))).splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert sum(line.startswith((" REALIST", " LIBERAL", " CONSTRUCT")) for line in lines) == 3


def is_running(pid: int) -> bool:
    """Whether a process exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_killed_worker_is_replaced_and_none_is_left() -> None:
    session = new_game(Capital.SEOUL)
    expected = advised(session, Capital.SEOUL)
    workers = WarmWorkers(1)
    seat = LocalSeat(session, Capital.SEOUL, workers=workers)
    try:
        seat.ask_advice()
        (first,) = workers.pids
        os.kill(first, signal.SIGKILL)
        assert seat.advice(wait=True).advice == expected
        (second,) = workers.pids
        assert second != first
        assert os.getpriority(os.PRIO_PROCESS, second) == 19, "keys come first"
        seat.ask_advice()
        seat.cancel_advice()
        assert seat.advice().status == "cancelled"
    finally:
        workers.close()
    assert not is_running(first)
    assert not is_running(second)


class Deaf:
    """A worker process that reads nothing and says nothing, until it is ended."""

    pid = 0

    def __init__(self) -> None:
        self.ours, self.theirs = Pipe()

    def terminate(self) -> None:
        self.theirs.close()

    def join(self, timeout: float | None = None) -> None:
        del timeout

    def is_alive(self) -> bool:
        return False


def test_a_worker_that_does_not_read_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    session = new_game(Capital.SEOUL)
    expected = advised(session, Capital.SEOUL)
    hired: list[Deaf] = []

    def hire() -> tuple[Deaf, Connection]:
        hired.append(Deaf())
        return hired[-1], hired[-1].ours

    monkeypatch.setattr(adviser_workers, "_started", hire)
    seat = LocalSeat(session, Capital.SEOUL, workers=WarmWorkers(1))
    assert seat.advice().is_working, "a case is more than a pipe takes at once"
    assert hired[0].theirs.poll(PATIENCE_SECONDS), "it is on its way"
    while seat.advice().is_working:
        hired[-1].terminate()
    assert len(hired) == 1 + MOST_DEATHS
    assert seat.advice(wait=True).advice == expected, "without workers, this process does it"


def test_a_stage_that_comes_while_one_reads_waits_for_no_disk(tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    session = new_game(Capital.SEOUL, path=path)
    session.save()
    seat = LocalSeat(session, Capital.SEOUL)
    before = path.read_bytes()
    while seat.advice().is_working:
        assert path.read_bytes() == before
    assert {sheet.by for sheet in session.forecasts} >= {"realist", "staff"}
    seat.cancel_advice()
    assert list(read_journal(path).forecasts) == session.forecasts


def test_forecasts_of_advisers_that_still_work_are_in_the_save_of_the_turn(tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    session = new_game(Capital.SEOUL, path=path)
    seat = LocalSeat(session, Capital.SEOUL)
    while seat.advice().advice is None:
        pass
    made = list(session.forecasts)
    session.play_turn()
    assert list(read_journal(path).forecasts) == made
    seat.cancel_advice()
    assert list(read_journal(path).forecasts) == made


ASKING = """
import sys
from rapprochement_sim.game.adviser_workers import shared_workers
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.vocabulary import Capital

if __name__ == "__main__":
    session = start_game("rekindled_2023", seats=(Capital.SEOUL,), seed=7)
    workers = shared_workers()
    seat = LocalSeat(session, Capital.SEOUL, workers=workers)
    seat.advice()
    print(*workers.pids, flush=True)
    while True:
        seat.ask_advice()
        seat.advice(wait=True)
"""


@pytest.mark.slow
def test_workers_end_with_a_game_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "asking.py"
    script.write_text(ASKING, "utf-8")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as game:
        assert game.stdout is not None
        pids = [int(word) for word in game.stdout.readline().split()]
        assert len(pids) == 2
        game.kill()
    until = time.monotonic() + 60.0
    while any(is_running(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(is_running(pid) for pid in pids)
