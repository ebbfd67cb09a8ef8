"""Whole worlds that fit what one seat knows, carried along from turn to turn.

A seat knows the rules, the start that the scenario describes (its ranges, where first
values are drawn), and all public acts. So it can let many worlds live through the same acts
under chance of its own, and after each turn move them towards what it has seen: an ensemble
filter [Evensen1994]_, cell by cell. Public and own figures are set; published surveys and
intelligence move a cell as far as their error and the spread of the worlds say. Nothing here
can reach the hidden state: all that comes in is a :class:`Seen`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.agents.starting import drawn_start, poll_shares
from rapprochement_sim.decision.appraisal import appraise_threat
from rapprochement_sim.decision.beliefs import (
    N_SECRET,
    OWNED,
    secret_cells,
)
from rapprochement_sim.dynamics.opinion import poll_share
from rapprochement_sim.effects.scalers import View
from rapprochement_sim.ensemble.block import judged_places
from rapprochement_sim.game.knowledge import (
    SECRET_FIGURES,
    SECRET_PAIRS,
    SURVEYED,
    Knowledge,
    error_left,
    survey_error,
)
from rapprochement_sim.game.retelling import ActSeen, relive
from rapprochement_sim.randomness import Chance, Process
from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.axes import VARIABLES, Array
from rapprochement_sim.world.forms import logistic, logit
from rapprochement_sim.world.state import Beliefs, WorldState

if TYPE_CHECKING:
    from collections.abc import Callable

    from rapprochement_sim.decision.case import Case

N_WORLDS = 128
_SEED_BITS = 63
_SMALLEST_SHARE = 1e-6
_STEP = 0.05
_LARGEST_SHIFT = 0.5
_PUBLIC = tuple(
    field.name
    for field in fields(View)
    if field.name not in (*SURVEYED, *SECRET_PAIRS, *SECRET_FIGURES)
)
_ESTIMATED = ("trust", *SECRET_FIGURES)


@dataclass(frozen=True)
class TurnSeen:
    """What a seat saw of a resolved turn: its public acts, and what it knew afterwards."""

    acts: tuple[ActSeen, ...]
    knowledge: Knowledge


@dataclass(frozen=True)
class Seen:
    """All that a seat has seen: what it knew at the start, and turn by turn."""

    start: Knowledge
    turns: tuple[TurnSeen, ...] = ()

    @property
    def seat(self) -> Capital:
        """Who has seen it."""
        return self.start.seat

    @property
    def now(self) -> Knowledge:
        """What the seat knows now."""
        return self.turns[-1].knowledge if self.turns else self.start


def adviser_seed(seed: int, run: int, seat: Capital, purpose: str) -> int:
    """Derive a seed for an adviser's own chance, never that of the game.

    Hashing with a purpose parts the two streams; who knows one learns nothing of the other.
    """
    text = f"adviser {purpose} {seat.key} {seed} {run}"
    number = int.from_bytes(sha256(text.encode()).digest()[:8], "big") >> (64 - _SEED_BITS)
    return number if number != seed else number ^ 1


class BelievedWorlds:
    """Worlds of one seat, side by side, after the turns that they have followed.

    Parameters
    ----------
    case
        The compiled scenario.
    seed
        Of the adviser's own chance, from :func:`adviser_seed`.
    start
        What the seat knows at the start.
    size
        Number of worlds.
    """

    def __init__(self, case: Case, seed: int, start: Knowledge, size: int = N_WORLDS) -> None:
        self.case = case
        self.chance = Chance(seed, np.arange(size, dtype=np.int64))
        self._places = judged_places(case)
        self._knowledge = start
        self.state = _fitted(case, drawn_start(case, self.chance), start, None, self.chance)
        self.judged = [self._judged()]

    @property
    def turn(self) -> int:
        """Turns followed."""
        return self.state.turn

    def follow(self, seen: TurnSeen) -> None:
        """Live through a turn's public acts, then fit what the seat knew afterwards."""
        lived = relive(self.case, self.state, seen.acts, self.chance, seen.knowledge.view.stance)
        self.state = _fitted(self.case, lived, seen.knowledge, self._knowledge, self.chance)
        self._knowledge = seen.knowledge
        self.judged.append(self._judged())

    def _judged(self) -> Array:
        """Return what the scenario's outcomes look at (outcome, world)."""
        read: Array = self.case.indicators.read(self.state)[self._places]
        return read


def believe(case: Case, seed: int, seen: Seen, size: int = N_WORLDS) -> BelievedWorlds:
    """Build the worlds that fit all that a seat has seen: the same ones each time."""
    worlds = BelievedWorlds(case, seed, seen.start, size)
    for turn in seen.turns:
        worlds.follow(turn)
    return worlds


# ------------------------------------------------------------------ fitting


def _fitted(
    case: Case,
    state: WorldState,
    knowledge: Knowledge,
    earlier: Knowledge | None,
    chance: Chance,
) -> WorldState:
    """Move worlds to what the seat knows at the start of their turn."""
    lanes, view, seat = state.n_lanes, knowledge.view, knowledge.seat
    draws = _Draws(chance, knowledge)
    values = dict(state.values)
    for name in _PUBLIC:
        values[name] = _wide(getattr(view, name), lanes)
    for name in SURVEYED:
        values[name] = _surveyed(case, draws, name, values[name], getattr(view, name))
    for name in _ESTIMATED:
        believed = _estimated(case, draws, name, values[name], knowledge, earlier)
        believed[seat] = _wide(_inner(name, getattr(view, name)[seat]), lanes)
        values[name] = believed
    threat = appraise_threat(case.world, values)
    threat[seat] = _wide(_latent(view.threat[seat]), lanes)
    attention = state.attention.copy()
    attention[seat] = knowledge.attention
    attitude = _polled(case, draws, state.attitude, knowledge)
    fitted = replace(
        state,
        values=MappingProxyType(values),
        threat=threat,
        attention=attention,
        attitude=attitude,
        shares=poll_shares(case.world.surveys, attitude),
    )
    return replace(fitted, beliefs=_beliefs(fitted, knowledge))


