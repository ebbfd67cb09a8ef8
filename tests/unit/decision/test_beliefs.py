from dataclasses import fields, replace

import numpy as np
import pytest

from rapprochement_sim.decision.beliefs import (
    N_SECRET,
    OWNED,
    belief_view,
    intelligence_sharing,
    published_cells,
    secret_cells,
    true_view,
    update_published,
    update_secret,
)
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.vocabulary import CAPITALS, Capital
from rapprochement_sim.world.axes import DYAD_INDEX, N_CAPITALS, N_DYADS, Array
from rapprochement_sim.world.forms import logistic
from rapprochement_sim.world.state import WorldState
from tests.tiny import shipped_rules_few_citizens

NUMBERS = {
    "intelligence_noise": 0.4,
    "intelligence_gsomia": 0.25,
    "intelligence_weight": 0.5,
    "secret_noise_share": 0.2,
    "dispute_poll_noise": 0.04,
    "approval_poll_noise": 0.01,
}
PAIRS = N_CAPITALS**2
SEOUL, TOKYO, PYONGYANG = Capital.SEOUL, Capital.TOKYO, Capital.PYONGYANG


@pytest.fixture(scope="module")
def state() -> WorldState:
    model = RapprochementModel(shipped_rules_few_citizens(), lanes=3, collect=False)
    model.step()
    return model.state


def learnt(
    *, truth: float = 1.0, estimate: float = 0.0, noise: float = 0.0, gsomia: float = 0.0
) -> Array:
    shape = (N_CAPITALS, N_SECRET, 1)
    return update_secret(
        np.full(shape, estimate),
        np.full((N_SECRET, 1), truth),
        np.full(shape, noise),
        np.full((N_CAPITALS, 1), gsomia),
        NUMBERS,
    )[..., 0]


def test_a_seat_knows_its_own_secrets_exactly() -> None:
    """Its trust in four others and itself, its appraisals, its means, fear and programme."""
    owned = OWNED[..., 0] == 1.0
    assert owned.sum(axis=1).tolist() == [5 + 5 + 3] * N_CAPITALS
    assert (owned.sum(axis=0) == 1).all()
    assert (learnt(truth=0.7, noise=3.0)[owned] == 0.7).all()


def test_what_is_not_ones_own_is_learnt_by_the_weight_and_with_error() -> None:
    """From 0 half way to 1, and to 1 + 0.4 x 0.5; shares carry a fifth of the error."""
    seoul_of_tokyo = 5 + Capital.WASHINGTON
    tokyos_capital = 2 * PAIRS + TOKYO
    assert learnt()[SEOUL, seoul_of_tokyo] == pytest.approx(0.5)
    assert learnt(noise=0.5)[SEOUL, seoul_of_tokyo] == pytest.approx(0.6)
    assert learnt(noise=0.5)[SEOUL, tokyos_capital] == pytest.approx(0.52)


def test_reports_without_error_lead_to_the_truth() -> None:
    truth, estimate = np.full((N_SECRET, 1), 0.8), np.zeros((N_CAPITALS, N_SECRET, 1))
    quiet = np.zeros_like(estimate)
    for _ in range(40):
        estimate = update_secret(estimate, truth, quiet, np.zeros((N_CAPITALS, 1)), NUMBERS)
    assert np.allclose(estimate, 0.8, rtol=0, atol=1e-10)


def test_shared_intelligence_sharpens_what_is_learnt_of_pyongyang_only() -> None:
    """In full force a quarter of the error is left, at half force five eighths."""
    alone = learnt(noise=1.0) - learnt()
    for gsomia, left in ((1.0, 0.25), (0.5, 0.625)):
        ratio = (learnt(noise=1.0, gsomia=gsomia) - learnt(gsomia=gsomia))[SEOUL] / np.where(
            alone[SEOUL] == 0.0, 1.0, alone[SEOUL]
        )
        of_pyongyang = OWNED[PYONGYANG, :, 0] == 1.0
        not_own = OWNED[SEOUL, :, 0] == 0.0
        assert ratio[of_pyongyang & not_own] == pytest.approx(np.full(13, left))
        assert ratio[~of_pyongyang & not_own] == pytest.approx(np.ones(N_SECRET - 26))


def test_intelligence_is_shared_by_those_who_have_a_pact() -> None:
    gsomia = np.zeros((N_DYADS, 2))
    gsomia[DYAD_INDEX[SEOUL, TOKYO]] = [0.8, 0.1]
    gsomia[DYAD_INDEX[TOKYO, Capital.WASHINGTON]] = [0.5, 0.6]
    shared = intelligence_sharing(gsomia, np.zeros_like(gsomia), 0.5)
    assert shared[SEOUL] == pytest.approx([0.8, 0.1])
    assert (shared[SEOUL] == shared[TOKYO]).all()
    assert shared[Capital.WASHINGTON] == pytest.approx([0.5, 0.6])
    assert not shared[[Capital.BEIJING, PYONGYANG]].any()


