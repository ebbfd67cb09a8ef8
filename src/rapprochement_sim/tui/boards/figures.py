"""One figure on one line: title, value, margin, and how it moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import (
    known_by,
    shown_change,
    shown_margin,
    shown_value,
)
from rapprochement_sim.naming import shown
from rapprochement_sim.tui.boards.chart import Series, chart_lines
from rapprochement_sim.tui.boards.sparks import SPARK_WIDTH, spark
from rapprochement_sim.tui.lines import BLANK, Line, Span, clipped, figure_spot, paragraph, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.briefing import Reading
    from rapprochement_sim.tui.lines import Role

_VALUE, _MARGIN, _CHANGE = 5, 7, 6
CHART_HEIGHT = 9
_WIDEST, _TITLE_BESIDE_A_SPARK = 100, 46
_WIDEST_CHART = 120
_BANDS = {"percent": 20.0, "points": 20.0}
_INDEX_BAND = 0.2
_NAMES = {"us": "the US", "korea": "Korea", "japan": "Japan", "china": "China"}
_NORTH = {"north": "the North"}


def short_title(reading: Reading) -> str:
    """Shorten a poll's title to who was asked, what, and about whom; keep other titles."""
    return short_titled(reading.name, reading.title, reading.unit)


def short_titled(name: str, title: str, unit: str) -> str:
    """Shorten the title of a figure as :func:`short_title` does."""
    if unit != "percent":
        return title
    names = {**_NAMES, **_NORTH}
    words = [names.get(word, word) for word in name.split("_")]
    text = shown(" ".join(words))
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
    reading: Reading,
    width: int,
    *,
    title: str = "",
    short: str = "",
    lead: str = "",
    margin: int = _MARGIN,
) -> Line:
    """Lay a figure out on one line of a width; ``margin`` is the room for its margin.

    ``short`` names the figure where its title has not the room.
    Where the line has room its course stands behind the title. Beyond a hundred columns the
    line grows no longer: an eye would lose it on the way from the title to the value.
    """
    room = min(width, _WIDEST) - _VALUE - margin - _CHANGE - len(lead)
    spot = figure_spot(reading.name)
    course, name = "", title or short_title(reading)
    left = room - SPARK_WIDTH
    if left >= max(_TITLE_BESIDE_A_SPARK, len(name) + 1) and len(reading.trend) > 1:
        course, room = spark(reading.trend, smallest_scale(reading)), left
    name = clipped(short if short and len(name) >= room else name, room)
    return (
        Span(lead, "key"),
        Span(f"{name:<{room}}", "plain"),
        *((Span(course, "dim"),) if course else ()),
        Span(f"{value_text(reading):>{_VALUE}}", "title", spot),
        Span(f" {margin_text(reading):<{margin - 1}}", "dim"),
        Span(f" {change_text(reading):>{_CHANGE - 1}}", change_role(reading.mark)),
    )


def smallest_scale(reading: Reading) -> float:
    """Return the least span of a scale on which a figure is drawn, so that noise looks small."""
    return _BANDS.get(reading.unit, _INDEX_BAND)


def figure_lines(
    reading: Reading, width: int, *, n_turns: int, about: str = "", height: int = CHART_HEIGHT
) -> Iterator[Line]:
    """Lay a figure out in detail: what it is, value, how it is known, its course."""
    yield from paragraph(reading.title, width, "title")
    yield from paragraph(sentence(about) if about else "", width, "dim")
    yield BLANK
    moved = {"=": "by less than its error", "+": "up", "-": "down"}[reading.mark]
    told = f"{value_text(reading)} {margin_text(reading)}".rstrip()
    yield (Span("now         ", "dim"), Span(told, "own"))
    if len(reading.trend) > 1:
        change = shown_change(reading.name, reading.change, reading.unit)
        yield (Span("last turn   ", "dim"), Span(f"{change}, {moved}", change_role(reading.mark)))
    yield from paragraph(known_by(reading.sort, reading.margin), width, "dim")
    yield BLANK
    if len(reading.trend) > 1:
        yield from course_lines(reading, width, n_turns, height)
    else:
        yield from paragraph("Its course is drawn here once a turn is over.", width, "dim")


def course_lines(
    reading: Reading, width: int, n_turns: int, height: int = CHART_HEIGHT
) -> Iterator[Line]:
    """Draw a figure turn by turn, and say its values."""
    yield from drawn_course(reading, width, n_turns, height)
    values = [shown_value(reading.name, value, reading.unit) for value in reading.trend]
    yield from paragraph(f"start {' > '.join(values)} now", width, "dim")


def drawn_course(reading: Reading, width: int, n_turns: int, height: int) -> Iterator[Line]:
    """Draw a figure turn by turn."""
    series = [Series("o", reading.trend)]
    smallest = smallest_scale(reading)
    shown = min(width, _WIDEST_CHART)
    yield from chart_lines(series, shown, height, n_turns=n_turns, smallest=smallest)


def cell(reading: Reading, *, about: str = "") -> Span:
    """Show an index in a table: its value and, if it moved, which way."""
    mark = "" if reading.mark == "=" else reading.mark
    role: Role = change_role(reading.mark) if mark else "plain"
    text = f"{about}{value_text(reading).removeprefix('0')}{mark}"
    return Span(text, role, figure_spot(reading.name))
