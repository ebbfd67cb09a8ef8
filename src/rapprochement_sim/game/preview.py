"""Before you commit: what an order may do, as far as a seat can judge.

The same compiled effects are used that carry the order out, with scalers read off the
seat's beliefs. The band covers 90 per cent: the declared range of every effect counts as
its own 5-95 per cent range, and beliefs are blurred by their errors. What others do in
the same turn, and what follows in later turns, is not in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.game.odds import (
    Odds,
    consent_odds,
    group_scores,
    lens_scores,
    ratification_odds,
)
from rapprochement_sim.game.wording import cell_title, modifier_title, row_title
from rapprochement_sim.vocabulary import LENSES, Lens
from rapprochement_sim.world.axes import VARIABLES, Array
from rapprochement_sim.world.forms import logistic, logit, saturate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.effects.rows import Row
    from rapprochement_sim.game.knowledge import Knowledge
    from rapprochement_sim.game.particles import Particles

_TAIL = 0.05
_Z_95 = 1.6448536269514722
_SMALLEST_SHARE = 1e-9
_SMALLEST_SHOWN = 5e-5
_STEPS = (0.03, 0.1)
"""Shares of a figure's range from which an effect gets a second and a third arrow."""


@dataclass(frozen=True)
class Reason:
    """Why an act moves a figure, and who says so."""

    why: str
    source: str
    contested: str


@dataclass(frozen=True)
class ExpectedEffect:
    """What an act may do to one figure within the turn.

    ``change`` is the expected change on the figure's own scale, ``low`` and ``high`` its
    5-95 per cent band; ``strength`` counts 1 to 3, for the arrows.
    """

    figure: str
    title: str
    change: float
    low: float
    high: float
    strength: int
    reasons: tuple[Reason, ...]

    @property
    def sign(self) -> str:
        """``+`` or ``-``: which way the figure goes."""
        return "+" if self.change > 0.0 else "-"

    @property
    def is_sure_of_sign(self) -> bool:
        """Whether the whole band lies on one side of zero."""
        return self.low > 0.0 or self.high < 0.0

    @property
    def is_contested(self) -> bool:
        """Whether the sources disagree on it."""
        return any(reason.contested for reason in self.reasons)


@dataclass(frozen=True)
class ModifierPreview:
    """A modifier with both of its edges."""

    id: str
    title: str
    summary: str
    cost: float
    is_chosen: bool
    effects: tuple[ExpectedEffect, ...]


@dataclass(frozen=True)
class Preview:
    """What an order would cost and may do.

    ``voices`` tell how much each school of thought likes it: standardised scores, 0 is as
    good as doing nothing.
    """

    key: str
    title: str
    summary: str
    dissent: str
    cost: float
    attention: float
    consent: tuple[Odds, ...]
    ratification: tuple[Odds, ...]
    effects: tuple[ExpectedEffect, ...]
    modifiers: tuple[ModifierPreview, ...]
    voices: tuple[tuple[Lens, float], ...]
    sources: tuple[str, ...]


def preview_order(
    case: Case, knowledge: Knowledge, particles: Particles, row: Row, modifiers: int
) -> Preview:
    """Say what an order may do, from the seat's beliefs alone."""
    action = case.loaded.rules.actions[row.name]
    chosen = [g for bit, g in enumerate(row.modifier_groups) if modifiers >> bit & 1]
    seat = knowledge.seat
    components = lens_scores(case, seat, knowledge.view)
    voices = group_scores(case, seat, row, modifiers, components)[:, 0]
    edges = tuple(
        ModifierPreview(
            id=name,
            title=modifier_title(case, row, name),
            summary=action.modifiers[name].summary,
            cost=row.modifier_costs[bit],
            is_chosen=bool(modifiers >> bit & 1),
            effects=expected_effects(case, particles, [row.modifier_groups[bit]]),
        )
        for bit, name in enumerate(row.modifiers)
    )
    return Preview(
        key=row.key,
        title=row_title(case, row),
        summary=action.summary,
        dissent=action.dissent,
        cost=row.price(modifiers),
        attention=row.attention,
        consent=consent_odds(case, row, modifiers, particles.view),
        ratification=ratification_odds(case, row, modifiers, particles.view),
        effects=expected_effects(case, particles, [row.base_group, *chosen]),
        modifiers=edges,
        voices=tuple((lens, float(voices[n])) for n, lens in enumerate(LENSES)),
        sources=tuple(action.sources),
    )


