"""A run of which few polls will be read is the same run in all else."""

import numpy as np
import pytest

from rapprochement_sim.agents.following import followed_by
from rapprochement_sim.agents.public import draw_noise, draw_opinion_noise
from rapprochement_sim.game.retelling import ToldChance
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.randomness import Chance, MixedChance, Process
from rapprochement_sim.vocabulary import Capital
from tests.tiny import CITIZENS, shipped_rules_few_citizens

CASE = shipped_rules_few_citizens()
SURVEYS = CASE.world.surveys
READ = ("japan_unfavourable_of_korea", "korea_favourable_of_japan", "japan_affinity_for_us")
RUNS = np.array([3, 3, 99, 31, 64])
CHANCES = {
    "keyed": Chance(5, RUNS),
    "mixed": MixedChance(Chance(5, RUNS), Chance(6, RUNS), {Process.OPINION: [0, 7, 100]}),
    "told": ToldChance(
        Chance(5, RUNS), {}, {Process.OPINION: np.linspace(-1.0, 1.0, 25 * CITIZENS)}
    ),
    "off": Chance(5, RUNS, is_on=False),
}


def played(surveys: tuple[str, ...] | None, turns: int = 4) -> RapprochementModel:
    model = RapprochementModel(
        CASE, root_seed=4, runs=RUNS.tolist(), collect=False, surveys=surveys
    )
    for _ in range(turns):
        model.step()
    return model


@pytest.mark.parametrize("read", [READ, (), SURVEYS.names], ids=["three", "none", "all"])
def test_all_but_polls_that_nobody_reads_stay_the_same_bits(read: tuple[str, ...]) -> None:
    whole, part = played(None), played(read)
    for name, array in whole.state.arrays().items():
        if name not in ("attitude", "shares", "belief_polls", "belief_poll_errors"):
            assert part.state.arrays()[name].tobytes() == array.tobytes(), name
    assert np.array_equal(part.acts.row, whole.acts.row)
    for entry in CASE.indicators.entries:
        found, known = part.indicators[entry.index], whole.indicators[entry.index]
        is_read = CASE.indicators.surveys_behind([entry.name]) <= set(read)
        assert np.array_equal(found, known) if is_read else np.isnan(found).all(), entry.name


def test_attitudes_that_no_survey_asks_about_are_not_held() -> None:
    followed = followed_by(CASE.world, READ)
    whole, part = played(None).state.attitude, played(READ).state.attitude
    asked = {
        Capital.SEOUL: [Capital.TOKYO],
        Capital.TOKYO: [Capital.SEOUL, Capital.WASHINGTON],
    }
    assert part.shape[2] == 2
    for capital in Capital:
        partners = asked.get(capital, [])
        assert followed.partners[capital].tolist() == partners
        for partner in partners:
            column = part[capital, :, followed.column(capital, partner)]
            assert np.array_equal(column, whole[capital, :, partner])
        assert not part[capital, :, len(partners) :].any()


def test_a_state_may_be_narrow_already() -> None:
    start = played(None, turns=2).state
    narrow = followed_by(CASE.world, READ).narrowed(start)
    ends = []
    for state in (start, narrow):
        model = RapprochementModel(
            CASE, root_seed=4, runs=RUNS.tolist(), collect=False, state=state, surveys=READ
        )
        model.step()
        ends.append(model.state.digest(1))
    assert ends[0] == ends[1]


def test_a_model_leaves_the_state_it_starts_from_alone() -> None:
    start = played(None, turns=1).state
    before = start.digest()
    model = RapprochementModel(
        CASE, root_seed=4, runs=RUNS.tolist(), collect=False, state=start, surveys=READ
    )
    model.step()
    assert start.digest() == before


@pytest.mark.parametrize("chance", CHANCES.values(), ids=CHANCES.keys())
def test_citizens_meet_the_same_chance(chance: Chance) -> None:
    followed = followed_by(CASE.world, READ)
    whole = draw_opinion_noise(chance, 2, CASE.world)
    for capital, noise in enumerate(draw_noise(chance, 2, CASE.world, followed)):
        assert np.array_equal(noise, whole[capital][:, followed.partners[capital]])


def test_an_unknown_survey_is_refused() -> None:
    with pytest.raises(KeyError, match="opinion_of_mars"):
        RapprochementModel(CASE, collect=False, surveys=["opinion_of_mars"])


def test_a_ledger_explains_every_survey() -> None:
    with pytest.raises(ValueError, match="leave none out"):
        RapprochementModel(CASE, collect=False, ledger=True, surveys=READ)