def test_a_dialogue_of_three_shares_half_of_what_a_pact_leaves_unshared() -> None:
    """Of 0.4 that a pact at 0.6 leaves, half of a dialogue at 0.8: 0.4 x 0.4 more is 0.76."""
    gsomia, three = np.zeros((N_DYADS, 2)), np.zeros((N_DYADS, 2))
    gsomia[DYAD_INDEX[SEOUL, TOKYO]] = [0.6, 0.0]
    three[DYAD_INDEX[SEOUL, TOKYO]] = 0.8
    assert intelligence_sharing(gsomia, three, 0.5)[SEOUL] == pytest.approx([0.76, 0.4])


@pytest.mark.parametrize("noise", [-40.0, -1.0, 0.0, 1.0, 40.0])
def test_published_shares_stay_shares(state: WorldState, noise: float) -> None:
    truth = published_cells(state)
    found = update_published(truth, np.full_like(truth, noise), NUMBERS)
    assert (found >= 0.0).all()
    assert (found <= 1.0).all()


def test_published_surveys_carry_their_own_error() -> None:
    truth = np.full((20, 1), 0.5)
    found = update_published(truth, np.ones((20, 1)), NUMBERS)[:, 0]
    assert found == pytest.approx([0.54] * 15 + [0.51] * N_CAPITALS)


@pytest.mark.parametrize("seat", CAPITALS)
def test_a_view_shows_the_own_secrets_as_they_are(state: WorldState, seat: Capital) -> None:
    estimates = replace(
        state.beliefs,
        secret=update_secret(
            np.zeros((N_CAPITALS, N_SECRET, 3)),
            secret_cells(state),
            np.ones((N_CAPITALS, N_SECRET, 3)),
            np.zeros((N_CAPITALS, 3)),
            NUMBERS,
        ),
    )
    view, truth = belief_view(replace(state, beliefs=estimates), seat), true_view(state)
    for name in ("trust", "threat", "political_capital", "abandonment", "programme"):
        assert np.array_equal(getattr(view, name)[seat], getattr(truth, name)[seat]), name
    others = [capital for capital in CAPITALS if capital != seat]
    assert not np.isclose(view.trust[others], truth.trust[others]).all()


def test_a_view_keeps_shares_within_their_range(state: WorldState) -> None:
    wild = np.where(OWNED == 1.0, state.beliefs.secret, 7.0)
    view = belief_view(replace(state, beliefs=replace(state.beliefs, secret=wild)), SEOUL)
    for name in ("trust", "threat", "political_capital", "abandonment", "programme"):
        values = getattr(view, name)
        assert (values >= 0.0).all(), name
        assert (values <= 1.0).all(), name


def test_public_acts_are_seen_by_all(state: WorldState) -> None:
    for seat in CAPITALS:
        view = belief_view(state, seat)
        for name in ("institution", "coercion", "provocation", "posture", "bandwidth", "channel"):
            assert np.array_equal(getattr(view, name), state.values[name])


def test_a_view_comes_from_beliefs_not_from_what_is_hidden(state: WorldState) -> None:
    hidden = state.with_values(
        **{
            name: state.values[name] + 0.1
            for name in ("trust", "political_capital", "abandonment", "programme")
        },
        **{name: 0.5 * state.values[name] for name in ("hurt", "salience", "settlement")},
        approval=state.values["approval"] - 1.0,
    )
    hidden = replace(hidden, threat=state.threat + 1.0, attitude=state.attitude + 1.0)
    for seat in CAPITALS:
        before, after = belief_view(state, seat), belief_view(hidden, seat)
        for field in fields(before):
            assert np.array_equal(getattr(before, field.name), getattr(after, field.name))


def test_the_true_view_is_on_natural_scales(state: WorldState) -> None:
    view = true_view(state)
    assert np.array_equal(view.trust, logistic(state.values["trust"]))
    assert np.array_equal(view.threat, logistic(state.threat))
    assert np.array_equal(view.approval, logistic(state.values["approval"]))
    assert np.array_equal(view.hurt, state.values["hurt"])


def test_every_secret_has_one_place(state: WorldState) -> None:
    cells = secret_cells(state)
    assert cells.shape == (N_SECRET, 3)
    assert np.array_equal(cells[5 + Capital.BEIJING], state.values["trust"][TOKYO, 3])
    assert np.array_equal(cells[PAIRS + 4], state.threat[SEOUL, PYONGYANG])
    assert np.array_equal(cells[-1], state.values["programme"][PYONGYANG])
