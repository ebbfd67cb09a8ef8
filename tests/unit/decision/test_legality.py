from dataclasses import replace

import numpy as np
import pytest

from rapprochement_sim.agents.starting import start_state
from rapprochement_sim.decision.case import Case
from rapprochement_sim.decision.legality import conditions_hold, legal_rows, refusal_reason
from rapprochement_sim.world.axes import Booleans
from rapprochement_sim.world.state import WorldState
from tests.tiny import action, condition, effect, event, seat, tiny_case

LANES = 3


@pytest.fixture(scope="module")
def case() -> Case:
    return tiny_case(
        actions={
            "visit": action(
                [seat("seoul>tokyo", consent=["tokyo"])],
                effect("glow", "target actor", 0.2),
                requires=[
                    condition("trust", "actor target", above=0.3),
                    condition("posture", "actor", above=0.2, below=0.6),
                ],
                refusal=[effect("glow", "actor target", -0.1)],
                attention=1.5,
                cost=0.1,
            )
        },
        events={"storm": event(effect("posture", "party", 0.1))},
    )


def state_with(case: Case, **values: list[float]) -> WorldState:
    """Return a state in which Seoul's visit is legal in every lane, but for what is named."""
    state = start_state(case, LANES)
    for name, given in {"trust": [0.4] * 3, "posture": [0.4] * 3, **values}.items():
        changed = state.values[name].copy()
        shares = np.array(given)
        if name == "trust":
            changed[0, 1] = np.log(shares / (1 - shares))
        else:
            changed[0] = shares
        state = state.with_values(**{name: changed})
    return state


def legal(case: Case, state: WorldState) -> Booleans:
    return legal_rows(case.rows, state, conditions_hold(case.effects, state))


def check(case: Case, state: WorldState, reasons: list[str]) -> None:
    """Assert that mask and reasons say the same of the visit."""
    row = case.effects.rows[case.effects.row_by_key["visit:seoul>tokyo"]]
    assert [refusal_reason(case.effects, state, row, lane) for lane in range(LANES)] == reasons
    assert legal(case, state)[row.index].tolist() == [reason == "" for reason in reasons]


def test_conditions_are_compared_on_natural_scales_and_bounds_are_open(case: Case) -> None:
    trusts = [0.29, 0.31, 0.9]
    check(case, state_with(case, trust=trusts), ["trust forbids it", "", ""])
    postures = [0.2, 0.6, 0.21]
    words = "posture forbids it"
    check(case, state_with(case, posture=postures), [words, words, ""])


def test_all_conditions_of_a_row_must_hold(case: Case) -> None:
    state = state_with(case, trust=[0.2, 0.2, 0.4], posture=[0.1, 0.4, 0.1])
    check(case, state, ["trust forbids it", "trust forbids it", "posture forbids it"])


def test_attention_must_reach(case: Case) -> None:
    state = state_with(case)
    attention = state.attention.copy()
    attention[0] = [1.0, 1.5, 2.0]
    state = replace(state, attention=attention)
    check(case, state, ["it takes 1.5 attention, 1 is left", "", ""])


def test_political_capital_must_reach(case: Case) -> None:
    state = state_with(case, political_capital=[0.05, 0.1, 0.3])
    check(case, state, ["it costs 10 political capital, 5 is left", "", ""])


def test_what_was_tried_lately_must_wait(case: Case) -> None:
    state = state_with(case)
    pauses = state.pauses.copy()
    pauses[case.effects.row_by_key["visit:seoul>tokyo"]] = [0, 1, 2]
    waits = "it was tried lately; it can be tried again in"
    check(case, replace(state, pauses=pauses), ["", f"{waits} 1 turn", f"{waits} 2 turns"])


def test_nobody_orders_events_refusals_or_failures(case: Case) -> None:
    state = state_with(case)
    mask = legal(case, state)
    for row in case.effects.rows:
        if row.kind != "act":
            assert not mask[row.index].any()
            assert refusal_reason(case.effects, state, row, 0) != ""


def test_other_seats_are_not_bound_by_ones_own_means(case: Case) -> None:
    state = state_with(case)
    attention = state.attention.copy()
    attention[0] = 0.0
    mask = legal(case, replace(state, attention=attention))
    assert not mask[case.effects.row_by_key["nod:seoul>tokyo"]].any()
    assert mask[case.effects.row_by_key["nod:tokyo>washington"]].all()
