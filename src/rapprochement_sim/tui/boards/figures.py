"""One figure on one line: title, value, margin, and how it moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import shown_change, shown_margin, shown_value
from rapprochement_sim.tui.lines import Line, Span, clipped, figure_spot

if TYPE_CHECKING:
    from rapprochement_sim.game.briefing import Reading
    from rapprochement_sim.tui.lines import Role

_VALUE, _MARGIN, _CHANGE = 5, 7, 6
_NAMES = {"us": "the US", "korea": "Korea", "japan": "Japan", "china": "China"}
_NORTH = {"north": "the North"}


def short_title(reading: Reading) -> str:
    """Shorten a poll's title to who was asked, what, and about whom; keep other titles."""
    if reading.unit != "percent":
        return reading.title
    names = {**_NAMES, **_NORTH}
    words = [names.get(word, word) for word in reading.name.split("_")]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def value_text(reading: Reading) -> str:
    """Show a figure's value."""
    return shown_value(reading.name, reading.value, reading.unit)


def margin_text(reading: Reading) -> str:
    """Show a figure's margin; empty where it is exact."""
    return shown_margin(reading.name, reading.margin, reading.unit)


def change_text(reading: Reading) -> str:
    """Show how a figure moved: ``=`` if by less than its error, nothing in the first turn."""
    if len(reading.trend) < 2:
        return ""
    if reading.mark == "=":
        return "="
    return shown_change(reading.name, reading.change, reading.unit)


def change_role(mark: str) -> Role:
    """Return the role of a change; its sign says the same."""
    return {"+": "up", "-": "down"}.get(mark, "dim")  # type: ignore[return-value]


def reading_line(
    reading: Reading, width: int, *, title: str = "", lead: str = "", margin: int = _MARGIN
) -> Line:
    """Lay a figure out on one line of a width; ``margin`` is the room for its margin."""
    room = width - _VALUE - margin - _CHANGE - len(lead)
    spot = figure_spot(reading.name)
    name = clipped(title or short_title(reading), room)
    return (
        Span(lead, "key"),
        Span(f"{name:<{room}}", "plain"),
        Span(f"{value_text(reading):>{_VALUE}}", "title", spot),
        Span(f" {margin_text(reading):<{margin - 1}}", "dim"),
        Span(f" {change_text(reading):>{_CHANGE - 1}}", change_role(reading.mark)),
    )


def cell(reading: Reading, *, about: str = "") -> Span:
    """Show an index in a table: its value and, if it moved, which way."""
    mark = "" if reading.mark == "=" else reading.mark
    role: Role = change_role(reading.mark) if mark else "plain"
    text = f"{about}{value_text(reading).removeprefix('0')}{mark}"
    return Span(text, role, figure_spot(reading.name))
