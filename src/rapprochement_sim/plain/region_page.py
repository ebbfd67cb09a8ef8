"""The region as text: each pair of capitals in a word and figures, and what threatens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import shown_margin, shown_value
from rapprochement_sim.plain.layout import heading, wrapped
from rapprochement_sim.vocabulary import CAPITALS, Capital

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rapprochement_sim.game.briefing import Briefing, Reading

_LABEL = 58
_CLIMBING = 3


def region_lines(briefing: Briefing, figures: Mapping[str, Reading]) -> Iterator[str]:
    """Lay out every pair of capitals, one after the other, then threats."""
    yield from heading("Region: how each pair stands (trust between governments, 0 to 1)")
    for dyad in briefing.dyads:
        one, other = dyad.between
        moved = "" if dyad.mark == "=" else f" {dyad.mark}"
        yield ""
        yield f" {one.title} and {other.title}: {dyad.word}{moved}"
        for reading in (*dyad.trust, dyad.escalation):
            yield from _reading_lines(reading, reading.title)
    yield from heading("Threats")
    for name, told in _threats(briefing.seat).items():
        if name in figures:
            yield from _reading_lines(figures[name], told)
    climbing = sorted(briefing.dyads, key=lambda line: -line.escalation.value)
    for dyad in climbing[:_CLIMBING]:
        yield from _reading_lines(dyad.escalation, dyad.escalation.title)


def _threats(seat: Capital) -> dict[str, str]:
    """Name the figures that tell what threatens a seat."""
    others = [capital for capital in CAPITALS if capital != seat]
    named = {f"threat_{seat.key}_{each.key}": f"Threat from {each.title}" for each in others}
    named[f"programme_{Capital.PYONGYANG.key}"] = f"Weapons of {Capital.PYONGYANG.title}"
    for capital in (Capital.PYONGYANG, Capital.BEIJING, Capital.WASHINGTON):
        named[f"posture_{capital.key}"] = f"Posture of {capital.title}"
    named["bandwidth"] = f"{Capital.WASHINGTON.title}'s attention"
    return named


def _reading_lines(reading: Reading, title: str) -> Iterator[str]:
    *before, last = wrapped(title, 5, first="   ", width=_LABEL)
    yield from before
    value = shown_value(reading.name, reading.value, reading.unit)
    margin = shown_margin(reading.name, reading.margin, reading.unit)
    yield f"{last:<{_LABEL}} {value:>5} {margin:<6} {reading.mark}".rstrip()
