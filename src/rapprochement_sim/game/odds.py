"""How likely others are to consent, as one seat can judge it.

The asked capital decides on its own lenses and on what *it* believes. A seat knows the
lenses (they stand in the scenario) but not those beliefs: it puts itself in the other's
place with its own estimates, averaged over what it is unsure of. So the odds are a
judgement, not a forecast of the draw; they err most where the other knows more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.decision.choice import consent_prob
from rapprochement_sim.dynamics.institutions import ratification_prob

if TYPE_CHECKING:
    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.effects.rows import Row
    from rapprochement_sim.effects.scalers import View
    from rapprochement_sim.game.particles import Particles
    from rapprochement_sim.vocabulary import Capital
    from rapprochement_sim.world.axes import Array


@dataclass(frozen=True)
class Odds:
    """The chance that one capital, or its parliament, says yes."""

    capital: Capital
    probability: float
    is_parliament: bool = False


def group_scores(case: Case, seat: Capital, row: Row, modifiers: int, scores: Array) -> Array:
    """Sum the scores of a row's groups, the chosen modifiers included (..., run)."""
    units = case.lenses[seat].unit_of_group
    total: Array = scores[..., units[row.base_group], :].copy()
    for bit, group in enumerate(row.modifier_groups):
        if modifiers >> bit & 1:
            total += scores[..., units[group], :]
    return total


def consent_odds(case: Case, row: Row, modifiers: int, particles: Particles) -> tuple[Odds, ...]:
    """Judge how likely each asked capital is to accept, averaged over possible worlds."""
    numbers = case.world.parameters
    odds = []
    for asked in row.consenting:
        scores = particles.scores_of(case, asked)
        gain = group_scores(case, asked, row, modifiers, scores)
        if row.refused_row >= 0:
            refused = case.row(row.refused_row)
            weight = numbers["refusal_weight"]
            gain = gain - weight * group_scores(case, asked, refused, 0, scores)
        probability = consent_prob(
            gain,
            particles.view.trust[asked, row.actor],
            trust_weight=numbers["consent_trust"],
            temperature=numbers["consent_temperature"],
        )
        odds.append(Odds(asked, float(probability.mean())))
    return tuple(odds)


def ratification_odds(case: Case, row: Row, modifiers: int, view: View) -> tuple[Odds, ...]:
    """Judge how likely the parliaments that must ratify are to consent."""
    numbers = case.world.parameters
    odds = []
    for entry in case.effects.ratifications:
        if entry.row != row.index:
            continue
        ease = sum(amount for bit, amount in enumerate(entry.eases) if modifiers >> bit & 1)
        for capital in entry.by:
            stake = view.salience[entry.dispute, capital] * view.hurt[entry.dispute, capital]
            probability = ratification_prob(
                view.political_capital[capital] + ease,
                stake,
                0.5 + 0.5 * view.stance[capital],
                openness_weight=numbers["ratification_openness"],
                bar=entry.bar,
                temperature=numbers["ratification_temperature"],
            )
            odds.append(Odds(capital, float(np.mean(probability)), is_parliament=True))
    return tuple(odds)
