"""Worlds that fit what a seat believes: its estimates, blurred by how uncertain they are.

They are drawn from keyed chance and from beliefs alone, so looking at a preview neither
uses up chance of the game nor tells anything of the hidden world.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.effects.scalers import View
from rapprochement_sim.game.judging import lens_scores, mixed_scores
from rapprochement_sim.game.knowledge import (
    SECRET_FIGURES,
    SECRET_PAIRS,
    SURVEYED,
    Knowledge,
    latent_error,
    survey_error,
)
from rapprochement_sim.randomness import Chance, Process
from rapprochement_sim.world.forms import logistic, logit

if TYPE_CHECKING:
    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.vocabulary import Capital
    from rapprochement_sim.world.axes import Array, Integers

N_PARTICLES = 256
_SMALLEST_SHARE = 1e-6


@dataclass(frozen=True)
class Particles:
    """Possible worlds side by side.

    ``view`` holds them along the run axis; ``scalers`` is what multiplies effects in them
    (scaler, particle); ``sizes`` a standard normal for each declared effect of the rule
    book (effect, particle), the same for all cells one effect moves; ``declared`` is which
    effect an entry stems from (entry,). ``own_scores`` are the seat's own, on what it
    believes (component, unit, 1).
    """

    view: View
    scalers: Array
    sizes: Array
    declared: Integers
    own_scores: Array
    _scores: dict[Capital, Array] = field(default_factory=dict, repr=False)

    def scores_of(self, case: Case, capital: Capital) -> Array:
        """Return how a capital would score its acts in these worlds (unit, particle)."""
        if capital not in self._scores:
            components = lens_scores(case, capital, self.view)
            self._scores[capital] = mixed_scores(case, capital, components)
        return self._scores[capital]


def draw_particles(
    case: Case, knowledge: Knowledge, seed: int, size: int = N_PARTICLES
) -> Particles:
    """Draw worlds that fit a seat's beliefs, and how large effects may turn out."""
    chance = Chance(seed, np.arange(size, dtype=np.int64))
    view = _widened(knowledge.view, size)
    changed: dict[str, Array] = {}
    for number, name in enumerate((*SURVEYED, *SECRET_PAIRS, *SECRET_FIGURES)):
        value: Array = getattr(view, name)
        flat = value.reshape(-1, size)
        draw = (1 + number) * len(type(knowledge.seat)) + knowledge.seat
        noise = chance.normals(Process.BELIEF_PARTICLES, knowledge.turn, len(flat), draw=draw)
        changed[name] = _blurred(case, knowledge, name, value, noise.reshape(value.shape))
    declared = case.effects.declared
    normals = chance.normals(Process.BELIEF_PARTICLES, knowledge.turn, int(declared.max()) + 1)
    blurred = replace(view, **changed)
    own = lens_scores(case, knowledge.seat, knowledge.view)
    return Particles(blurred, case.effects.scalers.read(blurred), normals, declared, own)


def _widened(view: View, size: int) -> View:
    wide = {
        name: np.repeat(getattr(view, name), size, axis=-1) for name in View.__dataclass_fields__
    }
    return View(**wide)


def _blurred(case: Case, knowledge: Knowledge, name: str, value: Array, noise: Array) -> Array:
    if name in SURVEYED:
        return np.clip(value + survey_error(case, name) * noise, 0.0, 1.0)
    if name in SECRET_PAIRS:
        inner = np.clip(value, _SMALLEST_SHARE, 1.0 - _SMALLEST_SHARE)
        blurred = logistic(logit(inner) + latent_error(case) * noise)
    else:
        share = case.world.parameters["secret_noise_share"]
        blurred = np.clip(value + latent_error(case) * share * noise, 0.0, 1.0)
    blurred[knowledge.seat] = value[knowledge.seat]
    return blurred
