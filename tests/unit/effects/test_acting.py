import numpy as np
import pytest

from rapprochement_sim.effects.acting import Acts, act_groups, impulses_of
from rapprochement_sim.effects.compiling import Effects
from rapprochement_sim.world.axes import Array, Integers
from rapprochement_sim.world.building import World
from rapprochement_sim.world.records import Impulses
from tests.tiny import action, effect, flat_view, modifier, seat, tiny_effects

EFFECTS, WORLD = tiny_effects(
    {
        "visit": action(
            [seat("seoul>tokyo"), seat("tokyo>seoul")],
            effect("glow", "target actor", 0.4, "openness(target)"),
            effect("channel", "actor target", 0.2),
            modifiers={
                "loud": modifier(effect("glow", "target actor", 0.1), cost=0.05),
                "quiet": modifier(effect("glow", "target actor", -0.3, "weakness(actor)")),
            },
        ),
    }
)
VISIT = EFFECTS.row_by_key["visit:seoul>tokyo"]
RETURN_VISIT = EFFECTS.row_by_key["visit:tokyo>seoul"]
LOUD, QUIET = 1, 2
N_LANES = 3


def acts(*slots: tuple[list[int], list[int], list[int]]) -> Acts:
    """Return acts from (row, modifiers, month) a slot, each a list over lanes."""
    table: Integers = np.array(slots, dtype=np.int64)
    return Acts(row=table[:, 0], modifiers=table[:, 1], month=table[:, 2])


def impulses(happening: Acts, month: int = 0, strength: float = 1.0) -> Impulses:
    view = flat_view(WORLD, lanes=happening.row.shape[1], stance=np.full((5, N_LANES), -0.5))
    found = impulses_of(happening, EFFECTS, month, view, strength=strength)
    assert found is not None
    return found


def at(effects: Effects, world: World, total: Array, variable: str, *names: str) -> Array:
    found: Array = total[effects.offsets[variable] + world.axes.cell(variable, names)]
    return found


def test_impulses_of_one_act_by_hand() -> None:
    """Openness at a stance of -0.5 is a quarter; weakness at even approval one half."""
    total = impulses(acts(([VISIT] * 3, [0, LOUD, LOUD | QUIET], [0, 0, 0]))).total
    glow = at(EFFECTS, WORLD, total, "glow", "tokyo", "seoul")
    assert glow == pytest.approx([0.4 / 4, 0.4 / 4 + 0.1, 0.4 / 4 + 0.1 - 0.3 / 2])
    assert at(EFFECTS, WORLD, total, "channel", "seoul", "tokyo") == pytest.approx([0.2] * 3)
    paid = at(EFFECTS, WORLD, total, "political_capital", "seoul")
    assert paid == pytest.approx([0.0, -0.1, -0.1])
    assert np.count_nonzero(total) == 3 * 2 + 2


def test_entries_say_who_added_what_and_sum_to_the_total() -> None:
    found = impulses(
        acts(
            ([VISIT, -1, VISIT], [0, 0, LOUD], [0, 0, 0]),
            ([RETURN_VISIT, RETURN_VISIT, -1], [QUIET, 0, 0], [0, 0, 0]),
        )
    )
    entries = found.entries
    summed = np.zeros_like(found.total)
    np.add.at(summed, (entries.cell, entries.lane), entries.amount)
    assert np.array_equal(summed, found.total)
    by_lane = {lane: set(entries.slot[entries.lane == lane].tolist()) for lane in range(N_LANES)}
    assert by_lane == {0: {0, 1}, 1: {1}, 2: {0}}


def test_entries_come_slot_by_slot() -> None:
    """Sums then have the same bits whoever travels along."""
    found = impulses(
        acts(
            ([-1, VISIT, VISIT], [0, 0, LOUD], [0, 0, 0]),
            ([VISIT, RETURN_VISIT, VISIT], [LOUD, 0, QUIET], [0, 0, 0]),
            ([RETURN_VISIT, -1, VISIT], [0, 0, LOUD | QUIET], [0, 0, 0]),
        )
    )
    assert (np.diff(found.entries.slot) >= 0).all()


def test_lanes_do_not_touch_each_other() -> None:
    rows = ([VISIT, RETURN_VISIT, VISIT], [LOUD, QUIET, LOUD | QUIET], [0, 0, 0])
    more = ([VISIT, VISIT, RETURN_VISIT], [0, LOUD, QUIET], [0, 0, 0])
    together = impulses(acts(rows, more)).total
    for lane in range(N_LANES):
        alone = acts(rows, more)
        others = np.arange(N_LANES) != lane
        alone.row[:, others] = -1
        assert impulses(alone).total[:, lane].tobytes() == together[:, lane].tobytes()
        assert not impulses(alone).total[:, others].any()


def test_acts_fall_in_their_month() -> None:
    happening = acts(([VISIT] * 3, [0, 0, 0], [0, 1, 2]))
    for month in range(3):
        total = impulses(happening, month).total
        assert np.flatnonzero(total.any(axis=0)).tolist() == [month]


def test_a_quiet_month_has_no_impulses() -> None:
    happening = acts(([VISIT, -1, -1], [0, 0, 0], [1, 0, 0]))
    assert impulses_of(happening, EFFECTS, 0, flat_view(WORLD, lanes=3)) is None
    groups, slots, lanes = act_groups(happening, EFFECTS, 0)
    assert groups.size == slots.size == lanes.size == 0


@pytest.mark.parametrize("strength", [0.0, 0.5, 2.0])
def test_strength_multiplies_everything(strength: float) -> None:
    happening = acts(([VISIT] * 3, [0, LOUD, QUIET], [0, 0, 0]))
    assert np.allclose(
        impulses(happening, strength=strength).total,
        strength * impulses(happening).total,
        rtol=0,
        atol=1e-15,
    )


def test_bits_beyond_the_rows_own_modifiers_mean_nothing() -> None:
    plain = impulses(acts(([VISIT] * 3, [0, 0, 0], [0, 0, 0]))).total
    bits = impulses(acts(([VISIT] * 3, [4, 8, 64], [0, 0, 0]))).total
    assert np.array_equal(plain, bits)


def test_the_same_act_twice_weighs_twice() -> None:
    once = impulses(acts(([VISIT] * 3, [0] * 3, [0] * 3))).total
    twice = impulses(acts(([VISIT] * 3, [0] * 3, [0] * 3), ([VISIT] * 3, [0] * 3, [0] * 3))).total
    assert np.allclose(twice, 2.0 * once, rtol=0, atol=1e-15)
