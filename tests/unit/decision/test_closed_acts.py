from dataclasses import replace

import pytest

from rapprochement_sim.decision.case import Case, build_case
from rapprochement_sim.decision.legality import refusal_reason
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.scenario.loading import load_scenario
from rapprochement_sim.scenario.schema_calendar import ClosedActs
from rapprochement_sim.vocabulary import Capital


@pytest.fixture(scope="module")
def case() -> Case:
    loaded = load_scenario("sandbox")
    closed = [
        ClosedActs(actions=["critical_statement"], reason="it is not said", source="assumption"),
        ClosedActs(
            actions=["summit", "friendly_statement"],
            until="2023-08",
            reason="it is too early",
            source="assumption",
        ),
    ]
    return build_case(replace(loaded, schema=loaded.schema.model_copy(update={"closed": closed})))


def rows_of(case: Case, *names: str) -> list[int]:
    return [row.index for row in case.effects.rows if row.name in names and row.kind == "act"]


def test_acts_open_in_the_turn_of_their_month_and_not_before(case: Case) -> None:
    model = RapprochementModel(case, root_seed=3, runs=range(64), ledger=False)
    early, never = (
        rows_of(case, "summit", "friendly_statement"),
        rows_of(case, "critical_statement"),
    )
    ordered: list[set[int]] = []
    while not model.is_over:
        model.step()
        ordered.append(set(model.acts.row.ravel().tolist()))
    assert not any(ordered[turn] & set(early) for turn in (0, 1))
    assert any(acts & set(early) for acts in ordered[2:])
    assert not any(acts & set(never) for acts in ordered)


def test_the_refusal_says_why_until_the_act_opens(case: Case) -> None:
    model = RapprochementModel(case, root_seed=3, runs=range(2), ledger=False)
    first, never = (
        case.row(case.effects.find_row(name, Capital.SEOUL, Capital.TOKYO))
        for name in ("friendly_statement", "critical_statement")
    )
    reasons = []
    for _ in range(3):
        said = [refusal_reason(case.effects, model.state, row, 0) for row in (first, never)]
        reasons.append(said)
        model.step()
    assert reasons == [
        ["it is too early", "it is not said"],
        ["it is too early", "it is not said"],
        ["", "it is not said"],
    ]
