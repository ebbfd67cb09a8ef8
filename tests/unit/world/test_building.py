from itertools import product

import numpy as np
import pytest

from rapprochement_sim.model import load_case
from rapprochement_sim.scenario.loading import list_scenarios, load_rules, load_scenario
from rapprochement_sim.scenario.schema import StartValue
from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.axes import DYAD_INDEX, N_CAPITALS, VARIABLES
from rapprochement_sim.world.building import MONTH_YEARS, World, build_world
from rapprochement_sim.world.forms import logistic, soft_step
from rapprochement_sim.world.population import resting_attitude
from tests.tiny import SHIPPED, tiny_rules, tiny_scenario

ALLIES = (Capital.SEOUL, Capital.TOKYO, Capital.WASHINGTON)
RIVALS = (Capital.BEIJING, Capital.PYONGYANG)
OWN_RELAXATION = {"hurt", "relief", "political_capital", "stance"}


def start(at: str, value: float, rest: float | None = None) -> StartValue:
    return StartValue(at=at.split(), value=value, rest=rest, range=[-9, 9], source="assumption")


def built(**initial: list[StartValue]) -> World:
    return build_world(tiny_scenario(tiny_rules(), initial=initial))


@pytest.fixture(scope="module")
def world() -> World:
    return load_case(SHIPPED).world


@pytest.mark.parametrize("name", list_scenarios())
def test_every_surveyed_public_starts_at_its_poll(name: str) -> None:
    """The first poll that a scenario lists for a pair is met at rest, to a millionth."""
    schema, world = load_scenario(name).schema, load_case(name).world
    numbers, surveys = world.parameters, world.surveys
    held = resting_attitude(
        world.population,
        world.start_displacement,
        numbers["social_rate_per_year"] / numbers["anchor_rate_per_year"],
    )
    met = set()
    for poll in schema.polls:
        s = surveys.names.index(poll.survey)
        pair = (int(surveys.respondents[s]), int(surveys.targets[s]))
        if pair in met:
            continue
        met.add(pair)
        distance = surveys.sign[s] * (held[pair[0], :, pair[1], 0] - surveys.threshold[s])
        share = soft_step(distance / surveys.width[s]).mean()
        assert share == pytest.approx(poll.percent / 100.0, abs=1e-6), poll.survey
    assert met


def test_later_entries_overwrite_wildcards() -> None:
    world = built(posture=[start("any", 0.2), start("tokyo", 0.6), start("any", 0.3)])
    assert (world.start["posture"] == 0.3).all()
    world = built(posture=[start("any", 0.2), start("tokyo", 0.6)])
    assert world.start["posture"].ravel().tolist() == [0.2, 0.6, 0.2, 0.2, 0.2]


def test_half_a_wildcard_names_a_row_or_a_column() -> None:
    world = built(coercion=[start("pyongyang any", 0.9), start("any beijing", 0.1)])
    coercion = world.start["coercion"][..., 0]
    assert (coercion[4, :3] == 0.9).all()
    assert (coercion[:, 3] == 0.1).all()
    assert (coercion[:4, :3] == 0.0).all()


def test_a_start_is_its_own_rest_unless_said_otherwise() -> None:
    world = built(posture=[start("seoul", 0.4), start("tokyo", 0.5, rest=0.1)])
    assert world.rest["posture"][:2, 0].tolist() == [0.4, 0.1]
    assert world.start["posture"][:2, 0].tolist() == [0.4, 0.5]


def test_shares_are_held_as_logits_and_default_to_one_half() -> None:
    world = built(trust=[start("seoul tokyo", 0.75)])
    assert world.start["trust"][0, 1, 0] == pytest.approx(np.log(3.0))
    assert world.start["trust"][1, 0, 0] == 0.0
    assert logistic(world.start["approval"]).tolist() == [[0.5]] * N_CAPITALS


@pytest.mark.parametrize("settled", [0.0, 0.4, 0.9])
def test_a_dispute_at_rest_stays_there_however_far_it_is_settled(settled: float) -> None:
    world = built(
        hurt=[start("forced_labour seoul", 0.5)], settlement=[start("forced_labour seoul", settled)]
    )
    d = world.axes.disputes.index("forced_labour")
    rest = world.rest["hurt"][d, 0, 0] * (1.0 - world.start["settlement"][d, 0, 0])
    assert rest == pytest.approx(world.start["hurt"][d, 0, 0])


