"""The best plan made in advance: searched on training runs, to be scored on fresh ones.

A script says for each third of the game which acts come first, with their modifiers; in
each turn the first of them that are allowed are offered and ordered. It accepts all offers
or none. That is more than a constant order and less than a policy: it looks at what is
allowed and at nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from rapprochement_sim.agents.planned import FixedPlan, planned
from rapprochement_sim.ensemble.block import final_scores
from rapprochement_sim.ensemble.rehearsing import REHEARSAL_RUNS
from rapprochement_sim.ensemble.spec import DEFAULT_BLOCK_SIZE
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.randomness import Chance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.vocabulary import Capital
    from rapprochement_sim.world.axes import Array

Item = tuple[int, int]
"""A row of the rule book and its modifiers as bits."""

Option = TypeVar("Option")

PARTS = 3
_LEAST_GAIN = 0.05


@dataclass(frozen=True)
class Script:
    """What a seat does in each part of the game, by preference, and whether it accepts offers."""

    parts: tuple[tuple[Item, ...], ...]
    accepts: bool


@dataclass(frozen=True)
class Search:
    """How hard to look: training runs, candidate acts, acts in a script, and finalists.

    ``seed`` keys the training runs, in which everything is tried; the best so many of them
    are tried once more in ``final_runs`` runs under ``final_seed``, and the best of these is
    taken. What was found is scored under another seed. ``rehearsal_runs`` are those in which
    adaptive play learns what to expect of its goals.
    """

    seed: int = 901
    n_runs: int = 16
    n_candidates: int = 16
    most_items: int = 8
    n_finalists: int = 12
    final_seed: int = 902
    final_runs: int = 64
    rehearsal_runs: int = REHEARSAL_RUNS


def score_scripts(
    case: Case, seat: Capital, scripts: Sequence[Script], *, seed: int, n_runs: int
) -> Array:
    """Return a seat's score under each script over paired runs (script, run), 0..100."""
    scores = np.empty((len(scripts), n_runs))
    at_once = max(1, DEFAULT_BLOCK_SIZE // n_runs)
    for first in range(0, len(scripts), at_once):
        some = scripts[first : first + at_once]
        for start in range(0, n_runs, DEFAULT_BLOCK_SIZE):
            runs = np.arange(start, min(start + DEFAULT_BLOCK_SIZE, n_runs))
            lanes = np.tile(runs, len(some))
            model = RapprochementModel(
                case,
                runs=lanes.tolist(),
                collect=False,
                chance=Chance(seed, lanes),
                capital_agent=planned(lay_out(case, seat, some, n_runs=runs.size)),
            )
            while not model.is_over:
                model.step()
            final = final_scores(case, model.indicators)[seat]
            scores[first : first + len(some), runs] = final.reshape(len(some), runs.size)
            model.release()
    return scores


def script_finalists(case: Case, seat: Capital, search: Search | None = None) -> list[Script]:
    """Search for the scripts with the best mean scores in the training runs, the best first.

    First every single act as a constant plan; then the best of them are added to one plan
    one by one, in front or at the end; then each third of the game may depart from it. The
    best of all that was tried come to a final.
    """
    effort = search or Search()
    tried: dict[Script, float] = {}
    idle = [Script(((),) * PARTS, accepts) for accepts in (True, False)]
    singles = [Script(((item,),) * PARTS, accepts=True) for item in _items(case, seat)]
    best = _try(case, seat, idle, effort, tried)
    _try(case, seat, singles, effort, tried)
    ranked = sorted(singles, key=lambda script: -tried[script])[: effort.n_candidates]
    candidates = [script.parts[0][0] for script in ranked]
    for _ in range(effort.most_items):
        better = _try(case, seat, list(_extended(best, candidates)), effort, tried)
        if tried[better] <= tried[best] + _LEAST_GAIN:
            break
        best = better
    for part in range(PARTS):
        better = _try(case, seat, list(_departing(best, part, candidates)), effort, tried)
        if tried[better] > tried[best]:
            best = better
    return best_of(tried, effort.n_finalists)


def best_in_final(
    case: Case, seat: Capital, finalists: Sequence[Script], search: Search | None = None
) -> Script:
    """Return the script with the best mean score in the final; of equals the first."""
    effort = search or Search()
    final = score_scripts(case, seat, finalists, seed=effort.final_seed, n_runs=effort.final_runs)
    return finalists[int(final.mean(axis=1).argmax())]


def best_of(tried: Mapping[Option, float], number: int) -> list[Option]:
    """Return so many of what was tried, the best first; of equals what was tried first."""
    return sorted(tried, key=lambda option: -tried[option])[:number]


def _items(case: Case, seat: Capital) -> Iterator[Item]:
    """Yield every act of a seat, plain and with each one of its modifiers."""
    for row in case.effects.rows:
        if row.actor == seat and row.kind == "act" and row.name != "hold":
            yield row.index, 0
            for bit in range(len(row.modifiers)):
                yield row.index, 1 << bit


def _try(
    case: Case, seat: Capital, scripts: Sequence[Script], effort: Search, tried: dict[Script, float]
) -> Script:
    """Note the mean score of scripts in the training runs; return the best of them."""
    new = [script for script in dict.fromkeys(scripts) if script not in tried]
    if new:
        scores = score_scripts(case, seat, new, seed=effort.seed, n_runs=effort.n_runs)
        tried.update(zip(new, scores.mean(axis=1).tolist(), strict=True))
    return max(scripts, key=lambda script: tried[script])


def _extended(script: Script, candidates: Sequence[Item]) -> Iterator[Script]:
    items = script.parts[0]
    taken = {row for row, _ in items}
    for item in candidates:
        if item[0] not in taken:
            for accepts in (True, False):
                yield Script(((*items, item),) * PARTS, accepts)
                yield Script(((item, *items),) * PARTS, accepts)
    yield script


def _departing(script: Script, part: int, candidates: Sequence[Item]) -> Iterator[Script]:
    items = script.parts[part]
    for item in candidates:
        others = tuple(other for other in items if other[0] != item[0])
        yield _with_part(script, part, (item, *others))
        yield _with_part(script, part, (*others, item))
    for item in items:
        yield _with_part(script, part, tuple(other for other in items if other != item))
    yield script


def _with_part(script: Script, part: int, items: tuple[Item, ...]) -> Script:
    parts = list(script.parts)
    parts[part] = items
    return replace(script, parts=tuple(parts))


def lay_out(case: Case, seat: Capital, scripts: Sequence[Script], *, n_runs: int) -> FixedPlan:
    """Return what scripts say turn by turn, each in so many lanes side by side."""
    n_turns = case.world.n_turns
    shape = (n_turns, len(case.effects.rows), len(scripts))
    preference = np.full(shape, -np.inf)
    modifiers = np.zeros(shape, dtype=np.int64)
    for number, script in enumerate(scripts):
        for turn in range(n_turns):
            for place, (row, bits) in enumerate(script.parts[turn * PARTS // n_turns]):
                preference[turn, row, number] = -place
                modifiers[turn, row, number] = bits
    return FixedPlan(
        seat=seat,
        preference=np.repeat(preference, n_runs, axis=-1),
        modifiers=np.repeat(modifiers, n_runs, axis=-1),
        accepts=np.repeat([script.accepts for script in scripts], n_runs),
    )