def expected_effects(
    case: Case, particles: Particles, groups: Sequence[int]
) -> tuple[ExpectedEffect, ...]:
    """Return what groups of effects may do together, the strongest first."""
    by_cell: dict[int, list[int]] = {}
    for group in groups:
        for entry in case.effects.group_entries[group]:
            if entry >= 0:
                by_cell.setdefault(int(case.effects.cell[entry]), []).append(int(entry))
    found = [
        _effect(case, particles, cell, entries)
        for cell, entries in by_cell.items()
        if not _is_of_itself(case, cell)
    ]
    shown = [effect for effect in found if abs(effect.change) >= _SMALLEST_SHOWN]
    return tuple(sorted(shown, key=lambda e: (-e.strength, -abs(e.change), e.figure)))


def _is_of_itself(case: Case, cell: int) -> bool:
    """Whether a cell pairs a capital with itself: it means nothing and has no name."""
    variable, place = case.effects.variable_of(cell)
    names = case.world.axes.cell_names(variable, place)
    return VARIABLES[variable].axes == ("capital", "partner") and names[0] == names[1]


def _effect(case: Case, particles: Particles, cell: int, entries: list[int]) -> ExpectedEffect:
    effects = case.effects
    impulse = np.zeros(particles.view.n_lanes)
    reasons = []
    for entry in entries:
        impulse += _sizes(case, particles, entry) * particles.scalers[effects.scaler[entry]]
        origin = effects.origin[entry]
        if origin is not None:
            reasons.append(Reason(origin.why, origin.source, origin.contested))
    name, place = effects.variable_of(cell)
    change = _natural_change(particles, name, place, impulse)
    variable = VARIABLES[name]
    ranked = np.sort(change)
    tail = int(_TAIL * ranked.size)
    low, high = ranked[tail], ranked[-1 - tail]
    mean = float(change.mean())
    share = abs(mean) / (variable.high - variable.low) if variable.link != "level" else abs(mean)
    names = case.world.axes.cell_names(name, place)
    return ExpectedEffect(
        figure="_".join((name, *names)),
        title=cell_title(case.loaded.rules, name, names),
        change=mean,
        low=float(low),
        high=float(high),
        strength=1 + sum(share >= step for step in _STEPS),
        reasons=tuple(dict.fromkeys(reasons)),
    )


def _sizes(case: Case, particles: Particles, entry: int) -> Array:
    """Draw an effect's size from its declared range, taken as its 5-95 per cent range."""
    size = float(case.effects.size[entry])
    origin = case.effects.origin[entry]
    if origin is None or origin.size == 0.0:
        return np.full(particles.view.n_lanes, size)
    weight = size / origin.size
    normals = particles.sizes[entry]
    width = np.where(normals > 0.0, origin.range[1] - origin.size, origin.size - origin.range[0])
    drawn: Array = weight * (origin.size + width * normals / _Z_95)
    return drawn


def _natural_change(particles: Particles, name: str, place: int, impulse: Array) -> Array:
    """Turn an impulse into a change of the figure, from where the seat believes it stands."""
    variable = VARIABLES[name]
    if variable.link == "level":
        return impulse
    held = getattr(particles.view, name, None)
    stock = np.zeros_like(impulse) if held is None else held.reshape(-1, impulse.size)[place]
    if variable.link == "logit":
        inner = np.clip(stock, _SMALLEST_SHARE, 1.0 - _SMALLEST_SHARE)
        return logistic(logit(inner) + impulse) - stock
    return saturate(stock, impulse, variable.low, variable.high)
