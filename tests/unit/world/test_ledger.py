"""How the ledger answers; that its parts sum is a law of its own, in tests/laws."""

import numpy as np
import pytest

from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.vocabulary import CauseKind
from rapprochement_sim.world.ledger import Ledger
from tests.tiny import shipped_rules_few_citizens

N_TURNS = 3
INDICATORS = ["trust_tokyo_seoul", "protest_seoul", "korea_unfavourable_of_japan", "rapprochement"]


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    model = RapprochementModel(shipped_rules_few_citizens(), lanes=3, ledger=True, collect=False)
    for _ in range(N_TURNS):
        model.step()
    assert model.ledger is not None
    return model.ledger


@pytest.mark.parametrize("name", INDICATORS)
def test_terms_come_largest_first_and_none_is_empty(ledger: Ledger, name: str) -> None:
    terms = ledger.explain(name, 1)
    sizes = [abs(term.amount) for term in terms]
    assert sizes == sorted(sizes, reverse=True)
    assert min(sizes) > 0.0


def test_an_act_is_named_by_turn_slot_and_row(ledger: Ledger) -> None:
    acts = [
        term.cause
        for turn in range(N_TURNS)
        for term in ledger.explain("trust_tokyo_seoul", turn)
        if term.cause.row >= 0
    ]
    assert acts
    for cause in acts:
        assert ledger.records[cause.turn].rows[cause.slot, 0] == cause.row
        assert cause.key == ledger.labels[cause.row].key
        assert cause.kind in (CauseKind.ORDER, CauseKind.CONSENT, CauseKind.EVENT)


def test_an_act_is_never_blamed_for_what_came_before_it(ledger: Ledger) -> None:
    for turn in range(N_TURNS):
        for term in ledger.explain("rapprochement", turn):
            assert term.cause.turn <= turn


@pytest.mark.parametrize("name", INDICATORS)
@pytest.mark.parametrize("lane", [0, 2])
def test_totals_are_the_sums_of_what_turns_are_explained_by(
    ledger: Ledger, name: str, lane: int
) -> None:
    summed: dict[str, float] = {}
    for turn in range(N_TURNS):
        for term in ledger.explain(name, turn, lane):
            summed[term.cause.key] = summed.get(term.cause.key, 0.0) + term.amount
    totals = ledger.totals([name])[name]
    assert set(summed) <= set(totals)
    for key, amounts in totals.items():
        assert amounts[lane] == pytest.approx(summed.get(key, 0.0), abs=1e-10), key


def test_only_published_polls_carry_sampling_error(ledger: Ledger) -> None:
    survey = "korea_unfavourable_of_japan"
    true_keys = {term.cause.key for term in ledger.explain(survey, 1)}
    published = {term.cause.key: term for term in ledger.explain(f"published_{survey}", 1)}
    assert set(published) == true_keys | {"sampling"}
    assert published["sampling"].cause.kind is CauseKind.CHANCE


def test_unknown_names_and_turns_are_refused(ledger: Ledger) -> None:
    with pytest.raises(KeyError, match="trust_in_paris"):
        ledger.explain("trust_in_paris", 0)
    with pytest.raises(KeyError, match="unknown survey 'rapprochement'"):
        ledger.explain("published_rapprochement", 0)
    for turn in (-1, N_TURNS):
        with pytest.raises(IndexError, match=f"turn {turn} is not in the ledger"):
            ledger.explain("rapprochement", turn)


def test_an_empty_ledger_explains_nothing() -> None:
    model = RapprochementModel(shipped_rules_few_citizens(), ledger=True, collect=False)
    assert model.ledger is not None
    assert model.ledger.totals(["rapprochement"]) == {"rapprochement": {}}


def test_a_ledger_explains_turns_that_are_kept_later_as_well() -> None:
    model = RapprochementModel(shipped_rules_few_citizens(), ledger=True, collect=False)
    assert model.ledger is not None
    model.step()
    first = model.ledger.explain("rapprochement", 0)
    model.step()
    assert model.ledger.explain("rapprochement", 1)
    again = model.ledger.explain("rapprochement", 0)
    assert [t.amount for t in again] == [t.amount for t in first]
    assert np.isfinite([t.amount for t in again]).all()
