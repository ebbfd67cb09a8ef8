"""How governments choose; with the shipped rules, in many worlds at once."""

import numpy as np
import pytest

from rapprochement_sim.agents.capital import AGENT_CHOOSES, NOTHING, CapitalAgent
from rapprochement_sim.decision.case import Case
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.vocabulary import CAPITALS, ORDERS_PER_TURN, Capital
from rapprochement_sim.world.axes import Array
from tests.tiny import action, effect, modifier, seat, shipped_rules_few_citizens, tiny_case

LANES = 64
SEOUL, TOKYO = Capital.SEOUL, Capital.TOKYO


def model_of(case: Case, lanes: int = LANES, **options: object) -> RapprochementModel:
    return RapprochementModel(case, runs=list(range(lanes)), collect=False, **options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def ordered() -> RapprochementModel:
    """Return worlds in the third turn, with orders given and not yet carried out."""
    model = model_of(shipped_rules_few_citizens())
    model.step()
    model.step()
    model.settle_proposals()
    model.give_orders()
    return model


def agents(model: RapprochementModel) -> list[CapitalAgent]:
    return list(model.capitals)


def test_seats_order_only_their_own_legal_acts(ordered: RapprochementModel) -> None:
    rows, lanes = ordered.case.rows, np.arange(LANES)
    seen = 0
    for capital in CAPITALS:
        for row in (ordered.proposal_row[capital], *ordered.order_row[capital]):
            has = row >= 0
            seen += int(has.sum())
            assert (rows.actor[row[has]] == capital).all()
            assert ordered.legal[row[has], lanes[has]].all()
    assert seen > LANES


def test_joint_acts_are_proposed_and_others_ordered(ordered: RapprochementModel) -> None:
    rows = ordered.case.rows
    proposed = ordered.proposal_row[ordered.proposal_row >= 0]
    given = ordered.order_row[ordered.order_row >= 0]
    assert rows.is_joint[proposed].all()
    assert not rows.is_joint[given].any()
    assert not rows.is_hold[given].any()


def test_nobody_does_the_same_twice_in_a_turn(ordered: RapprochementModel) -> None:
    actions = np.where(ordered.order_row >= 0, ordered.case.rows.action[ordered.order_row], -1)
    assert ((actions[:, 0] != actions[:, 1]) | (actions[:, 0] == -1)).all()


def test_nobody_spends_more_attention_or_standing_than_there_is(
    ordered: RapprochementModel,
) -> None:
    rows = ordered.case.rows
    given = ordered.order_row
    spent = np.where(given >= 0, rows.attention[given], 0.0).sum(axis=1)
    paid = np.where(given >= 0, rows.price(given, ordered.order_modifiers), 0.0).sum(axis=1)
    assert ordered.deals.capital_left - paid == pytest.approx(ordered.capital_left)
    assert ordered.deals.attention_left - spent == pytest.approx(ordered.attention_left)
    assert ordered.attention_left.min() >= 0.0
    assert (ordered.capital_left >= 0.0).all()


def test_modifiers_are_at_most_two_and_the_rows_own(ordered: RapprochementModel) -> None:
    offers = zip(ordered.proposal_row.ravel(), ordered.proposal_modifiers.ravel(), strict=True)
    orders = zip(ordered.order_row.ravel(), ordered.order_modifiers.ravel(), strict=True)
    for row, bits in (*offers, *orders):
        assert int(bits).bit_count() <= 2
        n_own = len(ordered.case.row(int(row)).modifiers) if row >= 0 else 0
        assert bits < 2**n_own


def test_only_those_who_are_asked_answer(ordered: RapprochementModel) -> None:
    asked, given = ordered.consent_asked, ordered.consent_given
    assert not (given & ~asked).any()
    for proposer in CAPITALS:
        for lane in range(LANES):
            row = ordered.proposal_row[proposer, lane]
            expected = ordered.case.row(row).consenting if row >= 0 else ()
            assert set(np.flatnonzero(asked[:, proposer, lane])) == set(expected)
    assert asked.any()
    assert given.any()
    assert (asked & ~given).any()


def test_seats_choose_on_what_they_believe(ordered: RapprochementModel) -> None:
    """Two worlds that differ in hidden values only are judged alike."""
    for agent in agents(ordered):
        assert agent.values.shape == (len(agent.own_rows), LANES)
        secret = ordered.state.beliefs.secret[agent.index, :25]
        assert agent.view.trust == pytest.approx(
            (1.0 / (1.0 + np.exp(-secret))).reshape(5, 5, LANES)
        )


SHOUT = action([seat("seoul>tokyo")], effect("posture", "actor", 0.2), readiness=4.0, attention=0.5)
WHISPER = action([seat("seoul>tokyo")], effect("posture", "actor", 0.1), readiness=-9.0)
MEET = action(
    [seat("seoul>tokyo", consent=["tokyo"])],
    effect("glow", "target actor", 0.1),
    modifiers={"loud": modifier(effect("glow", "target actor", 0.1))},
    readiness=5.0,
    attention=0.5,
)
ACTIONS = {"shout": SHOUT, "whisper": WHISPER, "meet": MEET}


def test_without_chance_the_best_is_done_if_it_looks_better_than_even() -> None:
    model = model_of(tiny_case(actions=ACTIONS), 2, chance=False)
    model.settle_proposals()
    model.give_orders()
    by_key = model.case.effects.row_by_key
    assert (model.proposal_row[SEOUL] == by_key["meet:seoul>tokyo"]).all()
    assert (model.order_row[SEOUL, 0] == by_key["shout:seoul>tokyo"]).all()
    assert (model.order_row[SEOUL, 1] != by_key["whisper:seoul>tokyo"]).all()


def test_readiness_is_added_to_what_an_act_is_worth() -> None:
    base, readier = (
        tiny_case(actions={"shout": SHOUT.model_copy(update={"readiness": number})})
        for number in (
            SHOUT.readiness,
            SHOUT.readiness.model_copy(update={"value": 4.5, "range": [4.5, 4.5]}),
        )
    )
    values = [agents(model_of(case, 2))[SEOUL].values for case in (base, readier)]
    assert np.sort((values[1] - values[0])[:, 0]) == pytest.approx([0.0, 0.5])


def values_at(political_capital: float, cost: float) -> Array:
    actions = {
        "shout": action([seat("seoul>tokyo")], effect("posture", "actor", 0.2), cost=cost),
    }
    case = tiny_case(actions=actions)
    model = model_of(case, 2)
    state = model.state
    standing = state.values["political_capital"].copy()
    standing[SEOUL] = political_capital
    secret = state.beliefs.secret.copy()
    secret[SEOUL, 50] = political_capital
    model.state = state.with_values(political_capital=standing)
    object.__setattr__(model.state.beliefs, "secret", secret)
    agent = agents(model)[SEOUL]
    agent.appraise()
    row = case.effects.row_by_key["shout:seoul>tokyo"]
    found: Array = agent.values[np.flatnonzero(agent.own_rows == row)[0]]
    return found


def test_what_costs_standing_is_dearer_to_the_weak() -> None:
    """The price is cost x scarcity x the declared price of capital."""
    price = tiny_case().world.parameters["capital_price"]
    gap = values_at(0.9, cost=0.05) - values_at(0.3, cost=0.05)
    assert gap == pytest.approx(np.full(2, price * 0.05 * 0.6))


def test_a_forced_order_is_given_and_nothing_means_nothing() -> None:
    case = tiny_case(actions=ACTIONS)
    model = model_of(case, 3, chance=False)
    by_key = case.effects.row_by_key
    whisper, meet = by_key["whisper:seoul>tokyo"], by_key["meet:seoul>tokyo"]
    model.order_override[SEOUL, 0] = [whisper, NOTHING, AGENT_CHOOSES]
    model.order_modifiers_override[SEOUL, 0] = 5
    model.proposal_override[SEOUL] = [NOTHING, meet, AGENT_CHOOSES]
    model.proposal_modifiers_override[SEOUL] = 1
    model.settle_proposals()
    model.give_orders()
    shout = by_key["shout:seoul>tokyo"]
    assert model.order_row[SEOUL, 0].tolist() == [whisper, -1, shout]
    assert model.order_modifiers[SEOUL, 0].tolist() == [5, 5, 0]
    assert model.proposal_row[SEOUL].tolist() == [-1, meet, meet]
    assert model.proposal_modifiers[SEOUL, :2].tolist() == [1, 1]


def test_overrides_last_for_one_turn() -> None:
    model = model_of(tiny_case(actions=ACTIONS), 2)
    model.order_override[:] = NOTHING
    model.proposal_override[:] = NOTHING
    model.step()
    assert not (model.acts.row[:15] >= 0).any()
    assert (model.order_override == AGENT_CHOOSES).all()
    assert (model.proposal_override == AGENT_CHOOSES).all()


def test_a_forced_answer_is_the_answer() -> None:
    model = model_of(tiny_case(actions=ACTIONS), 2)
    model.proposal_override[SEOUL] = model.case.effects.row_by_key["meet:seoul>tokyo"]
    model.consent_override[TOKYO, SEOUL] = [0, 1]
    model.settle_proposals()
    assert model.consent_given[TOKYO, SEOUL].tolist() == [False, True]
    assert model.deals.accepted[SEOUL].tolist() == [False, True]


def consent_rate(trust_logit: float) -> float:
    model = model_of(tiny_case(actions=ACTIONS), 1024)
    secret = model.state.beliefs.secret.copy()
    secret[TOKYO, 5 + SEOUL] = trust_logit
    object.__setattr__(model.state.beliefs, "secret", secret)
    agents(model)[TOKYO].appraise()
    model.proposal_override[SEOUL] = model.case.effects.row_by_key["meet:seoul>tokyo"]
    model.settle_proposals()
    return float(model.consent_given[TOKYO, SEOUL].mean())


def test_who_is_trusted_is_more_often_told_yes() -> None:
    rates = [consent_rate(logit) for logit in (-3.0, 0.0, 3.0)]
    assert rates == sorted(set(rates))
    assert rates[2] - rates[0] > 0.2


class Stubborn(CapitalAgent):
    """A government that orders nothing."""

    def choose_orders(self) -> None:
        self.model.order_row[self.index] = -1


def test_another_class_of_governments_decides_otherwise() -> None:
    plain, stubborn = (
        model_of(shipped_rules_few_citizens(), capital_agent=kind)
        for kind in (CapitalAgent, Stubborn)
    )
    for model in (plain, stubborn):
        model.step()
    orders = slice(5, 5 + 5 * ORDERS_PER_TURN)
    assert (plain.acts.row[orders] >= 0).any()
    assert not (stubborn.acts.row[orders] >= 0).any()
    assert np.array_equal(plain.acts.row[:5], stubborn.acts.row[:5])


def test_lens_weights_of_a_model_decide_what_is_worth_doing() -> None:
    case = shipped_rules_few_citizens()
    models = [model_of(case, 2) for _ in range(2)]
    models[1].lens_weights[SEOUL] = np.array([[1.0], [0.0], [0.0]])
    for model in models:
        model.capitals.do("appraise")
    values = [[agent.values for agent in agents(model)] for model in models]
    assert not np.allclose(values[0][SEOUL], values[1][SEOUL])
    for capital in CAPITALS[1:]:
        assert np.array_equal(values[0][capital], values[1][capital])


def test_governments_left_alone_sour_with_the_years() -> None:
    """Mean approval over many worlds falls from year to year of an untouched term."""
    case = tiny_case(turns=16)
    model = model_of(case, 128)
    by_year = []
    while not model.is_over:
        model.order_override[:] = NOTHING
        model.proposal_override[:] = NOTHING
        model.step()
        if model.turn % 4 == 0:
            shares = 1.0 / (1.0 + np.exp(-model.state.values["approval"][:3]))
            by_year.append(shares.mean(axis=-1))
    fell = np.diff(np.array(by_year), axis=0)
    assert (fell.sum(axis=0) < 0.0).all()
    error = 5.0 * case.world.parameters["approval_noise"] / np.sqrt(128)
    assert (fell < error).all()
