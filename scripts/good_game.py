"""Measure whether the shipped scenarios play well: ``python scripts/good_game.py``.

It prints the tables of docs/concepts/a-good-game.md. ``--write`` puts them there.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rapprochement_sim.experiments.play_quality import measure_seat, measure_world
from rapprochement_sim.model import load_case
from rapprochement_sim.vocabulary import CAPITALS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.experiments.play_quality import Estimate, SeatQuality

PAGE = Path(__file__).resolve().parents[1] / "docs" / "concepts" / "a-good-game.md"
SCENARIOS = ("rekindled_2023", "spiral_2018")
BEGIN, END = "<!-- measured -->", "<!-- end of measured -->"


def table(scenario: str, n_runs: int) -> Iterator[str]:
    """Lay out one scenario's measurements."""
    case = load_case(scenario)
    yield f"### {scenario}, {n_runs} runs a seat"
    yield ""
    yield (
        "| seat | automated | own share (alone) | best first | taken first | best plan "
        "| adaptive | lead | bar | wins |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for seat in CAPITALS:
        yield row(measure_seat(case, seat, n_runs=n_runs))
    world = measure_world(case, n_runs=n_runs)
    yield ""
    yield (
        f"Worlds: at most {world.most_falls} change of leader in any capital within two years; "
        f"war in {100 * world.war_share:.1f}% (highest escalation {world.highest_escalation:.2f}); "
        f"stuck {100 * world.stuck_share:.1f}% (longest stillness {world.longest_still} turns)."
    )


def row(found: SeatQuality) -> str:
    """Lay out one seat."""
    cells = (
        found.seat.title,
        points(found.automated),
        shares(found),
        f"{found.best_first.act} {100 * found.best_first.share:.0f}%",
        f"{found.taken_first.act} {100 * found.taken_first.share:.0f}%",
        points(found.fixed),
        points(found.adaptive),
        points(found.lead),
        f"{found.bar:.1f}",
        f"{100 * found.win_share:.0f}%",
    )
    return f"| {' | '.join(cells)} |"


def shares(found: SeatQuality) -> str:
    """Show the total effect with twice its standard error, and the first-order effect."""
    own, error = 100 * found.own_share.value, 200 * found.own_share.error
    return f"{own:.0f} ± {error:.0f}% ({100 * found.alone_share:.0f}%)"


def points(found: Estimate) -> str:
    """Show a score with twice its standard error."""
    return f"{found.value:.1f} ± {2 * found.error:.1f}"


def main() -> None:
    """Measure, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=500, help="runs a seat (default 500)")
    parser.add_argument("--scenario", action="append", help="one of those measured (default all)")
    parser.add_argument("--write", action="store_true", help=f"put the tables into {PAGE.name}")
    asked = parser.parse_args()
    parts = []
    for scenario in asked.scenario or SCENARIOS:
        text = "\n".join(table(scenario, asked.runs))
        sys.stdout.write(f"{text}\n\n")
        sys.stdout.flush()
        parts.append(text)
    if asked.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        tables = "\n\n".join(parts)
        PAGE.write_text(f"{before}{BEGIN}\n\n{tables}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
