"""What a seat can know: published polls, intelligence, public acts. Never the hidden world."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np

from rapprochement_sim.effects.scalers import View
from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.axes import DYAD_INDEX, N_CAPITALS, Array
from rapprochement_sim.world.forms import logistic
from rapprochement_sim.world.state import WorldState

_PAIRS = N_CAPITALS * N_CAPITALS
_TRUST = slice(0, _PAIRS)
_THREAT = slice(_PAIRS, 2 * _PAIRS)
_POLITICAL_CAPITAL = slice(2 * _PAIRS, 2 * _PAIRS + N_CAPITALS)
_ABANDONMENT = slice(2 * _PAIRS + N_CAPITALS, 2 * _PAIRS + 2 * N_CAPITALS)
_PROGRAMME = slice(2 * _PAIRS + 2 * N_CAPITALS, 2 * _PAIRS + 3 * N_CAPITALS)
N_SECRET = 2 * _PAIRS + 3 * N_CAPITALS

_SHARED_PARTNERS = {
    Capital.SEOUL: (Capital.TOKYO,),
    Capital.TOKYO: (Capital.SEOUL,),
    Capital.WASHINGTON: (Capital.SEOUL, Capital.TOKYO),
}


def _cells_owned() -> Array:
    """Return whose each secret cell is (seat, cell): 1 where the seat knows it exactly."""
    owned = np.zeros((N_CAPITALS, N_SECRET))
    for i in range(N_CAPITALS):
        owned[i, i * N_CAPITALS : (i + 1) * N_CAPITALS] = 1.0
        owned[i, _PAIRS + i * N_CAPITALS : _PAIRS + (i + 1) * N_CAPITALS] = 1.0
        for start in (_POLITICAL_CAPITAL.start, _ABANDONMENT.start, _PROGRAMME.start):
            owned[i, start + i] = 1.0
    return owned


OWNED = _cells_owned()[:, :, np.newaxis]
_IS_LOGIT = np.zeros((1, N_SECRET, 1))
_IS_LOGIT[0, : 2 * _PAIRS] = 1.0
_OF_PYONGYANG = _cells_owned()[Capital.PYONGYANG][np.newaxis, :, np.newaxis]


def secret_cells(state: WorldState) -> Array:
    """Return the secret cells of the true state (cell, run): the only door to hidden values."""
    lanes = state.n_lanes
    return np.concatenate(
        [
            state.values["trust"].reshape(_PAIRS, lanes),
            state.threat.reshape(_PAIRS, lanes),
            state.values["political_capital"],
            state.values["abandonment"],
            state.values["programme"],
        ]
    )


def published_cells(state: WorldState) -> Array:
    """Return what surveys on disputes and governments measure (cell, run), 0..1."""
    lanes = state.n_lanes
    values = state.values
    return np.concatenate(
        [
            values["hurt"].reshape(-1, lanes),
            values["salience"].reshape(-1, lanes),
            values["settlement"].reshape(-1, lanes),
            logistic(values["approval"]),
        ]
    )


def update_secret(
    estimate: Array,
    truth: Array,
    noise: Array,
    gsomia: Array,
    parameters: dict[str, float],
) -> Array:
    """Return each seat's estimate after a turn's intelligence (seat, cell, run).

    Parameters
    ----------
    estimate
        Before (seat, cell, run).
    truth
        Secret cells (cell, run).
    noise
        Standard normal errors (seat, cell, run).
    gsomia
        Level of intelligence sharing of each seat (seat, run), 0..1: it sharpens what the
        seat learns of Pyongyang.
    parameters
        Values of ``intelligence_noise``, ``intelligence_gsomia``, ``intelligence_weight``
        and ``secret_noise_share``.
    """
    base = parameters["intelligence_noise"]
    scale = base * (_IS_LOGIT + parameters["secret_noise_share"] * (1.0 - _IS_LOGIT))
    shared = (1.0 - parameters["intelligence_gsomia"]) * gsomia[:, np.newaxis]
    error = scale * (1.0 - shared * _OF_PYONGYANG) * noise
    weight = parameters["intelligence_weight"]
    learnt = estimate + weight * (truth + error - estimate)
    return np.where(OWNED == 1.0, truth, learnt)


def intelligence_sharing(gsomia: Array, trilateral: Array, weight: float) -> Array:
    """Return the level of intelligence sharing of each seat (seat, run).

    Parameters
    ----------
    gsomia, trilateral
        Levels of the intelligence pact and of the dialogue of three (dyad, run), 0..1. What
        one of them leaves unshared the other may still share.
    weight
        What a full dialogue of three shares, 0..1, beside 1 of a pact in force.
    """
    either = 1.0 - (1.0 - gsomia) * (1.0 - weight * trilateral)
    shared = np.zeros((N_CAPITALS, gsomia.shape[-1]))
    for seat, partners in _SHARED_PARTNERS.items():
        for partner in partners:
            shared[seat] = np.maximum(shared[seat], either[DYAD_INDEX[seat, partner]])
    return shared


def shared_intelligence(
    institutions: Sequence[str], levels: Array, parameters: Mapping[str, float]
) -> Array:
    """Return :func:`intelligence_sharing` (seat, run) from all levels (institution, dyad, run)."""
    gsomia, trilateral = (
        levels[institutions.index(name)] for name in ("gsomia", "trilateral_dialogue")
    )
    return intelligence_sharing(gsomia, trilateral, parameters["intelligence_trilateral"])


def update_published(truth: Array, noise: Array, parameters: dict[str, float]) -> Array:
    """Return published surveys with their error (cell, run), kept within 0..1."""
    error = np.full((truth.shape[0], 1), parameters["dispute_poll_noise"])
    error[-N_CAPITALS:] = parameters["approval_poll_noise"]
    return np.clip(truth + error * noise, 0.0, 1.0)


def belief_view(state: WorldState, seat: Capital) -> View:
    """Return the world as one seat sees it: estimates where it cannot know."""
    lanes = state.n_lanes
    secret = state.beliefs.secret[seat]
    published = state.beliefs.published
    n = (published.shape[0] - N_CAPITALS) // 3
    shape = state.values["hurt"].shape
    values = MappingProxyType(state.values)
    square = (N_CAPITALS, N_CAPITALS, lanes)
    return View(
        trust=logistic(secret[_TRUST]).reshape(square),
        threat=logistic(secret[_THREAT]).reshape(square),
        hurt=published[:n].reshape(shape),
        salience=published[n : 2 * n].reshape(shape),
        settlement=published[2 * n : 3 * n].reshape(shape),
        approval=published[3 * n :],
        political_capital=np.clip(secret[_POLITICAL_CAPITAL], 0.0, 1.0),
        abandonment=np.clip(secret[_ABANDONMENT], 0.0, 1.0),
        programme=np.clip(secret[_PROGRAMME], 0.0, 1.0),
        restraint=values["restraint"],
        exposure=values["exposure"],
        coercion=values["coercion"],
        gesture=values["gesture"],
        provocation=values["provocation"],
        institution=values["institution"],
        interoperability=values["interoperability"],
        channel=values["channel"],
        escalation=values["escalation"],
        posture=values["posture"],
        stance=values["stance"],
        bandwidth=values["bandwidth"],
    )


def true_view(state: WorldState) -> View:
    """Return the world as it is: for carrying acts out, never for choosing them."""
    values = state.values
    return View(
        trust=logistic(values["trust"]),
        threat=logistic(state.threat),
        approval=logistic(values["approval"]),
        **{
            name: values[name]
            for name in (
                "hurt",
                "salience",
                "settlement",
                "political_capital",
                "abandonment",
                "programme",
                "restraint",
                "exposure",
                "coercion",
                "gesture",
                "provocation",
                "institution",
                "interoperability",
                "channel",
                "escalation",
                "posture",
                "stance",
                "bandwidth",
            )
        },
    )
