"""Measure whether the shipped scenarios play well: ``python scripts/good_game.py``.

It prints the tables of docs/concepts/a-good-game.md, scenario by scenario; ``--write`` puts
each there as soon as it is measured. ``--lens N`` adds what is found, at N runs, if all
other seats play by one lens; the finals of plan and play are held anew among them.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rapprochement_sim.experiments.fixed_plans import Search
from rapprochement_sim.experiments.play_quality import (
    measure_seat,
    measure_world,
    prepare,
    prepare_among,
)
from rapprochement_sim.game.opening import with_lenses
from rapprochement_sim.model import load_case
from rapprochement_sim.vocabulary import CAPITALS, LENSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.experiments.play_quality import Estimate, SeatQuality, WorldQuality
    from rapprochement_sim.vocabulary import Capital

PAGE = Path(__file__).resolve().parents[1] / "docs" / "concepts" / "a-good-game.md"
SCENARIOS = (
    "rekindled_2023",
    "spiral_2018",
    "partnership_1998",
    "gsomia_2012",
    "agreement_2015",
    "declaration_2023",
    "crossroads_2026",
    "analogue_us_vietnam_1995",
    "sandbox",
)
ECLECTIC = "eclectic"
MIXES = {
    **{lens.value: {lens.value: 1.0} for lens in LENSES},
    ECLECTIC: {lens.value: 1.0 / len(LENSES) for lens in LENSES},
}

HEADS = (
    "seat",
    "automated",
    "own share (alone)",
    "best first",
    "taken first",
    "best plan",
    "adaptive",
    "lead",
    "bar",
    "wins",
)
HALF = Search(n_runs=8, n_candidates=8, n_finalists=6, final_runs=32, rehearsal_runs=16)
LEAST_OWN, MOST_OWN = 0.15, 0.60
MOST_FIRST = 0.40
LEAST_WINS, MOST_WINS = 0.20, 0.60


@dataclass(frozen=True)
class Runs:
    """Games that are played, and automated runs from which shares are told."""

    played: int
    shares: int

    @property
    def title(self) -> str:
        """As the head of a table tells them."""
        return f"{self.played} runs a seat, {self.shares} for shares"


def tables(
    scenario: str, runs: Runs, lens_runs: Runs, search: Search | None = None
) -> tuple[str, str]:
    """Measure one scenario; return its table, and what is found if all others share a lens."""
    effort = "" if search is None else ", half of the search"
    case = load_case(scenario)
    rows, lens_rows = [], []
    missed: list[str] = []
    missed_by_lens: list[str] = []
    for seat in CAPITALS:
        prepared = prepare(case, seat, search)
        found = measure_seat(
            case, seat, n_runs=runs.played, share_runs=runs.shares, prepared=prepared
        )
        missed.extend(f"{seat.title}: {miss}" for miss in misses(found))
        rows.append(row(found))
        cells = []
        for name in MIXES if lens_runs.played else ():
            other = others_by(case, seat, name)
            found = measure_seat(
                other,
                seat,
                n_runs=lens_runs.played,
                share_runs=lens_runs.shares,
                prepared=prepare_among(other, seat, prepared, search),
            )
            missed_by_lens.extend(f"{seat.title}, {name}: {miss}" for miss in misses(found))
            cells.append(cell(found))
        lens_rows.append(f"| {seat.title} | {' | '.join(cells)} |")
        sys.stderr.write(f"{scenario}\n{rows[-1]}\n{lens_rows[-1]}\n")
        sys.stderr.flush()
    world = measure_world(case, n_runs=runs.shares)
    missed.extend(world_misses(world))
    own = [
        f"### {scenario}, {runs.title}{effort}",
        "",
        f"| {' | '.join(HEADS)} |",
        f"{'|---' * len(HEADS)}|",
        *rows,
        "",
        worlds(world),
        "",
        told(missed),
    ]
    by_lens = [
        f"### {scenario} by lens, {lens_runs.title}{effort}",
        "",
        f"| seat | {' | '.join(MIXES)} |",
        f"|---|{'---|' * len(MIXES)}",
        *lens_rows,
        "",
        told(missed_by_lens),
    ]
    return "\n".join(own), "\n".join(by_lens) if lens_runs.played else ""


def worlds(found: WorldQuality) -> str:
    """Say how worlds go when nobody plays."""
    return (
        f"Worlds: at most {found.most_falls} change of leader in any capital within two years; "
        f"war in {100 * found.war_share:.1f}% (highest escalation {found.highest_escalation:.2f}); "
        f"stuck {100 * found.stuck_share:.1f}% (longest stillness {found.longest_still} turns)."
    )


def world_misses(found: WorldQuality) -> Iterator[str]:
    """Name the criteria that worlds miss when nobody plays."""
    if found.most_falls > 1:
        yield f"worlds: {found.most_falls} changes of leader in two years"
    if found.war_share > 0.0:
        yield f"worlds: war in {100 * found.war_share:.1f}%"
    if found.stuck_share > 0.0:
        yield f"worlds: stuck in {100 * found.stuck_share:.1f}%"


def row(found: SeatQuality) -> str:
    """Lay out one seat."""
    cells = (
        found.seat.title,
        points(found.automated),
        f"{percent(found.own_share)} ({100 * found.alone_share:.0f}%)",
        f"{found.best_first.act} {100 * found.best_first.share:.0f}%",
        f"{found.taken_first.act} {100 * found.taken_first.share:.0f}%",
        points(found.fixed),
        points(found.adaptive),
        points(found.lead),
        f"{found.bar:.1f}",
        percent(found.wins),
    )
    return f"| {' | '.join(cells)} |"


def cell(found: SeatQuality) -> str:
    """Lay out one seat among governments of one lens."""
    return (
        f"{percent(found.own_share)}; {100 * found.best_first.share:.0f}%; "
        f"{100 * found.taken_first.share:.0f}%; {points(found.lead)}; {percent(found.wins)}"
    )


def others_by(case: Case, seat: Capital, lens: str) -> Case:
    """Return a case in which all seats but one judge by one lens."""
    return with_lenses(case, {other.key: MIXES[lens] for other in CAPITALS if other != seat})


def misses(found: SeatQuality) -> Iterator[str]:
    """Name the criteria that the seat misses, and whether its interval still reaches them."""
    own, wins, lead = found.own_share, found.wins, found.lead
    for what, share, least, most in (
        ("own share", own, LEAST_OWN, MOST_OWN),
        ("wins", wins, LEAST_WINS, MOST_WINS),
    ):
        if not least <= share.value <= most:
            gap = max(least - share.value, share.value - most)
            yield f"{what} {percent(share)}{in_doubt(gap < 2.0 * share.error)}"
    for what, first in (("best first", found.best_first), ("taken first", found.taken_first)):
        if first.share > MOST_FIRST:
            yield f"{first.act} {what} in {100 * first.share:.0f}%"
    if lead.value - 2.0 * lead.error <= 0.0:
        yield f"lead {points(lead)}{in_doubt(lead.value + 2.0 * lead.error > 0.0)}"


def in_doubt(is_open: bool) -> str:  # noqa: FBT001 - the sentence is read aloud with it
    """Say that the numbers do not decide."""
    return " (within two standard errors)" if is_open else ""


def told(missed: list[str]) -> str:
    """Say what misses a criterion."""
    return f"Misses: {'; '.join(missed)}." if missed else "Every criterion holds in every seat."


def percent(found: Estimate) -> str:
    """Show a share with twice its standard error."""
    return f"{100 * found.value:.0f} ± {200 * found.error:.0f}%"


def points(found: Estimate) -> str:
    """Show a score with twice its standard error."""
    return f"{found.value:.1f} ± {2 * found.error:.1f}"


def put(part: str, text: str) -> None:
    """Put a table into its place on the page."""
    begin, end = f"<!-- measured: {part} -->", f"<!-- end of {part} -->"
    before, found, rest = PAGE.read_text(encoding="utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        sys.exit(f"{PAGE.name} has no place for {part}: it needs {begin} and {end}")
    PAGE.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")


def main() -> None:
    """Measure, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=500, help="runs a seat (default 500)")
    parser.add_argument(
        "--lens", type=int, default=0, help="runs a seat among governments of each lens (default 0)"
    )
    parser.add_argument(
        "--shares",
        type=int,
        nargs=2,
        default=(1000, 400),
        metavar=("OWN", "LENS"),
        help="automated runs from which shares are told, in each table (default 1000 400)",
    )
    parser.add_argument("--half", action="store_true", help="search half as hard, for both sides")
    parser.add_argument("--scenario", action="append", help="one of those measured (default all)")
    parser.add_argument("--write", action="store_true", help=f"put the tables into {PAGE.name}")
    asked = parser.parse_args()
    runs, lens_runs = Runs(asked.runs, asked.shares[0]), Runs(asked.lens, asked.shares[1])
    for scenario in asked.scenario or SCENARIOS:
        found = tables(scenario, runs, lens_runs, HALF if asked.half else None)
        for part, text in zip((scenario, f"{scenario} by lens"), found, strict=True):
            if text:
                sys.stdout.write(f"{text}\n\n")
                sys.stdout.flush()
            if text and asked.write:
                put(part, text)


if __name__ == "__main__":
    main()
