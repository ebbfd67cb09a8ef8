"""Sizes of episodes as text of at most 80 columns, and as plain data."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rapprochement_sim.experiments.sizes import EDGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rapprochement_sim.experiments.size_kinds import Figure
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
        "part": figure.part,
        "unit": _unit(figure),
        "mechanism": figure.mechanism,
        "before": figure.before,
        "after": figure.after,
        "until": figure.until or figure.after,
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
    says = _in_words(found.verdict_of_change)
    of = f"{found.change.mean / found.seen:.2f} of {found.seen:+.1f}"
    told = f"{figure.name} {says}: {_told(found.change)}, {of}; {_when(figure)}"
    yield from _wrapped(told, indent=2)
    if figure.stands_in:
        yield from _wrapped(figure.stands_in)
    if not figure.is_level:
        yield from _acts_of(found)
    if found.poll is not None:
        told = f"what was published, by sampling: {_told(found.poll)}"
        told += ", which holds it" if found.poll.holds(found.change.mean) else ""
        told += "" if found.poll.is_sure_of_its_sign else ", and none at all"
        yield from _wrapped(told)


def _acts_of(found: SizeFound) -> Iterator[str]:
    """Yield what the acts did that the source names, alone and together, and others beside."""
    figure = found.figure
    own = f"{_told(found.own)}, {found.share:.2f}, {_in_words(found.verdict)}"
    yield from _wrapped(f"of it, the acts that its source names: {own}")
    if len(figure.own) > 1:
        for group, each in zip(figure.own, found.parts, strict=True):
            yield from _wrapped(f"{group.says}: {_told(each)}", indent=8)
    else:
        yield from _wrapped(f"({figure.own[0].says})", indent=8)
    for group, each in zip(figure.beside, found.beside, strict=True):
        yield from _wrapped(f"beside: {group.says}: {_told(each)}")


def _unit(figure: Figure) -> str:
    if figure.is_relative:
        return "per cent of what stood before"
    return "per cent" if figure.is_level else "points"


def _when(figure: Figure) -> str:
    """Say when it is read, and in which unit if not in points."""
    if figure.is_level:
        return f"a share, {figure.after}"
    if not figure.until:
        return f"{figure.before} to {figure.after}"
    return f"{_unit(figure)}, {figure.before}, to a mean of {figure.after} to {figure.until}"


def _in_words(verdict: str) -> str:
    return "on the edge" if verdict == EDGE else verdict


def _told(estimate: Estimate) -> str:
    return f"{estimate.mean:+.1f} ({estimate.low:+.1f} to {estimate.high:+.1f})"


def _wrapped(text: str, indent: int = 6) -> list[str]:
    first, later = " " * indent, " " * (indent + 2)
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=later)
