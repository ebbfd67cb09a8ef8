from typing import Any

import numpy as np
import pytest

from rapprochement_sim.decision.lenses import SeatLens, compile_seat_lens, judged_rows
from rapprochement_sim.effects.compiling import Effects, compile_effects
from rapprochement_sim.effects.scalers import View
from rapprochement_sim.scenario.schema import Action, LensRules, RuleBook, Valuation
from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.building import World, build_world
from tests.tiny import action, effect, flat_view, modifier, seat, tiny_rules, tiny_scenario

OFFICE_WEIGHT = 2.0
REALIST, LIBERAL, CONSTRUCTIVIST, OFFICE = range(4)
PLAIN = {"trust_learning": 1.0, "trust_negativity": 1.0}


def valued(on: str, at: str, weight: float, scaled_by: str = "one", *seats: Any) -> Valuation:
    return Valuation(
        on=on,
        at=at.split(),
        weight=weight,
        scaled_by=scaled_by,
        seats=list(seats),
        source="assumption",
        why="for a test",
    )


def lens(*values: Valuation) -> LensRules:
    return LensRules(
        title="Lens", summary="For a test.", values=list(values), sources=["assumption"]
    )


LENSES = {
    "realist": lens(
        valued("interoperability", "self washington", 0.5, "threat(self, pyongyang)"),
        valued("posture", "tokyo", -0.8, "one", "seoul"),
    ),
    "liberal": lens(valued("trust", "self tokyo", 1.0), valued("trust", "self seoul", 3.0)),
    "constructivist": lens(valued("hurt", "islands self", -1.0, "salience(islands, self)")),
}
ACTIONS = {
    "drill": action(
        [seat("seoul>washington", consent=["washington"])],
        effect("interoperability", "actor target", 0.4, "openness(actor)"),
        effect("hurt", "islands seoul", 0.1),
        effect("approval", "actor", -0.05),
        refusal=[effect("approval", "target", -0.3)],
        modifiers={
            "quiet": modifier(effect("approval", "actor", 0.02)),
            "loud": modifier(effect("interoperability", "actor target", 0.2)),
        },
    ),
    "arm": action([seat("seoul>tokyo"), seat("tokyo>seoul")], effect("posture", "tokyo", 0.3)),
}


def compiled(actions: dict[str, Action]) -> tuple[RuleBook, Effects, World]:
    rules = tiny_rules(actions=actions, lenses=LENSES)
    world = build_world(tiny_scenario(rules, parameters=PLAIN))
    return rules, compile_effects(rules, world), world


RULES, EFFECTS, WORLD = compiled(ACTIONS)


def lens_of(capital: Capital) -> SeatLens:
    return compile_seat_lens(RULES, EFFECTS, WORLD.axes, capital, OFFICE_WEIGHT)


def view(**changed: Any) -> View:
    return flat_view(WORLD, lanes=2, value=0.5, **changed)


def scores(capital: Capital, key: str, seen: View, modifier_number: int | None = None) -> Any:
    row = EFFECTS.rows[EFFECTS.row_by_key[key]]
    group = row.base_group if modifier_number is None else row.modifier_groups[modifier_number]
    judge = lens_of(capital)
    return judge.score(seen)[:, judge.unit_of_group[group]]


def threat_of_the_north(value: float) -> Any:
    threat = np.zeros((5, 5, 2))
    threat[Capital.SEOUL, Capital.PYONGYANG] = [value, value / 2]
    return threat


def test_scores_by_hand() -> None:
    """Sizes times weights times both scalers, and approval for those in office.

    Realist: 0.4 x openness 0.75 x 0.5 x threat 0.6. Constructivist: 0.1 x -1 x salience 0.5.
    """
    seen = view(threat=threat_of_the_north(0.6), stance=np.full((5, 2), 0.5))
    found = scores(Capital.SEOUL, "drill:seoul>washington", seen)
    assert found[REALIST] == pytest.approx([0.09, 0.045])
    assert found[LIBERAL] == pytest.approx([0.0, 0.0])
    assert found[CONSTRUCTIVIST] == pytest.approx([-0.05, -0.05])
    assert found[OFFICE] == pytest.approx([-0.1, -0.1])


