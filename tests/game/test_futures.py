"""Playing on from a state: paired by chance, and the same bits however it is cut."""

import pickle
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapprochement_sim.ensemble.block import run_block
from rapprochement_sim.ensemble.spec import EnsembleSpec
from rapprochement_sim.game.decisions import Decision
from rapprochement_sim.game.futures import DeskChance, Futures, Plan, joined, play_futures
from rapprochement_sim.game.journal import Header
from rapprochement_sim.game.session import Session
from rapprochement_sim.model import RapprochementModel, load_case
from rapprochement_sim.randomness import Chance, Process, draws_of
from rapprochement_sim.vocabulary import CAPITALS, Capital
from rapprochement_sim.world.objectives import outcome_met
from tests.game.games import SCENARIO, play_busily
from tests.tiny import shipped_rules_few_citizens

SEED, RUN = 7, 3
TURN = 9
EVERYTHING = ("rapprochement", "security_cooperation", "korea_unfavourable_of_japan")
NOTHING = Plan({TURN: ()}, (Capital.TOKYO,))


@cache
def game() -> Session:
    """Return a finished game in which Tokyo and Seoul were busy."""
    header = Header(SCENARIO, "", "", "", SEED, RUN, (Capital.TOKYO, Capital.SEOUL))
    session = Session(shipped_rules_few_citizens(), header)
    play_busily(session, session.case.world.n_turns)
    return session


def futures(runs: list[int], plan: Plan = NOTHING, **changed: object) -> Futures:
    """Play on from the start of a turn of the game."""
    session = game()
    given_: dict[str, object] = {"seed": SEED, "indicators": EVERYTHING, **changed}
    return play_futures(session.case, session.states[TURN - 1], runs=runs, plan=plan, **given_)  # type: ignore[arg-type]


@cache
def in_one_block() -> Futures:
    return futures(list(range(40)))


@settings(max_examples=8)
@given(
    runs=st.lists(st.integers(0, 39), min_size=1, max_size=6, unique=True),
    block_size=st.integers(1, 5),
)
def test_no_future_depends_on_its_place_or_its_block(runs: list[int], block_size: int) -> None:
    whole, part = in_one_block(), futures(runs, block_size=block_size)
    assert part.runs.tolist() == runs
    np.testing.assert_array_equal(part.series, whole.series[..., runs])
    np.testing.assert_array_equal(part.scores, whole.scores[:, runs])
    np.testing.assert_array_equal(part.outcomes, whole.outcomes[:, runs])


@settings(max_examples=6)
@given(seed=st.integers(0, 2**62), runs=st.lists(st.integers(0, 500), min_size=2, max_size=5))
def test_equal_decisions_meet_equal_chance_and_others_the_same_start(
    seed: int, runs: list[int]
) -> None:
    first, again = (futures(runs, seed=seed) for _ in range(2))
    np.testing.assert_array_equal(first.series, again.series)
    free = futures(runs, Plan(), seed=seed)
    np.testing.assert_array_equal(free.series[0], first.series[0])
    assert np.ptp(first.series[0], axis=-1).max() == 0.0


def test_futures_differ_by_chance_and_by_what_is_decided() -> None:
    bound, free = in_one_block(), futures(list(range(40)), Plan())
    assert len(set(bound.final("rapprochement"))) == 40
    assert np.any(bound.series != free.series)


def test_what_is_unlike_between_alternatives_is_less_than_between_runs() -> None:
    """Pairing is worth something: the difference varies less than two samples would."""
    bound, free = in_one_block(), futures(list(range(40)), Plan())
    apart = np.var(bound.scores, axis=1) + np.var(free.scores, axis=1)
    together = np.var(bound.scores - free.scores, axis=1)
    assert together[Capital.TOKYO] < apart[Capital.TOKYO]


def test_the_game_is_one_of_its_own_futures() -> None:
    """With the game's seed, its run and all its decisions, a future is the game to the bit."""
    session = game()
    plan = Plan({turn.turn: turn.decisions for turn in session.turns}, session.seats)
    from_here = futures([RUN, 17, 0], plan)
    read = session.case.indicators.read
    for turns, states in enumerate(session.states[TURN - 1 :]):
        for number, name in enumerate(EVERYTHING):
            index = session.case.indicators.by_name[name].index
            assert from_here.series[turns, number, 0] == read(states)[index, 0]


def test_from_the_start_they_are_the_runs_of_an_ensemble() -> None:
    case = load_case(SCENARIO)
    loaded = case.loaded
    spec = EnsembleSpec(
        SCENARIO, loaded.content_hash, loaded.rules_hash, 5, 3, 3, EVERYTHING[:2], 0
    )
    block = run_block(spec, 0)
    whole = play_futures(case, None, seed=5, runs=range(3), indicators=EVERYTHING[:2])
    np.testing.assert_array_equal(whole.series, block.series)
    np.testing.assert_array_equal(whole.scores, block.scores)
    np.testing.assert_array_equal(whole.outcomes, block.outcomes)


