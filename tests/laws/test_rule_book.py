"""The rule book as a whole: acts differ, modifiers matter, scenarios stay in range."""

import numpy as np
import pytest

from rapprochement_sim.decision.case import Case
from rapprochement_sim.model import RapprochementModel, load_case
from rapprochement_sim.scenario.loading import list_scenarios
from rapprochement_sim.vocabulary import Capital
from tests.laws.worlds import act_rows, force_act, hold_all, play, quiet, shipped


def _compiled(case: Case, group: int) -> tuple[tuple[int, float, int], ...]:
    effects = case.effects
    entries = [int(e) for e in effects.group_entries[group] if e >= 0]
    return tuple(
        sorted(
            (int(effects.cell[e]), float(effects.size[e]), int(effects.scaler[e])) for e in entries
        )
    )


def test_there_are_at_least_sixty_acts() -> None:
    assert len(shipped().loaded.rules.actions) >= 60


def test_no_two_acts_of_a_seat_compile_to_the_same_arrays() -> None:
    case = shipped()
    seen: dict[tuple[tuple[int, float, int], ...], str] = {}
    for index in act_rows(case):
        row = case.row(index)
        compiled = _compiled(case, row.base_group)
        assert compiled, row.key
        assert compiled not in seen, (row.key, seen.get(compiled))
        seen[compiled] = row.key


def test_every_modifier_changes_an_indicator() -> None:
    """Each lane plays one act with one modifier; its twin plays the act alone."""
    case = quiet(shipped(), turns=2)
    variants = [(r, m) for r in act_rows(case) for m in range(len(case.row(r).modifiers))]
    assert len(variants) > 100
    for first in range(0, len(variants), 60):
        chunk = variants[first : first + 60]
        plain = RapprochementModel(case, runs=[0] * len(chunk), chance=False, collect=False)
        tuned = RapprochementModel(case, runs=[0] * len(chunk), chance=False, collect=False)
        for model, is_tuned in ((plain, False), (tuned, True)):
            hold_all(model)
            for lane, (row, modifier) in enumerate(chunk):
                force_act(model, row, lane)
                actor = case.row(row).actor
                assert actor is not None
                bits = model.proposal_modifiers_override if case.row(row).is_joint else None
                target = model.order_modifiers_override[:, 0] if bits is None else bits
                target[actor, lane] = (1 << modifier) if is_tuned else 0
            model.step()
        for lane, (row, modifier) in enumerate(chunk):
            moved = np.abs(plain.indicators[:, lane] - tuned.indicators[:, lane]).max()
            assert moved > 1e-6, (case.row(row).key, case.row(row).modifiers[modifier])


def test_a_modifier_pulls_two_ways() -> None:
    """Every modifier raises some cells and lowers others, or helps one side and hurts another."""
    for name, action in shipped().loaded.rules.actions.items():
        for key, modifier in action.modifiers.items():
            assert (
                len({effect.on for effect in modifier.effects}) > 1
                or len({tuple(effect.at) for effect in modifier.effects}) > 1
            ), (name, key)


@pytest.mark.parametrize("name", list_scenarios())
def test_every_scenario_runs_and_stays_in_range(name: str) -> None:
    case = load_case(name)
    model = RapprochementModel(case, runs=range(48), collect=False)
    for indicators in play(model):
        assert np.isfinite(indicators).all()
        for entry in case.indicators.entries:
            values = indicators[entry.index]
            assert values.min() >= entry.low, entry.name
            assert values.max() <= entry.high, entry.name


def test_in_2018_the_pact_stands_and_is_neither_signed_nor_ratified_anew() -> None:
    """The intelligence pact was in force from 2016: no run may sign it before it has ended."""
    case = load_case("spiral_2018")
    model = RapprochementModel(case, runs=[0, 1], collect=False)
    for name in ("sign_gsomia", "ratify_gsomia"):
        row = case.effects.find_row(name, Capital.SEOUL, Capital.TOKYO)
        assert not model.legal[row].any()
    assert model.legal[case.effects.find_row("suspend_gsomia", Capital.SEOUL, Capital.TOKYO)].all()
