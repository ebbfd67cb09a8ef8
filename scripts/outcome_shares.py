"""Measure how automated games of each scenario end: ``python scripts/outcome_shares.py``.

Every seat judges by its own mix of schools, then all by one school, then all by an even mix.
``--write`` puts the tables into the page of each scenario; ``--scenario`` takes one of them.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.ensemble.block import final_scores
from rapprochement_sim.experiments.intervals import wilson
from rapprochement_sim.model import RapprochementModel, load_case
from rapprochement_sim.randomness import Chance
from rapprochement_sim.scenario.loading import list_scenarios, scenarios_folder
from rapprochement_sim.scenario.wearing import wear_labels
from rapprochement_sim.vocabulary import CAPITALS, LENSES
from rapprochement_sim.world.objectives import outcome_met

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.world.axes import Array

SEED = 21
BEGIN, END = "<!-- measured -->", "<!-- end of measured -->"
_LEGEND = """\
Shares of {n_runs} automated games, seed {seed} (`python scripts/outcome_shares.py --write`): every
seat judging by its own mix of schools, with a 95 per cent interval of the share, which
`rapprochement run {name} --runs {n_runs} --seed {seed}` tells as well; then all by one
school, or all by an even mix. Below, mean scores."""
MIXES = {
    "own mix": None,
    **{lens.value: np.eye(len(LENSES))[place] for place, lens in enumerate(LENSES)},
    "eclectic": np.full(len(LENSES), 1.0 / len(LENSES)),
}


def measured(case: Case, mix: Array | None, n_runs: int) -> tuple[list[float], Array]:
    """Play worlds in which every seat judges by a mix; return outcome shares and mean scores."""
    if mix is not None:
        case = replace(case, lens_weights=np.tile(mix, (len(CAPITALS), 1)))
    runs = np.arange(n_runs)
    chance = Chance(SEED, runs)
    model = RapprochementModel(case, runs=runs.tolist(), collect=False, chance=chance)
    outcomes = case.loaded.schema.outcomes.values()
    places = [case.indicators.by_name[outcome.indicator].index for outcome in outcomes]
    turns = [model.indicators[places]]
    while not model.is_over:
        model.step()
        turns.append(model.indicators[places])
    series = np.stack(turns, axis=1)
    shares = [
        float(np.mean(outcome_met(outcome, each)))
        for outcome, each in zip(outcomes, series, strict=True)
    ]
    scores = final_scores(case, model.indicators).mean(axis=1)
    model.release()
    return shares, scores


def in_percent(share: float) -> str:
    """Return a share as a page tells it."""
    return f"{100 * share:.0f}%"


def table(name: str, n_runs: int) -> Iterator[str]:
    """Lay out one scenario's outcomes and scores, a column for each mix of schools."""
    wear_labels(name)
    case = load_case(name)
    found = [measured(case, mix, n_runs) for mix in MIXES.values()]
    yield from _LEGEND.format(name=name, n_runs=n_runs, seed=SEED).splitlines()
    yield ""
    first, *others = MIXES
    yield f"| outcome | {first} | 95% interval | {' | '.join(others)} |"
    yield f"|---|---|{'---|' * len(MIXES)}"
    for place, outcome in enumerate(case.loaded.schema.outcomes.values()):
        own, *cells = (in_percent(shares[place]) for shares, _ in found)
        likely = wilson(round(found[0][0][place] * n_runs), n_runs)
        interval = f"{in_percent(likely.low)} to {in_percent(likely.high)}"
        yield f"| {outcome.title} | {own} | {interval} | {' | '.join(cells)} |"
    for seat in CAPITALS:
        own, *cells = (f"{scores[seat]:.0f}" for _, scores in found)
        yield f"| *{seat.title}'s score* | {own} | | {' | '.join(cells)} |"


def main() -> None:
    """Measure, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200, help="games a column (default 200)")
    parser.add_argument("--scenario", action="append", help="one of the shipped (default all)")
    parser.add_argument("--write", action="store_true", help="put the tables into the pages")
    asked = parser.parse_args()
    for name in asked.scenario or list_scenarios():
        text = "\n".join(table(name, asked.runs))
        sys.stdout.write(f"{name}\n\n{text}\n\n")
        sys.stdout.flush()
        page = scenarios_folder() / name / "README.md"
        told = page.read_text(encoding="utf-8")
        if asked.write and BEGIN in told:
            before, _, rest = told.partition(BEGIN)
            after = rest.partition(END)[2]
            page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
