"""A good game, at small numbers; docs/concepts/a-good-game.md has the full measurement.

Bounds are those of the page, widened by three standard errors where a mean is estimated.
"""

import numpy as np
import pytest

from rapprochement_sim.agents.goal_minded import GoalMindedCapital
from rapprochement_sim.experiments.adaptive_play import Manner, rehearsal
from rapprochement_sim.experiments.fixed_plans import (
    PARTS,
    Script,
    Search,
    best_in_final,
    score_scripts,
    script_finalists,
)
from rapprochement_sim.experiments.play_quality import (
    Prepared,
    SeatQuality,
    estimate,
    measure_seat,
    measure_world,
    own_shares,
    prepare,
    prepare_among,
)
from rapprochement_sim.game.opening import with_lenses
from rapprochement_sim.model import load_case
from rapprochement_sim.vocabulary import CAPITALS, Capital
from tests.tiny import shipped_rules_few_citizens

SCENARIOS = ("rekindled_2023", "spiral_2018", "sandbox")
NEAREST = [
    *((SCENARIOS[0], seat) for seat in (Capital.WASHINGTON, Capital.BEIJING, Capital.PYONGYANG)),
    *((SCENARIOS[1], seat) for seat in (Capital.SEOUL, Capital.TOKYO, Capital.WASHINGTON)),
    *((SCENARIOS[2], seat) for seat in (Capital.BEIJING, Capital.PYONGYANG)),
]
LENS_OF = {Capital.WASHINGTON: "constructivist", Capital.PYONGYANG: "realist"}
"""The lens of all others under which a mark that stayed where it is could not be reached."""

LEAST_SHARE, MOST_SHARE = 0.15, 0.60
MOST_FIRST = 0.40


@pytest.mark.parametrize("name", SCENARIOS)
def test_worlds_left_alone_neither_burn_nor_freeze(name: str) -> None:
    world = measure_world(load_case(name), n_runs=64)
    assert world.most_falls <= 1
    assert world.war_share == 0.0
    assert world.stuck_share == 0.0


@pytest.mark.parametrize(
    ("name", "seat"),
    [
        (SCENARIOS[1], Capital.TOKYO),
        *((name, Capital.BEIJING) for name in (SCENARIOS[0], SCENARIOS[2])),
    ],
)
def test_a_seat_neither_watches_nor_plays_alone(name: str, seat: Capital) -> None:
    """Two seats that lie near to the bounds, and one that was below them: a lesson is short."""
    own, _ = own_shares(load_case(name), seat, n_runs=64)
    assert own.value + 3.0 * own.error > LEAST_SHARE
    assert own.value - 3.0 * own.error < MOST_SHARE


def test_measures_are_the_same_twice() -> None:
    case = shipped_rules_few_citizens()
    found = [own_shares(case, Capital.TOKYO, n_runs=4) for _ in range(2)]
    assert found[0] == found[1]


def test_an_estimate_by_hand() -> None:
    found = estimate(np.array([1.0, 3.0, 1.0, 3.0]))
    assert (found.value, found.error) == (2.0, 0.5)


def test_the_search_finds_no_less_than_doing_nothing() -> None:
    case, seat = shipped_rules_few_citizens(), Capital.PYONGYANG
    effort = Search(n_runs=2, n_candidates=2, most_items=1, final_seed=901, final_runs=2)
    found = best_in_final(case, seat, script_finalists(case, seat, effort), effort)
    idle = [Script(((),) * PARTS, accepts) for accepts in (True, False)]
    scores = score_scripts(case, seat, [found, *idle], seed=effort.seed, n_runs=effort.n_runs).mean(
        axis=1
    )
    assert scores[0] > scores[1:].max()


def test_among_other_governments_plan_and_play_are_chosen_anew() -> None:
    """What is known from elsewhere is which plans came to a final, and nothing else."""
    case, seat = shipped_rules_few_citizens(), Capital.PYONGYANG
    mixes = {other.key: {"realist": 1.0} for other in CAPITALS if other != seat}
    other = with_lenses(case, mixes)
    effort = Search(final_runs=2, rehearsal_runs=2)
    row = case.effects.find_row("missile_test", seat, Capital.SEOUL)
    scripts = tuple(Script((plan,) * PARTS, accepts=True) for plan in ((), ((row, 0),)))
    ways = tuple(
        Manner(bonus, 0.0, answers_by_plan=False, keeps_modifiers=False) for bonus in (0, 1)
    )
    known = Prepared(scripts[0], GoalMindedCapital, scripts, ways)
    found = prepare_among(other, seat, known, effort)
    assert found.script == best_in_final(other, seat, scripts, effort)
    learnt, elsewhere = (rehearsal(world, seat, found.script, effort) for world in (other, case))
    assert np.array_equal(found.policy.outlook[seat].level, learnt.minded.outlook[seat].level)
    assert not np.array_equal(
        learnt.minded.outlook[seat].level, elsewhere.minded.outlook[seat].level
    )
    best = learnt.best_in_final(ways, effort)
    assert found.policy.reliance.bonus == best.reliance.bonus


def test_shares_are_told_on_as_many_runs_as_asked() -> None:
    case, seat = shipped_rules_few_citizens(), Capital.TOKYO
    brought = Prepared(Script(((),) * PARTS, accepts=True), GoalMindedCapital, (), ())
    found = measure_seat(case, seat, n_runs=2, share_runs=4, prepared=brought)
    assert (found.own_share, found.alone_share) == own_shares(case, seat, n_runs=4)
    assert found.n_runs == 2


def test_a_script_scores_the_same_in_any_company() -> None:
    case, seat = shipped_rules_few_citizens(), Capital.PYONGYANG
    row = case.effects.find_row("missile_test", seat, Capital.SEOUL)
    scripts = [Script(((item,),) * PARTS, accepts=True) for item in ((row, 0), (row, 1))]
    together = score_scripts(case, seat, scripts, seed=3, n_runs=4)
    alone = score_scripts(case, seat, scripts[1:], seed=3, n_runs=4)
    assert np.array_equal(together[1], alone[0])


@pytest.mark.slow
@pytest.mark.parametrize(("name", "seat"), NEAREST)
def test_a_seat_plays_well(name: str, seat: Capital) -> None:
    """The page for the seats nearest to a bound, on a quarter of its runs."""
    case = load_case(name)
    prepared = prepare(case, seat)
    found = measure_seat(case, seat, n_runs=128, prepared=prepared)
    own = found.own_share
    assert own.value + 3.0 * own.error > LEAST_SHARE
    assert own.value - 3.0 * own.error < MOST_SHARE
    for favourite in (found.best_first, found.taken_first):
        spread = np.sqrt(MOST_FIRST * (1.0 - MOST_FIRST) / found.n_runs)
        assert favourite.share < MOST_FIRST + spread
    assert found.lead.value + 3.0 * found.lead.error > 0.0
    assert found.adaptive.value - found.automated.value > 3.0 * found.adaptive.error
    assert_it_can_be_won_and_lost(found)
    if seat in LENS_OF:
        mixes = {other.key: {LENS_OF[seat]: 1.0} for other in CAPITALS if other != seat}
        other = with_lenses(case, mixes)
        known = prepare_among(other, seat, prepared)
        among = measure_seat(other, seat, n_runs=64, prepared=known)
        assert_it_can_be_won_and_lost(among)


def assert_it_can_be_won_and_lost(found: SeatQuality) -> None:
    spread = 3.0 * np.sqrt(0.25 / found.n_runs)
    assert 0.2 - spread < found.wins.value < 0.6 + spread
