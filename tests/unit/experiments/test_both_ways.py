"""The same effect sizes both ways across the dyad, unless a source says otherwise.

A difference between Seoul and Tokyo must bring a source.
"""

from collections.abc import Iterator

import numpy as np
import pytest
from pydantic import BaseModel

from rapprochement_sim.decision.case import Case
from rapprochement_sim.experiments.effective import read_prior
from rapprochement_sim.experiments.lanes import START, strengths
from rapprochement_sim.experiments.record import DATA, SHIPPED_RECORD, load_record
from rapprochement_sim.experiments.record_runs import case_of
from rapprochement_sim.scenario.fitting import SIZES, THRESHOLD
from rapprochement_sim.scenario.schema import Effect, RuleBook
from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.axes import N_CAPITALS

FELT = {"hurt", "relief", "glow"}
ASSUMED = "assumption"
EXCHANGED = {"seoul": "tokyo", "tokyo": "seoul"}


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of(str(DATA / SHIPPED_RECORD))


@pytest.fixture(scope="module")
def rules() -> RuleBook:
    return load_record().loaded.rules


def effect_lists(part: object) -> Iterator[list[Effect]]:
    """Yield every list of effects that enter together."""
    if isinstance(part, list) and part and isinstance(part[0], Effect):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from effect_lists(getattr(part, name))
    elif isinstance(part, dict):
        for each in part.values():
            yield from effect_lists(each)


def has_one_role(rules: RuleBook, effect: Effect) -> bool:
    """Say whether both publics have the same role in what an effect is about."""
    if effect.on == "glow":
        return True
    parties = rules.disputes[effect.at[0]].parties
    return parties["seoul"].role == parties["tokyo"].role


def test_an_act_has_one_size_for_both_publics_unless_a_source_says_otherwise(
    rules: RuleBook,
) -> None:
    differing, compared = set(), 0
    acts = {**rules.actions, **rules.events}
    for name, act in acts.items():
        for effects in effect_lists(act):
            felt = {tuple(e.at): e for e in effects if e.on in FELT}
            for at, effect in felt.items():
                other = felt.get(tuple(EXCHANGED.get(word, word) for word in at))
                if other is None or other is effect or other.on != effect.on:
                    continue
                if not has_one_role(rules, effect):
                    continue
                compared += 1
                if effect.size != other.size and {effect.source, other.source} == {ASSUMED}:
                    differing.add(name)
    assert compared > 20
    assert not differing


def test_a_dispute_weighs_alike_on_both_publics_unless_role_or_source_differ(
    rules: RuleBook,
) -> None:
    differing = set()
    for name, dispute in rules.disputes.items():
        if not {"seoul", "tokyo"} <= set(dispute.parties):
            continue
        seoul, tokyo = dispute.parties["seoul"], dispute.parties["tokyo"]
        is_assumed = {seoul.weight.source, tokyo.weight.source} == {ASSUMED}
        if seoul.role == tokyo.role and seoul.weight.value != tokyo.weight.value and is_assumed:
            differing.add(name)
    assert not differing


def test_no_effective_parameter_but_levels_is_about_one_public() -> None:
    names = read_prior(DATA / SHIPPED_RECORD).names
    of_one = [n for n in names if any(w in n for w in ("seoul", "tokyo", "korea", "japan"))]
    assert of_one
    assert all(name.startswith((START, THRESHOLD)) for name in of_one)


@pytest.mark.parametrize("name", [name for name, (on, _) in SIZES.items() if on != "glow"])
def test_a_factor_of_the_fit_multiplies_what_both_publics_feel(case: Case, name: str) -> None:
    factors = strengths(case, {name: np.array([2.0, 0.5])})
    scaled = factors[:, 0] != 1.0
    assert np.array_equal(np.unique(factors[scaled], axis=0), [[2.0, 0.5]])
    within = case.effects.cell - case.effects.offsets[SIZES[name][0]]
    for public in (Capital.SEOUL, Capital.TOKYO):
        assert (scaled & (within % N_CAPITALS == public)).sum() > 3
