from itertools import permutations

import numpy as np
import pytest

from rapprochement_sim.effects.compiling import Effects, compile_effects
from rapprochement_sim.effects.drafting import bindings, pairs_with_itself
from rapprochement_sim.effects.rows import Row
from rapprochement_sim.model import load_case
from rapprochement_sim.scenario.loading import load_rules
from rapprochement_sim.scenario.schema import Effect, Ratification
from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.axes import VARIABLES
from rapprochement_sim.world.building import World, build_world
from tests.tiny import (
    SHIPPED,
    action,
    condition,
    effect,
    event,
    modifier,
    quantity,
    seat,
    tiny_effects,
    tiny_rules,
    tiny_scenario,
)

PLAIN = {"trust_learning": 1.0, "trust_negativity": 1.0}
THREE = ("seoul", "tokyo", "washington")


def entries_of(effects: Effects, key: str, modifier_number: int | None = None) -> list[int]:
    row = effects.rows[effects.row_by_key[key]]
    group = row.base_group if modifier_number is None else row.modifier_groups[modifier_number]
    return [int(entry) for entry in effects.group_entries[group] if entry >= 0]


def cells_of(effects: Effects, world: World, entries: list[int]) -> list[tuple[str, ...]]:
    found = []
    for entry in entries:
        variable, cell = effects.variable_of(int(effects.cell[entry]))
        found.append((variable, *world.axes.cell_names(variable, cell)))
    return found


def compiled(*effects: Effect, third: str | None = None) -> tuple[Effects, World]:
    act = action([seat("seoul>tokyo", third=third)], *effects)
    return tiny_effects({"act": act}, parameters=PLAIN)


def declared_by(row: Row) -> list[Effect]:
    rules = load_rules()
    if row.kind == "event":
        return rules.events[row.name].effects
    act = rules.actions[row.name]
    if row.kind == "refused":
        return act.refusal
    if row.kind == "failed":
        return [] if act.ratification is None else act.ratification.failure
    return [*act.effects, *(e for m in act.modifiers.values() for e in m.effects)]


def is_left_out(row: Row, declared: Effect) -> bool:
    """Whether an effect, in these hands, would only pair a capital with itself."""
    seats = {"actor": row.actor, "target": row.target, "third": row.third or row.target}
    names = {word: capital.key for word, capital in seats.items() if capital is not None}
    parties = tuple(capital.key for capital in row.parties)
    return all(pairs_with_itself(declared, bound) for bound in bindings(declared, names, parties))


def test_every_declared_effect_is_compiled_in_every_row() -> None:
    effects = load_case(SHIPPED).effects
    for row in effects.rows:
        groups = (row.base_group, *row.modifier_groups)
        origins = [
            effects.origin[entry]
            for group in groups
            for entry in effects.group_entries[group]
            if entry >= 0
        ]
        for declared in declared_by(row):
            is_there = any(origin is declared for origin in origins)
            assert is_there or is_left_out(row, declared), (row.key, declared)
        undeclared = [origin for origin in origins if origin is None]
        assert len(undeclared) <= len(groups)


def test_every_entry_belongs_to_one_group() -> None:
    effects = load_case(SHIPPED).effects
    used = effects.group_entries[effects.group_entries >= 0]
    assert np.array_equal(np.sort(used), np.arange(effects.cell.size))


@pytest.mark.parametrize("third", [None, "washington"])
def test_placeholders_name_the_seats_of_the_order(third: str | None) -> None:
    """Without a third party, ``third`` stands for the target."""
    effects, world = compiled(
        effect("trust", "actor target", 0.1),
        effect("posture", "third", 0.1),
        effect("hurt", "islands beijing", 0.1),
        third=third,
    )
    assert cells_of(effects, world, entries_of(effects, "act:seoul>tokyo")) == [
        ("trust", "seoul", "tokyo"),
        ("posture", third or "tokyo"),
        ("hurt", "islands", "beijing"),
    ]


