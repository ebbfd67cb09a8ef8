"""The best plan made in advance: searched on training runs, to be scored on fresh ones.

A script says for each third of the game which acts come first, with their modifiers; in
each turn the first of them that are allowed are offered and ordered. It accepts all offers
or none. That is more than a constant order and less than a policy: it looks at what is
allowed and at nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.agents.planned import FixedPlan, planned
from rapprochement_sim.ensemble.block import final_scores
from rapprochement_sim.ensemble.spec import DEFAULT_BLOCK_SIZE
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.randomness import Chance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.vocabulary import Capital
    from rapprochement_sim.world.axes import Array

Item = tuple[int, int]
"""A row of the rule book and its modifiers as bits."""

PARTS = 3
_LEAST_GAIN = 0.05


@dataclass(frozen=True)
class Script:
    """What a seat does in each part of the game, by preference, and whether it accepts offers."""

    parts: tuple[tuple[Item, ...], ...]
    accepts: bool


@dataclass(frozen=True)
class Search:
    """How hard to look: training runs, candidate acts, and acts in a script.

    ``seed`` keys the training runs; a plan is scored under another.
    """

    seed: int = 901
    n_runs: int = 16
    n_candidates: int = 16
    most_items: int = 8


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
                capital_agent=planned(_plan(case, seat, some, runs.size)),
            )
            while not model.is_over:
                model.step()
            final = final_scores(case, model.indicators)[seat]
            scores[first : first + len(some), runs] = final.reshape(len(some), runs.size)
            model.release()
    return scores


def best_script(case: Case, seat: Capital, search: Search | None = None) -> Script:
    """Search for the script with the best mean score in the training runs.

    First every single act as a constant plan; then the best of them are added to one plan
    one by one, in front or at the end; then each third of the game may depart from it.
    """
    effort = search or Search()
    idle = [Script(((),) * PARTS, accepts) for accepts in (True, False)]
    singles = [Script(((item,),) * PARTS, accepts=True) for item in _items(case, seat)]
    means = _means(case, seat, idle + singles, effort)
    start = int(means[: len(idle)].argmax())
    best, value = idle[start], float(means[start])
    ranked = np.argsort(-means[len(idle) :], kind="stable")[: effort.n_candidates]
    candidates = [singles[number].parts[0][0] for number in ranked]
    for _ in range(effort.most_items):
        better, found = _better_of(case, seat, list(_extended(best, candidates)), effort)
        if found <= value + _LEAST_GAIN:
            break
        best, value = better, found
    for part in range(PARTS):
        better, found = _better_of(case, seat, list(_departing(best, part, candidates)), effort)
        if found > value:
            best, value = better, found
    return best


def _items(case: Case, seat: Capital) -> Iterator[Item]:
    """Yield every act of a seat, plain and with each one of its modifiers."""
    for row in case.effects.rows:
        if row.actor == seat and row.kind == "act" and row.name != "hold":
            yield row.index, 0
            for bit in range(len(row.modifiers)):
                yield row.index, 1 << bit


def _means(case: Case, seat: Capital, scripts: Sequence[Script], effort: Search) -> Array:
    scores = score_scripts(case, seat, scripts, seed=effort.seed, n_runs=effort.n_runs)
    return np.asarray(scores.mean(axis=1))


def _better_of(
    case: Case, seat: Capital, scripts: Sequence[Script], effort: Search
) -> tuple[Script, float]:
    means = _means(case, seat, scripts, effort)
    number = int(means.argmax())
    return scripts[number], float(means[number])


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


def _plan(case: Case, seat: Capital, scripts: Sequence[Script], n_runs: int) -> FixedPlan:
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