def test_worlds_of_ones_own_are_taken_lane_by_lane() -> None:
    session = game()
    early, late = session.states[TURN - 1], in_one_block()

    def worlds(runs: np.ndarray) -> object:
        return early.lane(np.zeros(runs.size, dtype=np.int64))

    own = play_futures(
        session.case,
        worlds,  # type: ignore[arg-type]
        seed=SEED,
        runs=[4, 9],
        plan=NOTHING,
        indicators=EVERYTHING,
    )
    np.testing.assert_array_equal(own.series, late.series[..., [4, 9]])


def test_a_bound_seat_does_nothing_else_and_only_in_its_turns() -> None:
    """Chance off, a seat that is bound to nothing differs from one that chooses."""
    given_ = {"chance": lambda runs: Chance(SEED, runs, is_on=False), "turns": 1}
    every = Plan({TURN: ()}, CAPITALS)
    held, free = futures([0, 1], every, **given_), futures([0, 1], Plan(), **given_)
    assert held.series.shape[0] == 2
    np.testing.assert_array_equal(held.series[..., 0], held.series[..., 1])
    assert np.any(held.series[-1] != free.series[-1])
    later = Plan({TURN + 1: ()}, CAPITALS)
    np.testing.assert_array_equal(futures([0, 1], later, **given_).series, free.series)


def test_the_offers_on_the_desk_are_those_of_the_game() -> None:
    session = game()
    runs = np.arange(6)
    at_desk = {"game": (SEED, RUN), "turn": TURN - 1, "seat": Capital.SEOUL}
    chance = DeskChance(SEED + 1, runs, **at_desk)  # type: ignore[arg-type]
    plain = Chance(SEED + 1, runs)
    model = RapprochementModel(
        session.case,
        runs=runs.tolist(),
        collect=False,
        chance=chance,
        state=session.states[TURN - 1].lane(np.zeros(6, dtype=np.int64)),
    )
    others = [capital for capital in CAPITALS if capital != Capital.SEOUL]
    assert len({tuple(column) for column in model.proposal_row[others].T}) == 1
    own = draws_of(Process.PROPOSALS, Capital.SEOUL)
    mine, free = (each.uniforms(Process.PROPOSALS, TURN - 1, 10)[own] for each in (chance, plain))
    np.testing.assert_array_equal(mine, free)
    offered = {d.seat for d in session.turns[TURN - 1].decisions if d.kind == "offer"}
    of_agents = [c for c in CAPITALS if c not in session.seats and model.proposal_row[c, 0] >= 0]
    assert set(of_agents) == offered - set(session.seats)
    for process, turn in ((Process.ORDERS, TURN - 1), (Process.PROPOSALS, TURN)):
        np.testing.assert_array_equal(
            chance.uniforms(process, turn, 4), plain.uniforms(process, turn, 4)
        )


def test_outcomes_of_any_turn_know_of_the_past() -> None:
    """An outcome that came true before stays true in every future."""
    session = game()
    case = session.case
    after, alone = futures([0, 1], past=session.states[: TURN - 1]), futures([0, 1])
    came_true = []
    for name, outcome in case.loaded.schema.outcomes.items():
        index = case.indicators.by_name[outcome.indicator].index
        read = [case.indicators.read(state)[index, :1] for state in session.states[:TURN]]
        has_been = outcome.when == "ever" and bool(outcome_met(outcome, np.stack(read))[0])
        came_true.append(has_been)
        np.testing.assert_array_equal(after.outcome(name), alone.outcome(name) | has_been)
    assert any(came_true)


def test_parts_join_in_sequence_and_cross_processes() -> None:
    whole = in_one_block()
    parts = [futures([0, 1]), futures([2])]
    both = joined([pickle.loads(pickle.dumps(part)) for part in parts])  # noqa: S301 - our own
    np.testing.assert_array_equal(both.series, whole.series[..., :3])
    state = game().states[TURN]
    assert pickle.loads(pickle.dumps(state)).digest(0) == state.digest(0)  # noqa: S301 - our own
    order = Decision("order", Capital.TOKYO, Capital.SEOUL, "hold")
    plan = Plan({2: (order,)}, (Capital.TOKYO,))
    assert pickle.loads(pickle.dumps(plan)) == plan  # noqa: S301 - our own


def test_there_must_be_runs() -> None:
    with pytest.raises(ValueError, match="0 runs in blocks of 256"):
        futures([])
