"""How a seat scores acts on what it sees: its lenses one by one, and weighed together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.vocabulary import LENSES

if TYPE_CHECKING:
    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.effects.scalers import View
    from rapprochement_sim.vocabulary import Capital
    from rapprochement_sim.world.axes import Array


def lens_scores(case: Case, seat: Capital, view: View) -> Array:
    """Return the standardised scores of one seat's judged acts (component, unit, run)."""
    return case.lenses[seat].score(view)


def mixed_scores(case: Case, seat: Capital, components: Array) -> Array:
    """Weigh a seat's lenses, and its office, into one score (unit, run)."""
    mixed: Array = components[len(LENSES)].copy()
    for number, weight in enumerate(case.lens_weights[seat]):
        mixed += weight * components[number]
    return mixed
