"""What mechanisms contribute, as tables for people and as rows for a program."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from typing import TYPE_CHECKING, Any

from rapprochement_sim.experiments.paired import difference_data
from rapprochement_sim.game.figure_text import signed, signed_range
from rapprochement_sim.naming import told
from rapprochement_sim.scenario.mechanism_facts import switch_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.experiments.ablation import Ablated, Ablation, Contribution

WIDTH = 78
_SMALL = 10.0
"""Figures below it are shares, and get more digits."""
_PERCENT = 100.0


def ablation_text(found: Ablation) -> str:
    """Lay out a table: of one mechanism by indicator, of several one row each."""
    lines = _single(found, found.ablated[0]) if len(found.ablated) == 1 else _table(found)
    return "\n".join(lines) + "\n"


def _single(found: Ablation, ablated: Ablated) -> Iterator[str]:
    entry = ablated.mechanism
    yield f"{found.scenario} with and without: {ablated.key} ({entry.number})"
    yield from textwrap.wrap(f"{entry.title}.", WIDTH)
    off = "; ".join(switch_words(entry.without))
    yield from textwrap.wrap(f"Switched off: {off}.", WIDTH)
    yield ""
    if ablated.is_inert:
        yield "Inert here: no main indicator moved in any run at any turn."
        return
    yield f"{'mean over the turns':<31}{'with':>8}{'without':>9}{'apart':>9}{'95%':>14}"
    for each in ablated.contributions:
        yield _line(each)
    yield ""
    yield from _legend(found)


def _line(each: Contribution) -> str:
    digits = 2 if max(abs(each.found.mean_a), abs(each.found.mean_b)) >= _SMALL else 4
    mark = "*" if each.is_told else " "
    interval = signed_range(each.found.low, each.found.high, digits)
    return (
        f"{_shortened(each.name, 29):<29} {mark}"
        f"{each.found.mean_a:>8.{digits}f}{each.found.mean_b:>9.{digits}f}"
        f"{signed(each.found.difference, digits):>9}{interval:>20}"
    )


def _table(found: Ablation) -> Iterator[str]:
    yield f"{found.scenario} without one mechanism at a time"
    yield ""
    yield f"{'no. mechanism':<36}{'told':>5}  most: share of range, indicator"
    for ablated in found.ablated:
        name = _shortened(ablated.key, 31)
        head = f"{ablated.mechanism.number:>3} {name:<32}{len(ablated.told):>5}"
        yield f"{head}  {_most(ablated)}"
    yield ""
    inert = [each.key for each in found.ablated if each.is_inert]
    words = f"Inert here: {', '.join(inert)}." if inert else "None is inert here."
    yield from textwrap.wrap(words, WIDTH)
    yield from _legend(found)


def _shortened(name: str, width: int) -> str:
    return name if len(name) <= width else f"{name[: width - 2]}.."


def _most(ablated: Ablated) -> str:
    if ablated.is_inert:
        return "inert"
    if not ablated.told:
        return "moves runs, no mean told from nought"
    most = ablated.told[0]
    sign = "+" if most.found.difference > 0.0 else "-"
    return f"{sign}{_PERCENT * most.size:.1f}% {_shortened(most.name, 27)}"


def _legend(found: Ablation) -> Iterator[str]:
    text = (
        f"{found.n_runs} pairs of runs over {found.n_turns} turns, seed {found.seed}: with less "
        "without, under the same chance. Told, and *: the 95 per cent interval leaves nought "
        "out; of twenty indicators that do not differ, one will look so."
    )
    yield from textwrap.wrap(text, WIDTH)


def ablation_data(found: Ablation) -> dict[str, Any]:
    """Return an ablation as plain data."""
    return {
        "scenario": found.scenario,
        "runs": found.n_runs,
        "turns": found.n_turns,
        "seed": found.seed,
        "mechanisms": [
            {
                "mechanism": ablated.key,
                "number": ablated.mechanism.number,
                "is_inert": ablated.is_inert,
                "indicators": [
                    {"name": each.name, "is_told": each.is_told, **difference_data(each.found)}
                    for each in ablated.contributions
                ],
            }
            for ablated in found.ablated
        ],
    }


def ablation_json(found: Ablation) -> str:
    """Write an ablation as JSON text."""
    return json.dumps(told(ablation_data(found)), indent=1, ensure_ascii=False) + "\n"


def ablation_csv(found: Ablation) -> str:
    """Write an ablation as a table: one row for each mechanism and indicator."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    head = ("number", "mechanism", "indicator", "with", "without", "difference", "low", "high")
    writer.writerow(head)
    for ablated in found.ablated:
        for each in ablated.contributions:
            pair = each.found
            numbers = (pair.mean_a, pair.mean_b, pair.difference, pair.low, pair.high)
            shown = [f"{number:.6g}" for number in numbers]
            writer.writerow([ablated.mechanism.number, ablated.key, each.name, *shown])
    return text.getvalue()
