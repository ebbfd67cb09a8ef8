"""A game is a run of an ensemble; played again, it is the same to the bit."""

from pathlib import Path

import pytest

from rapprochement_sim.game.chronicle import ResolvedTurn
from rapprochement_sim.game.debrief import debrief
from rapprochement_sim.game.decisions import Decision
from rapprochement_sim.game.journal_files import read_journal
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.game.replaying import open_game, replay
from rapprochement_sim.game.session import Session
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.scenario.loading import list_scenarios
from rapprochement_sim.vocabulary import CAPITALS, Capital
from tests.game.games import SCENARIO, new_game, play_busily, seated


@pytest.mark.parametrize("run", [0, 2, 33])
def test_a_game_that_nobody_plays_is_its_run_of_the_ensemble(run: int) -> None:
    ensemble = RapprochementModel(SCENARIO, root_seed=11, runs=[run, 1, 40], collect=False)
    session = new_game(seed=11, run=run)
    while not session.is_over:
        turn = session.play_turn()
        ensemble.step()
        assert turn.digest == ensemble.state.digest(0)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_who_plays_as_the_agents_would_gets_the_agents_game(seed: int) -> None:
    watched = new_game(seed=seed)
    played = new_game(*CAPITALS, seed=seed)
    while not watched.is_over:
        turn = watched.play_turn()
        if _is_mutual(played, turn.decisions):
            # Who hosts then is the keener one, and how keen a person is nobody knows.
            break
        _decide(played, turn)
        assert played.play_turn().digest == turn.digest
    assert watched.turn > 2


def _decide(session: Session, turn: ResolvedTurn) -> None:
    talks = [d for d in turn.decisions if d.kind == "offer"]
    talks += [d for d in turn.decisions if d.kind == "answer"]
    for decision in talks:
        if decision.kind == "offer":
            session.submit(decision.order)
        else:
            session.answer(decision.seat, decision.partner, accepts=decision.accepts)
    session.advance()
    for decision in turn.decisions:
        if decision.kind == "order":
            session.submit(decision.order)


def _is_mutual(session: Session, decisions: tuple[Decision, ...]) -> bool:
    deals = []
    for decision in decisions:
        if decision.kind == "offer":
            row = session.case.effects.find_row(decision.action, decision.seat, decision.partner)
            deals.append(int(session.case.rows.deal[row]))
    return len(set(deals)) < len(deals)


@pytest.mark.parametrize("seats", [(Capital.TOKYO,), (Capital.SEOUL, Capital.PYONGYANG), CAPITALS])
def test_a_saved_game_replays_bit_for_bit(tmp_path: Path, seats: tuple[Capital, ...]) -> None:
    path = tmp_path / "game.jsonl"
    session = new_game(*seats, path=path)
    play_busily(session, session.case.world.n_turns)
    replayed = replay(read_journal(path), path)
    assert replayed.is_exact
    assert not replayed.difference
    assert [t.digest for t in replayed.session.turns] == [t.digest for t in session.turns]
    assert replayed.session.journal() == session.journal()


@pytest.mark.parametrize("name", list_scenarios())
def test_every_shipped_scenario_can_be_played(tmp_path: Path, name: str) -> None:
    path = tmp_path / "game.jsonl"
    session = start_game(name, seats=[Capital.SEOUL], seed=4, path=path)
    for _ in range(2):
        briefing = seated(session, Capital.SEOUL).brief()
        assert briefing.papers
        assert briefing.goals
        play_busily(session, 1)
    for reading in seated(session, Capital.SEOUL).brief().headlines:
        seated(session, Capital.SEOUL).why(reading.name)
    assert debrief(session).seats
    assert replay(read_journal(path), path).is_exact


def test_a_game_played_on_from_its_save_ends_as_if_never_closed(tmp_path: Path) -> None:
    whole = new_game(Capital.TOKYO)
    play_busily(whole, 6)
    path = tmp_path / "game.jsonl"
    play_busily(new_game(Capital.TOKYO, path=path), 3)
    reopened = open_game(path)
    play_busily(reopened, 3)
    assert reopened.turns[-1].digest == whole.turns[-1].digest


def test_lens_weights_of_a_game_are_kept_with_it(tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    lenses = {"seoul": {"constructivist": 1.0}, "tokyo": {"realist": 0.5, "liberal": 0.5}}
    session = start_game(SCENARIO, seed=7, lenses=lenses, path=path)
    usual = new_game(seed=7)
    for _ in range(4):
        session.play_turn()
        usual.play_turn()
    assert session.turns[-1].digest != usual.turns[-1].digest
    assert replay(read_journal(path), path).is_exact


def test_only_the_seed_and_the_run_make_the_chance() -> None:
    one, same, other = (new_game(seed=seed) for seed in (5, 5, 6))
    for session in (one, same, other):
        session.play_turn()
    assert one.turns == same.turns
    assert one.turns[0].digest != other.turns[0].digest