class _Draws:
    """Standard normals for the fitting of one turn, a fresh draw each time."""

    def __init__(self, chance: Chance, knowledge: Knowledge) -> None:
        self._chance = chance
        self._turn = knowledge.turn
        self._number = 0

    def normals(self, like: Array) -> Array:
        """Return normals in the shape of an array (..., world)."""
        n_cells = like.reshape(-1, like.shape[-1]).shape[0]
        self._number += 1
        drawn = self._chance.normals(
            Process.BELIEF_PARTICLES, self._turn, n_cells, draw=self._number
        )
        return drawn.reshape(like.shape)


def _moved(draws: _Draws, held: Array, measured: Array, error: Array | float) -> Array:
    """Move worlds towards a measurement as far as its error and their own spread say.

    Each world meets the measurement with an error of its own, so that the spread that is
    left is the one that theory asks for (the ensemble filter with perturbed observations).
    """
    spread = held.var(axis=-1, keepdims=True)
    square = np.square(error)
    gain = np.where(spread > 0.0, spread / (spread + square + (spread + square == 0.0)), 0.0)
    noisy = measured + error * draws.normals(held)
    moved: Array = held + gain * (noisy - held)
    return moved


def _surveyed(case: Case, draws: _Draws, name: str, held: Array, published: Array) -> Array:
    error = survey_error(case, name)
    if VARIABLES[name].link == "logit":
        return _latent(_moved(draws, logistic(held), published, error))
    variable = VARIABLES[name]
    return np.clip(_moved(draws, held, published, error), variable.low, variable.high)


def _estimated(
    case: Case,
    draws: _Draws,
    name: str,
    held: Array,
    knowledge: Knowledge,
    earlier: Knowledge | None,
) -> Array:
    """Move what others keep secret by this turn's report alone.

    A seat's estimate blends the report into the estimate before; with both at hand the
    report is had back, whose error is independent of all earlier ones.
    """
    numbers = case.world.parameters
    estimate = _inner(name, getattr(knowledge.view, name))
    before = estimate if earlier is None else _inner(name, getattr(earlier.view, name))
    report = before + (estimate - before) / numbers["intelligence_weight"]
    is_logit = VARIABLES[name].link == "logit"
    error = np.full(estimate.shape, numbers["intelligence_noise"])
    if not is_logit:
        error *= numbers["secret_noise_share"]
    error[Capital.PYONGYANG] *= error_left(case, knowledge)
    moved = _moved(draws, held, report, error)
    return moved if is_logit else np.clip(moved, 0.0, 1.0)


def _polled(case: Case, draws: _Draws, attitude: Array, knowledge: Knowledge) -> Array:
    """Shift each public as a whole, so that its answers fit the published polls."""
    surveys = case.world.surveys
    shifted = attitude.copy()
    asked = zip(surveys.respondents, surveys.targets, strict=True)
    for s, (respondent, target) in enumerate(asked):
        share = _asker(case, s)
        held = shifted[respondent, :, target]
        answers = share(held)
        wanted = _moved(
            draws, answers[np.newaxis], knowledge.polls[s], float(knowledge.poll_errors[s])
        )[0]
        slope = (share(held + _STEP) - share(held - _STEP)) / (2.0 * _STEP)
        steep = np.where(np.abs(slope) > _SMALLEST_SHARE, slope, np.inf)
        shift = np.clip((wanted - answers) / steep, -_LARGEST_SHIFT, _LARGEST_SHIFT)
        shifted[respondent, :, target] = held + shift
    return shifted


def _asker(case: Case, survey: int) -> Callable[[Array], Array]:
    surveys = case.world.surveys

    def share(attitude: Array) -> Array:
        return poll_share(
            attitude,
            threshold=float(surveys.threshold[survey, 0]),
            width=float(surveys.width[survey, 0]),
            sign=float(surveys.sign[survey, 0]),
        )

    return share


def _beliefs(state: WorldState, knowledge: Knowledge) -> Beliefs:
    """Return what seats believe in these worlds: published figures are those of the game."""
    lanes, view = state.n_lanes, knowledge.view
    secret = np.where(OWNED == 1.0, secret_cells(state), state.beliefs.secret)
    own = [_inner(name, getattr(view, name)).reshape(-1) for name in SECRET_PAIRS]
    own += [getattr(view, name).reshape(-1) for name in SECRET_FIGURES]
    secret[knowledge.seat] = np.concatenate(own).reshape(N_SECRET, 1)
    published = [getattr(view, name).reshape(-1, 1) for name in SURVEYED]
    return Beliefs(
        secret=secret,
        published=_wide(np.concatenate(published), lanes),
        polls=_wide(knowledge.polls[:, np.newaxis], lanes),
        poll_errors=_wide(knowledge.poll_errors[:, np.newaxis], lanes),
    )


def _inner(name: str, value: Array) -> Array:
    """Return a figure on the scale on which the state holds it."""
    is_logit = name == "threat" or VARIABLES[name].link == "logit"
    return _latent(value) if is_logit else value


def _latent(share: Array) -> Array:
    return logit(np.clip(share, _SMALLEST_SHARE, 1.0 - _SMALLEST_SHARE))


def _wide(array: Array, lanes: int) -> Array:
    return np.ascontiguousarray(np.broadcast_to(array, (*array.shape[:-1], lanes)))
