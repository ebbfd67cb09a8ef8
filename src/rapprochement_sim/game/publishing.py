"""Figures that are published to everyone in a turn, by name: what a save keeps of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.knowledge import observe
from rapprochement_sim.vocabulary import CAPITALS, Capital
from rapprochement_sim.world.axes import DYAD_INDEX
from rapprochement_sim.world.ledger import PUBLISHED

if TYPE_CHECKING:
    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.world.state import WorldState

DIGITS = 6


def published_figures(case: Case, state: WorldState) -> dict[str, float]:
    """Return what is published at the start of a turn.

    Polls in percent; surveys on each dispute among its parties; approval of every
    government; the agreements of Seoul and Tokyo and the trade they restrict.
    """
    knowledge = observe(state, Capital.SEOUL)
    view, axes, rules = knowledge.view, case.world.axes, case.loaded.rules
    figures = {
        PUBLISHED + name: 100.0 * share
        for name, share in zip(axes.surveys, knowledge.polls, strict=True)
    }
    for name in ("hurt", "salience", "settlement"):
        cells = getattr(view, name)
        for d, dispute in enumerate(axes.disputes):
            for capital in CAPITALS:
                if capital.key in rules.disputes[dispute].parties:
                    figures[f"{PUBLISHED}{name}_{dispute}_{capital.key}"] = cells[d, capital, 0]
    for capital in CAPITALS:
        figures[f"{PUBLISHED}approval_{capital.key}"] = view.approval[capital, 0]
    pair = DYAD_INDEX[Capital.SEOUL, Capital.TOKYO]
    for k, institution in enumerate(axes.institutions):
        figures[f"institution_{institution}_seoul_tokyo"] = view.institution[k, pair, 0]
    figures["coercion_seoul_tokyo"] = view.coercion[Capital.SEOUL, Capital.TOKYO, 0]
    figures["coercion_seoul_beijing"] = view.coercion[Capital.SEOUL, Capital.BEIJING, 0]
    figures["bandwidth"] = view.bandwidth[0]
    return {name: round(float(value), DIGITS) for name, value in figures.items()}
