"""No rule that carries a mechanism could be at nought without a worked case of it noticing."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.model import compile_case
from rapprochement_sim.scenario.loading import load_rules, load_scenario
from rapprochement_sim.scenario.mechanisms import shipped_mechanisms
from rapprochement_sim.scenario.schema_mechanisms import EffectChoice, Without
from rapprochement_sim.scenario.switching_off import switched_off
from tests.worked_cases import playing
from tests.worked_cases.worked_case import told_cases

if TYPE_CHECKING:
    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.scenario.schema_mechanisms import Mechanism
    from tests.worked_cases.playing import Result, Ruled

PAIRS = 20
FOR_EVER = 1000.0
"""Years that neutralise a half-life: nothing fades."""


def carriers() -> list[tuple[str, str]]:
    """Return mechanism and carrier, of those carriers that can be put at nought one by one."""
    rules = load_rules()
    single = {*rules.actions, *rules.events, *rules.parameters}
    return [
        (name, carrier)
        for name, entry in shipped_mechanisms().items()
        for carrier in entry.carried_by
        if carrier.partition(".")[0] in single
    ]


def at_nought(entry: Mechanism, carrier: str) -> Without:
    name, _, modifier = carrier.partition(".")
    if name in load_rules().parameters:
        neutral = FOR_EVER if name.endswith("_half_life_years") else 0.0
        return Without(parameters={name: entry.without.parameters.get(name, neutral)})
    modifiers = [modifier] if modifier else []
    return Without(effects=[EffectChoice(of=[name], modifiers=modifiers)])


def ruled_without(off: Without, ruled: Ruled) -> Case:
    """Compile a case's rules as ``playing`` does, with a carrier at nought beside."""
    name, parameters, mechanism = ruled
    loaded = switched_off(load_scenario(name), off)
    if mechanism:
        loaded = switched_off(loaded, shipped_mechanisms()[mechanism].without)
    own = Without(parameters={key: value for key, value in parameters if key not in off.parameters})
    return compile_case(switched_off(loaded, own))


def is_as_expected(result: Result) -> bool:
    try:
        playing.checked(result, sums=True)
    except AssertionError:
        return False
    return True


@pytest.mark.slow
@pytest.mark.parametrize(("name", "carrier"), carriers())
def test_a_case_notices_when_a_rule_is_at_nought(
    name: str, carrier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    off = at_nought(shipped_mechanisms()[name], carrier)
    monkeypatch.setattr(playing, "ruled_case", cache(partial(ruled_without, off)))
    told = [each for each in told_cases() if each.mechanism == name]
    quiet = [each for each in told if each.case.quiet]
    if not all(map(is_as_expected, playing.results(quiet, 1, crowded=False))):
        return
    crowded = [each for each in told if not each.case.quiet]
    assert not all(map(is_as_expected, playing.results(crowded, PAIRS, crowded=True)))