@pytest.mark.parametrize(("third", "n_parties"), [(None, 2), ("washington", 3)])
def test_party_and_partner_run_over_those_who_take_part(third: str | None, n_parties: int) -> None:
    effects, world = compiled(
        effect("posture", "party", 0.1),
        effect("glow", "party partner", 0.1),
        effect("channel", "party partner", 0.1),
        effect("provocation", "beijing party", 0.1),
        third=third,
    )
    cells = cells_of(effects, world, entries_of(effects, "act:seoul>tokyo"))
    parties = THREE[:n_parties]
    assert [c[1:] for c in cells if c[0] == "posture"] == [(p,) for p in parties]
    assert {c[1:] for c in cells if c[0] == "glow"} == set(permutations(parties, 2))
    n_pairs = n_parties * (n_parties - 1)
    assert len([c for c in cells if c[0] == "glow"]) == n_pairs
    channels = [c for c in cells if c[0] == "channel"]
    assert len(channels) == len(set(channels)) == n_pairs / 2
    assert [c[2] for c in cells if c[0] == "provocation"] == list(parties)


def test_scalers_are_asked_about_the_same_party_as_the_cell() -> None:
    effects, world = compiled(
        effect("abandonment", "party", 0.1, "common_threat(party, partner)"),
        third="washington",
    )
    entries = entries_of(effects, "act:seoul>tokyo")
    assert len(entries) == 6
    for entry, cell in zip(entries, cells_of(effects, world, entries), strict=True):
        name, (party, partner) = effects.scalers.keys[effects.scaler[entry]]
        assert name == "common_threat"
        assert cell == ("abandonment", party)
        assert partner != party


def test_scalers_in_use_are_listed_once_and_begin_with_one() -> None:
    effects, _ = compiled(
        effect("posture", "actor", 0.1),
        effect("posture", "target", 0.2, "weakness(actor)"),
        effect("programme", "actor", 0.3, "weakness(seoul)"),
    )
    assert effects.scalers.keys[0] == ("one", ())
    assert effects.scalers.keys.count(("weakness", ("seoul",))) == 1


def test_hostile_acts_move_trust_by_more_than_friendly_ones() -> None:
    act = action(
        [seat("seoul>tokyo")],
        effect("trust", "actor target", 0.2),
        effect("trust", "target actor", -0.2),
        effect("posture", "actor", -0.2),
    )
    effects, _ = tiny_effects(
        {"act": act}, parameters={"trust_learning": 1.5, "trust_negativity": 2.0}
    )
    sizes = effects.size[entries_of(effects, "act:seoul>tokyo")]
    assert sizes == pytest.approx([0.3, -0.6, -0.2])


def test_acts_and_modifiers_are_paid_from_political_capital() -> None:
    """A cost of c is a latent impulse of -2c: about c of a stock that is half full."""
    act = action(
        [seat("seoul>tokyo")],
        effect("posture", "actor", 0.1),
        cost=0.05,
        modifiers={
            "dear": modifier(effect("glow", "actor target", 0.1), cost=0.02),
            "cheap": modifier(effect("glow", "actor target", 0.1), cost=-0.01),
            "free": modifier(effect("glow", "actor target", 0.1)),
        },
    )
    effects, world = tiny_effects({"act": act})
    paid = []
    for number in (None, 0, 1, 2):
        entries = entries_of(effects, "act:seoul>tokyo", number)
        cells = cells_of(effects, world, entries)
        paid.append(
            [
                float(effects.size[entry])
                for entry, cell in zip(entries, cells, strict=True)
                if cell == ("political_capital", "seoul")
            ]
        )
    assert paid == [[-0.1], [-0.04], [0.02], []]


def test_an_offer_knows_its_refusal_and_its_failure() -> None:
    ratification = Ratification(
        by=["seoul"],
        dispute="forced_labour",
        bar=quantity(0.2),
        failure=[effect("approval", "seoul", -0.1)],
    )
    pact = action(
        [seat("seoul>tokyo", consent=["tokyo"])],
        effect("channel", "actor target", 0.3),
        refusal=[effect("glow", "actor target", -0.1)],
        ratification=ratification,
        modifiers={"narrow": modifier(effect("channel", "actor target", -0.1), ease=0.15)},
    )
    effects, world = tiny_effects({"pact": pact})
    row = effects.rows[effects.row_by_key["pact:seoul>tokyo"]]
    assert row.is_joint
    assert row.consenting == (Capital.TOKYO,)
    refused, failed = effects.rows[row.refused_row], effects.rows[row.failed_row]
    assert refused.key == "pact:seoul>tokyo:refused"
    assert failed.key == "pact:seoul>tokyo:failed"
    assert cells_of(effects, world, entries_of(effects, refused.key)) == [
        ("glow", "seoul", "tokyo")
    ]
    assert cells_of(effects, world, entries_of(effects, failed.key)) == [("approval", "seoul")]
    assert not refused.modifiers
    (entry,) = effects.ratifications
    assert (entry.row, entry.by, entry.bar) == (row.index, (Capital.SEOUL,), 0.2)
    assert entry.eases == (0.15,)


