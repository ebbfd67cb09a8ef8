"""What a capital says for its offer: the public goal that the act serves, and nothing secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.vocabulary import CAPITALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.game.preview import ExpectedEffect
    from rapprochement_sim.scenario.schema import Goal
    from rapprochement_sim.vocabulary import Capital


def stated_reason(case: Case, proposer: Capital, effects: Sequence[ExpectedEffect]) -> str:
    """Return the public goal of the proposer that an act serves most; empty if none.

    Parameters
    ----------
    case
        The compiled scenario.
    proposer
        Who offers.
    effects
        What the act is expected to do, as whoever is asked sees it.
    """
    goals = case.loaded.schema.seats[CAPITALS[proposer].key].public_goals  # type: ignore[index]
    served = [(_service(case, goal, effects), goal.text) for goal in goals]
    best = max(served, default=(0.0, ""), key=lambda pair: pair[0])
    return best[1] if best[0] > 0.0 else ""


def _service(case: Case, goal: Goal, effects: Sequence[ExpectedEffect]) -> float:
    """Return how far effects move a goal's indicator towards it, in shares of the way."""
    composite = case.loaded.rules.composites.get(goal.indicator)
    terms = {goal.indicator: 1.0}
    if composite is not None:
        terms = {term.of: term.weight for term in composite.terms}
    way = goal.to_value - goal.from_value
    return sum(terms.get(each.figure, 0.0) * each.change for each in effects) / way
