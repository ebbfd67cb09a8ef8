from collections.abc import Callable
from dataclasses import fields, replace

import numpy as np
import pytest

from rapprochement_sim.effects.scalers import MAKERS, ScalerKey, ScalerTable, View
from rapprochement_sim.model import load_case
from rapprochement_sim.scenario.names import SCALER_ARGUMENTS
from rapprochement_sim.world.axes import DYAD_INDEX, Array
from rapprochement_sim.world.building import World
from tests.tiny import SHIPPED, flat_view

SEOUL, TOKYO, WASHINGTON, BEIJING, PYONGYANG = range(5)
WORLD: World = load_case(SHIPPED).world
FORCED_LABOUR = WORLD.axes.disputes.index("forced_labour")
DRILLS = WORLD.axes.institutions.index("drills")
PAIR = ("seoul", "tokyo")
CHANNEL = DYAD_INDEX[SEOUL, TOKYO]


def random_view() -> View:
    """Return a view in which no two numbers are the same."""
    generator = np.random.Generator(np.random.Philox(4))
    flat = flat_view(WORLD, lanes=3)
    return replace(
        flat, **{f.name: generator.random(getattr(flat, f.name).shape) for f in fields(flat)}
    )


VIEW = random_view()

BY_HAND: dict[ScalerKey, Callable[[View], Array]] = {
    ("salience", ("forced_labour", "tokyo")): lambda v: v.salience[FORCED_LABOUR, TOKYO],
    ("hurt", ("forced_labour", "seoul")): lambda v: v.hurt[FORCED_LABOUR, SEOUL],
    ("stake", ("forced_labour", "seoul")): lambda v: (
        v.salience[FORCED_LABOUR, SEOUL] * v.hurt[FORCED_LABOUR, SEOUL]
    ),
    ("unsettled", ("forced_labour", "seoul")): lambda v: 1 - v.settlement[FORCED_LABOUR, SEOUL],
    ("restraint", ("forced_labour", "tokyo")): lambda v: v.restraint[FORCED_LABOUR, TOKYO],
    ("threat", ("tokyo", "beijing")): lambda v: v.threat[TOKYO, BEIJING],
    ("trust", PAIR): lambda v: v.trust[SEOUL, TOKYO],
    ("distrust", PAIR): lambda v: 1 - v.trust[SEOUL, TOKYO],
    ("exposure", ("seoul", "beijing")): lambda v: v.exposure[SEOUL, BEIJING],
    ("coercion", PAIR): lambda v: v.coercion[SEOUL, TOKYO],
    ("approval", ("tokyo",)): lambda v: v.approval[TOKYO],
    ("weakness", ("tokyo",)): lambda v: 1 - v.approval[TOKYO],
    ("scarcity", ("seoul",)): lambda v: 1 - v.political_capital[SEOUL],
    ("bandwidth", ()): lambda v: v.bandwidth,
    ("us_elsewhere", ()): lambda v: 1 - v.bandwidth,
    ("reciprocity", PAIR): lambda v: v.gesture[SEOUL, TOKYO],
    ("unreciprocated", PAIR): lambda v: 1 - v.gesture[SEOUL, TOKYO],
    ("abandonment", ("seoul",)): lambda v: v.abandonment[SEOUL],
    ("shared_abandonment", PAIR): lambda v: np.minimum(v.abandonment[0], v.abandonment[1]),
    ("abandonment_gap", PAIR): lambda v: abs(v.abandonment[0] - v.abandonment[1]),
    ("institution", ("drills", *PAIR)): lambda v: v.institution[DRILLS, CHANNEL],
    ("interoperability", PAIR): lambda v: v.interoperability[CHANNEL],
    ("channel", ("tokyo", "seoul")): lambda v: v.channel[CHANNEL],
    ("no_channel", PAIR): lambda v: 1 - v.channel[CHANNEL],
    ("programme", ("pyongyang",)): lambda v: v.programme[PYONGYANG],
    ("posture", ("beijing",)): lambda v: v.posture[BEIJING],
    ("openness", ("tokyo",)): lambda v: (1 + v.stance[TOKYO]) / 2,
    ("hardness", ("tokyo",)): lambda v: (1 - v.stance[TOKYO]) / 2,
    ("provocation", ("tokyo", "pyongyang")): lambda v: v.provocation[TOKYO, PYONGYANG],
    ("escalation", ("seoul", "pyongyang")): lambda v: v.escalation[DYAD_INDEX[SEOUL, PYONGYANG]],
    # Third capitals that are nobody's ally: Beijing and Pyongyang, for two allies.
    ("common_threat", PAIR): lambda v: (
        np.minimum(v.threat[SEOUL, [BEIJING, PYONGYANG]], v.threat[TOKYO, [BEIJING, PYONGYANG]])
    ).mean(axis=0),
    ("common_threat", ("seoul", "beijing")): lambda v: (
        np.minimum(
            v.threat[SEOUL, [TOKYO, WASHINGTON, PYONGYANG]],
            v.threat[BEIJING, [TOKYO, WASHINGTON, PYONGYANG]],
        )
    ).mean(axis=0),
}


def read(*keys: ScalerKey, view: View = VIEW) -> Array:
    return ScalerTable([("one", ()), *keys], WORLD.axes).read(view)


@pytest.mark.parametrize("key", BY_HAND, ids=lambda key: f"{key[0]}({','.join(key[1])})")
def test_every_scaler_by_hand(key: ScalerKey) -> None:
    assert read(key)[1] == pytest.approx(BY_HAND[key](VIEW), abs=1e-15)


def test_every_scaler_has_a_reader_and_a_case_here() -> None:
    assert set(MAKERS) == set(SCALER_ARGUMENTS) - {"one"}
    assert {name for name, _ in BY_HAND} == set(MAKERS)


def test_one_is_one() -> None:
    assert read()[0].tolist() == [1.0, 1.0, 1.0]


def test_scalers_read_together_are_those_read_alone() -> None:
    keys = list(BY_HAND)
    together = read(*reversed(keys))[1:][::-1]
    for key, row in zip(keys, together, strict=True):
        assert np.array_equal(row, read(key)[1]), key


def test_common_threat_is_what_both_fear() -> None:
    """The lesser of two appraisals: a fear of one's own is nothing in common."""
    threat = np.zeros((5, 5, 2))
    threat[SEOUL, PYONGYANG] = 0.8
    alone = read(("common_threat", PAIR), view=flat_view(WORLD, value=0.0, threat=threat))
    threat[TOKYO, PYONGYANG] = 0.6
    both = read(("common_threat", PAIR), view=flat_view(WORLD, value=0.0, threat=threat))
    assert alone[1].tolist() == [0.0, 0.0]
    assert both[1] == pytest.approx([0.3, 0.3])


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(KeyError, match="unknown name 'paris' in a scaler"):
        ScalerTable([("one", ()), ("approval", ("paris",))], WORLD.axes)


@pytest.mark.parametrize("key", [("channel", ("seoul", "seoul")), ("no_channel", ("tokyo",) * 2)])
def test_a_capital_makes_no_pair_with_itself(key: ScalerKey) -> None:
    with pytest.raises(KeyError, match="makes no pair with itself"):
        ScalerTable([("one", ()), key], WORLD.axes)