def test_rows_are_found_by_action_and_seat() -> None:
    effects, _ = compiled(effect("posture", "actor", 0.1))
    found = effects.find_row("act", Capital.SEOUL, Capital.TOKYO)
    assert effects.rows[found].key == "act:seoul>tokyo"
    assert effects.find_row("act", Capital.TOKYO, Capital.SEOUL) == -1
    assert effects.find_row("war", Capital.SEOUL, Capital.TOKYO) == -1


def test_keys_of_rows_are_unique() -> None:
    effects = load_case(SHIPPED).effects
    assert len(effects.row_by_key) == len(effects.rows)
    assert [row.index for row in effects.rows] == list(range(len(effects.rows)))


def test_conditions_speak_of_the_seats_of_the_order() -> None:
    act = action(
        [seat("tokyo>seoul")],
        effect("posture", "actor", 0.1),
        requires=[condition("trust", "actor target", above=0.25)],
    )
    effects, world = tiny_effects({"act": act})
    (compiled_condition,) = effects.conditions
    assert compiled_condition.row == effects.row_by_key["act:tokyo>seoul"]
    assert compiled_condition.cell == world.axes.cell("trust", ("tokyo", "seoul"))
    assert (compiled_condition.above, compiled_condition.below) == (0.25, np.inf)
    assert compiled_condition.reason == "trust forbids it"


def test_events_are_rows_that_nobody_orders() -> None:
    rules = tiny_rules(
        events={
            "ruling": event(
                effect("hurt", "islands party", 0.2),
                unless=[condition("settlement", "islands seoul", above=0.5)],
            )
        }
    )
    world = build_world(tiny_scenario(rules))
    effects = compile_effects(rules, world)
    row = effects.rows[effects.row_by_key["event:ruling"]]
    assert (row.kind, row.actor, row.target) == ("event", None, None)
    assert cells_of(effects, world, entries_of(effects, row.key)) == [
        ("hurt", "islands", "seoul"),
        ("hurt", "islands", "tokyo"),
    ]
    assert [c.row for c in effects.conditions] == [row.index]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (effect("hurt", "radar seoul", 0.1), "unknown dispute 'radar'"),
        (effect("trust", "actor paris", 0.1), "unknown capital 'paris'"),
        (effect("posture", "actor", 0.1, "weakness(paris)"), "unknown name 'paris'"),
        (effect("trust", "actor", 0.1), "trust is addressed by 2 names"),
    ],
)
def test_unknown_names_are_refused(wrong: Effect, words: str) -> None:
    with pytest.raises(KeyError, match=words):
        compiled(wrong)


def test_an_unknown_scaler_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown scaler 'weather'"):
        compiled(effect("posture", "actor", 0.1, "weather(seoul)"))


def test_a_cell_knows_its_variable() -> None:
    case = load_case(SHIPPED)
    for name, offset in case.effects.offsets.items():
        last = offset + case.world.axes.n_cells(name) - 1
        assert case.effects.variable_of(offset) == (name, 0)
        assert case.effects.variable_of(last) == (name, last - offset)
    assert list(case.effects.offsets) == list(VARIABLES)


def test_no_capital_is_paired_with_itself() -> None:
    effects = load_case(SHIPPED).effects
    world = load_case(SHIPPED).world
    for cell in np.unique(effects.cell):
        name, index = effects.variable_of(int(cell))
        names = world.axes.cell_names(name, index)
        assert len(set(names)) == len(names), (name, names)