def test_modifiers_are_scored_on_their_own() -> None:
    seen = view(threat=threat_of_the_north(0.6))
    quiet = scores(Capital.SEOUL, "drill:seoul>washington", seen, 0)
    loud = scores(Capital.SEOUL, "drill:seoul>washington", seen, 1)
    assert quiet[OFFICE] == pytest.approx([0.04, 0.04])
    assert loud[REALIST] == pytest.approx([0.06, 0.03])
    assert not quiet[:OFFICE].any()


def test_what_is_valued_for_some_seats_is_nothing_to_others() -> None:
    assert scores(Capital.SEOUL, "arm:seoul>tokyo", view())[REALIST] == pytest.approx([-0.24] * 2)
    assert not scores(Capital.TOKYO, "arm:tokyo>seoul", view()).any()


def test_refusals_are_judged_by_those_who_are_asked() -> None:
    refused = scores(Capital.WASHINGTON, "drill:seoul>washington:refused", view())
    assert refused[OFFICE] == pytest.approx([-0.6, -0.6])


def test_a_seat_judges_its_own_acts_and_what_it_is_asked() -> None:
    keys = {seat: {row.key for row in judged_rows(EFFECTS, seat)} for seat in Capital}
    assert keys[Capital.SEOUL] == {"nod:seoul>tokyo", "drill:seoul>washington", "arm:seoul>tokyo"}
    assert keys[Capital.WASHINGTON] == {
        "nod:washington>beijing",
        "drill:seoul>washington",
        "drill:seoul>washington:refused",
    }
    assert keys[Capital.PYONGYANG] == {"nod:pyongyang>seoul"}


def test_a_capital_does_not_value_what_pairs_it_with_itself() -> None:
    """Trust in self: Tokyo's valuation of its trust in Tokyo falls away."""
    act = action([seat("tokyo>seoul")], effect("trust", "tokyo tokyo", 0.5))
    rules, effects, world = compiled({"act": act})
    judge = compile_seat_lens(rules, effects, world.axes, Capital.TOKYO, OFFICE_WEIGHT)
    row = effects.rows[effects.row_by_key["act:tokyo>seoul"]]
    found = judge.score(flat_view(world))[:, judge.unit_of_group[row.base_group]]
    assert not found.any()


def test_scores_are_linear_in_the_sizes_of_effects() -> None:
    doubled = {
        name: act.model_copy(
            update={
                "effects": [
                    e.model_copy(update={"size": 2 * e.size, "range": [2 * x for x in e.range]})
                    for e in act.effects
                ]
            }
        )
        for name, act in ACTIONS.items()
    }
    rules, effects, world = compiled(doubled)
    judge = compile_seat_lens(rules, effects, world.axes, Capital.SEOUL, OFFICE_WEIGHT)
    seen = view(threat=threat_of_the_north(0.6))
    for key in ("drill:seoul>washington", "arm:seoul>tokyo"):
        unit = judge.unit_of_group[effects.rows[effects.row_by_key[key]].base_group]
        assert judge.score(seen)[:, unit] == pytest.approx(2 * scores(Capital.SEOUL, key, seen))


def test_calibrated_scores_are_in_units_of_the_seats_own_acts() -> None:
    """The root mean square over own acts at the start becomes 1; office keeps its scale."""
    seen = view(threat=threat_of_the_north(0.6))
    plain = lens_of(Capital.SEOUL)
    own = [
        plain.unit_of_group[row.base_group]
        for row in plain.rows
        if row.actor == Capital.SEOUL and row.kind == "act"
    ]
    found = plain.calibrated(seen).score(seen)
    assert np.sqrt((found[REALIST, own, 0] ** 2).mean()) == pytest.approx(1.0)
    assert np.array_equal(found[OFFICE], plain.score(seen)[OFFICE])
    before = plain.score(seen)[REALIST]
    scale = np.abs(found[REALIST]).max() / np.abs(before).max()
    assert found[REALIST] == pytest.approx(scale * before)


def test_a_lens_that_sees_nothing_scores_zero_after_calibration() -> None:
    judge = lens_of(Capital.PYONGYANG).calibrated(view())
    assert not judge.score(view())[:OFFICE].any()


def test_lanes_are_scored_apart() -> None:
    seen = view(threat=threat_of_the_north(0.6))
    flipped = view(threat=threat_of_the_north(0.6)[..., ::-1])
    judge = lens_of(Capital.SEOUL)
    assert np.array_equal(judge.score(seen)[..., ::-1], judge.score(flipped))