def test_publics_start_displaced_by_open_disputes_and_changed_stories() -> None:
    rules = load_rules()
    world = built(
        hurt=[start("any any", 0.2), start("islands seoul", 0.5)],
        narrative=[start("seoul tokyo", 0.1), start("tokyo seoul", -0.2)],
    )
    expected = np.zeros((N_CAPITALS, N_CAPITALS))
    for d, dispute in enumerate(rules.disputes.values()):
        for key, party in dispute.parties.items():
            i, j = Capital[key.upper()], Capital[party.about.upper()]
            assert world.dispute_weights[d, i, j] == party.weight.value
            expected[i, j] -= party.weight.value * world.start["hurt"][d, i, 0]
    expected *= world.parameters["hurt_to_attitude"]
    expected += world.parameters["narrative_to_attitude"] * world.start["narrative"][..., 0]
    assert np.allclose(world.start_displacement[..., 0], expected, rtol=0, atol=1e-14)
    assert np.array_equal(world.grievance_weights[..., 0], world.dispute_weights.sum(axis=2))


def test_a_scenario_overrides_parameters_of_the_rules() -> None:
    world = build_world(tiny_scenario(tiny_rules(), parameters={"threat_trust": 1.75}))
    assert world.parameters["threat_trust"] == 1.75
    assert world.parameters["threat_posture"] == load_rules().parameters["threat_posture"].value


def test_half_lives_are_integrated_over_the_month(world: World) -> None:
    """After a half-life in months, half of the distance to rest is left."""
    institutions = load_rules().institutions
    kept = np.asarray(world.kept["institution"]).ravel()
    for share, institution in zip(kept, institutions.values(), strict=True):
        months = institution.half_life_years.value / MONTH_YEARS
        assert share**months == pytest.approx(0.5)


@pytest.mark.parametrize("name", VARIABLES)
def test_every_variable_relaxes_in_one_place_only(world: World, name: str) -> None:
    """In the common step, or by its own process: never in both, never walked to a wall."""
    moved = world.cells.split(world.cells.moved)[name]
    if name in OWN_RELAXATION:
        assert (moved == 0.0).all()
    else:
        assert (moved > 0.0).all()
        assert (moved < 1.0).all()


def test_cells_lie_end_to_end_and_split_into_variables(world: World) -> None:
    numbers = np.arange(world.cells.n, dtype=np.float64)[:, np.newaxis] + np.zeros(3)
    parts = world.cells.split(numbers)
    assert list(parts) == list(VARIABLES)
    joined = np.concatenate([parts[name].reshape(-1, 3) for name in VARIABLES])
    assert np.array_equal(joined, numbers)
    for name, offset in world.cells.offsets.items():
        assert parts[name].shape == (*world.axes.shape(name), 3)
        assert parts[name].ravel()[0] == offset


def test_bounds_of_cells_are_those_of_their_variables(world: World) -> None:
    for name, variable in VARIABLES.items():
        assert (world.cells.split(world.cells.low)[name] == variable.low).all()
        assert (world.cells.split(world.cells.high)[name] == variable.high).all()
        saturates = world.cells.split(world.cells.saturates.astype(np.float64))[name]
        assert (saturates == float(variable.link == "stock")).all()


@pytest.mark.parametrize(("kind", "counts"), [("drills", True), ("swap", False), ("fta", False)])
def test_only_joint_security_of_the_allies_encircles(
    world: World, kind: str, *, counts: bool
) -> None:
    """Seoul and Tokyo join arms: their two rivals fear both of them, nobody else anybody."""
    institution = np.zeros_like(world.start["institution"])
    institution[world.axes.institutions.index(kind), DYAD_INDEX[0, 1]] = 1.0
    ring = (world.encirclement @ institution.reshape(-1, 1)).reshape(N_CAPITALS, N_CAPITALS)
    for observer, seen in product(Capital, Capital):
        is_ringed = counts and observer in RIVALS and seen in ALLIES[:2]
        assert (ring[observer, seen] > 0.0) == is_ringed, (observer, seen)


def test_a_complete_ring_weighs_as_much_as_its_parameter_says(world: World) -> None:
    full = np.ones_like(world.start["institution"]).reshape(-1, 1)
    ring = (world.encirclement @ full).reshape(N_CAPITALS, N_CAPITALS)
    weight = world.parameters["threat_encirclement"]
    for rival, ally in product(RIVALS, ALLIES):
        assert ring[rival, ally] == pytest.approx(weight)
    assert ring.sum() == pytest.approx(weight * len(RIVALS) * len(ALLIES))


def test_publics_of_autocracies_are_muted(world: World) -> None:
    assert world.democracy.ravel().tolist() == [1.0, 1.0, 1.0, 0.3, 0.3]


def test_a_turn_is_as_long_as_its_months(world: World) -> None:
    assert world.turn_years == pytest.approx(world.turn_months / 12.0)
