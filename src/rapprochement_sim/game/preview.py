"""Before you commit: what an order may do, as far as a seat can judge.

The same compiled effects are used that carry the order out, with scalers read off the
seat's beliefs. The band covers 90 per cent: the declared range of every effect counts as
its own 5-95 per cent range, and beliefs are blurred by their errors. What others do in
the same turn, and what follows in later turns, is not in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.game.odds import (
    Odds,
    consent_odds,
    group_scores,
    ratification_odds,
)
from rapprochement_sim.game.wording import modifier_title, row_title
from rapprochement_sim.scenario.cell_words import cell_title
from rapprochement_sim.scenario.citing import named_source, named_sources
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
    voices = group_scores(case, seat, row, modifiers, particles.own_scores)[:, 0]
    groups = [[row.base_group, *chosen], *([group] for group in row.modifier_groups)]
    effects, *edges = _effects_of_sets(case, particles, groups)
    modifiers_seen = tuple(
        ModifierPreview(
            id=name,
            title=modifier_title(case, row, name),
            summary=action.modifiers[name].summary,
            cost=row.modifier_costs[bit],
            is_chosen=bool(modifiers >> bit & 1),
            effects=edges[bit],
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
        consent=consent_odds(case, row, modifiers, particles),
        ratification=ratification_odds(case, row, modifiers, particles.view),
        effects=effects,
        modifiers=modifiers_seen,
        voices=tuple((lens, float(voices[n])) for n, lens in enumerate(LENSES)),
        sources=named_sources(action.sources, case.loaded.rules),
    )


def expected_effects(
    case: Case, particles: Particles, groups: Sequence[int]
) -> tuple[ExpectedEffect, ...]:
    """Return what groups of effects may do together, the strongest first."""
    return _effects_of_sets(case, particles, [groups])[0]


def _effects_of_sets(
    case: Case, particles: Particles, sets: Sequence[Sequence[int]]
) -> list[tuple[ExpectedEffect, ...]]:
    """Return what each set of groups may do, every set by itself, the strongest first."""
    moved = [_moved(case, groups) for groups in sets]
    cells = [(cell, entries) for each in moved for cell, entries in each.items()]
    changes = _changes(case, particles, cells)
    means = changes.mean(axis=1)
    ranked = np.sort(changes, axis=1)
    tail = int(_TAIL * ranked.shape[1])
    told = iter(zip(means, ranked[:, tail], ranked[:, -1 - tail], strict=True))
    found = []
    for each in moved:
        changes_of_set = islice(told, len(each))
        effects = [
            _effect(case, cell, entries, (float(mean), float(low), float(high)))
            for (cell, entries), (mean, low, high) in zip(each.items(), changes_of_set, strict=True)
            if abs(mean) >= _SMALLEST_SHOWN
        ]
        found.append(tuple(sorted(effects, key=lambda e: (-e.strength, -abs(e.change), e.figure))))
    return found


def _moved(case: Case, groups: Sequence[int]) -> dict[int, list[int]]:
    """Return the cells that groups move, each with the entries that move it."""
    by_cell: dict[int, list[int]] = {}
    for group in groups:
        for entry in case.effects.group_entries[group].tolist():
            if entry >= 0:
                by_cell.setdefault(int(case.effects.cell[entry]), []).append(entry)
    return {cell: each for cell, each in by_cell.items() if not _is_of_itself(case, cell)}


def _is_of_itself(case: Case, cell: int) -> bool:
    """Whether a cell pairs a capital with itself: it means nothing and has no name."""
    variable, place = case.effects.variable_of(cell)
    if VARIABLES[variable].axes != ("capital", "partner"):
        return False
    names = case.world.axes.cell_names(variable, place)
    return names[0] == names[1]


def _effect(
    case: Case, cell: int, entries: list[int], change: tuple[float, float, float]
) -> ExpectedEffect:
    """Lay out an effect; ``change`` is its mean and the ends of its band."""
    mean, low, high = change
    name, place = case.effects.variable_of(cell)
    variable = VARIABLES[name]
    share = abs(mean) / (variable.high - variable.low) if variable.link != "level" else abs(mean)
    names = case.world.axes.cell_names(name, place)
    origins = (case.effects.origin[entry] for entry in entries)
    rules = case.loaded.rules
    reasons = (
        Reason(o.why, named_source(o.source, rules), o.contested) for o in origins if o is not None
    )
    return ExpectedEffect(
        figure="_".join((name, *names)),
        title=cell_title(rules, name, names),
        change=mean,
        low=low,
        high=high,
        strength=1 + sum(share >= step for step in _STEPS),
        reasons=tuple(dict.fromkeys(reasons)),
    )


def _changes(case: Case, particles: Particles, cells: Sequence[tuple[int, list[int]]]) -> Array:
    """Return how far cells move within the turn, on their natural scale (cell, particle)."""
    impulses = np.zeros((len(cells), particles.view.n_lanes))
    if not cells:
        return impulses
    effects = case.effects
    entries = [entry for _, each in cells for entry in each]
    amounts = _sizes(case, particles, entries) * particles.scalers[effects.scaler[entries]]
    first = 0
    for number, (_, each) in enumerate(cells):
        for amount in amounts[first : first + len(each)]:
            impulses[number] += amount
        first += len(each)
    places = [effects.variable_of(cell) for cell, _ in cells]
    for link in ("logit", "stock"):
        at = [n for n, (name, _) in enumerate(places) if VARIABLES[name].link == link]
        if at:
            impulses[at] = _natural_changes(particles, [places[n] for n in at], impulses[at])
    return impulses


def _sizes(case: Case, particles: Particles, entries: Sequence[int]) -> Array:
    """Draw sizes of effects from declared ranges, taken as 5-95 per cent ranges."""
    sizes = case.effects.size[entries]
    drawn: Array = np.repeat(sizes[:, np.newaxis], particles.view.n_lanes, axis=1)
    origins = [case.effects.origin[entry] for entry in entries]
    found = [(n, o) for n, o in enumerate(origins) if o is not None and o.size != 0.0]
    if found:
        at = [n for n, _ in found]
        middle, low, high = np.array([(o.size, *o.range) for _, o in found]).T[..., np.newaxis]
        normals = particles.sizes[particles.declared[[entries[n] for n in at]]]
        width = np.where(normals > 0.0, high - middle, middle - low)
        weight = sizes[at, np.newaxis] / middle
        drawn[at] = weight * (middle + width * normals / _Z_95)
    return drawn


def _natural_changes(
    particles: Particles, places: Sequence[tuple[str, int]], impulses: Array
) -> Array:
    """Turn impulses on cells of one link into changes, from where the seat believes they stand."""
    stocks = np.zeros_like(impulses)
    for stock, (name, place) in zip(stocks, places, strict=True):
        held = getattr(particles.view, name, None)
        if held is not None:
            stock[:] = held.reshape(-1, stock.size)[place]
    variables = [VARIABLES[name] for name, _ in places]
    if variables[0].link == "logit":
        inner = np.clip(stocks, _SMALLEST_SHARE, 1.0 - _SMALLEST_SHARE)
        logits: Array = logistic(logit(inner) + impulses) - stocks
        return logits
    low, high = np.array([(v.low, v.high) for v in variables]).T[..., np.newaxis]
    return saturate(stocks, impulses, low, high)
