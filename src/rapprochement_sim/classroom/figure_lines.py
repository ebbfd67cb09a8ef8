"""Figures, effects and causes as lines of a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.classroom.sheets import CauseLine, EffectLine, FigureLine, WhyLine
from rapprochement_sim.game.figure_text import shown_change, shown_margin, shown_value, signed_range

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rapprochement_sim.game.briefing import Reading
    from rapprochement_sim.game.preview import ExpectedEffect
    from rapprochement_sim.game.why import Why

_EFFECTS_SHOWN = 8
_BAR = 10
_TREND_SHOWN = 12
_DIGITS = 4


def figure_line(reading: Reading) -> FigureLine:
    """Lay out a figure."""
    name, unit = reading.name, reading.unit
    return FigureLine(
        name=name,
        title=reading.title,
        value=shown_value(name, reading.value, unit),
        margin=shown_margin(name, reading.margin, unit).replace("+-", "±"),
        change=shown_change(name, reading.change, unit) if reading.mark != "=" else "",
        mark=reading.mark,
        trend=tuple(round(value, _DIGITS) for value in reading.trend[-_TREND_SHOWN:]),
    )


def effect_lines(
    effects: Iterable[ExpectedEffect], most: int = _EFFECTS_SHOWN
) -> tuple[EffectLine, ...]:
    """Lay out what an act may do, the strongest first, as many as are read."""
    return tuple(_effect_line(effect) for effect in list(effects)[:most])


def _effect_line(effect: ExpectedEffect) -> EffectLine:
    unsure = "" if effect.is_sure_of_sign else "unsure"
    return EffectLine(
        arrows=("▲" if effect.sign == "+" else "▼") * effect.strength,
        title=effect.title,
        change=shown_change("", effect.change, "index"),
        band=signed_range(effect.low, effect.high, 2),
        doubt="contested" if effect.is_contested else unsure,
    )


def why_line(why: Why) -> WhyLine:
    """Lay out a change with its causes."""
    before, after = (shown_value(why.figure, v, why.unit) for v in (why.before, why.after))
    largest = max((abs(part.amount) for part in why.parts), default=0.0) or 1.0
    causes = []
    for part in why.parts:
        turn = f" (turn {part.turn})" if part.turn else ""
        own = "You: " if part.sort == "own" else ""
        causes.append(
            CauseLine(
                text=f"{own}{part.text.rstrip('.')}{turn}",
                change=shown_change(why.figure, part.amount, why.unit, grain=why.grain),
                sign="+" if part.amount > 0 else "-",
                length=max(1, round(_BAR * abs(part.amount) / largest)),
            )
        )
    change = shown_change(why.figure, why.change, why.unit, grain=why.grain)
    told = f"{before} → {after} ({change})"
    return WhyLine(why.title, told, f"{why.grain:g}", tuple(causes))
