"""Sizes of episodes as text of at most 80 columns, and as plain data."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rapprochement_sim.experiments.sizes import EDGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rapprochement_sim.experiments.sizes import Estimate, LastingFound, SizeFound

WIDTH = 79


def sizes_text(
    title: str, sizes: Iterable[SizeFound], lasting: Iterable[LastingFound]
) -> Iterator[str]:
    """Yield what came out for each figure, line by line."""
    yield title
    for found in sizes:
        yield from _one(found)
    yield "  How long it lasts: months until half of the most is left"
    for each in lasting:
        half = "more than two years"
        if each.months_to_half is not None:
            half = f"{each.months_to_half:.1f} months"
        seen = f"{half}, where {each.lasting.seen} were seen"
        if not each.lasting.seen[0].isdigit():
            seen = f"{half}, where it was {each.lasting.seen}"
        yield from _wrapped(f"{each.lasting.fact} {each.lasting.act.says}: {seen}", indent=4)


def size_data(found: SizeFound) -> dict[str, Any]:
    """Return what came out for a figure as plain data."""
    figure = found.figure
    named = [*zip(figure.own, found.parts, strict=True)]
    others = [*zip(figure.beside, found.beside, strict=True)]
    return {
        "fact": figure.fact,
        "mechanism": figure.mechanism,
        "before": figure.before,
        "after": figure.after,
        "seen": found.seen,
        "own": asdict(found.own),
        "share": found.share,
        "verdict": found.verdict,
        "parts": {group.says: asdict(each) for group, each in named},
        "beside": {group.says: asdict(each) for group, each in others},
        "change": asdict(found.change),
        "verdict_of_change": found.verdict_of_change,
        "is_within_poll": found.is_within_poll,
        "poll": None if found.poll is None else asdict(found.poll),
        "stands_in": figure.stands_in,
    }


def lasting_data(found: LastingFound) -> dict[str, Any]:
    """Return how long an effect lasted as plain data."""
    return {
        "fact": found.lasting.fact,
        "of": found.lasting.act.says,
        "most": found.most,
        "month_of_most": found.month_of_most,
        "months_to_half": found.months_to_half,
        "seen": found.lasting.seen,
    }


def _one(found: SizeFound) -> Iterator[str]:
    figure = found.figure
    says = _in_words(found.verdict)
    of = f"{found.share:.2f} of {found.seen:+.1f}"
    yield f"  {figure.fact} {says}: {_told(found.own)}, {of}; {figure.before} to {figure.after}"
    if figure.stands_in:
        yield from _wrapped(figure.stands_in)
    for group, each in zip(figure.own, found.parts, strict=True):
        yield from _wrapped(f"{group.says}: {_told(each)}")
    for group, each in zip(figure.beside, found.beside, strict=True):
        yield from _wrapped(f"beside: {group.says}: {_told(each)}")
    whole = f"{_told(found.change)}, {_in_words(found.verdict_of_change)}"
    yield from _wrapped(f"all that the record tells, and chance: {whole}")
    if found.poll is not None:
        told = f"what was published, by sampling: {_told(found.poll)}"
        told += ", which holds the acts' own" if found.is_within_poll else ""
        told += "" if found.poll.is_sure_of_its_sign else ", and none at all"
        yield from _wrapped(told)


def _in_words(verdict: str) -> str:
    return "on the edge" if verdict == EDGE else verdict


def _told(estimate: Estimate) -> str:
    return f"{estimate.mean:+.1f} ({estimate.low:+.1f} to {estimate.high:+.1f})"


def _wrapped(text: str, indent: int = 6) -> list[str]:
    first, later = " " * indent, " " * (indent + 2)
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=later)
